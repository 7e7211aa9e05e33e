"""Tables as PowerPoint has them: a head, lines in the colour of the house, their direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.exporters.native.parts import Pptx
from socialpoll.exporters.slides.pages import Box, Grid, TableRow
from socialpoll.exporters.slides.tables import INSET, height_of_groups
from socialpoll.exporters.slides.template import EMU, place_of
from socialpoll.exporters.slides.writing import Pencil
from socialpoll.report.colours import tint

if TYPE_CHECKING:
    from pptx.slide import Slide

__all__ = ["add_table"]

PALE, LINE = 0.1, 0.38
"""Shares of the house colour behind the head, and in the lines between rows."""
FIGURES = ("figure", "interval")
PLAIN = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style without fills and lines, which every program knows."""
THIN = 9525


def add_table(slide: Slide, grid: Grid, box: Box, pencil: Pencil) -> Pptx:
    """Add a table to a slide.

    Parameters
    ----------
    slide : Slide
    grid : Grid
    box : Box
        Its place; it is as high as its rows.
    pencil : Pencil

    Returns
    -------
    GraphicFrame
    """
    above = [height_of_groups(grid)] if grid.groups else []
    heights = [*above, *grid.heights]
    size = len(heights), len(grid.widths)
    placed = Box(box.across, box.down, sum(grid.widths), sum(heights))
    frame = slide.shapes.add_table(*size, *place_of(placed, mirrored=pencil.mirrored))
    name = frame._element.xpath(".//p:cNvPr")[0]
    name.set("descr", grid.title)
    table = frame.table
    _set_look(table, mirrored=pencil.mirrored)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = round(width * EMU)
    for row, height in zip(table.rows, heights, strict=True):
        row.height = round(height * EMU)
    if grid.groups:
        _write_groups(table, grid, pencil)
    for place, row in enumerate(grid.rows, start=len(above)):
        _write_row(table, place, row, grid, pencil)
    return frame


def _set_look(table: Pptx, *, mirrored: bool) -> None:
    properties = table._tbl.tblPr
    if mirrored:
        properties.set("rtl", "1")
    table.horz_banding = False
    table.first_row = True
    for style in properties:
        style.text = PLAIN


def _write_groups(table: Pptx, grid: Grid, pencil: Pencil) -> None:
    start = 0
    for words, span in grid.groups:
        cell = table.cell(0, start)
        if span > 1:
            cell.merge(table.cell(0, start + span - 1))
        _write_cell(cell, words, grid.size, pencil, bold=True)
        start += span
    for cell in table.rows[0].cells:
        _shade(cell, pencil, head=True)


def _write_row(table: Pptx, place: int, row: TableRow, grid: Grid, pencil: Pencil) -> None:
    last = len(grid.widths) - 1
    if len(row.cells) == 1 and last:
        table.cell(place, 0).merge(table.cell(place, last))
    for number, text in enumerate(row.cells):
        right = grid.kinds[number] in FIGURES and len(row.cells) > 1
        cell = table.cell(place, number)
        _write_cell(cell, text, grid.size, pencil, bold=row.role != "body", right=right)
    for cell in table.rows[place].cells:
        _shade(cell, pencil, head=row.role == "head")


def _write_cell(
    cell: Pptx,
    text: str,
    size: float,
    pencil: Pencil,
    *,
    bold: bool,
    right: bool = False,
) -> None:
    cell.margin_left = cell.margin_right = round(INSET * EMU)
    cell.margin_top = cell.margin_bottom = round(INSET * EMU / 2)
    colour = pencil.style.primary if bold else None
    pencil.words(cell.text_frame, [text], size=size, bold=bold, colour=colour, right=right)


def _shade(cell: Pptx, pencil: Pencil, *, head: bool) -> None:
    """Draw the line under a cell, and lay a ground behind the head."""
    from pptx.dml.color import RGBColor
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    primary = pencil.style.primary
    properties = cell._tc.get_or_add_tcPr()
    colour = (primary if head else tint(primary, LINE)).removeprefix("#")
    properties.insert(
        0,
        parse_xml(
            f'<a:lnB {nsdecls("a")} w="{THIN}"><a:solidFill><a:srgbClr val="{colour}"/>'
            "</a:solidFill></a:lnB>"
        ),
    )
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(tint(primary, PALE).removeprefix("#"))
