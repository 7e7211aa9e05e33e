"""What each audience would lose without one of its platforms, as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Cell, Column, Figure, Message, Phrase, Row, Table, Value
from socialpoll.report.language import hundredfold
from socialpoll.report.marks import NOT_APPLICABLE
from socialpoll.report.notes import notes_of, shorthand
from socialpoll.report.outreach.lanes import (
    REFUSALS,
    Lane,
    label_lane,
    rows_of_lanes,
    unless_refused,
)
from socialpoll.report.tables import base_column
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan, Loss
    from socialpoll.report.outreach.material import Planned

__all__ = ["losses_table", "points"]

LOST: Mapping[bool | None, Message] = {
    True: Message("{platform} {loss}"),
    False: Message("({platform} {loss})"),
    None: Message("{platform} {loss} (not tested)"),
}


def losses_table(planned: Planned) -> Iterator[Table]:
    """Yield the table; none of everybody alone, or where no audience has several platforms."""
    several = planned.audiences
    if len(several) == 1 or not any(one.losses for one in several):
        return
    material = planned.material
    heading = Message("Loss in percentage points without each platform")
    lanes = [
        label_lane(planned),
        unless_refused(Lane(Column("losses", heading, "text"), lambda one: _losses(planned, one))),
        unless_refused(Lane(base_column(material), lambda one: Figure(one.base, "count"))),
    ]
    rows = tuple(rows_of_lanes(planned, lanes))
    title = material.in_group(Message("What each group would lose without one of its platforms"))
    yield Table(
        title=material.marked(material.in_wave(title, planned.reach.wave)),
        columns=tuple(lane.column for lane in lanes),
        rows=rows,
        notes=tuple(_notes(planned, rows)),
    )


def points(amount: float) -> Figure:
    """Return percentage points under a heading that says so."""
    return Figure(float(hundredfold(amount)), "decimal", 1)


def _losses(planned: Planned, audience: AudiencePlan) -> Cell:
    if audience.chosen is None:
        return REFUSALS[audience.refusal]
    if not audience.losses:
        return Figure(None, "decimal", 1, NOT_APPLICABLE)
    return Message("{options}", {"options": tuple(_loss(planned, one) for one in audience.losses)})


def _loss(planned: Planned, loss: Loss) -> Phrase:
    values: dict[str, Value] = {
        "platform": planned.platform(loss.option),
        "loss": points(loss.loss),
    }
    return replace(LOST[loss.tells], values=values)


def _notes(planned: Planned, rows: tuple[Row, ...]) -> Iterator[Phrase]:
    yield from notes_of(planned.material, planned.reach, TOTAL, (), complete=False)
    if any(loss.tells is False for one in planned.audiences for loss in one.losses):
        yield Message("In brackets: not statistically significant.")
    yield from shorthand(planned.material, rows)
