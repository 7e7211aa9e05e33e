"""Doors in: files of answers, read as they stand."""

from __future__ import annotations

from socialpoll.hooks import Reader, hookimpl
from socialpoll.readers.delimited import read_delimited

__all__ = ["socialpoll_readers"]


@hookimpl
def socialpoll_readers() -> list[Reader]:
    """Return the built-in readers."""
    return [
        Reader(
            name="csv",
            title="Comma-, semicolon- or tab-separated text in UTF-8",
            suffixes=(".csv", ".tsv"),
            read=read_delimited,
        )
    ]
