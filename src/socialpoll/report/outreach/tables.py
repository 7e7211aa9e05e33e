"""The plan as a table, a row an audience: where it is reached, when and with what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.bases import limit_figure
from socialpoll.report.blocks import Cell, Column, Figure, Interval, Message, Phrase, Row, Table
from socialpoll.report.notes import notes_of, shorthand
from socialpoll.report.outreach.goal import (
    asked_share,
    compared_note,
    lowered,
    lowered_in_short,
    meaning_note,
)
from socialpoll.report.outreach.lanes import (
    REFUSALS,
    Lane,
    label_lane,
    nothing,
    rows_of_lanes,
    unless_refused,
)
from socialpoll.report.outreach.leading import first_cell
from socialpoll.report.outreach.material import PLAIN
from socialpoll.report.outreach.reach import interval_of, reach_of
from socialpoll.report.outreach.shared import shared_lane, shared_notes
from socialpoll.report.tables import base_column, interval_heading
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan
    from socialpoll.report.outreach.material import Aspect, Planned

__all__ = ["VERDICTS", "plan_table"]

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


def plan_table(planned: Planned) -> Table:
    """Return the plan of all audiences of a wave.

    Columns stand in groups, so that a page that is too narrow for all of them parts the table
    between where and when.
    """
    material = planned.material
    lanes = list(_lanes(planned))
    rows = tuple(rows_of_lanes(planned, lanes))
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
    yield label_lane(planned)
    for group, lanes in ((WHERE, _where(planned)), (WHEN, preferred)):
        for lane in lanes:
            column = replace(lane.column, group=group) if preferred else lane.column
            yield unless_refused(Lane(column, lane.cell))


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
    lanes += shared_lane(planned)
    if any(one.chosen is not None and one.chosen.cost is not None for one in several):
        lanes.append(Lane(Column("cost", Message("Cost")), _cost))
    base = base_column(planned.material)
    return [*lanes, Lane(base, lambda one: Figure(one.base, "count"))]


def _preferred(planned: Planned) -> Sequence[Lane]:
    """Return a column for each indicator that the plan was made from."""

    def cell(aspect: Aspect) -> Callable[[AudiencePlan], Cell]:
        return lambda one: first_cell(planned, aspect, getattr(one, aspect)) or nothing()

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
        return nothing()
    marks = planned.material.marks(planned.set_of(audience.chosen, audience))
    return replace(reach_of(planned, audience.chosen, audience), marks=marks)


def _interval(audience: AudiencePlan) -> Cell:
    chosen = audience.chosen
    return Interval(None, None, "percent") if chosen is None else interval_of(chosen)


def _verdict(audience: AudiencePlan) -> Cell:
    return VERDICTS.get(audience.verdict, nothing())


def _standing(audience: AudiencePlan) -> Cell:
    return nothing() if audience.chosen is None else STANDINGS[audience.first]


def _cost(audience: AudiencePlan) -> Cell:
    chosen = audience.chosen
    return nothing() if chosen is None or chosen.cost is None else limit_figure(chosen.cost)


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
    yield from shared_notes(planned)
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
