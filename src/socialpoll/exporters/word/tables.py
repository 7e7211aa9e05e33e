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

__all__ = ["fit_tables", "has_columns"]

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
        if _style(table) == TABLE_STYLE:
            _fit(table, room)


def has_columns(root: _Element) -> bool:
    """Tell whether all tables have the columns that they need, or get them from :func:`fit_tables`.

    Parameters
    ----------
    root : lxml element
        The body of a document as it was filled in.
    """
    return all(_style(table) == TABLE_STYLE or _is_even(table) for table in root.iter(w("tbl")))


def _is_even(table: _Element) -> bool:
    columns = sum(1 for _ in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}"))
    return all(len(row.findall(w("tc"))) == columns for row in table.iterchildren(w("tr")))


def _style(table: _Element) -> str:
    return value(table.find(f"{w('tblPr')}/{w('tblStyle')}"))


class _Placed(NamedTuple):
    """A cell by its properties, the column that it begins at, how many it covers, and its words."""

    properties: _Element
    start: int
    span: int
    text: str


class _Row(NamedTuple):
    """A row with its cells, and whether it is repeated on each page, or bold."""

    element: _Element
    cells: Sequence[_Placed]
    head: bool
    bold: bool


def _fit(table: _Element, room: int) -> None:
    rows = [_row(element) for element in table.iterchildren(w("tr"))]
    count = max((one.start + one.span for row in rows for one in row.cells), default=0)
    if not count:
        return
    lines, bold = _lines(rows, count)
    grouped = sum(row.head for row in rows) > 1
    size, widths = fit_columns(list(zip(*lines, strict=True)), room, bold=bold, even=grouped)
    _set_grid(table, widths)
    if size < USUAL_SIZE:
        _set_size(table, size)
    for row in rows:
        # A row of one cell is a heading inside the table.
        alone = len(row.cells) == 1 < count
        for cell in row.cells:
            _set_width(cell, widths[cell.start : cell.start + (count if alone else cell.span)])
    whole = len(rows) <= KEPT_WHOLE and lines_taken(lines, widths, size) <= KEPT_LINES
    _keep_with_next([*_held(table, rows, whole=whole), *_introductions(rows, count)])


def _held(table: _Element, rows: Sequence[_Row], *, whole: bool) -> Iterator[_Element]:
    """Yield the rows and notes that stay with what follows.

    A note belongs to its table: none of a few is left to the next page, of many neither the first
    ones nor the last alone.
    """
    notes = list(_notes(table))
    last = len(rows) if notes else len(rows) - 1
    held = rows[:last] if whole else [*rows[:HELD], *rows[-HELD:last]]
    yield from (row.element for row in held)
    ends = notes[:-1]
    yield from ends[:HELD]
    yield from ends[HELD:][1 - HELD :]


def _row(element: _Element) -> _Row:
    properties = child_of(element, "trPr")
    head = properties is not None and child_of(properties, "tblHeader") is not None
    bold = any(value(style) in BOLD_STYLES for style in element.iter(w("pStyle")))
    return _Row(element, list(_placed(element)), head, bold)


def _placed(row: _Element) -> Iterator[_Placed]:
    start = 0
    for cell in row.iterchildren(w("tc")):
        properties = ensure(cell, "tcPr")
        covered = child_of(properties, "gridSpan")
        span = int(value(covered) or 1)
        if covered is not None:
            properties.remove(covered)
        yield _Placed(properties, start, span, _text(cell))
        start += span


def _lines(rows: Sequence[_Row], count: int) -> tuple[list[list[str]], set[int]]:
    """Return the texts by row, and which rows are bold; those of cells over several columns not.

    The first row has the headings: the longest of each column, where it has several.
    """
    lines, bold = [[""] * count], {0}
    for number, row in enumerate(rows):
        if len(row.cells) == 1 < count:
            continue
        line = [""] * count
        for cell in row.cells:
            if cell.span == 1:
                line[cell.start] = cell.text
        if number == 0 or row.head:
            lines[0] = [max(pair, key=len) for pair in zip(lines[0], line, strict=True)]
            continue
        lines.append(line)
        if row.bold:
            bold.add(len(lines) - 1)
    return lines, bold


def _introductions(rows: Sequence[_Row], count: int) -> Iterator[_Element]:
    """Yield the headings inside a table and the bases right beneath, which stay with figures."""
    introduces = False
    for row in rows[:-1]:
        heading = len(row.cells) == 1 < count
        introduces = heading or (introduces and row.bold)
        if introduces:
            yield row.element


def _set_width(cell: _Placed, widths: Sequence[int]) -> None:
    put(cell.properties, "tcW", w=str(sum(widths)), type="dxa")
    if len(widths) > 1:
        put(cell.properties, "gridSpan", val=str(len(widths)))


def _text(cell: _Element) -> str:
    """Return the words of a cell, each of its paragraphs on a line."""
    lines: list[str] = []
    for element in cell.iter(w("p"), w("t")):
        if element.tag == w("p"):
            lines.append("")
        elif lines:
            lines[-1] += element.text or ""
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
