"""Tables after they are filled in: as many columns as they need, each as wide as its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.exporters.word.columns import USUAL_SIZE, fit_columns
from socialpoll.exporters.word.ooxml import ensure, put, value, w
from socialpoll.exporters.word.styles import NOTE_STYLE, TABLE_STYLE
from socialpoll.exporters.word.template import TEXT_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["fit_tables"]

KEPT_WHOLE = 16
"""Rows of a table that is not broken over two pages."""
HELD = 3
"""Rows of a longer table that are not left alone at the foot or head of a page."""


def fit_tables(root: _Element) -> None:
    """Give every table of the brief's style its columns; changed in place.

    Parameters
    ----------
    root : lxml element
        The body of a document.
    """
    for table in root.iter(w("tbl")):
        if value(table.find(f"{w('tblPr')}/{w('tblStyle')}")) == TABLE_STYLE:
            _fit(table)


def _fit(table: _Element) -> None:
    rows = table.findall(w("tr"))
    cells = [row.findall(w("tc")) for row in rows]
    count = max((len(row) for row in cells), default=0)
    if not count:
        return
    texts = [[_text(cell) for cell in row] for row in cells if len(row) == count]
    size, widths = fit_columns(list(zip(*texts, strict=True)), TEXT_WIDTH)
    _set_grid(table, widths)
    if size < USUAL_SIZE:
        _set_size(table, size)
    for row in cells:
        if len(row) == count:
            for cell, width in zip(row, widths, strict=True):
                put(ensure(cell, "tcPr"), "tcW", w=str(width), type="dxa")
        elif len(row) == 1:
            put(ensure(row[0], "tcPr"), "tcW", w=str(sum(widths)), type="dxa")
            put(ensure(row[0], "tcPr"), "gridSpan", val=str(count))
    # A note belongs to its table: neither the first nor any other is left to the next page.
    notes = list(_notes(table))
    last = len(rows) if notes else len(rows) - 1
    held = rows[:last] if len(rows) <= KEPT_WHOLE else [*rows[:HELD], *rows[-HELD:last]]
    _keep_with_next([*held, *notes[:-1]])


def _text(cell: _Element) -> str:
    return "".join(text.text or "" for text in cell.iter(w("t")))


def _set_grid(table: _Element, widths: list[int]) -> None:
    from lxml import etree

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
        for name in ("sz", "szCs"):
            put(ensure(run, "rPr"), name, val=half_points)


def _notes(table: _Element) -> Iterator[_Element]:
    for sibling in table.itersiblings():
        if value(sibling.find(f"{w('pPr')}/{w('pStyle')}")) != NOTE_STYLE:
            return
        yield sibling


def _keep_with_next(elements: list[_Element]) -> None:
    for element in elements:
        for paragraph in element.iter(w("p")):
            put(ensure(paragraph, "pPr"), "keepNext")
