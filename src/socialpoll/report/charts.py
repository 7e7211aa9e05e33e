"""Which charts an indicator has: those of its kind, or those that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import ReportError
from socialpoll.report.blocks import Chart
from socialpoll.report.chart_plan import Charts, place_of
from socialpoll.report.facts import names
from socialpoll.report.plotting import Plotter
from socialpoll.report.slopes import slopes

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Measured

__all__ = ["NOT_DRAWN", "TWO", "Gallery", "in_waves"]

TWO = 2
NOT_DRAWN = frozenset({"total", "quantile", "variance", "concentration"})
Drawn: TypeAlias = Callable[[], Iterable[Chart]]


@dataclass(frozen=True)
class Gallery:
    """All charts of the indicators of a report.

    Parameters
    ----------
    material : Material
    several : sequence of Measured
        Every indicator in every wave.
    charts : Charts
        What was asked for.
    """

    material: Material
    several: Sequence[Measured]
    charts: Charts = field(default_factory=Charts)

    def of(self, measured: Measured) -> list[Chart]:
        """Return the charts of an indicator in a wave; those over waves stand with the last.

        Options as sorted bars, categories with an order of their own as dots in that order, scales
        as stacked bars by group, bands of the clock by group as a heat map, the leading answer, the
        mean or the median as dots by group; over waves as lines. Profiles, totals, other quantiles,
        variances and concentrations of times have none.

        Raises
        ------
        ReportError
            It cannot be drawn as was asked for, or a group has no tile.
        """
        plotter = Plotter(self.material, measured, self.charts)
        possible = self._possible(plotter)
        asked = self.charts.kinds.get(measured.name)
        if asked is None:
            drawn = _usual(plotter, possible)
        else:
            kinds = [kind for kind in asked if kind != "none"]
            for kind in kinds:
                if kind not in possible:
                    raise _refused(plotter, kind, possible)
            drawn = [possible[kind] for kind in kinds]
            self._check_tiles(plotter, kinds)
        return [chart for draw in drawn for chart in draw()]

    def _possible(self, plotter: Plotter) -> dict[str, Drawn]:
        """Return the kinds of charts that an indicator can have, with what makes them."""
        measured = plotter.measured
        found = _in_its_wave(plotter)
        waves = in_waves(self.material, self.several, measured.name)
        if len(waves) > 1 and measured.statistic not in NOT_DRAWN and not measured.profile:
            last = waves[-1] is measured
            found["slope"] = lambda: slopes(self.material, waves) if last else ()
        return found

    def _check_tiles(self, plotter: Plotter, kinds: Iterable[str]) -> None:
        for breakdown in plotter.mapped if "map" in kinds else ():
            for domain in plotter.measured.domains[breakdown]:
                if self.charts.place(breakdown, domain) is None:
                    raise ReportError(
                        "a group has no tile on the map of its breakdown",
                        where=f"Charts.maps[{breakdown!r}]",
                        found=repr(domain),
                        advice="give every group of the breakdown a tile",
                    )


def in_waves(material: Material, several: Sequence[Measured], name: str) -> list[Measured]:
    """Return an indicator in each of its waves, in their order in time."""
    stacked = names(material.methodology.fact("waves", "stack") or {}, "waves")
    found = [one for one in several if one.name == name]
    order = [*stacked, *(one.wave for one in found if one.wave not in stacked)]
    return sorted(found, key=lambda one: order.index(one.wave))


def _in_its_wave(plotter: Plotter) -> dict[str, Drawn]:
    measured, wording = plotter.measured, plotter.wording
    counts = plotter.material.counts(measured)
    if measured.statistic in NOT_DRAWN:
        return {}
    if measured.profile:
        return {"heat": lambda: plotter.by_category("heat")} if counts else {}
    groups = bool(plotter.plain_breakdowns)
    found: dict[str, Drawn] = {}
    if counts:
        found["bars"] = lambda: [plotter.overall("bars")]
    if groups or _ordered(plotter):
        found["dots"] = lambda: [
            *([plotter.overall("dots")] if _ordered(plotter) else []),
            *([plotter.groups()] if groups else []),
        ]
    if counts and wording.scale(measured.question) and plotter.scale_fits:
        found["stacked"] = lambda: plotter.by_category("stacked")
    if counts and groups:
        found["heat"] = lambda: plotter.by_category("heat")
        found["multiples"] = plotter.multiples
    if plotter.mapped:
        found["map"] = plotter.maps
    return found


def _usual(plotter: Plotter, possible: Mapping[str, Drawn]) -> list[Drawn]:
    """Return what makes the charts of an indicator that asks for none."""
    measured, wording = plotter.measured, plotter.wording
    over_waves = [possible["slope"]] if "slope" in possible else []
    if "stacked" in possible:
        return [possible["stacked"], *over_waves]
    several = wording.multiple(measured.question) or wording.grid(measured.question)
    drawn: list[Drawn] = []
    if "bars" in possible and (len(measured.lines) > TWO or several):
        drawn.append(lambda: [plotter.overall("dots" if _ordered(plotter) else "bars")])
    if plotter.plain_breakdowns and "dots" in possible:
        banded = wording.clock(measured.question) and not wording.windows(measured)
        heat = "heat" in possible and banded
        drawn.append(possible["heat"] if heat else lambda: [plotter.groups()])
    return [*drawn, *over_waves]


def _ordered(plotter: Plotter) -> bool:
    """Say whether the answers have an order of their own."""
    measured = plotter.measured
    return plotter.material.counts(measured) and plotter.wording.ordered(measured.question)


def _refused(plotter: Plotter, kind: str, possible: Iterable[str]) -> ReportError:
    measured = plotter.measured
    allowed = [*possible, "none"]
    several = kind == "map" and plotter.plain_breakdowns
    return ReportError(
        f"indicator {measured.name!r} cannot be drawn like this",
        where=place_of(measured.name),
        found=repr(kind),
        allowed=", ".join(map(repr, allowed)),
        advice=f"give {' or '.join(map(repr, plotter.plain_breakdowns))} a map" if several else "",
    )
