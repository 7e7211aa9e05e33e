"""The charts of a plan: whom the chosen platforms reach, and when audiences are there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from socialpoll.report.blocks import Chart, Figure, Message, Point, Series
from socialpoll.report.chart_plan import Charts
from socialpoll.report.chart_words import alt_of, by_series, caption_of
from socialpoll.report.marks import NOT_AVAILABLE, SUPPRESSED
from socialpoll.report.outreach.goal import lowered, lowered_in_short
from socialpoll.report.outreach.reach import reach_of
from socialpoll.report.plotting import Plotter, plain_name
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan
    from socialpoll.report.outreach.material import Planned

__all__ = ["reach_chart", "time_charts"]

NAME = "outreach"


def reach_chart(planned: Planned) -> Iterator[Chart]:
    """Yield a chart of the expected reach in each audience; none where there is everybody alone."""
    material, measured = planned.material, planned.reach
    breakdowns = [one for one in planned.breakdowns if material.plain(one)]
    series = tuple(
        Series(
            material.wording.breakdown(breakdown),
            tuple(_point(planned, one) for one in planned.audiences if one.breakdown == breakdown),
        )
        for breakdown in breakdowns
    )
    if not any(point.figure.value is not None for one in series for point in one.points):
        return
    title = material.in_group(Message("Potential reach of the chosen platforms"))
    title = material.in_wave(title, measured.wave)
    if planned.group is None:
        title = Message("{title}, by group", {"title": title})
    told = [lowered_in_short()] if lowered(planned.audiences) else []
    reference = _point(planned, planned.everybody)
    yield Chart(
        kind="dots",
        name=_name(planned),
        title=material.marked(title),
        series=series,
        caption=caption_of(material, measured, *told, intervals=True),
        alt=alt_of("dots", title, by_series(series, reference)),
        reference=None if reference.figure.value is None else reference,
    )


def time_charts(planned: Planned) -> Iterator[Chart]:
    """Yield heat maps of the times of each audience, a breakdown each."""
    measured = planned.sources.get("times")
    if measured is None or not planned.material.counts(measured):
        return
    if planned.group is not None:
        measured = planned.group.beside(measured)
    for chart in Plotter(planned.material, measured, Charts()).by_category("heat"):
        own = chart.name.removeprefix(plain_name(measured.name)).strip("-")
        yield replace(chart, name=_name(planned, "times", *([own] if own else [])))


def _point(planned: Planned, audience: AudiencePlan) -> Point:
    role: Literal["body", "total"] = "total" if audience.domain == TOTAL else "body"
    chosen = audience.chosen
    if chosen is None:
        status = SUPPRESSED if audience.refusal == "suppressed" else NOT_AVAILABLE
        return Point(planned.label(audience), Figure(None, "percent", 1, status), role=role)
    figure = reach_of(planned, chosen, audience)
    return Point(planned.label(audience), figure, chosen.low, chosen.high, role)


def _name(planned: Planned, *more: str) -> str:
    """Return a plain name for files, which names the wave where there are several."""
    waves = [planned.reach.wave] if planned.material.waves else []
    return plain_name("-".join((NAME, *more, *waves)))
