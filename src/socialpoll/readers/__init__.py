"""Doors in: files of answers and of questionnaires, read as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.hooks import Reader, Source, hookimpl
from socialpoll.readers.delimited import read_delimited
from socialpoll.readers.kobo import read_kobo
from socialpoll.readers.kobo_columns import submissions
from socialpoll.readers.parquet import read_parquet
from socialpoll.readers.spss import read_spss
from socialpoll.readers.stata import read_stata
from socialpoll.readers.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["XLSFORM_REQUIRES", "socialpoll_readers", "submissions"]

XLSFORM_REQUIRES = ("openpyxl>=3.1", "pyxform>=4,<5")


@hookimpl
def socialpoll_readers() -> list[Reader]:
    """Return the built-in readers."""
    return [
        Reader(
            name="csv",
            title="Text in columns, parted by comma, semicolon, tab or bar",
            suffixes=(".csv", ".tsv"),
            read=read_delimited,
        ),
        Reader(
            name="xlsform",
            title="The questionnaire of an XLSForm, as Kobo and ODK field it",
            suffixes=(),
            read=_xlsform,
            requires=XLSFORM_REQUIRES,
        ),
        Reader(
            name="kobo",
            title="Submissions to a form, as Kobo and ODK export them in CSV or XLSX",
            suffixes=(),
            read=read_kobo,
            requires=("openpyxl>=3.1",),
        ),
        Reader(
            name="excel",
            title="A sheet of an Excel workbook",
            suffixes=(".xlsx",),
            read=read_workbook,
            requires=("python-calamine>=0.4",),
        ),
        Reader(
            name="parquet",
            title="Apache Parquet, with the types of its columns",
            suffixes=(".parquet",),
            read=read_parquet,
            requires=("pyarrow>=16",),
        ),
        Reader(
            name="spss",
            title="SPSS data, with the questionnaire in its labels",
            suffixes=(".sav", ".zsav"),
            read=read_spss,
            requires=("pyreadstat>=1.3.4",),
        ),
        Reader(
            name="stata",
            title="Stata data, with the questionnaire in its labels",
            suffixes=(".dta",),
            read=read_stata,
            requires=("pyreadstat>=1.3.4",),
        ),
    ]


def _xlsform(path: Path) -> Source:
    from socialpoll.readers.xlsform import read_xlsform

    return read_xlsform(path)
