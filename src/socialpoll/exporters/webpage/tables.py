"""Tables of a page: a head of one row or two, and the letters of a banner beside their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from socialpoll.exporters.webpage.words import marked, shown
from socialpoll.report import Cell, Column, Edition, Figure, Interval, Row, Table
from socialpoll.report.marks import SUPPRESSED

__all__ = ["table_lines"]

CLASSES = {"figure": "figure", "interval": "figure", "text": "text"}
"""How columns of these kinds are set."""


def table_lines(edition: Edition, table: Table) -> Iterator[str]:
    """Yield a table and its notes as lines of HTML.

    A table may be moved from side to side where the page is too narrow for it; one with groups of
    columns, which is often so, by keys too. Groups have a head of two rows.

    Parameters
    ----------
    edition : Edition
        Gives words and numbers. What is not in its language is marked as being in another one.
    table : Table
    """
    grouped = any(column.group is not None for column in table.columns)
    if grouped:
        title = escape(edition.text(table.title))
        yield f'<div class="scrolled wide" role="region" tabindex="0" aria-label="{title}">'
    else:
        yield '<div class="scrolled">'
    yield f"<table>\n<caption>{shown(edition, table.title)}</caption>"
    yield from _grouped_head(edition, table.columns) if grouped else _head(edition, table.columns)
    yield from _bodies(edition, table)
    yield "</table>\n</div>"
    for note in table.notes:
        yield f'<p class="note">{shown(edition, note)}</p>'


def _head(edition: Edition, columns: Sequence[Column]) -> Iterator[str]:
    yield "<thead><tr>"
    yield from (_heading(edition, column) for column in columns)
    yield "</tr></thead>"


def _grouped_head(edition: Edition, columns: Sequence[Column]) -> Iterator[str]:
    """Yield two rows: words above the columns of a group, and their own; who stands alone is both.

    Programs that read a page aloud tell the words of a group with each of its columns only where
    the columns are declared as one.
    """
    groups = [(one, list(members)) for one, members in groupby(columns, lambda one: one.group)]
    yield "".join(f'<colgroup span="{len(members)}"></colgroup>' for _, members in groups)
    yield "<thead><tr>"
    for group, members in groups:
        if group is None:
            yield from (_heading(edition, one, ' rowspan="2"') for one in members)
        else:
            words = shown(edition, group)
            yield f'<th scope="colgroup" colspan="{len(members)}" class="group">{words}</th>'
    yield "</tr><tr>"
    yield from (_heading(edition, one) for one in columns if one.group is not None)
    yield "</tr></thead>"


def _heading(edition: Edition, column: Column, more: str = "") -> str:
    words = escape(edition.text(column.heading))
    if not words:
        return f"<td{more}></td>"
    attributes = f"{more}{_class(column.kind)}"
    return f'<th scope="col"{attributes}><bdi{marked(edition, column.heading)}>{words}</bdi></th>'


def _bodies(edition: Edition, table: Table) -> Iterator[str]:
    """Yield the rows; each heading among them begins a part of its own."""
    width = len(table.columns)
    yield "<tbody>"
    for place, row in enumerate(table.rows):
        if row.role != "group":
            yield _row(edition, row, table.columns)
            continue
        if place:
            yield "</tbody>\n<tbody>"
        words = _cell(edition, row.cells[0]) if row.cells else ""
        heading = f'<th scope="rowgroup" colspan="{width}">{words}</th>'
        yield f'<tr class="group">{heading}</tr>'
    yield "</tbody>"


def _row(edition: Edition, row: Row, columns: Sequence[Column]) -> str:
    written = []
    for cell, column in zip(row.cells, columns, strict=True):
        words = _cell(edition, cell)
        if column.kind == "label" and words:
            written.append(f'<th scope="row">{words}</th>')
        else:
            written.append(f"<td{_class(column.kind)}>{words}</td>")
    role = ' class="total"' if row.role == "total" else ""
    return f"<tr{role}>{''.join(written)}</tr>"


def _class(kind: str) -> str:
    return f' class="{CLASSES[kind]}"' if kind in CLASSES else ""


def _cell(edition: Edition, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Figure | Interval):
        return _figure(edition, cell)
    words = escape(edition.text(cell))
    return f"<bdi{marked(edition, cell)}>{words}</bdi>" if words else ""


def _figure(edition: Edition, cell: Figure | Interval) -> str:
    whole = edition.number(cell)
    if not isinstance(cell, Figure):
        return f"<bdi>{escape(whole)}</bdi>"
    plain = edition.number(replace(cell, letters=""))
    words = escape(plain)
    if cell.value is not None and cell.status != SUPPRESSED:
        words = f'<data value="{cell.value!r}">{words}</data>'
    letters = "" if plain == whole else f"<sup><bdi>{escape(cell.letters)}</bdi></sup>"
    return f"<bdi>{words}</bdi>{letters}"
