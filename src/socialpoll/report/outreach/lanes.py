"""Tables of a plan with a row an audience, under the name of what it is part of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.report.blocks import Cell, Column, Figure, Interval, Message, Row
from socialpoll.report.marks import NOT_AVAILABLE, SUPPRESSED

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan
    from socialpoll.report.outreach.material import Planned

__all__ = ["REFUSALS", "Lane", "label_lane", "nothing", "rows_of_lanes", "unless_refused"]

REFUSALS: Mapping[str, Message] = {
    "suppressed": Message("figures that may not be shown"),
    "small base": Message("too few respondents for advice"),
    "nobody": Message("nobody uses any of the platforms"),
    "low reliability": Message("figures too unreliable for advice"),
    "no precision": Message("no advice where precision is not known"),
    "": Message("no choice that may be told"),
}
"""Why an audience gets no advice."""


class Lane(NamedTuple):
    """A column with what stands in it for each audience."""

    column: Column
    cell: Callable[[AudiencePlan], Cell]


def label_lane(planned: Planned) -> Lane:
    """Return the column of the names of audiences."""
    return Lane(Column("group", Message("Group"), "label"), planned.label)


def unless_refused(lane: Lane) -> Lane:
    """Return a column that is empty for audiences of which nothing may be shown."""
    empty: Cell = (
        Interval(None, None, "percent", 1, SUPPRESSED)
        if lane.column.kind == "interval"
        else Figure(None, "count", 0, SUPPRESSED)
    )
    return Lane(lane.column, lambda one: empty if one.refusal == "suppressed" else lane.cell(one))


def nothing() -> Figure:
    """Return what stands where there is nothing to say."""
    return Figure(None, "count", 0, NOT_AVAILABLE)


def rows_of_lanes(planned: Planned, lanes: Sequence[Lane]) -> Iterator[Row]:
    """Yield the row of everybody, then those of each breakdown under its name."""
    yield Row(tuple(lane.cell(planned.everybody) for lane in lanes), "total")
    for breakdown in planned.breakdowns:
        yield Row((planned.material.wording.breakdown(breakdown),), "group")
        for audience in planned.audiences:
            if audience.breakdown == breakdown:
                yield Row(tuple(lane.cell(audience) for lane in lanes))
