"""Lines over the waves of a poll: what changed significantly is bold, with a mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from socialpoll.drawing.arcs import laid_out
from socialpoll.drawing.colours import GRID, MUTED, PAPER
from socialpoll.drawing.rows import BODY, GAP, SMALL, drawn_value
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import Scale, round_limits
from socialpoll.drawing.sheet import WIDTH, Align, Sheet
from socialpoll.report import Chart, Point, Series, Shift

__all__ = ["STROKES", "Slope", "Stroke", "not_too_near", "spread"]

LEAST_HEIGHT = 2.4
APART = 0.19
"""Between the middles of labels under each other, in inches."""
BETWEEN = 0.05
"""Between labels of several lines."""
WIDEST_LABEL = 0.35 * WIDTH
HALF = 0.5
LEAST_SPAN = 0.2
"""Shares that differ by less do not fill the height: a small change shall look small."""


@dataclass(frozen=True)
class Stroke:
    """How the line of a change is drawn; one with a mark in the colour of marks."""

    width: float
    dashes: tuple[float, float] | None = None
    mark: str = ""


STROKES: dict[Shift, Stroke] = {
    "higher": Stroke(2.6, mark="^"),
    "lower": Stroke(2.6, mark="v"),
    "alike": Stroke(1.0),
    "untested": Stroke(1.0, (1.0, 2.0)),
}
"""Figures that are not comparable are not joined."""


class Slope:
    """A plot of lines, the waves in their order from the leading edge.

    Each line has its last figure and its name at its end, and its first figure at its beginning.

    Parameters
    ----------
    chart : Chart
        A series a line, a point a wave.
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        laid = laid_out(chart) if chart.unit == "clock" else chart
        self.series = [one for one in laid.series if one.points]
        edition = ruler.edition
        self.before = [(edition.number(one.points[0].figure),) for one in self.series]
        self.after = [
            ruler.wrap(_named(one, ruler), BODY, WIDEST_LABEL, bold=True) for one in self.series
        ]
        before, after = (
            max((ruler.width(one, BODY, bold=True) for one in chain(*words)), default=0.0)
            for words in (self.before, self.after)
        )
        self.start = before + 2 * GAP
        self.length = WIDTH - self.start - after - 2 * GAP
        deepest = max(map(len, self.after), default=1)
        self.apart = max(APART, ruler.height(deepest, BODY) + BETWEEN if deepest > 1 else 0.0)
        self.waves = self._waves(ruler)
        points = (point for one in self.series for point in one.points)
        shown = [value for one in points if (value := drawn_value(one.figure)) is not None]
        low, high = min(shown, default=0.0), max(shown, default=1.0)
        if chart.unit == "percent":
            low, high = not_too_near(low, high)
        low, high, step = round_limits(low, high, chart.unit)
        room = max(LEAST_HEIGHT, self.apart * (len(self.series) + 1))
        self.foot = ruler.height(max(map(len, self.waves), default=1), SMALL) + GAP
        self.scale = Scale(low, high, step, 0.0, room)
        self.height = room + self.apart + self.foot

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        if not self.series:
            return
        self._paint_waves(sheet, top)
        for one in self.series:
            self._paint_line(sheet, one, top)
        last = len(self.series[0].points) - 1
        for place in range(1, last):
            self._paint_between(sheet, place, top)
        for place, words in ((0, self.before), (last, self.after)):
            self._paint_words(sheet, place, words, top)

    def _waves(self, ruler: Ruler) -> list[tuple[str, ...]]:
        """Return the names of the waves, as narrow as they stand beside each other."""
        points = self.series[0].points if self.series else ()
        ends = 2 * min(self.start, WIDTH - self.start - self.length)
        room = min(self.length / max(len(points) - 1, 1) - GAP, ends)
        return [ruler.wrap(ruler.edition.text(one.label), SMALL, room) for one in points]

    def _across(self, place: int) -> float:
        several = len(self.series[0].points)
        return self.start + self.length * (place / (several - 1) if several > 1 else HALF)

    def _down(self, value: float, top: float) -> float:
        return top + self.apart * HALF + self.scale.length - self.scale.place(value)

    def _paint_waves(self, sheet: Sheet, top: float) -> None:
        bottom = top + self.height - self.foot
        for place, lines in enumerate(self.waves):
            across = self._across(place)
            sheet.line((across, top), (across, bottom), colour=GRID, width=0.6, behind=True)
            at = across, bottom + GAP
            sheet.lines(at, lines, size=SMALL, align="middle", colour=MUTED)

    def _paint_line(self, sheet: Sheet, series: Series, top: float) -> None:
        places = [(self._across(number), point) for number, point in enumerate(series.points)]
        for (start, before), (end, after) in pairwise(places):
            self._paint_change(sheet, (start, before), (end, after), top)
        for across, point in places:
            value = drawn_value(point.figure)
            if value is not None:
                fill = PAPER if point.figure.status == "u" else sheet.colour
                shape = "D" if point.role == "total" else "o"
                sheet.mark(
                    (across, self._down(value, top)),
                    shape=shape,
                    fill=fill,
                    edge=sheet.colour,
                )

    def _paint_change(
        self, sheet: Sheet, earlier: tuple[float, Point], later: tuple[float, Point], top: float
    ) -> None:
        (start, before), (end, after) = earlier, later
        first, last = drawn_value(before.figure), drawn_value(after.figure)
        stroke = STROKES.get(after.shift) if after.shift is not None else None
        if first is None or last is None or stroke is None:
            return
        ends = (start, self._down(first, top)), (end, self._down(last, top))
        colour = sheet.colour if stroke.mark else MUTED
        sheet.line(*ends, colour=colour, width=stroke.width, dashes=stroke.dashes)
        if stroke.mark:
            middle = tuple((one + other) * HALF for one, other in zip(*ends, strict=True))
            sheet.mark((middle[0], middle[1]), shape=stroke.mark, fill=PAPER, edge=sheet.colour)

    def _paint_between(self, sheet: Sheet, place: int, top: float) -> None:
        """Write figures above the marks of a wave in between, as far as there is room.

        What is not shown has its shorthand at the foot.
        """
        points = [one.points[place] for one in self.series]
        hidden = [one.figure for one in points if drawn_value(one.figure) is None]
        across, bottom = self._across(place), top + self.height - self.foot
        for number, figure in enumerate(hidden):
            at = across, bottom - APART * (number + HALF)
            words = sheet.ruler.edition.number(figure)
            sheet.words(at, words, size=SMALL, align="middle", colour=MUTED)
        shown = [(value, one) for one in points if (value := drawn_value(one.figure)) is not None]
        taken: list[float] = []
        for value, point in sorted(shown, key=lambda one: -one[0]):
            height = self._down(value, top) - APART * 0.8
            if all(abs(height - other) >= APART for other in taken):
                taken.append(height)
                words = sheet.ruler.edition.number(point.figure)
                sheet.words((across, height), words, size=SMALL, align="middle")

    def _paint_words(
        self, sheet: Sheet, place: int, words: Sequence[tuple[str, ...]], top: float
    ) -> None:
        """Write what stands at one end of the lines, apart from each other."""
        bottom = top + self.height - self.foot - self.apart * HALF
        ends = []
        for one, lines in zip(self.series, words, strict=True):
            point = one.points[place]
            value = drawn_value(point.figure)
            ends.append((bottom if value is None else self._down(value, top), point, lines))
        ends.sort(key=lambda end: end[0])
        first = place == 0
        within = top + self.apart * HALF, bottom
        heights = spread([end[0] for end in ends], APART if first else self.apart, within)
        align: Align = "end" if first else "start"
        across = self._across(place) + (-GAP if first else GAP) * 1.5
        for (_, point, lines), middle in zip(ends, heights, strict=True):
            at = across, middle - sheet.ruler.height(len(lines), BODY) / 2
            bold = point.role == "total"
            sheet.lines(at, lines, size=BODY, align=align, bold=bold)


def _named(series: Series, ruler: Ruler) -> str:
    """Return the last figure of a line with its name, in this order whatever the name begins with.

    Without the marks, a name that begins with a number would change places with the figure where
    the script runs to the left.
    """
    number = ruler.edition.number(series.points[-1].figure)
    name = ruler.edition.text(series.label)
    return f"{number} {ruler.directed('·')} {ruler.directed(name)}"


def not_too_near(low: float, high: float) -> tuple[float, float]:
    """Return limits of shares that lie at least so far apart, about the same middle if they can."""
    more = max(0.0, LEAST_SPAN - (high - low)) * HALF
    low = min(max(low - more, 0.0), max(1.0 - LEAST_SPAN, 0.0)) if more else low
    return low, max(high, low + LEAST_SPAN) if more else high


def spread(wanted: Sequence[float], apart: float, within: tuple[float, float]) -> tuple[float, ...]:
    """Move places apart as little as they must be, without changing their order.

    Parameters
    ----------
    wanted : sequence of float
        In ascending order.
    apart : float
        Least distance between two.
    within : (float, float)
        Where all of them shall be, if there is room.

    Examples
    --------
    >>> spread([1.0, 1.1, 3.0], 1.0, (0.0, 4.0))
    (0.55, 1.55, 3.0)
    """
    clusters: list[list[float]] = []
    for place in wanted:
        clusters.append([place])
        while len(clusters) > 1 and _touch(clusters[-2], clusters[-1], apart):
            later = clusters.pop()
            clusters[-1] += later
    low, high = within
    found = [one for cluster in clusters for one in _laid(cluster, apart)]
    above = max(0.0, (low - found[0]) if found else 0.0)
    found = [max(one, low + place * apart) for place, one in enumerate(found)] if above else found
    count = len(found)
    return tuple(
        round(min(one, max(high, low + (count - 1) * apart) - (count - 1 - place) * apart), 9)
        for place, one in enumerate(found)
    )


def _laid(cluster: Sequence[float], apart: float) -> list[float]:
    middle = sum(cluster) / len(cluster)
    start = middle - apart * (len(cluster) - 1) * HALF
    return [start + place * apart for place in range(len(cluster))]


def _touch(upper: Sequence[float], lower: Sequence[float], apart: float) -> bool:
    return _laid(lower, apart)[0] - _laid(upper, apart)[-1] < apart
