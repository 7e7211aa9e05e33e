"""Lines over the waves of a poll, as native charts: what changed significantly is bold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.drawing.colours import INK, MUTED, PAPER
from socialpoll.drawing.rows import drawn_value
from socialpoll.drawing.scale import round_limits
from socialpoll.drawing.slope import STROKES, not_too_near, spread
from socialpoll.exporters.native.dressing import Pen
from socialpoll.exporters.native.marks import move_label
from socialpoll.exporters.native.parts import Column, Grid, Pptx
from socialpoll.exporters.native.words import (
    directed,
    form_of,
    label_of,
    plain_number,
    plotted,
    same_in_form,
)
from socialpoll.report import Chart, Point, Series
from socialpoll.report.marks import LOW_RELIABILITY

if TYPE_CHECKING:
    from lxml.etree import _Element
    from pptx.chart.chart import Chart as PptxChart

__all__ = ["slope"]

PLOT = (0.1, 0.03, 0.6, 0.83)
"""Where the lines are in the chart: beside it from where reading begins, down, wide, high."""
LINE = 0.0476
"""Height of a line of text in centimetres, for a size of 1 point."""
FOOT = 0.06
"""Between the lowest mark and the axis, as a part of what lies between marks."""
MARK = 7
ARROWS = {"higher": " ▲", "lower": " ▼"}
"""Beside a figure that changed significantly: not every program makes one piece of a line bold."""


def slope(chart: Chart, pen: Pen) -> tuple[_Element, Grid]:
    """Draw a chart of kind ``slope``.

    Each line has its last figure and its name at its end, and its other figures above their marks.

    Parameters
    ----------
    chart : Chart
        A series a line, a point a wave.
    pen : Pen

    Returns
    -------
    part : lxml element
        ``c:chartSpace``.
    grid : Grid
    """
    several = [series for series in chart.series if series.points]
    grid = _grid(several, pen)
    drawn = pen.chart("LINE_MARKERS", grid)
    limits = _limits(chart, grid)
    _set_axes(drawn, pen, limits)
    _place_plot(drawn, pen)
    moved = _moved(several, pen, limits)
    for line, series, shift in zip(drawn.plots[0].series, several, moved, strict=True):
        line.smooth = False
        _dress(line, series, pen)
        _label(line, series, pen, shift)
    return drawn._chartSpace, grid


def _grid(several: list[Series], pen: Pen) -> Grid:
    edition = pen.edition
    figures = [point.figure for one in several for point in one.points]
    shown = next((one for one in figures if one.value is not None), None)
    form = form_of(shown.unit, shown.decimals) if shown else form_of("decimal", 0)
    waves = several[0].points if several else ()
    columns = (
        Column(_name(one, pen), tuple(plotted(point.figure) for point in one.points), form)
        for one in several
    )
    return Grid(tuple(label_of(wave.label, edition) for wave in waves), tuple(columns))


def _name(series: Series, pen: Pen) -> str:
    """Return the name of a line, with the shorthand of what is not shown of it."""
    return label_of(series.label, pen.edition, [point.figure for point in series.points])


def _limits(chart: Chart, grid: Grid) -> tuple[float, float]:
    values = [one for column in grid.columns for one in column.values if one is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if chart.unit == "percent":
        low, high = not_too_near(low, high)
    low, high, _ = round_limits(low, high, "decimal" if chart.unit == "points" else chart.unit)
    return low - FOOT * (high - low), high


def _set_axes(drawn: PptxChart, pen: Pen, limits: tuple[float, float]) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    waves, values = drawn.category_axis, drawn.value_axis
    waves.reverse_order = pen.mirrored
    waves.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    waves.major_tick_mark = XL_TICK_MARK.NONE
    waves.has_major_gridlines = False
    pen.line(waves.format.line, MUTED, 0.75)
    values.minimum_scale, values.maximum_scale = limits
    values.has_major_gridlines = False
    values.visible = False


def _place_plot(drawn: PptxChart, pen: Pen) -> None:
    """Leave room for the names beside the lines: programs would leave none for labels."""
    from lxml import etree
    from pptx.oxml.ns import qn

    start, top, wide, high = PLOT
    across = 1 - start - wide if pen.mirrored else start
    area = drawn._chartSpace.chart.plotArea
    layout = area.find(qn("c:layout"))
    if layout is None:
        layout = etree.SubElement(area, qn("c:layout"))
        area.insert(0, layout)
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    etree.SubElement(manual, qn("c:layoutTarget")).set("val", "inner")
    for name in ("xMode", "yMode"):
        etree.SubElement(manual, qn(f"c:{name}")).set("val", "edge")
    for name, value in zip("xywh", (across, top, wide, high), strict=True):
        etree.SubElement(manual, qn(f"c:{name}")).set("val", f"{value:g}")


def _dress(line: Pptx, series: Series, pen: Pen) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE

    pen.line(line.format.line, MUTED, STROKES["alike"].width)
    for place, point in enumerate(series.points):
        mark = line.points[place]
        stroke = STROKES.get(point.shift) if point.shift is not None else None
        told = stroke is not None and bool(stroke.mark)
        pen.line(mark.format.line, pen.colour if told else MUTED, stroke.width if stroke else 0.0)
        if stroke is not None and stroke.dashes:
            mark.format.line.dash_style = MSO_LINE.ROUND_DOT
        total = point.role == "total"
        mark.marker.style = XL_MARKER_STYLE.DIAMOND if total else XL_MARKER_STYLE.CIRCLE
        mark.marker.size = MARK
        hollow = point.figure.status == LOW_RELIABILITY
        pen.fill(mark.marker, PAPER if hollow else pen.colour, pen.colour)


def _shown(series: Series) -> list[int]:
    return [place for place, one in enumerate(series.points) if drawn_value(one.figure) is not None]


def _label(line: Pptx, series: Series, pen: Pen, moved: tuple[float, float]) -> None:
    """Write the figures of a line, and at its end its name."""
    before, after = ("RIGHT", "LEFT") if pen.mirrored else ("LEFT", "RIGHT")
    shown = _shown(series)
    last = len(series.points) - 1
    for place in shown:
        point, figure = line.points[place], series.points[place].figure
        words = same_in_form(figure, pen.edition)
        arrow = ARROWS.get(series.points[place].shift or "", "")
        if arrow or place == shown[-1]:
            words = (words or plain_number(figure, pen.edition)) + arrow
        if words is not None and place == shown[-1]:
            pen.label(point, after if place == last else "ABOVE", words=_named(words, series, pen))
            move_label(point, down=moved[1] if place == last else 0.0)
        else:
            pen.label(point, before if place == 0 else "ABOVE", colour=INK, words=words)
            move_label(point, down=moved[0] if place == 0 else 0.0)


def _named(number: str, series: Series, pen: Pen) -> str:
    """Return the last figure of a line with its name, in this order in every script."""
    return directed(f"{number} · {_name(series, pen)}", pen.edition)


def _moved(
    several: list[Series], pen: Pen, limits: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return how far down the first and the last label of each line are moved apart.

    As parts of the height of the chart.
    """
    ends = [_apart([one.points[place] for one in several], pen, limits) for place in (0, -1)]
    return list(zip(*ends, strict=True))


def _apart(points: list[Point], pen: Pen, limits: tuple[float, float]) -> list[float]:
    low, high = limits
    height = PLOT[3]
    apart = LINE * pen.frame.size / (pen.frame.height or pen.frame.width)
    shown = [
        (height * (high - value) / (high - low), number)
        for number, one in enumerate(points)
        if (value := plotted(one.figure)) is not None
    ]
    shown.sort()
    laid = spread([one for one, _ in shown], apart, (0.0, height))
    found = [0.0] * len(points)
    for (wanted, number), place in zip(shown, laid, strict=True):
        found[number] = place - wanted
    return found
