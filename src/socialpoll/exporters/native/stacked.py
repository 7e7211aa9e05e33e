"""Bars of an ordered scale, as native charts: a colour a category, don't know at their ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.drawing.colours import INK, MUTED, OUTSIDE, PAPER, label_colour, scale_colours
from socialpoll.drawing.stacked import complete, figure_in
from socialpoll.exporters.native.dressing import Pen
from socialpoll.exporters.native.parts import Column, Grid
from socialpoll.exporters.native.words import (
    form_of,
    label_of,
    one_line,
    plotted,
    same_in_form,
)
from socialpoll.report import Chart, Figure, Point, Series

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.chart.chart import Chart as PptxChart

__all__ = ["stacked"]

LEAST = 0.06
"""A share of the bar that has room for its number."""
FULL = 1.0
LEGEND = 1
"""Rows that what the colours stand for takes."""


def stacked(chart: Chart, pen: Pen) -> tuple[_Element, Grid]:
    """Draw a chart of kind ``stacked``: bars beside each other on one scale from nought.

    A group with a category that is not shown has no bar, as in pictures.

    Parameters
    ----------
    chart : Chart
        A series a category in the order of the scale, the groups as points in one order.
    pen : Pen

    Returns
    -------
    part : lxml element
        ``c:chartSpace``.
    grid : Grid
    """
    on_scale = [series for series in chart.series if not series.outside]
    several = [*on_scale, *(series for series in chart.series if series.outside)]
    colours = [*scale_colours(len(on_scale)), *[OUTSIDE] * (len(several) - len(on_scale))]
    groups = on_scale[0].points if on_scale else ()
    figures = [[figure_in(series, group) for series in several] for group in groups]
    pen = pen.for_rows(len(groups) + LEGEND)
    grid = _grid(several, groups, figures, pen)
    drawn = pen.chart("BAR_STACKED", grid)
    sums = [sum(values) for values in zip(*_values(grid), strict=True)]
    pen.across(drawn, (0.0, max(FULL, *sums)))
    drawn.plots[0].overlap = 100
    for number, (series, colour) in enumerate(zip(drawn.plots[0].series, colours, strict=True)):
        pen.fill(series, colour, MUTED if colour == OUTSIDE else PAPER)
        for place, row in enumerate(figures):
            if complete(row):
                _label(series.points[place], row[number], colour, pen)
    _explain(drawn, pen)
    return drawn._chartSpace, grid


def _grid(
    several: list[Series], groups: tuple[Point, ...], figures: list[list[Figure]], pen: Pen
) -> Grid:
    edition = pen.edition
    shown = [figure for row in figures for figure in row if figure.value is not None]
    form = form_of("percent", shown[0].decimals if shown else 0)
    columns = tuple(
        Column(
            one_line(edition.text(series.label)),
            tuple(plotted(row[number]) if complete(row) else None for row in figures),
            form,
        )
        for number, series in enumerate(several)
    )
    labels = tuple(
        label_of(group.label, edition, row) for group, row in zip(groups, figures, strict=True)
    )
    return Grid(labels, columns)


def _values(grid: Grid) -> list[list[float]]:
    return [[value or 0.0 for value in column.values] for column in grid.columns]


def _label(point: object, figure: Figure, colour: str, pen: Pen) -> None:
    """Write the number on a part that has room for it; others have theirs in the table."""
    if (figure.value or 0.0) < LEAST:
        return
    ink = INK if colour == OUTSIDE else label_colour(colour)
    pen.label(point, "CENTER", colour=ink, words=same_in_form(figure, pen.edition))


def _explain(drawn: PptxChart, pen: Pen) -> None:
    """Say above the bars what the colours stand for."""
    from pptx.enum.chart import XL_LEGEND_POSITION

    drawn.has_legend = True
    drawn.legend.position = XL_LEGEND_POSITION.TOP
    drawn.legend.include_in_layout = False
    pen.write(drawn.legend.font, size=pen.frame.size)
