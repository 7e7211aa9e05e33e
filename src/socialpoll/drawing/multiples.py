"""Small charts of the same answers side by side: a panel a group, beside the overall figures."""

from __future__ import annotations

from dataclasses import dataclass

from socialpoll.drawing.colours import GRID, INK, PAPER
from socialpoll.drawing.rows import BODY, GAP, SMALL, drawn_value
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import Scale, round_limits
from socialpoll.drawing.sheet import WIDTH, Sheet
from socialpoll.report import Chart, Figure, Point, Series

__all__ = ["Multiples"]

WIDEST_LABEL = 0.28 * WIDTH
LEAST_PANEL = 1.15
BETWEEN = 0.12
"""Between panels, in inches."""
BELOW = 0.14
THICKNESS = 0.12
STEP = 0.19
"""Height of a row of one line."""


@dataclass(frozen=True)
class Line:
    """A row of all panels: its label, and where it stands in them."""

    answer: Point
    label: tuple[str, ...]
    top: float
    height: float


class Multiples:
    """A plot of panels in rows, all on one scale and in one order, the greatest overall first.

    A mark on each bar is the overall figure; a hollow bar is of low reliability.

    Parameters
    ----------
    chart : Chart
        A series a group, its points the answers; the first series is of everybody.
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        self.series = chart.series
        answers = sorted(chart.series[0].points, key=_order) if chart.series else []
        labels = [ruler.wrap(ruler.edition.text(one.label), SMALL, WIDEST_LABEL) for one in answers]
        self.room = max((ruler.width(w, SMALL) for label in labels for w in label), default=0.0)
        self.lines = _lines(answers, labels, ruler)
        points = [point for one in chart.series for point in one.points]
        numbers = (ruler.width(ruler.edition.number(one.figure), SMALL) for one in points)
        self.number = max(numbers, default=0.0) + GAP / 2
        whole = WIDTH - self.room - GAP
        least = max(LEAST_PANEL, self.number + 0.5)
        self.across = max(1, min(int((whole + BETWEEN) / (least + BETWEEN)), len(self.series)))
        self.width = (whole + BETWEEN) / self.across - BETWEEN
        self.titles = [
            ruler.wrap(ruler.edition.text(one.label), BODY, self.width, bold=True)
            for one in self.series
        ]
        self.head = ruler.height(max(map(len, self.titles), default=0), BODY) + GAP / 2
        self.scale = self._scale(chart, points)
        deep = self.lines[-1].top + self.lines[-1].height if self.lines else 0.0
        self.panel = self.head + deep + BELOW
        self.height = self.panel * -(-len(self.series) // self.across)

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        for number, series in enumerate(self.series):
            row, column = divmod(number, self.across)
            high = top + row * self.panel
            if column == 0:
                self._paint_labels(sheet, high + self.head)
            start = self.room + GAP + column * (self.width + BETWEEN)
            title = self.titles[number]
            above = self.head - GAP / 2 - sheet.ruler.height(len(title), BODY)
            sheet.lines((start, high + above), title, size=BODY, bold=True)
            self._paint_panel(sheet, series, start, high + self.head)

    def _scale(self, chart: Chart, points: list[Point]) -> Scale:
        shown = [value for one in points if (value := drawn_value(one.figure)) is not None]
        low, high = min([0.0, *shown]), max([0.0, *shown])
        low, high, step = round_limits(low, high, chart.unit)
        return Scale(low, max(high, low + step), step, 0.0, self.width - self.number)

    def _paint_labels(self, sheet: Sheet, top: float) -> None:
        for line in self.lines:
            high = sheet.ruler.height(len(line.label), SMALL)
            place = self.room, top + line.top + (line.height - high) / 2
            sheet.lines(place, line.label, size=SMALL, align="end")

    def _paint_panel(self, sheet: Sheet, series: Series, start: float, top: float) -> None:
        foot = start + self.scale.place(max(self.scale.low, 0.0))
        bottom = top + self.lines[-1].top + self.lines[-1].height if self.lines else top
        sheet.line((foot, top), (foot, bottom), colour=GRID, width=0.8)
        for line in self.lines:
            point = _of(series, line.answer)
            middle = top + line.top + line.height / 2
            end = self._paint_bar(sheet, point.figure, (start, foot), middle)
            overall = drawn_value(line.answer.figure)
            shown = drawn_value(point.figure) is not None
            if series is not self.series[0] and shown and overall is not None:
                across = start + self.scale.place(overall)
                half = THICKNESS / 2 + 0.025
                ends = (across, middle - half), (across, middle + half)
                sheet.line(*ends, colour=INK, width=1.4)
                end = max(end, across)
            words = sheet.ruler.edition.number(point.figure)
            sheet.words((end + GAP / 2, middle), words, size=SMALL)

    def _paint_bar(
        self, sheet: Sheet, figure: Figure, across: tuple[float, float], middle: float
    ) -> float:
        """Draw the bar of a figure that is shown, and return where it ends."""
        start, foot = across
        value = drawn_value(figure)
        if value is None:
            return foot
        end = start + self.scale.place(value)
        corners = (foot, middle - THICKNESS / 2), (end, middle + THICKNESS / 2)
        fill = PAPER if figure.status == "u" else sheet.colour
        sheet.rectangle(*corners, fill=fill, edge=sheet.colour)
        return max(foot, end)


def _order(point: Point) -> tuple[bool, float]:
    value = drawn_value(point.figure)
    return value is None, -(value or 0.0)


def _of(series: Series, answer: Point) -> Point:
    """Return the point of an answer, which a group need not have."""
    found = (point for point in series.points if point.label == answer.label)
    return next(found, Point(answer.label, Figure(None, answer.figure.unit)))


def _lines(answers: list[Point], labels: list[tuple[str, ...]], ruler: Ruler) -> tuple[Line, ...]:
    lines = []
    top = 0.0
    for answer, label in zip(answers, labels, strict=True):
        height = max(ruler.height(len(label), SMALL) + 0.04, STEP)
        lines.append(Line(answer, label, top, height))
        top += height
    return tuple(lines)
