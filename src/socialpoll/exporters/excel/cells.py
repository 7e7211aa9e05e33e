"""Cells of a report as cells of a sheet: numbers stay numbers; shorthand stands where none is."""

from __future__ import annotations

from typing import Literal, TypeAlias

from socialpoll.exporters.excel.patterns import number_of, pattern_of
from socialpoll.exporters.excel.sheets import Entry
from socialpoll.report import Cell, Edition, Figure, Interval, Unit
from socialpoll.report.language import Language
from socialpoll.report.marks import SUPPRESSED
from socialpoll.schema.legible import legible

__all__ = ["EMPTY", "NOT_APPLICABLE", "Side", "entry_of", "limit_of", "mark_of"]

Side: TypeAlias = Literal["low", "high"]
EMPTY = Entry("")
NOT_APPLICABLE = Entry("[z]")
"""Where a table has no figure: an empty cell would leave open whether one was forgotten."""


def entry_of(edition: Edition, cell: Cell, *, empty: Entry = EMPTY) -> Entry:
    """Return a cell as a number, as the shorthand that takes its place, or as words.

    Parameters
    ----------
    edition : Edition
    cell : Said, Message, Figure, Interval or None
    empty : Entry
        Of a cell that is not there.
    """
    if cell is None:
        return empty
    if isinstance(cell, Interval):
        return Entry(legible(edition.number(cell)))
    if not isinstance(cell, Figure):
        return Entry(legible(edition.text(cell)))
    if cell.value is None or _hidden(cell):
        return Entry(edition.number(cell))
    return _number(edition, cell.value, cell.unit, cell.decimals)


def limit_of(edition: Edition, interval: Interval, side: Side) -> Entry:
    """Return a limit of an interval as a number, or the shorthand that takes its place."""
    limit = interval.low if side == "low" else interval.high
    if limit is None or _hidden(interval):
        return Entry(edition.number(interval))
    return _number(edition, limit, interval.unit, interval.decimals)


def mark_of(cell: Cell) -> str:
    """Return what stands beside a number: letters, then status, notes and revision in brackets.

    Examples
    --------
    >>> mark_of(Figure(0.25, "percent", 1, "u", "A B", "r 1"))
    'A B [u] [r] [1]'
    >>> mark_of(Figure(None, "percent", 1, "c", "A"))
    ''
    """
    if not isinstance(cell, Figure | Interval) or _hidden(cell) or _absent(cell):
        return ""
    letters, marks = (cell.letters, cell.marks) if isinstance(cell, Figure) else ("", "")
    signs = (f"[{one}]" for one in (cell.status, *marks.split()) if one)
    return " ".join(filter(None, (legible(letters), *signs)))


def _hidden(cell: Figure | Interval) -> bool:
    return cell.status == SUPPRESSED


def _absent(cell: Figure | Interval) -> bool:
    if isinstance(cell, Figure):
        return cell.value is None
    return cell.low is None or cell.high is None


def _number(edition: Edition, value: float, unit: Unit, decimals: int) -> Entry:
    digits = Language(edition.language, edition.digits).system
    return Entry(number_of(value, unit, decimals), pattern_of(unit, decimals, digits))
