"""Whether groups need platforms of their own, or those chosen for everybody reach as many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Cell, Column, Message, Phrase, Value
from socialpoll.report.lettering import ARROWS
from socialpoll.report.outreach.lanes import Lane, nothing
from socialpoll.report.outreach.reach import reach_of

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan
    from socialpoll.report.outreach.material import Planned

__all__ = ["shared_lane", "shared_notes", "sharing"]

LESS = ARROWS[1]


def sharing(planned: Planned) -> Message | None:
    """Say in how many groups their own choice reaches significantly more than that of everybody.

    None where that was tested in no group, and in a report of one group.
    """
    told = [(one, one.shared) for one in planned.audiences if one.shared is not None]
    known = [(one, shared) for one, shared in told if shared.tells is not None]
    if not known or planned.group is not None:
        return None
    apart = [one for one, shared in known if shared.tells]
    values: dict[str, Value] = {"number": len(known)}
    if not apart:
        key = Message(
            "In {number} group that was compared, its own choice does not reach significantly more "
            "than the platforms chosen for everybody.",
            {},
            "In none of the {number} groups that were compared does the group’s own choice reach "
            "significantly more than the platforms chosen for everybody.",
            "number",
        )
    elif len(apart) == len(known):
        key = Message(
            "In {number} group that was compared, its own choice reaches significantly more than "
            "the platforms chosen for everybody.",
            {},
            "In each of the {number} groups that were compared, the group’s own choice reaches "
            "significantly more than the platforms chosen for everybody.",
            "number",
        )
    else:
        values |= {"alike": len(known) - len(apart), "groups": tuple(map(planned.label, apart))}
        key = Message(
            "In {alike} of {number} group that was compared, the group’s own choice does not "
            "reach significantly more than the platforms chosen for everybody; it does in: "
            "{groups}.",
            {},
            "In {alike} of {number} groups that were compared, the group’s own choice does not "
            "reach significantly more than the platforms chosen for everybody; it does in: "
            "{groups}.",
            "number",
        )
    places = (planned.set_of(shared.reached, one).place for one, shared in known)
    return replace(key, values=values, rows=tuple(places))


def shared_lane(planned: Planned) -> Iterator[Lane]:
    """Yield the column of what the platforms of everybody reach; none where that is not told."""
    if any(one.shared is not None for one in planned.audiences):
        heading = Message("With the overall choice")
        yield Lane(Column("shared", heading), lambda one: _reach(planned, one))


def shared_notes(planned: Planned) -> Iterator[Phrase]:
    """Yield how that column is to be read."""
    several = [(one.shared, one.chosen) for one in planned.audiences if one.shared is not None]
    if any(shared.reached != chosen for shared, chosen in several):
        yield Message(
            "“With the overall choice”: reach of the platforms chosen for everybody, not lowered "
            "where the group has others of its own."
        )
    if any(shared.tells for shared, _ in several):
        yield Message(
            "{down}: significantly less than with the platforms chosen for the group.",
            {"down": LESS},
        )


def _reach(planned: Planned, audience: AudiencePlan) -> Cell:
    shared = audience.shared
    reached = audience.chosen if shared is None else shared.reached
    if reached is None or (shared is None and audience is not planned.everybody):
        return nothing()
    return replace(
        reach_of(planned, reached, audience),
        letters=LESS if shared is not None and shared.tells else "",
        marks=planned.material.marks(planned.set_of(reached, audience)),
    )
