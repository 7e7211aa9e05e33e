"""Tables that fit slides: as large as can be read, and parted where one slide is too small."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from socialpoll.exporters.slides.fitting import TWIPS, height_of, lines_in, pieces_of
from socialpoll.exporters.slides.pages import Box, Grid, TableRow
from socialpoll.exporters.word.columns import USUAL_SIZE, fit_columns
from socialpoll.exporters.word.tabular import parts_of, table_variables
from socialpoll.report import Edition, Table

__all__ = ["INSET", "grids_of", "height_of_groups"]

SIZES = (14.0, 12.0, 11.0)
"""Points of the letters; the last one where a table is parted."""
INSET = 0.16
"""Centimetres around the words of a cell, at its sides."""
PADDING = 0.22
"""Centimetres above and below the words of a row, together."""


def grids_of(edition: Edition, table: Table, box: Box) -> list[Grid]:
    """Return a table in as many parts as slides that it takes.

    Parameters
    ----------
    edition : Edition
    table : Table
    box : Box
        The room on each slide.

    Returns
    -------
    list of Grid
        Groups of columns stay whole; the head stands in each part.
    """
    room = round(box.width * TWIPS * USUAL_SIZE / SIZES[-1])
    return [grid for part in parts_of(edition, table, room) for grid in _down(edition, part, box)]


def _down(edition: Edition, table: Table, box: Box) -> Iterator[Grid]:
    """Yield the parts of a table that is no wider than its slide."""
    written = table_variables(edition, table)
    columns = written["columns"]
    rows = [_row(row, len(columns)) for row in written["rows"]]
    head = TableRow(tuple(one["heading"] for one in columns), "head")
    grid = None
    for size in SIZES:
        grid = _laid([head, *rows], columns, box, size)
        if sum(grid.heights) + height_of_groups(grid) <= box.height:
            yield grid
            return
    if grid is not None:
        yield from _parted(grid, box)


def _row(row: dict[str, Any], width: int) -> TableRow:
    cells = tuple(cell["text"] for cell in row["cells"])
    return TableRow(cells if row["role"] == "group" else _filled(cells, width), row["role"])


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _laid(rows: list[TableRow], columns: Sequence[Any], box: Box, size: float) -> Grid:
    """Return a table in letters of a size, its columns as wide as their words want."""
    whole = [row for row in rows if row.role != "group"]
    texts = list(zip(*(row.cells for row in whole), strict=True))
    bold = {place for place, row in enumerate(whole) if row.role != "body"}
    room = round(box.width * TWIPS * USUAL_SIZE / size)
    found, wide = fit_columns(texts, room, bold=bold)
    letters = size * found / USUAL_SIZE
    widths = tuple(one * box.width / sum(wide) for one in wide)
    return Grid(
        title="",
        rows=tuple(rows),
        kinds=tuple(one["kind"] for one in columns),
        widths=widths,
        heights=tuple(_height(row, widths, letters) for row in rows),
        size=letters,
        groups=tuple((one["group"], max(one["span"], 1)) for one in columns if _starts(one))
        if any(one["group"] for one in columns)
        else (),
    )


def _starts(column: dict[str, Any]) -> bool:
    return bool(column["span"]) or not column["group"]


def _height(row: TableRow, widths: Sequence[float], size: float) -> float:
    bold = row.role != "body"
    spans = (sum(widths),) if len(row.cells) == 1 else widths
    lines = (
        lines_in(text, width, size, bold=bold)
        for text, width in zip(row.cells, spans, strict=False)
    )
    return height_of(max(lines, default=1), size) + PADDING


def height_of_groups(grid: Grid) -> float:
    """Return how high the row of the words above columns is."""
    return height_of(1, grid.size) + PADDING if grid.groups else 0.0


def _parted(grid: Grid, box: Box) -> Iterator[Grid]:
    """Yield the parts of a table that is longer than a slide, each with the head."""
    head, *rows = grid.rows
    above = _height(head, grid.widths, grid.size) + height_of_groups(grid)
    most = int((box.height - above - PADDING) / height_of(1, grid.size))
    kept: list[TableRow] = []
    taken = above
    for row in [piece for one in rows for piece in _pieces(one, grid, most)]:
        height = _height(row, grid.widths, grid.size)
        if kept and taken + height > box.height:
            # A heading is not left alone at the foot.
            held = [kept.pop()] if kept[-1].role == "group" else []
            yield _part(grid, head, kept)
            kept, taken = held, above + sum(_height(one, grid.widths, grid.size) for one in held)
        kept.append(row)
        taken += height
    yield _part(grid, head, kept)


def _pieces(row: TableRow, grid: Grid, most: int) -> Iterator[TableRow]:
    """Yield a row, in several where it is longer than a slide."""
    spans = (sum(grid.widths),) if len(row.cells) == 1 else grid.widths
    parts = [
        list(pieces_of(text, width, grid.size, most))
        for text, width in zip(row.cells, spans, strict=True)
    ]
    for cells in zip_longest(*parts, fillvalue=""):
        yield TableRow(cells, row.role)


def _part(grid: Grid, head: TableRow, rows: list[TableRow]) -> Grid:
    several = (head, *rows)
    heights = tuple(_height(row, grid.widths, grid.size) for row in several)
    return Grid(grid.title, several, grid.kinds, grid.widths, heights, grid.size, grid.groups)
