"""Charts of an indicator, as data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from socialpoll.report.bases import base_note
from socialpoll.report.blocks import Chart, Message, Phrase, Point, Said, Series, Value
from socialpoll.report.notes import model_note
from socialpoll.schema import NOT_APPLICABLE, TOTAL

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["charts_of"]

LONGEST_SCALE = 5
TWO = 2
NOT_DRAWN = frozenset({"total", "quantile", "variance", "concentration"})
NO_HEADING = Said({"und": ""})


def charts_of(material: Material, measured: Measured) -> list[Chart]:
    """Return the charts of an indicator.

    Options as sorted bars, categories with an order of their own as dots in that order, scales as
    stacked bars by group, the leading answer, the mean or the median as dots by group. Profiles,
    totals, other quantiles, variances and concentrations of times have none.
    """
    if measured.profile or measured.statistic in NOT_DRAWN:
        return []
    pencil = _Pencil(material, measured)
    made = []
    if material.counts(measured):
        if material.wording.scale(measured.question) and pencil.scale_fits:
            return list(pencil.stacked())
        wording = material.wording
        several = wording.multiple(measured.question) or wording.grid(measured.question)
        if len(measured.lines) > TWO or several:
            made.append(pencil.overall())
    if any(pencil.plain_breakdowns):
        made.append(pencil.groups())
    return made


class _Pencil:
    """Plots one indicator."""

    def __init__(self, material: Material, measured: Measured) -> None:
        self.material = material
        self.measured = measured
        self.wording = material.wording
        self.title = material.title(measured)
        self.missing = material.wording.missing(measured.question)

    @property
    def plain_breakdowns(self) -> tuple[str, ...]:
        """All breakdowns but crossings, whose groups are many and small."""
        return tuple(one for one in self.measured.breakdowns if "|" not in one)

    @property
    def scale_fits(self) -> bool:
        """Whether the scale has no more points than there are colours for."""
        inside = [line for line in self.measured.lines if line.code not in self.missing]
        return len(inside) <= LONGEST_SCALE

    def overall(self) -> Chart:
        """Return the chart of all answers, for everybody."""
        points = tuple(
            self._point(self.wording.line(self.measured, line), shown)
            for line, shown in self.measured.overall()
        )
        ordered = self.wording.ordered(self.measured.question)
        values: dict[str, Value] = {"title": self.title, "figures": _listed(points)}
        return Chart(
            kind="dots" if ordered else "bars",
            name=_plain(self.measured.name),
            title=self.material.marked(self.title),
            series=(Series(NO_HEADING, points),),
            caption=self._caption(),
            alt=(
                Message("Dot chart: {title}. {figures}.", values)
                if ordered
                else Message("Bar chart: {title}. {figures}.", values)
            ),
            unit=next(iter(self.measured.rows.values())).unit,
        )

    def groups(self) -> Chart:
        """Return the chart of one figure in every group, beside that of everybody."""
        line = self.material.leading(self.measured)
        everybody = self.measured.of(line)
        series = tuple(
            Series(self.wording.breakdown(breakdown), self._points(line, breakdown))
            for breakdown in self.plain_breakdowns
        )
        reference = (
            None if everybody is None else self._point(Message("Overall"), everybody, total=True)
        )
        title = self._group_title(line)
        return Chart(
            kind="dots",
            name=_plain(f"{self.measured.name}-groups"),
            title=self.material.marked(title),
            series=series,
            caption=self._caption(),
            alt=self._group_alt(title, series, reference),
            unit=next(iter(self.measured.rows.values())).unit,
            reference=reference,
        )

    def stacked(self) -> Iterator[Chart]:
        """Yield a chart of the whole scale for each breakdown; everybody stands in each."""
        for breakdown in self.plain_breakdowns or (TOTAL,):
            groups = [(TOTAL, TOTAL)]
            groups += [(breakdown, one) for one in self.measured.domains[breakdown]]
            groups = list(dict.fromkeys(groups))
            series = tuple(self._series(line, groups) for line in self.measured.lines)
            values: dict[str, Value] = {
                "title": self.title,
                "breakdown": self.wording.breakdown(breakdown),
            }
            everybody = breakdown == TOTAL
            title = self.title if everybody else Message("{title}, by {breakdown}", values)
            named = tuple(
                Message("{label} {figure}", {"label": one.label, "figure": one.points[0].figure})
                for one in series
            )
            yield Chart(
                kind="stacked",
                name=_plain(
                    f"{self.measured.name}-{breakdown}" if not everybody else self.measured.name
                ),
                title=self.material.marked(title),
                series=series,
                caption=self._caption(intervals=False),
                alt=Message(
                    "Stacked bar chart: {title}. Overall: {figures}.",
                    {"title": title, "figures": named},
                ),
            )

    def _series(self, line: Line, groups: list[tuple[str, str]]) -> Series:
        points = tuple(
            self._point(self.wording.domain(breakdown, domain), shown, total=domain == TOTAL)
            for breakdown, domain in groups
            if (shown := self.measured.of(line, breakdown, domain)) is not None
        )
        return Series(self.wording.line(self.measured, line), points, line.code in self.missing)

    def _points(self, line: Line, breakdown: str) -> tuple[Point, ...]:
        return tuple(
            self._point(self.wording.domain(breakdown, domain), shown)
            for domain, shown in self.measured.across(line, breakdown).items()
        )

    def _point(self, label: Phrase, shown: Shown, *, total: bool = False) -> Point:
        interval = shown.interval()
        role = "total" if total else "body"
        return Point(label, shown.figure(), interval.low, interval.high, role)  # type: ignore[arg-type]

    def _group_title(self, line: Line) -> Phrase:
        if line.code == NOT_APPLICABLE:
            return Message("{title}, by group", {"title": self.title})
        category = self.wording.line(self.measured, line)
        return Message(
            "{title}: “{category}”, by group", {"title": self.title, "category": category}
        )

    def _group_alt(
        self, title: Phrase, series: tuple[Series, ...], reference: Point | None
    ) -> Phrase:
        parts = tuple(
            Message("{label}: {figures}", {"label": one.label, "figures": _listed(one.points)})
            for one in series
        )
        values: dict[str, Value] = {"title": title, "figures": _in_sentences(parts)}
        if reference is None:
            return Message("Dot chart: {title}. {figures}.", values)
        return Message(
            "Dot chart: {title}. Overall: {overall}. {figures}.",
            {**values, "overall": reference.figure},
        )

    def _caption(self, *, intervals: bool = True) -> Phrase:
        base = base_note(self.wording, self.measured)
        level = self.material.level(self.measured)
        if not intervals or level is None:
            return base
        caption = Message(
            "{base} Lines show {level} confidence intervals.", {"base": base, "level": level}
        )
        if not self.measured.model_based:
            return caption
        return Message("{first} {second}", {"first": caption, "second": model_note()})


def _listed(points: tuple[Point, ...]) -> tuple[Phrase, ...]:
    return tuple(
        Message("{label} {figure}", {"label": one.label, "figure": one.figure}) for one in points
    )


def _in_sentences(parts: tuple[Phrase, ...]) -> Phrase:
    """Put phrases behind each other as sentences; the last goes without its full stop."""
    whole = parts[0] if parts else NO_HEADING
    for part in parts[1:]:
        whole = Message("{first}. {second}", {"first": whole, "second": part})
    return whole


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "chart"
