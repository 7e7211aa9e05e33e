"""Sorted bars for the options of a question."""

from __future__ import annotations

from socialpoll.drawing.colours import INK, MUTED, PAPER
from socialpoll.drawing.rows import BODY, GAP, drawn_value, label_room, lay, write_labels
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import AXIS, Scale, paint_axis, reach, round_limits
from socialpoll.drawing.sheet import WIDTH, Sheet
from socialpoll.report import Chart, Phrase, Point, Series

__all__ = ["Bars", "in_order"]

THICKNESS = 0.17


class Bars:
    """A plot of horizontal bars, the longest first; a hollow bar is of low reliability.

    Parameters
    ----------
    chart : Chart
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        self.chart = chart
        self.room = label_room(chart, ruler)
        self.rows = lay(_parts(chart), ruler, self.room)
        self.height = (self.rows[-1].bottom if self.rows else 0.0) + AXIS
        self.scale = self._scale(ruler)

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        paint_axis(sheet, self.chart, self.scale, top, top + self.height - AXIS)
        write_labels(sheet, self.rows, top, self.room)
        for row in self.rows:
            if row.point is not None:
                self._paint_point(sheet, row.point, top + row.middle)
        foot = self.scale.place(max(self.scale.low, 0.0))
        bottom = top + self.height - AXIS
        sheet.line((foot, top), (foot, bottom), colour=MUTED, width=0.8)

    def _scale(self, ruler: Ruler) -> Scale:
        points = [row.point for row in self.rows if row.point is not None]
        least, most = reach(points)
        low, high, step = round_limits(min(least, 0.0), max(most, 0.0), self.chart.unit)
        numbers = (ruler.width(ruler.edition.number(point.figure), BODY) for point in points)
        start = self.room + GAP
        length = WIDTH - start - max(numbers, default=0.0) - 2 * GAP
        return Scale(low, high, step, start, length)

    def _paint_point(self, sheet: Sheet, point: Point, middle: float) -> None:
        value = drawn_value(point.figure)
        foot = self.scale.place(max(self.scale.low, 0.0))
        end = foot
        if value is not None:
            end = self.scale.place(value)
            fill = PAPER if point.figure.status == "u" else sheet.colour
            corners = (foot, middle - THICKNESS / 2), (end, middle + THICKNESS / 2)
            sheet.rectangle(*corners, fill=fill, edge=sheet.colour, width=1.2)
            if point.low is not None and point.high is not None:
                low, high = self.scale.place(point.low), self.scale.place(point.high)
                for colour, width in ((PAPER, 2.8), (INK, 1.2)):
                    ends = (low, middle), (high, middle)
                    sheet.line(*ends, colour=colour, width=width)
                end = max(end, high)
        number = sheet.ruler.edition.number(point.figure)
        sheet.words((end + GAP, middle), number, size=BODY, bold=point.role == "total")


def _parts(chart: Chart) -> list[tuple[Phrase, Point | None]]:
    parts: list[tuple[Phrase, Point | None]] = []
    for series in chart.series:
        parts.append((series.label, None))
        parts.extend((point.label, point) for point in in_order(series))
    return parts


def in_order(series: Series) -> list[Point]:
    """Return points with the longest bar first, and those without one last."""

    def order(point: Point) -> tuple[bool, float]:
        value = drawn_value(point.figure)
        return value is None, -(value or 0.0)

    return sorted(series.points, key=order)
