"""Doors in: files of answers, read as they stand."""

from __future__ import annotations

from socialpoll.hooks import Reader, hookimpl
from socialpoll.readers.delimited import read_delimited
from socialpoll.readers.parquet import read_parquet
from socialpoll.readers.spss import read_spss
from socialpoll.readers.stata import read_stata
from socialpoll.readers.workbook import read_workbook

__all__ = ["socialpoll_readers"]


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
            requires=("pyreadstat>=1.3",),
        ),
        Reader(
            name="stata",
            title="Stata data, with the questionnaire in its labels",
            suffixes=(".dta",),
            read=read_stata,
            requires=("pyreadstat>=1.3",),
        ),
    ]
