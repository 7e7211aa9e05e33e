"""The charts of one indicator in one wave, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from socialpoll.report.blocks import Chart, ChartKind, Message, Phrase, Point, Said, Series, Unit
from socialpoll.report.chart_words import (
    alt_of,
    by_series,
    caption_of,
    line_title,
    listed,
    of_groups,
)
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.report.chart_plan import Charts
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["Plotter", "plain_name", "point_of"]

LONGEST_SCALE = 5
MANY = 5
"""Groups of a breakdown from which small charts of them are worth their room."""
NO_HEADING = Said({"und": ""})


class Plotter:
    """Plots one indicator.

    Parameters
    ----------
    material : Material
    measured : Measured
    charts : Charts
    """

    def __init__(self, material: Material, measured: Measured, charts: Charts) -> None:
        self.material = material
        self.measured = measured
        self.charts = charts
        self.wording = material.wording
        self.title = material.title(measured)
        self.missing = material.wording.missing(measured.question)

    @property
    def plain_breakdowns(self) -> tuple[str, ...]:
        """All breakdowns but crossings, whose groups are many and small."""
        return tuple(one for one in self.measured.breakdowns if self.material.plain(one))

    @property
    def mapped(self) -> tuple[str, ...]:
        """Breakdowns whose groups have their places on a map."""
        return tuple(one for one in self.plain_breakdowns if one in self.charts.maps)

    @property
    def scale_fits(self) -> bool:
        """Whether the scale has no more points than there are colours for."""
        inside = [line for line in self.measured.lines if line.code not in self.missing]
        return len(inside) <= LONGEST_SCALE

    @property
    def unit(self) -> Unit:
        """How its figures are displayed."""
        return next(iter(self.measured.rows.values())).unit

    def overall(self, kind: ChartKind) -> Chart:
        """Return the chart of all answers, for everybody."""
        points = tuple(
            point_of(self.wording.line(self.measured, line), shown)
            for line, shown in self.measured.overall()
        )
        return Chart(
            kind=kind,
            name=plain_name(self.measured.name),
            title=self.material.marked(self.title),
            series=(Series(NO_HEADING, points),),
            caption=caption_of(self.material, self.measured, intervals=True),
            alt=alt_of(kind, self.title, listed(points)),
            unit=self.unit,
        )

    def groups(self) -> Chart:
        """Return the chart of one figure in every group, beside that of everybody."""
        line = self.material.leading(self.measured)
        series = tuple(
            Series(self.wording.breakdown(breakdown), self._points(line, breakdown))
            for breakdown in self.plain_breakdowns
        )
        reference = self._reference(line)
        title = self._line_title(line)
        if not all(map(self.material.of_group, self.plain_breakdowns)):
            title = Message("{title}, by group", {"title": title})
        return Chart(
            kind="dots",
            name=plain_name(f"{self.measured.name}-groups"),
            title=self.material.marked(title),
            series=series,
            caption=caption_of(self.material, self.measured, intervals=True),
            alt=alt_of("dots", title, by_series(series, reference)),
            unit=self.unit,
            reference=reference,
        )

    def by_category(self, kind: ChartKind) -> Iterator[Chart]:
        """Yield a chart of all categories for each breakdown; everybody stands in each."""
        for breakdown in self.plain_breakdowns or (TOTAL,):
            groups = self._groups(breakdown)
            series = tuple(self._series(line, groups) for line in self.measured.lines)
            title = self._by(breakdown)
            yield Chart(
                kind=kind,
                name=self._name(breakdown),
                title=self.material.marked(title),
                series=series,
                caption=caption_of(self.material, self.measured),
                alt=alt_of(kind, title, of_groups(series)),
                unit=self.unit,
            )

    def multiples(self) -> Iterator[Chart]:
        """Yield a small chart of all answers for each group of the breakdowns that have many."""
        many = [one for one in self.plain_breakdowns if len(self.measured.domains[one]) >= MANY]
        for breakdown in many or self.plain_breakdowns:
            series = tuple(
                Series(
                    self.wording.domain(*group),
                    tuple(
                        point_of(
                            self.wording.line(self.measured, line), shown, total=TOTAL in group
                        )
                        for line in self.measured.lines
                        if (shown := self.measured.of(line, *group)) is not None
                    ),
                )
                for group in self._groups(breakdown)
            )
            title = self._by(breakdown)
            mark = Message("A mark on each bar shows the overall figure.")
            yield Chart(
                kind="multiples",
                name=f"{self._name(breakdown)}-multiples",
                title=self.material.marked(title),
                series=series,
                caption=caption_of(self.material, self.measured, mark),
                alt=alt_of("multiples", title, by_series(series)),
                unit=self.unit,
            )

    def maps(self) -> Iterator[Chart]:
        """Yield a map of one figure for each breakdown that has its places on one."""
        line = self.material.leading(self.measured)
        reference = self._reference(line)
        for breakdown in self.mapped:
            points = self._points(line, breakdown, on_map=True)
            series = (Series(self.wording.breakdown(breakdown), points),)
            title = self._by(breakdown, self._line_title(line))
            tiles = Message("Tiles show roughly where places lie, not how large they are.")
            yield Chart(
                kind="map",
                name=f"{self._name(breakdown)}-map",
                title=self.material.marked(title),
                series=series,
                caption=caption_of(self.material, self.measured, tiles),
                alt=alt_of("map", title, by_series(series, reference)),
                unit=self.unit,
                reference=reference,
            )

    def _groups(self, breakdown: str) -> list[tuple[str, str]]:
        groups = [] if self.measured.profile else [(TOTAL, TOTAL)]
        groups += [(breakdown, one) for one in self.measured.domains[breakdown]]
        return list(dict.fromkeys(groups))

    def _by(self, breakdown: str, title: Phrase | None = None) -> Phrase:
        title = self.title if title is None else title
        if breakdown == TOTAL or self.measured.profile:
            return title
        return self.material.by(title, breakdown)

    def _line_title(self, line: Line) -> Phrase:
        return line_title(self.material, self.title, self.measured, line)

    def _name(self, breakdown: str) -> str:
        name = self.measured.name
        return plain_name(name if breakdown == TOTAL else f"{name}-{breakdown}")

    def _reference(self, line: Line) -> Point | None:
        everybody = self.measured.of(line)
        if everybody is None:
            return None
        return point_of(self.wording.everybody, everybody, total=True)

    def _series(self, line: Line, groups: list[tuple[str, str]]) -> Series:
        points = tuple(
            point_of(self.wording.domain(breakdown, domain), shown, total=domain == TOTAL)
            for breakdown, domain in groups
            if (shown := self.measured.of(line, breakdown, domain)) is not None
        )
        return Series(self.wording.line(self.measured, line), points, line.code in self.missing)

    def _points(self, line: Line, breakdown: str, *, on_map: bool = False) -> tuple[Point, ...]:
        return tuple(
            point_of(
                self.wording.domain(breakdown, domain),
                shown,
                tile=self.charts.place(breakdown, domain) if on_map else None,
            )
            for domain, shown in self.measured.across(line, breakdown).items()
        )


def point_of(
    label: Phrase, shown: Shown, *, total: bool = False, tile: tuple[int, int] | None = None
) -> Point:
    """Return a released row as a mark of a chart."""
    interval = shown.interval()
    role: Literal["body", "total"] = "total" if total else "body"
    return Point(label, shown.figure(), interval.low, interval.high, role, tile)


def plain_name(name: str) -> str:
    """Return a name as it can stand in the name of a file."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "chart"
