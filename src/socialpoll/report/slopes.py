"""Charts of an indicator over the waves of a poll: lines, and which of them are changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Change, Chart, Figure, Message, Phrase, Point, Series
from socialpoll.report.breaks import broken_between
from socialpoll.report.chart_words import alt_of, by_series, group_title, waves_caption
from socialpoll.report.plotting import plain_name, point_of
from socialpoll.schema import TOTAL
from socialpoll.weighting import WAVE

if TYPE_CHECKING:
    from socialpoll.report.contrasts import Key, WaveTests
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["slopes"]

TWO = 2
FEW = 6
"""Groups whose lines can be told from each other."""


def slopes(material: Material, waves: Sequence[Measured], tests: WaveTests) -> Iterator[Chart]:
    """Yield the charts of an indicator over its waves.

    Of several answers a line each, for everybody; else a chart for each breakdown of few groups,
    with a line each and one of everybody.

    Parameters
    ----------
    material : Material
    waves : sequence of Measured
        The indicator in each wave, in their order in time.
    tests : WaveTests
        What is known of the changes.
    """
    last = waves[-1]
    plotter = _Slopes(material, tuple(waves), tests)
    several = material.wording.multiple(last.question) or material.wording.grid(last.question)
    if several or len(last.lines) > TWO:
        yield plotter.of_answers()
        return
    few = [one for one in last.breakdowns if "|" not in one and len(last.domains[one]) <= FEW]
    for breakdown in few or [TOTAL]:
        yield plotter.of_groups(breakdown)


class _Slopes:
    """Plots one indicator over its waves."""

    def __init__(self, material: Material, waves: tuple[Measured, ...], tests: WaveTests) -> None:
        self.material = material
        self.waves = waves
        self.last = waves[-1]
        self.tests = tests
        self.title = material.wording.title(self.last)
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
        title = group_title(self.material, self.title, self.last, line)
        name = "waves" if breakdown == TOTAL else f"{breakdown}-waves"
        return self._chart(name, title, series)

    def _chart(self, name: str, title: Phrase, series: tuple[Series, ...]) -> Chart:
        over = Message("{title}, by wave", {"title": title})
        changes = frozenset(point.change for one in series for point in one.points)
        return Chart(
            kind="slope",
            name=plain_name(f"{self.last.name}-{name}"),
            title=self.material.marked(over),
            series=series,
            caption=waves_caption(self.material, self.waves, changes),
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
        key = (self.last.name, breakdown, line.item, line.category, domain)
        names = [one.wave for one in self.waves]
        steps = pairwise(zip(names, shown, strict=True))
        changes = [self._change(key, *step) for step in steps]
        followed = zip(points[1:], changes, strict=True)
        return (points[0], *(replace(point, change=change) for point, change in followed))

    def _change(
        self, key: Key, earlier: tuple[str, Shown | None], later: tuple[str, Shown | None]
    ) -> Change | None:
        """Return what is known of a change; None where one of its ends is not shown."""
        (first, before), (last, after) = earlier, later
        if before is None or after is None or before.value is None or after.value is None:
            return None
        variables = (self.last.question, *key[1].split("|"))
        if broken_between(self.material.methodology, variables, first, last):
            return "broken"
        return self.tests.change(key, (first, before), (last, after))
