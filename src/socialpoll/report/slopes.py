"""Charts of an indicator over the waves of a poll: lines, and which of them are changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Chart, Figure, Message, Phrase, Point, Series, Shift
from socialpoll.report.breaks import parted
from socialpoll.report.chart_words import alt_of, by_series, line_title, waves_caption
from socialpoll.report.moved import moved_of
from socialpoll.report.plotting import plain_name, point_of
from socialpoll.schema import TOTAL
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured

__all__ = ["slopes"]

TWO = 2
FEW = 6
"""Groups whose lines can be told from each other."""
DIRECTIONS: dict[int, Shift] = {1: "higher", 0: "alike", -1: "lower"}


def slopes(material: Material, waves: Sequence[Measured]) -> Iterator[Chart]:
    """Yield the charts of an indicator over its waves.

    Of several answers a line each, for everybody; else a chart for each breakdown of few groups,
    with a line each and one of everybody.

    Parameters
    ----------
    material : Material
    waves : sequence of Measured
        The indicator in each wave, in their order in time.
    """
    last = waves[-1]
    plotter = _Slopes(material, tuple(waves))
    several = material.wording.multiple(last.question) or material.wording.grid(last.question)
    if several or len(last.lines) > TWO:
        yield plotter.of_answers()
        return
    few = [one for one in last.breakdowns if material.plain(one) and len(last.domains[one]) <= FEW]
    for breakdown in few or [TOTAL]:
        yield plotter.of_groups(breakdown)


class _Slopes:
    """Plots one indicator over its waves."""

    def __init__(self, material: Material, waves: tuple[Measured, ...]) -> None:
        self.material = material
        self.waves = waves
        self.last = waves[-1]
        self.title = material.in_group(material.wording.title(self.last))
        self.unit = next(iter(self.last.rows.values())).unit

    def of_answers(self) -> Chart:
        """Return the chart of all answers of everybody."""
        wording = self.material.wording
        series = tuple(
            Series(wording.line(self.last, line), self._points(line, TOTAL, TOTAL))
            for line in self.last.lines
        )
        return self._chart("waves", self.title, series)

    def of_groups(self, breakdown: str) -> Chart:
        """Return the chart of one figure in all groups of a breakdown, and for everybody."""
        line = self.material.leading(self.last)
        groups = [] if self.last.profile else [(TOTAL, TOTAL)]
        groups += [(breakdown, one) for one in self.last.domains[breakdown]]
        series = tuple(
            Series(self.material.wording.domain(*group), self._points(line, *group))
            for group in dict.fromkeys(groups)
        )
        title = line_title(self.material, self.title, self.last, line)
        if breakdown == TOTAL:
            return self._chart("waves", title, series)
        title = self.material.by(title, breakdown)
        return self._chart(f"{breakdown}-waves", title, series)

    def _chart(self, name: str, title: Phrase, series: tuple[Series, ...]) -> Chart:
        over = Message("{title}, by wave", {"title": title})
        shifts = frozenset(point.shift for one in series for point in one.points)
        return Chart(
            kind="slope",
            name=plain_name(f"{self.last.name}-{name}"),
            title=self.material.marked(over),
            series=series,
            caption=waves_caption(self.material, self.waves, shifts),
            alt=alt_of("slope", over, by_series(series)),
            unit=self.unit,
        )

    def _points(self, line: Line, breakdown: str, domain: str) -> tuple[Point, ...]:
        shown = [one.of(line, breakdown, domain) for one in self.waves]
        labels = [self.material.wording.code(WAVE, one.wave) for one in self.waves]
        points = [
            Point(label, Figure(None, self.unit, 0, "x"))
            if one is None
            else point_of(label, one, total=domain == TOTAL)
            for label, one in zip(labels, shown, strict=True)
        ]
        steps = pairwise(self.waves)
        shifts = [self._shift(before, after, (breakdown, domain, line)) for before, after in steps]
        followed = zip(points[1:], shifts, strict=True)
        return (points[0], *(replace(point, shift=shift) for point, shift in followed))

    def _shift(self, before: Measured, after: Measured, of: tuple[str, str, Line]) -> Shift | None:
        """Return what is known of a change; None where one of its ends is not shown."""
        breakdown, domain, line = of
        moved = moved_of(self.material.contrasts, before, after, breakdown, domain, line)
        if moved is None:
            return None
        if parted(self.material, after, breakdown, before.wave):
            return "broken"
        if not moved.tested:
            return "untested"
        return DIRECTIONS[moved.direction]
