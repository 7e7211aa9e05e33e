"""Bars for options and groups, as native charts: sorted as in pictures, with their intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.drawing.bars import in_order
from socialpoll.drawing.colours import MUTED, PAPER
from socialpoll.drawing.rows import drawn_value
from socialpoll.drawing.scale import reach, round_limits
from socialpoll.exporters.native.dressing import Pen
from socialpoll.exporters.native.marks import add_whiskers, move_label
from socialpoll.exporters.native.parts import Column, Grid
from socialpoll.exporters.native.words import (
    form_of,
    label_of,
    plain_number,
    plotted,
    same_in_form,
)
from socialpoll.report import Chart, Message, Point
from socialpoll.report.colours import tint
from socialpoll.report.marks import LOW_RELIABILITY

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["bars"]

PALE = 0.5
"""Share of the house colour in bars: dark numbers and whiskers are read on what is left."""
TOTAL_FILL = "#BFBFBF"
PART_OF_BARS, MOST_OF_BARS = 0.6, 0.9
"""Of the width of a chart, with long labels beside the bars and with short ones."""
LETTER = 0.024
"""Width of a bold digit in centimetres, for a size of 1 point."""
BESIDE = 2.5
"""Digits that a label takes beyond its own."""
WHISKER_DECIMALS = 9


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its label; a heading has no point, and is a row without a bar."""

    label: str
    point: Point | None


def bars(chart: Chart, pen: Pen) -> tuple[_Element, Grid]:
    """Draw a chart of kind ``bars`` or ``dots`` as bars from nought.

    Parameters
    ----------
    chart : Chart
        Its ``reference``, where it has one, is the first bar.
    pen : Pen

    Returns
    -------
    part : lxml element
        ``c:chartSpace``.
    grid : Grid
    """
    rows = list(_rows(chart, pen))
    points = [row.point for row in rows if row.point is not None]
    grid = _grid(chart, rows, pen)
    pen = pen.for_rows(len(rows))
    drawn = pen.chart("BAR_CLUSTERED", grid)
    least, most = reach(points)
    low, high, _ = round_limits(min(least, 0.0), max(most, 0.0), chart.unit)
    hundredfold = 100 if chart.unit == "points" else 1
    pen.across(drawn, (low * hundredfold, high * hundredfold))
    series = drawn.plots[0].series[0]
    pen.fill(series, tint(pen.colour, PALE))
    series.invert_if_negative = False
    for place, row in enumerate(rows):
        if row.point is not None and drawn_value(row.point.figure) is not None:
            total = row.point.role == "total" or row.point is chart.reference
            _dress(series.points[place], row.point, pen, high - low, total=total)
    if grid.whiskers:
        add_whiskers(series, grid)
    return drawn._chartSpace, grid


def _rows(chart: Chart, pen: Pen) -> Iterator[Row]:
    if chart.reference is not None:
        yield _row(chart.reference, pen)
    for series in chart.series:
        heading = label_of(series.label, pen.edition)
        if heading:
            yield Row(heading, None)
        points = in_order(series) if chart.kind == "bars" else series.points
        yield from (_row(point, pen) for point in points)


def _row(point: Point, pen: Pen) -> Row:
    return Row(label_of(point.label, pen.edition, [point.figure]), point)


def _grid(chart: Chart, rows: list[Row], pen: Pen) -> Grid:
    points = [row.point for row in rows]
    shown = [one.figure for one in points if one is not None and one.figure.value is not None]
    form = form_of(chart.unit, shown[0].decimals if shown else 0)
    values = tuple(None if one is None else plotted(one.figure) for one in points)
    reaches = [_reach(point) for point in points]
    heading = pen.edition.text(Message("Estimate"))
    whiskers = (
        Column(pen.edition.text(Message("Down to the lower limit")), _of(reaches, 0), form),
        Column(pen.edition.text(Message("Up to the upper limit")), _of(reaches, 1), form),
    )
    labels = tuple(row.label for row in rows)
    return Grid(labels, (Column(heading, values, form),), whiskers if any(reaches) else ())


def _reach(point: Point | None) -> tuple[float, float] | None:
    """Return how far an interval reaches below and above its figure, where there is one."""
    if point is None or point.low is None or point.high is None:
        return None
    value = drawn_value(point.figure)
    if value is None:
        return None
    hundredfold = 100 if point.figure.unit == "points" else 1
    below, above = max(value - point.low, 0.0), max(point.high - value, 0.0)
    return (
        round(below * hundredfold, WHISKER_DECIMALS),
        round(above * hundredfold, WHISKER_DECIMALS),
    )


def _of(reaches: list[tuple[float, float] | None], side: int) -> tuple[float | None, ...]:
    return tuple(None if one is None else one[side] for one in reaches)


def _dress(bar: object, point: Point, pen: Pen, span: float, *, total: bool) -> None:
    """Fill a bar as its figure is, and write its number where it can be read."""
    hollow = point.figure.status == LOW_RELIABILITY
    if hollow:
        pen.fill(bar, PAPER, MUTED if total else pen.colour)
    elif total:
        pen.fill(bar, TOTAL_FILL)
    words = same_in_form(point.figure, pen.edition)
    number = plain_number(point.figure, pen.edition)
    value = point.figure.value or 0.0
    length = abs(value) / span * pen.frame.width * PART_OF_BARS
    inside = length >= (len(number) + BESIDE) * pen.frame.size * LETTER
    pen.label(bar, "INSIDE_BASE" if inside else "OUTSIDE_END", words=words)
    end = point.high if value >= 0 else point.low
    if not inside and end is not None:
        # Beyond the whisker, which would else run through it.
        beyond = (end - value) / span * MOST_OF_BARS
        move_label(bar, across=-beyond if pen.mirrored else beyond)
