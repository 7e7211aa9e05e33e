"""Times of day on a straight axis: the circle is cut where it is farthest from what is drawn."""

from __future__ import annotations

from dataclasses import replace

from socialpoll.drawing.rows import drawn_value
from socialpoll.report import Chart, Point
from socialpoll.schema.clock import DAY, shortest_arc

__all__ = ["laid_out"]


def laid_out(chart: Chart) -> Chart:
    """Return a chart of times of day with its points laid out about the time of everybody.

    The first group stands for everybody where that is not shown. Times before the midnight in the
    middle are negative, and after the next one more than a day; they are still written as times.
    """
    points = [point for series in chart.series for point in series.points]
    known = [chart.reference, *points] if chart.reference else points
    shown = (drawn_value(point.figure) for point in known)
    middle = next((value for value in shown if value is not None), 0.0)
    # Half a day on either side of this ends before 24:00, which would be written as such.
    middle = (middle + DAY / 2) % DAY - DAY / 2
    series = tuple(
        replace(one, points=tuple(_moved(point, middle) for point in one.points))
        for one in chart.series
    )
    reference = None if chart.reference is None else _moved(chart.reference, middle)
    return replace(chart, series=series, reference=reference)


def _moved(point: Point, middle: float) -> Point:
    value = point.figure.value
    if value is None:
        return point
    moved = middle + float(shortest_arc(value - middle))
    low = None if point.low is None else moved - (value - point.low) % DAY
    high = None if point.high is None else moved + (point.high - value) % DAY
    return replace(point, figure=replace(point.figure, value=moved), low=low, high=high)
