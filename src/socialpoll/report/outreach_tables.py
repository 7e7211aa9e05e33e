"""The plan as a table, a row an audience: where it is reached, when and with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.report.bases import limit_figure
from socialpoll.report.blocks import Cell, Column, Figure, Interval, Message, Phrase, Row, Table
from socialpoll.report.marks import NOT_AVAILABLE, SUPPRESSED
from socialpoll.report.notes import notes_of, shorthand
from socialpoll.report.outreach_goal import (
    asked_share,
    compared_note,
    lowered,
    lowered_in_short,
    meaning_note,
)
from socialpoll.report.outreach_leading import first_cell
from socialpoll.report.outreach_material import PLAIN
from socialpoll.report.outreach_reach import interval_of, reach_of
from socialpoll.report.tables import base_column, interval_heading
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan
    from socialpoll.report.outreach_material import Aspect, Planned

__all__ = ["REFUSALS", "plan_table"]

REFUSALS: Mapping[str, Message] = {
    "suppressed": Message("figures that may not be shown"),
    "small base": Message("too few respondents for advice"),
    "low reliability": Message("figures too unreliable for advice"),
    "no precision": Message("no advice where precision is not known"),
    "": Message("no choice that may be told"),
}
"""Why an audience gets no advice."""
STANDINGS: Mapping[bool | None, Message] = {
    True: Message("alone"),
    False: Message("with others"),
    None: Message("not tested"),
}
VERDICTS: Mapping[str, Message] = {
    "met": Message("yes"),
    "open": Message("open"),
    "missed": Message("no"),
}
WHERE = Message("Where", context="of a plan")
WHEN = Message("When and with what", context="of a plan")
PREFERRED: Mapping[Aspect, Message] = {
    "times": Message("Time of day"),
    "days": Message("Day"),
    "formats": Message("Format of content"),
    "languages": Message("Language"),
}


class Lane(NamedTuple):
    """A column with what stands in it for each audience."""

    column: Column
    cell: Callable[[AudiencePlan], Cell]


def plan_table(planned: Planned) -> Table:
    """Return the plan of all audiences of a wave.

    Columns stand in groups, so that a page that is too narrow for all of them parts the table
    between where and when.
    """
    material = planned.material
    lanes = list(_lanes(planned))
    rows = tuple(_rows(planned, lanes))
    title = material.in_group(Message("Communication plan"))
    return Table(
        title=material.marked(material.in_wave(title, planned.reach.wave)),
        columns=tuple(lane.column for lane in lanes),
        rows=rows,
        notes=tuple(_notes(planned, rows)),
    )


def _lanes(planned: Planned) -> Iterator[Lane]:
    """Yield the columns, under groups where there is more to tell than where."""
    preferred = _preferred(planned)
    yield Lane(Column("group", Message("Group"), "label"), planned.label)
    for group, lanes in ((WHERE, _where(planned)), (WHEN, preferred)):
        for lane in lanes:
            column = replace(lane.column, group=group) if preferred else lane.column
            yield Lane(column, _unless_refused(lane))


def _unless_refused(lane: Lane) -> Callable[[AudiencePlan], Cell]:
    """Return what stands in a column, but for audiences of which nothing may be shown."""
    empty: Cell = (
        Interval(None, None, "percent", 1, SUPPRESSED)
        if lane.column.kind == "interval"
        else Figure(None, "count", 0, SUPPRESSED)
    )
    return lambda audience: empty if audience.refusal == "suppressed" else lane.cell(audience)


def _where(planned: Planned) -> Sequence[Lane]:
    """Return the columns of platforms and of whom they reach."""
    purpose, several = planned.plan.purpose, planned.audiences
    lanes = [
        Lane(
            Column("platforms", Message("Platforms"), "text"), lambda one: _platforms(planned, one)
        ),
        Lane(Column("reach", Message("Potential reach")), lambda one: _reach(planned, one)),
    ]
    if planned.material.level(planned.reach) is not None:
        heading = interval_heading(planned.material, planned.reach)
        lanes.append(Lane(Column("interval", heading, "interval"), _interval))
    if purpose.reach is not None and any(one.verdict for one in several):
        wanted = Message("At least {share}", {"share": asked_share(purpose.reach)})
        lanes.append(Lane(Column("verdict", wanted, "text"), _verdict))
    if any(one.first is not None for one in several):
        most = Message("Reaches most")
        lanes.append(Lane(Column("standing", most, "text"), _standing))
    if any(one.chosen is not None and one.chosen.cost is not None for one in several):
        lanes.append(Lane(Column("cost", Message("Cost")), _cost))
    base = base_column(planned.material)
    return [*lanes, Lane(base, lambda one: Figure(one.base, "count"))]


def _preferred(planned: Planned) -> Sequence[Lane]:
    """Return a column for each indicator that the plan was made from."""

    def cell(aspect: Aspect) -> Callable[[AudiencePlan], Cell]:
        return lambda one: first_cell(planned, aspect, getattr(one, aspect)) or _nothing()

    return [
        Lane(Column(aspect, heading, "text"), cell(aspect))
        for aspect, heading in PREFERRED.items()
        if aspect in planned.sources
    ]


def _platforms(planned: Planned, audience: AudiencePlan) -> Cell:
    if audience.chosen is None:
        return REFUSALS[audience.refusal]
    return Message("{options}", {"options": planned.platforms(audience.chosen)})


def _reach(planned: Planned, audience: AudiencePlan) -> Cell:
    if audience.chosen is None:
        return _nothing()
    marks = planned.material.marks(planned.set_of(audience.chosen, audience))
    return replace(reach_of(planned, audience.chosen, audience), marks=marks)


def _interval(audience: AudiencePlan) -> Cell:
    chosen = audience.chosen
    return Interval(None, None, "percent") if chosen is None else interval_of(chosen)


def _verdict(audience: AudiencePlan) -> Cell:
    return VERDICTS.get(audience.verdict, _nothing())


def _standing(audience: AudiencePlan) -> Cell:
    return _nothing() if audience.chosen is None else STANDINGS[audience.first]


def _cost(audience: AudiencePlan) -> Cell:
    chosen = audience.chosen
    return _nothing() if chosen is None or chosen.cost is None else limit_figure(chosen.cost)


def _nothing() -> Figure:
    return Figure(None, "count", 0, NOT_AVAILABLE)


def _rows(planned: Planned, lanes: Sequence[Lane]) -> Iterator[Row]:
    """Yield the row of everybody, then those of each breakdown under its name."""
    yield Row(tuple(lane.cell(planned.everybody) for lane in lanes), "total")
    for breakdown in planned.breakdowns:
        yield Row((planned.material.wording.breakdown(breakdown),), "group")
        for audience in planned.audiences:
            if audience.breakdown == breakdown:
                yield Row(tuple(lane.cell(audience) for lane in lanes))


def _notes(planned: Planned, rows: tuple[Row, ...]) -> Iterator[Phrase]:
    material, several = planned.material, planned.audiences
    yield from notes_of(material, planned.reach, TOTAL, (), complete=False)
    yield meaning_note()
    if lowered(several):
        yield lowered_in_short()
    compared = compared_note(planned.plan.purpose)
    if compared is not None and any(one.first is not None for one in several):
        yield compared
    if any(one.first is False for one in several):
        yield Message(
            "“With others”: at least one other choice does not differ from this one to a "
            "statistically significant degree."
        )
    leading = (getattr(one, aspect) for one in several for aspect in PLAIN)
    if any(one is not None and one.beside for one in leading):
        yield Message(
            "“or” joins answers that do not differ from the first of them to a statistically "
            "significant degree."
        )
    if any(one.refusal == "small base" for one in several):
        yield Message(
            "Groups of fewer than {number} respondent get no advice.",
            {"number": planned.plan.outreach.minimum_base},
            "Groups of fewer than {number} respondents get no advice.",
            "number",
        )
    yield from shorthand(material, rows)
