"""Tables of a page: a head of one row or two, and the letters of a banner beside their figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from socialpoll.report import Cell, Column, Edition, Figure, Interval, Row, Said, Table
from socialpoll.report.language import direction_of
from socialpoll.schema.texts import UNDETERMINED, spoken

__all__ = ["TABLE_STYLE", "table_lines", "tongue"]

TABLE_STYLE = """
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: start; font-weight: bold; color: var(--primary); padding: .3rem 0; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem;
  border-bottom: 1px solid #c8c8c8; }
td.text { overflow-wrap: anywhere; min-width: 5rem; }
thead th { background: #e8eef4; border-bottom: 2px solid var(--primary); }
.figure { text-align: end; white-space: nowrap; }
.wide { overflow-x: auto; } .wide .figure { text-align: right; min-width: 3.5rem; }
.wide th.figure { white-space: normal; }
thead th.group { text-align: center; border: 1px solid #a6b4c2; border-top: 0; }
tbody th { font-weight: normal; min-width: 14rem; } tr.group th, tr.total > * { font-weight: bold; }
td sup { color: var(--primary); font-size: .75em; line-height: 0; padding-inline-start: .15em; }
@page wide { size: A4 landscape; }
@media screen { .wide tbody th[scope="row"] { position: sticky; inset-inline-start: 0;
  background: #fff; } }
@media print { .wide { overflow: visible; page: wide; font-size: .8rem; }
  .wide th, .wide td { padding: .2rem .3rem; } tbody th { min-width: 6rem; } }
"""
CLASSES = {"figure": "figure", "interval": "figure", "text": "text"}
"""How columns of these kinds are set."""


def tongue(tag: str) -> str:
    """Return the attributes of words in a language."""
    return f' lang="{escape(tag)}" dir="{direction_of(tag)}"'


def table_lines(edition: Edition, table: Table) -> Iterator[str]:
    """Yield a table and its notes as lines of HTML.

    A table with groups of columns has a head of two rows, headings of its rows, and may be moved
    from side to side where the page is too narrow for it.

    Parameters
    ----------
    edition : Edition
        Gives words and numbers. What is not in its language is marked as being in another one.
    table : Table
    """
    title = escape(edition.text(table.title))
    grouped = any(column.group is not None for column in table.columns)
    if grouped:
        yield f'<div class="wide" role="region" tabindex="0" aria-label="{title}">'
    yield f"<table>\n<caption>{title}</caption>"
    yield from _grouped_head(edition, table.columns) if grouped else _head(edition, table.columns)
    yield from _bodies(edition, table, grouped=grouped)
    yield "</table>\n</div>" if grouped else "</table>"
    for note in table.notes:
        yield f'<p class="note">{escape(edition.text(note))}</p>'


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
            words = escape(edition.text(group))
            yield f'<th scope="colgroup" colspan="{len(members)}" class="group">{words}</th>'
    yield "</tr><tr>"
    yield from (_heading(edition, one) for one in columns if one.group is not None)
    yield "</tr></thead>"


def _heading(edition: Edition, column: Column, more: str = "") -> str:
    words = escape(edition.text(column.heading))
    return f'<th scope="col"{more}{_class(column.kind)}><bdi>{words}</bdi></th>'


def _bodies(edition: Edition, table: Table, *, grouped: bool) -> Iterator[str]:
    """Yield the rows; each heading among them begins a part of its own."""
    width = len(table.columns)
    yield "<tbody>"
    for place, row in enumerate(table.rows):
        if row.role != "group":
            yield _row(edition, row, table.columns, headed=grouped)
            continue
        if place:
            yield "</tbody>\n<tbody>"
        words = _cell(edition, row.cells[0]) if row.cells else ""
        heading = f'<th scope="rowgroup" colspan="{width}">{words}</th>'
        yield f'<tr class="group">{heading}</tr>'
    yield "</tbody>"


def _row(edition: Edition, row: Row, columns: Sequence[Column], *, headed: bool) -> str:
    written = []
    for cell, column in zip(row.cells, columns, strict=True):
        words = _cell(edition, cell)
        if headed and column.kind == "label":
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
    return f"<bdi{_foreign(edition, cell)}>{escape(edition.text(cell))}</bdi>"


def _figure(edition: Edition, cell: Figure | Interval) -> str:
    whole = edition.number(cell)
    plain = edition.number(replace(cell, letters="")) if isinstance(cell, Figure) else whole
    if not isinstance(cell, Figure) or plain == whole:
        return f"<bdi>{escape(whole)}</bdi>"
    return f"<bdi>{escape(plain)}</bdi><sup><bdi>{escape(cell.letters)}</bdi></sup>"


def _foreign(edition: Edition, cell: Cell) -> str:
    """Return the attributes of words that are there in another language only."""
    if not isinstance(cell, Said) or not cell.words:
        return ""
    tag = spoken(cell.words, edition.language)
    at_home = tag in {edition.language, edition.language.partition("-")[0], UNDETERMINED}
    return "" if at_home else tongue(tag)
