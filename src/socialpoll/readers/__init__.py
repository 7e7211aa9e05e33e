"""Doors in: files of answers and of questionnaires, read as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.hooks import Reader, Source, hookimpl
from socialpoll.readers.delimited import read_delimited
from socialpoll.readers.kobo import read_kobo
from socialpoll.readers.kobo_columns import submissions

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
            title="Comma-, semicolon- or tab-separated text in UTF-8",
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
    ]


def _xlsform(path: Path) -> Source:
    from socialpoll.readers.xlsform import read_xlsform

    return read_xlsform(path)
