"""Tables after they are filled in: as many columns as they need, each as wide as its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from socialpoll.exporters.word.columns import USUAL_SIZE, fit_columns, lines_taken
from socialpoll.exporters.word.ooxml import child_of, ensure, put, style_of, value, w
from socialpoll.exporters.word.styles import BETWEEN, LETTERS_STYLE, NOTE_STYLE, TABLE_STYLE
from socialpoll.exporters.word.table_template import BOLD_STYLES
from socialpoll.exporters.word.turning import tables_with_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

__all__ = ["fit_tables"]

KEPT_WHOLE, KEPT_LINES = 16, 32
"""Rows of a table that is not broken over two pages, and their lines: no more than a page holds."""
HELD = 3
"""Rows of a longer table, or notes, that are not left alone at the foot or head of a page."""


def fit_tables(root: _Element) -> None:
    """Give every table of the brief's style its columns; changed in place.

    Parameters
    ----------
    root : lxml element
        The body of a document, its pages turned.
    """
    for table, room in tables_with_room(root):
        if value(table.find(f"{w('tblPr')}/{w('tblStyle')}")) == TABLE_STYLE:
            _fit(table, room)


class _Placed(NamedTuple):
    """A cell, the column that it begins at and how many it covers."""

    cell: _Element
    start: int
    span: int


def _fit(table: _Element, room: int) -> None:
    rows = table.findall(w("tr"))
    placed = [_placed(row) for row in rows]
    count = max((one.start + one.span for row in placed for one in row), default=0)
    if not count:
        return
    lines, bold = _lines(rows, placed, count)
    grouped = sum(map(_is_head, rows)) > 1
    size, widths = fit_columns(list(zip(*lines, strict=True)), room, bold=bold, even=grouped)
    _set_grid(table, widths)
    if size < USUAL_SIZE:
        _set_size(table, size)
    for row in placed:
        # A row of one cell is a heading inside the table.
        alone = len(row) == 1 < count
        for cell, start, span in row:
            _set_width(cell, widths[start : start + (count if alone else span)])
    whole = len(rows) <= KEPT_WHOLE and lines_taken(lines, widths, size) <= KEPT_LINES
    _keep_with_next([*_held(table, rows, whole=whole), *_introductions(rows, placed, count)])


def _held(table: _Element, rows: Sequence[_Element], *, whole: bool) -> Iterator[_Element]:
    """Yield the rows and notes that stay with what follows.

    A note belongs to its table: none of a few is left to the next page, of many neither the first
    ones nor the last alone.
    """
    notes = list(_notes(table))
    last = len(rows) if notes else len(rows) - 1
    yield from rows[:last] if whole else [*rows[:HELD], *rows[-HELD:last]]
    ends = notes[:-1]
    yield from ends[:HELD]
    yield from ends[HELD:][1 - HELD :]


def _placed(row: _Element) -> list[_Placed]:
    found: list[_Placed] = []
    start = 0
    for cell in row.findall(w("tc")):
        span = int(value(_property(cell, "gridSpan")) or 1)
        found.append(_Placed(cell, start, span))
        start += span
    return found


def _property(cell: _Element, name: str) -> _Element | None:
    properties = child_of(cell, "tcPr")
    return None if properties is None else child_of(properties, name)


def _lines(
    rows: Sequence[_Element], placed: Sequence[Sequence[_Placed]], count: int
) -> tuple[list[list[str]], set[int]]:
    """Return the texts by row, and which rows are bold; those of cells over several columns not.

    The first row has the headings: the longest of each column, where it has several.
    """
    lines, bold = [[""] * count], {0}
    for number, (row, cells) in enumerate(zip(rows, placed, strict=True)):
        if len(cells) == 1 < count:
            continue
        line = [""] * count
        for cell, start, span in cells:
            if span == 1:
                line[start] = _text(cell)
        if number == 0 or _is_head(row):
            lines[0] = [max(pair, key=len) for pair in zip(lines[0], line, strict=True)]
            continue
        lines.append(line)
        if _is_bold(row):
            bold.add(len(lines) - 1)
    return lines, bold


def _introductions(
    rows: Sequence[_Element], placed: Sequence[Sequence[_Placed]], count: int
) -> Iterator[_Element]:
    """Yield the headings inside a table and the bases right beneath, which stay with figures."""
    introduces = False
    for row, cells in zip(rows[:-1], placed, strict=False):
        heading = len(cells) == 1 < count
        introduces = heading or (introduces and _is_bold(row))
        if introduces:
            yield row


def _is_bold(row: _Element) -> bool:
    return any(value(style) in BOLD_STYLES for style in row.iter(w("pStyle")))


def _is_head(row: _Element) -> bool:
    return row.find(f"{w('trPr')}/{w('tblHeader')}") is not None


def _set_width(cell: _Element, widths: Sequence[int]) -> None:
    properties = ensure(cell, "tcPr")
    before = child_of(properties, "gridSpan")
    if before is not None:
        properties.remove(before)
    put(properties, "tcW", w=str(sum(widths)), type="dxa")
    if len(widths) > 1:
        put(properties, "gridSpan", val=str(len(widths)))


def _text(cell: _Element) -> str:
    """Return the words of a cell, each of its paragraphs on a line."""
    lines = ("".join(text.text or "" for text in one.iter(w("t"))) for one in cell.iter(w("p")))
    return "\n".join(lines)


def _set_grid(table: _Element, widths: list[int]) -> None:
    from lxml import etree

    put(ensure(table, "tblPr"), "tblW", w=str(sum(widths)), type="dxa")
    grid = table.find(w("tblGrid"))
    if grid is None:
        return
    for column in list(grid):
        grid.remove(column)
    for width in widths:
        etree.SubElement(grid, w("gridCol")).set(w("w"), str(width))


def _set_size(table: _Element, size: float) -> None:
    half_points = str(round(2 * size))
    for run in table.iter(w("r")):
        if value(run.find(f"{w('rPr')}/{w('rStyle')}")) == LETTERS_STYLE:
            continue
        for name in ("sz", "szCs"):
            put(ensure(run, "rPr"), name, val=half_points)


def _notes(table: _Element) -> Iterator[_Element]:
    for sibling in table.itersiblings():
        # In two languages, notes are the rows of a table themselves.
        first = sibling if sibling.tag == w("p") else next(sibling.iter(w("p")), sibling)
        style = style_of(first)
        if style == NOTE_STYLE:
            yield from [sibling] if first is sibling else sibling.findall(w("tr"))
        elif style != BETWEEN:
            return


def _keep_with_next(elements: list[_Element]) -> None:
    for element in elements:
        for paragraph in element.iter(w("p")):
            put(ensure(paragraph, "pPr"), "keepNext")
