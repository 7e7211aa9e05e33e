"""The charts of one group beside everybody, and of what differs within it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.report.blocks import Chart
from socialpoll.report.chart_plan import Charts
from socialpoll.report.charts import NOT_DRAWN, TWO
from socialpoll.report.plotting import Plotter
from socialpoll.report.slopes import slopes

if TYPE_CHECKING:
    from socialpoll.report.grouping import Group
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Measured

__all__ = ["charts_of_group"]

Drawn: TypeAlias = Callable[[], Iterable[Chart]]
IN_PLACE: Mapping[str, str] = {"bars": "multiples"}
"""Kinds that show everybody alone, and what shows a group beside everybody."""


def charts_of_group(
    beside: Material,
    inside: Material,
    group: Group,
    waves: Sequence[Measured],
    asked: Sequence[str] | None,
) -> Iterator[Chart]:
    """Yield the charts of a group for an indicator in the last of some waves.

    Small bars of all answers, stacked bars of a scale, or the figure as a dot, each beside
    everybody; lines over waves; then the groups within the group. What was asked for is drawn as
    far as it can show a group beside everybody, which a map cannot.

    Parameters
    ----------
    beside, inside : Material
        What tells of the group beside everybody, and as if it were everybody.
    group : Group
    waves : sequence of Measured
        The indicator in each wave up to this one, in their order in time.
    asked : sequence of str or None
        Kinds of charts; those that fit the indicator where None.
    """
    measured = waves[-1]
    plotter = Plotter(beside, group.beside(measured), Charts())
    possible = _possible(plotter)
    if len(waves) > 1 and possible and not measured.profile:
        possible["slope"] = lambda: _over_waves(beside, inside, group, waves)
    kinds = _usual(plotter, possible)
    if asked is not None:
        kinds = [IN_PLACE.get(one, one) for one in asked]
    for kind in dict.fromkeys(kinds):
        yield from possible[kind]() if kind in possible else ()
    within = Plotter(inside, group.inside(measured), Charts())
    drawn = possible and not measured.profile and "none" not in (asked or ())
    if drawn and within.plain_breakdowns:
        yield from _parts(within, stacked="stacked" in possible)


def _possible(plotter: Plotter) -> dict[str, Drawn]:
    """Return the kinds of charts that can show a group beside everybody, with what makes them."""
    measured = plotter.measured
    counts = plotter.material.counts(measured)
    if measured.statistic in NOT_DRAWN:
        return {}
    found: dict[str, Drawn] = {}
    if not measured.profile:
        found["dots"] = lambda: [plotter.groups()]
    if counts:
        found["heat"] = lambda: plotter.by_category("heat")
    if counts and not measured.profile:
        found["multiples"] = plotter.multiples
        if plotter.wording.scale(measured.question) and plotter.scale_fits:
            found["stacked"] = lambda: plotter.by_category("stacked")
    return found


def _usual(plotter: Plotter, possible: Mapping[str, Drawn]) -> list[str]:
    """Return the kinds of charts of an indicator that asks for none."""
    measured, wording = plotter.measured, plotter.wording
    over_waves = [one for one in ("slope",) if one in possible]
    if measured.profile:
        return ["heat"]
    if "stacked" in possible:
        return ["stacked", *over_waves]
    several = wording.multiple(measured.question) or wording.grid(measured.question)
    many = "multiples" in possible and (several or len(measured.lines) > TWO)
    return ["multiples" if many else "dots", *over_waves]


def _over_waves(
    beside: Material, inside: Material, group: Group, waves: Sequence[Measured]
) -> Iterator[Chart]:
    """Yield lines of all answers of the group, or of one figure of it and of everybody."""
    question = waves[-1].question
    several = beside.wording.multiple(question) or beside.wording.grid(question)
    if several or len(waves[-1].lines) > TWO:
        return slopes(inside, [group.inside(one) for one in waves])
    return slopes(beside, [group.beside(one) for one in waves])


def _parts(within: Plotter, *, stacked: bool) -> Iterator[Chart]:
    if stacked:
        yield from within.by_category("stacked")
    else:
        yield within.groups()
