"""A table in the words of an edition: as a template is handed it, in parts that fit its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeAlias

from socialpoll.exporters.word.columns import part_columns
from socialpoll.report import Cell, Column, Edition, Figure, Interval, Message, Row, Table
from socialpoll.report.language import hundredfold
from socialpoll.report.marks import SUPPRESSED
from socialpoll.schema.legible import legible

__all__ = ["parts_of", "table_variables"]

Context: TypeAlias = dict[str, Any]
LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"


def table_variables(edition: Edition, table: Table) -> Context:
    """Return columns and rows of a table as plain texts.

    Parameters
    ----------
    edition : Edition
    table : Table

    Returns
    -------
    dict
        ``grouped``, ``columns`` and ``rows`` of the contract.
    """
    return {
        "grouped": any(column.group is not None for column in table.columns),
        "columns": list(_columns(edition, table.columns)),
        "rows": [_row(edition, row, table.columns) for row in table.rows],
    }


def parts_of(edition: Edition, table: Table, room: int) -> list[Table]:
    """Part a table of grouped columns that is wider than its page.

    Parameters
    ----------
    edition : Edition
    table : Table
    room : int
        In twentieths of a point.

    Returns
    -------
    list of Table
        The table itself where it fits, or has no groups; otherwise parts by whole groups, each
        with the first column, the notes and its number in the title.
    """
    if all(column.group is None for column in table.columns):
        return [table]
    rows = _whole(table) * len(edition.languages)
    bold = {0, *(place for place, row in enumerate(rows, 1) if row.role == "total")}
    parts = part_columns(
        _texts(edition, table),
        _numbered(table.columns),
        room,
        bold=bold,
        labels=len(edition.languages),
    )
    if len(parts) == 1:
        return [table]
    return [
        replace(
            table,
            title=Message(
                "{title} (part {number} of {of})",
                {"title": table.title, "number": number, "of": len(parts)},
            ),
            columns=tuple(table.columns[place] for place in places),
            rows=tuple(_cut(row, places) for row in table.rows),
        )
        for number, places in enumerate(parts, start=1)
    ]


def _cut(row: Row, places: Sequence[int]) -> Row:
    cells = tuple(row.cells[place] for place in places if place < len(row.cells))
    return replace(row, cells=cells)


def _numbered(columns: Sequence[Column]) -> list[int]:
    """Return the number of the group of each column; one without a group is a group by itself."""
    neighbours = groupby(enumerate(columns), key=lambda one: one[1].group or one[0])
    return [number for number, (_, group) in enumerate(neighbours) for _ in group]


def _whole(table: Table) -> list[Row]:
    """Return the rows that are no headings inside the table."""
    return [row for row in table.rows if row.role != "group"]


def _texts(edition: Edition, table: Table) -> list[list[str]]:
    """Return the texts of each column, its heading first, in all languages of an edition."""
    # In an order of their own, so that a table is parted alike whichever language leads.
    tags = sorted(edition.languages)
    editions = [_led_by(edition, tag) for tag in tags]
    return [
        [
            max((edition.text(column.heading, language=tag) for tag in tags), key=len),
            *(_text(one, row.cells[place]) for one in editions for row in _whole(table)),
        ]
        for place, column in enumerate(table.columns)
    ]


def _led_by(edition: Edition, tag: str) -> Edition:
    others = (one for one in edition.languages if one != tag)
    return replace(edition, languages=(tag, *others))


def _columns(edition: Edition, columns: Sequence[Column]) -> Iterator[Context]:
    for group, neighbours in groupby(columns, key=lambda column: column.group):
        members = list(neighbours)
        words = "" if group is None else legible(edition.text(group))
        for place, column in enumerate(members):
            yield {
                "name": legible(column.name),
                "heading": legible(edition.text(column.heading)),
                "kind": column.kind,
                "group": words,
                "span": len(members) if words and place == 0 else 0,
            }


def _row(edition: Edition, row: Row, columns: Sequence[Column]) -> Context:
    cells = [_cell(edition, cell, column) for cell, column in zip(row.cells, columns, strict=False)]
    return {"role": row.role, "label": cells[0]["text"] if cells else "", "cells": cells}


def _cell(edition: Edition, cell: Cell, column: Column) -> Context:
    text = plain = _text(edition, cell)
    letters = ""
    if isinstance(cell, Figure) and cell.letters:
        plain = _text(edition, replace(cell, letters=""))
        letters = _letters(edition, cell) if plain != text else ""
    return {"text": text, "kind": column.kind, "plain": plain, "letters": letters}


def _text(edition: Edition, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Interval) and len(edition.languages) > 1 and edition.digits == "latn":
        return legible(_range(edition, cell))
    if isinstance(cell, Figure | Interval):
        return legible(edition.number(cell))
    return legible(edition.text(cell))


def _range(edition: Edition, cell: Interval) -> str:
    """Return the limits of an interval without a word of any language between them."""
    if cell.status == SUPPRESSED or cell.low is None or cell.high is None:
        return edition.number(cell)
    ends = [_limit(edition, cell, end) for end in (cell.low, cell.high)]
    # Between the marks it is read to the right, wherever it stands.
    text = f"{LEFT_TO_RIGHT_MARK}{'–'.join(ends)}{LEFT_TO_RIGHT_MARK}"
    return f"{text} [{cell.status}]" if cell.status else text


def _limit(edition: Edition, cell: Interval, end: float) -> str:
    if cell.unit == "clock":
        return edition.number(Figure(end, "clock"))
    number = float(hundredfold(end)) if cell.unit in ("percent", "points") else end
    return edition.number(Figure(number, "decimal", cell.decimals))


def _letters(edition: Edition, cell: Figure) -> str:
    """Return the letters of a figure that is there, after a blank."""
    # Without the mark, the letters would stand on the other side of a percentage than of a mean.
    mark = RIGHT_TO_LEFT_MARK if edition.direction == "rtl" else ""
    return legible(f"{mark} {cell.letters}")
