"""What comes first for an audience: times, days, formats, languages; told apart or not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.naming import NAMED, among

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan, Leading, Preferred
    from socialpoll.report.outreach.material import Aspect, Planned

__all__ = ["comes_first", "first_cell"]

FEW = 3
"""So many answers beside the first are named in a cell."""


def comes_first(
    planned: Planned, aspect: Aspect, leading: Leading, audience: AudiencePlan
) -> Message:
    """Return what comes first for an audience, as a clause.

    Where answers were not compared the largest shares are given, without a word on their order.
    """
    named = (leading.first, *leading.beside)
    if not leading.tested:
        named = (leading.first, *leading.behind)[:NAMED]
    several = [_answer(planned, aspect, one, audience) for one in named]
    answers = tuple(Message("“{category}” ({share})", one) for one in several)
    values: dict[str, Value] = {"first": answers[0], "answers": answers}
    if not leading.tested:
        values["group"] = among(planned.material, planned.sources[aspect])
        key = Message("the answers chosen most {group} included {answers}")
    elif leading.alone:
        key = Message("{first} comes first, significantly ahead of all others")
    elif not leading.behind:
        key = Message(
            "no answer comes first: {first} does not differ from any other to a statistically "
            "significant degree"
        )
    elif len(leading.beside) == 1:
        key = Message(
            "{answers:or} comes first; there is no statistically significant difference between "
            "the two"
        )
    else:
        key = Message(
            "{answers:or} comes first; there is no statistically significant difference between "
            "the first of these and each of the others"
        )
    rows = tuple(planned.answer(aspect, one.code, audience).place for one in named)
    return replace(key, values=values, rows=rows)


def first_cell(
    planned: Planned, aspect: Aspect, leading: Leading | None, item: str = ""
) -> Phrase | None:
    """Return what comes first as words of a cell; None where nothing is known.

    Parameters
    ----------
    planned : Planned
    aspect : str
    leading : Leading or None
    item : str
        Of a grid.
    """
    if leading is None:
        return None
    named = (leading.first, *leading.beside)
    first, *others = (_label(planned, aspect, one.code, item) for one in named)
    if not leading.tested:
        return Message("{category} (not tested)", {"category": first})
    if len(others) > FEW and not leading.behind:
        return Message("no statistically significant difference")
    if len(others) > FEW:
        return Message(
            "{first} or one of {number} other",
            {"first": first, "number": len(others)},
            "{first} or one of {number} others",
            "number",
        )
    return Message("{options:or}", {"options": (first, *others)}) if others else first


def _answer(
    planned: Planned, aspect: Aspect, answer: Preferred, audience: AudiencePlan
) -> dict[str, Value]:
    """Return an answer and its share."""
    share = planned.answer(aspect, answer.code, audience).figure(prose=True)
    return {"category": _label(planned, aspect, answer.code), "share": share}


def _label(planned: Planned, aspect: Aspect, code: str, item: str = "") -> Phrase:
    """Return the words for an answer; of a grid, for an answer to an item."""
    wording, measured = planned.material.wording, planned.sources[aspect]
    if item:
        return wording.code(measured.question, code)
    return wording.line(measured, planned.line(aspect, code))
