"""Bars that hang on the middle of an ordered scale, group by group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from socialpoll.drawing.colours import MUTED, OUTSIDE, PAPER, label_colour, scale_colours
from socialpoll.drawing.legend import Legend
from socialpoll.drawing.rows import BODY, GAP, SMALL, drawn_value, label_room, lay, write_labels
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import Scale
from socialpoll.drawing.sheet import WIDTH, Sheet
from socialpoll.report import Chart, Figure, Point, Series

__all__ = ["Stacked", "complete", "figure_in"]

THICKNESS = 0.2
APART = 0.03
"""Between the scale and what stands outside it, as a share."""


@dataclass(frozen=True)
class Segment:
    """One category of one group, from one place on the scale to another."""

    start: float
    end: float
    colour: str
    number: str


@dataclass(frozen=True)
class Bar:
    """One group: its segments on the scale and outside it, and the statuses of its figures."""

    inside: tuple[Segment, ...]
    beside: tuple[Segment, ...]
    statuses: str


class Stacked:
    """A plot of stacked bars around the middle of the scale; don't know stands apart.

    A group with a category that is not shown has no bar: the rest would stand in wrong places.

    Parameters
    ----------
    chart : Chart
        A series a category in the order of the scale, the groups as points in one order.
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        scale = [series for series in chart.series if not series.outside]
        outside = [series for series in chart.series if series.outside]
        self.colours = (*scale_colours(len(scale)), *(OUTSIDE for _ in outside))
        words = [ruler.edition.text(series.label) for series in (*scale, *outside)]
        self.legend = Legend(zip(words, self.colours, strict=True), ruler)
        self.room = label_room(chart, ruler)
        self.ruler = ruler
        groups = scale[0].points if scale else ()
        parts = ((point.label, point) for point in groups)
        self.rows = lay(parts, ruler, self.room, self.legend.height)
        self.height = self.rows[-1].bottom if self.rows else self.legend.height
        figures = [[figure_in(series, group) for series in scale] for group in groups]
        others = [[figure_in(series, group) for series in outside] for group in groups]
        edge = max((_half(row)[1] for row in figures if complete(row)), default=0.0) + APART
        self.bars = [
            self._bar(row, beside, edge) for row, beside in zip(figures, others, strict=True)
        ]
        self.scale = self._scale()

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        self.legend.paint(sheet, top)
        write_labels(sheet, self.rows, top, self.room)
        for row, bar in zip(self.rows, self.bars, strict=True):
            middle = top + row.middle
            for segment in (*bar.inside, *bar.beside):
                self._paint_segment(sheet, segment, middle)
            for segment in bar.beside[-1:]:
                place = self.scale.place(segment.end) + GAP / 2, middle
                sheet.words(place, segment.number, size=SMALL, colour=MUTED)
            sheet.words((WIDTH, middle), bar.statuses, size=BODY, align="end")
        if self.rows:
            across = self.scale.place(0.0)
            ends = (across, top + self.legend.height), (across, top + self.height)
            sheet.line(*ends, colour=MUTED, width=0.8, dashes=(2, 2), behind=True)

    def _bar(self, scale: list[Figure], outside: list[Figure], edge: float) -> Bar:
        statuses = dict.fromkeys(one.status for one in (*scale, *outside) if one.status)
        shown = " ".join(f"[{status}]" for status in statuses)
        if not complete(scale):
            return Bar((), (), shown)
        inside = self._row(-_half(scale)[0], scale, self.colours)
        beside = self._row(edge, outside, [OUTSIDE] * len(outside))
        return Bar(tuple(inside), tuple(beside), shown)

    def _row(
        self, start: float, figures: Iterable[Figure], colours: Iterable[str]
    ) -> Iterator[Segment]:
        for figure, colour in zip(figures, colours, strict=False):
            end = start + (drawn_value(figure) or 0.0)
            if end > start:
                number = self.ruler.edition.number(replace(figure, status=""))
                yield Segment(start, end, colour, number)
            start = end

    def _scale(self) -> Scale:
        def widest(words: Iterable[str], size: float) -> float:
            width = max((self.ruler.width(one, size) for one in words), default=0.0)
            return width + GAP if width else 0.0

        segments = [segment for bar in self.bars for segment in (*bar.inside, *bar.beside)]
        low = min((segment.start for segment in segments), default=-1.0)
        high = max((segment.end for segment in segments), default=1.0)
        start = self.room + GAP
        numbers = widest((one.number for bar in self.bars for one in bar.beside), SMALL)
        statuses = widest((bar.statuses for bar in self.bars), BODY)
        length = WIDTH - start - numbers - statuses
        return Scale(low, max(high, low + APART), 1.0, start, length)

    def _paint_segment(self, sheet: Sheet, segment: Segment, middle: float) -> None:
        start, end = self.scale.place(segment.start), self.scale.place(segment.end)
        corners = (start, middle - THICKNESS / 2), (end, middle + THICKNESS / 2)
        fill = segment.colour
        sheet.rectangle(*corners, fill=fill, edge=MUTED if fill == OUTSIDE else PAPER)
        fits = sheet.ruler.width(segment.number, SMALL) + GAP / 2 <= end - start
        if fits and fill != OUTSIDE:
            place = (start + end) / 2, middle
            colour = label_colour(fill)
            sheet.words(place, segment.number, size=SMALL, align="middle", colour=colour)


def figure_in(series: Series, group: Point) -> Figure:
    """Return the figure of a group, which need not have one in every category."""
    found = (point.figure for point in series.points if point.label == group.label)
    return next(found, Figure(None, group.figure.unit))


def complete(figures: list[Figure]) -> bool:
    """Say whether every category of a group is shown: else it has no bar."""
    return all(drawn_value(figure) is not None for figure in figures)


def _half(figures: list[Figure]) -> tuple[float, float]:
    """Return how far a bar reaches before and after the middle of the scale."""
    shares = [drawn_value(figure) or 0.0 for figure in figures]
    half = len(shares) // 2
    neutral = shares[half] / 2 if len(shares) % 2 else 0.0
    before = sum(shares[:half]) + neutral
    return before, sum(shares) - before
