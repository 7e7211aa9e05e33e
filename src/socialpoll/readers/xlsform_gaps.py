"""Rows and columns of a form that lie behind a gap, where pyxform takes the sheet to end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from socialpoll.errors import Problem
from socialpoll.readers.damage import open_cells

__all__ = ["behind_gaps"]

MOST_EMPTY_ROWS = 60
MOST_EMPTY_COLUMNS = 20
"""Of which one more is the end of a sheet to pyxform (xls2json_backends)."""
SHEETS = ("survey", "choices", "settings")


def behind_gaps(file: Path) -> list[Problem]:
    """Return a problem for every sheet with content that would be passed over without a word.

    Parameters
    ----------
    file : Path
        Of a workbook.

    Raises
    ------
    ReaderError
        It cannot be read.
    """
    with open_cells(file) as book:
        sheets = [one for one in book.worksheets if one.title.lower() in SHEETS]
        return [
            problem
            for sheet in sheets
            for problem in _in_sheet(sheet.title, sheet.iter_rows(values_only=True))
        ]


def _in_sheet(name: str, rows: Iterable[tuple[object, ...]]) -> Iterator[Problem]:
    before = 0
    for place, row in enumerate(rows, start=1):
        filled = [column for column, cell in enumerate(row, start=1) if cell not in {None, ""}]
        if not filled:
            continue
        if place - before > MOST_EMPTY_ROWS + 1:
            where = f"sheet {name!r}, rows {before + 1} to {place - 1}"
            yield Problem("a gap of empty rows, behind which nothing is read", where, advice=CLOSE)
        if place == 1:
            for left, right in zip([0, *filled], filled, strict=False):
                if right - left > MOST_EMPTY_COLUMNS + 1:
                    where = f"sheet {name!r}, before column {right}"
                    what = "a gap of empty columns, behind which nothing is read"
                    yield Problem(what, where, advice=CLOSE)
        before = place


CLOSE = "delete the empty ones"
