"""Dots with their confidence intervals, group by group, beside the figure of everybody."""

from __future__ import annotations

from socialpoll.drawing.arcs import laid_out
from socialpoll.drawing.colours import GRID, MUTED, PAPER
from socialpoll.drawing.rows import BODY, GAP, SMALL, drawn_value, label_room, lay, write_labels
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import AXIS, Scale, paint_axis, reach, round_limits
from socialpoll.drawing.sheet import WIDTH, Sheet
from socialpoll.report import Chart, Phrase, Point

__all__ = ["Dots"]

FROM_NOUGHT = 0.5
"""The axis starts at nought unless every value lies beyond this part of it."""


class Dots:
    """A plot of dots; a hollow one is of low reliability, and a gap stands for what is not shown.

    Parameters
    ----------
    chart : Chart
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        self.chart = laid_out(chart) if chart.unit == "clock" else chart
        self.room = label_room(chart, ruler)
        self.reference = self.chart.reference
        if self.reference is not None and drawn_value(self.reference.figure) is None:
            self.reference = None
        head = ruler.height(1, SMALL) + 0.04 if self.reference else 0.0
        self.rows = lay(_parts(self.chart), ruler, self.room, head)
        self.height = (self.rows[-1].bottom if self.rows else head) + AXIS
        self.head = head
        self.scale = self._scale(ruler)

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        bottom = top + self.height - AXIS
        paint_axis(sheet, self.chart, self.scale, top + self.head, bottom)
        write_labels(sheet, self.rows, top, self.room)
        if self.reference is not None:
            self._paint_reference(sheet, self.reference, top, bottom)
        for row in self.rows:
            if row.point is not None:
                self._paint_point(sheet, row.point, top + row.middle)

    def _scale(self, ruler: Ruler) -> Scale:
        points = [row.point for row in self.rows if row.point is not None]
        known = [*points, self.reference] if self.reference else points
        least, most = reach(known)
        near = least < FROM_NOUGHT * most and self.chart.unit != "clock"
        low = min(least, 0.0) if near else least
        low, high, step = round_limits(low, most, self.chart.unit)
        numbers = (ruler.width(ruler.edition.number(point.figure), BODY) for point in points)
        start = self.room + 2 * GAP
        self.numbers = max(numbers, default=0.0)
        length = WIDTH - start - self.numbers - 3 * GAP
        return Scale(low, high, step, start, length)

    def _paint_reference(self, sheet: Sheet, point: Point, top: float, bottom: float) -> None:
        edition = sheet.ruler.edition
        words = f"{edition.text(point.label)} {edition.number(point.figure)}"
        across = self.scale.place(point.figure.value or 0.0)
        ends = (across, top + self.head), (across, bottom)
        sheet.line(*ends, colour=MUTED, width=1.0, dashes=(4, 3))
        half = sheet.ruler.width(words, SMALL) / 2
        place = min(max(across, half), WIDTH - half), top + self.head / 2
        sheet.words(place, words, size=SMALL, align="middle", colour=MUTED)

    def _paint_point(self, sheet: Sheet, point: Point, middle: float) -> None:
        start, end = self.scale.start, self.scale.start + self.scale.length
        sheet.line((start, middle), (end, middle), colour=GRID, width=0.5, behind=True)
        value = drawn_value(point.figure)
        if value is not None:
            if point.low is not None and point.high is not None:
                low, high = self.scale.place(point.low), self.scale.place(point.high)
                ends = (low, middle), (high, middle)
                sheet.line(*ends, colour=sheet.colour, width=1.6)
            fill = PAPER if point.figure.status == "u" else sheet.colour
            shape = "D" if point.role == "total" else "o"
            sheet.mark((self.scale.place(value), middle), shape=shape, fill=fill, edge=sheet.colour)
        number = sheet.ruler.edition.number(point.figure)
        bold = point.role == "total"
        # Numbers line up on their left, where digits begin in every language.
        if sheet.ruler.mirrored:
            sheet.words((WIDTH, middle), number, size=BODY, align="end", bold=bold)
        else:
            sheet.words((WIDTH - self.numbers, middle), number, size=BODY, bold=bold)


def _parts(chart: Chart) -> list[tuple[Phrase, Point | None]]:
    parts: list[tuple[Phrase, Point | None]] = []
    for series in chart.series:
        parts.append((series.label, None))
        parts.extend((point.label, point) for point in series.points)
    return parts
