"""Sentences that name the answers chosen most, in order only where neighbours differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.naming import among, foremost, places_of, values_of
from socialpoll.report.ranking import ranked

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["most_chosen", "parts_of_responses"]


class Ways(NamedTuple):
    """How the foremost answers are told: all in order, the first before the rest, or unranked.

    ``all_told`` is for a list that is named as a whole, or rests on few respondents.
    """

    all_told: Message
    in_order: Message
    first: Message
    unranked: Message


ANSWERS = Ways(
    Message("the shares {group} were: {answers}"),
    Message("the answers chosen most {group} were, in this order, {answers}"),
    Message(
        "the answer chosen most {group} was {first}; the answers chosen most also included "
        "{answers}"
    ),
    Message("the answers chosen most {group} included {answers}"),
)
TIMES = Ways(
    ANSWERS.all_told,
    Message("the busiest times {group} were, in this order, {answers}"),
    Message("the busiest time {group} was {first}; the busiest times also included {answers}"),
    Message("the busiest times {group} included {answers}"),
)
PARTS = Ways(
    Message("the shares of all answers given were: {answers}"),
    Message(
        "the options with the largest shares of all answers given were, in this order, {answers}"
    ),
    Message(
        "the option with the largest share of all answers given was {first}; the options with the "
        "largest shares also included {answers}"
    ),
    Message("the options with the largest shares of all answers given included {answers}"),
)


def most_chosen(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]], many: int
) -> Message:
    """Name the answers chosen most; all of them where they are not more.

    Parameters
    ----------
    material : Material
    measured : Measured
    rows : list of (Line, Shown)
        Of everybody, without what is suppressed.
    many : int
        How many are named, if no other is level with the last of them.
    """
    ways = TIMES if material.wording.clock(measured.question) else ANSWERS
    values: dict[str, Value] = {"group": among(material, measured)}
    return _named(material, measured, rows, many, ways, values)


def parts_of_responses(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]], many: int
) -> Message:
    """Name the options with the largest parts of all answers given."""
    return _named(material, measured, rows, many, PARTS, {})


def _named(
    material: Material,
    measured: Measured,
    rows: list[tuple[Line, Shown]],
    many: int,
    ways: Ways,
    values: Mapping[str, Value],
) -> Message:
    aside = frozenset() if ways is PARTS else material.aside(measured)
    answers = [(line, row) for line, row in rows if line.code not in aside] or rows
    named = foremost(answers, many)
    parts: tuple[Phrase, ...] = tuple(
        Message("{category} ({share})", values_of(material, measured, *one)) for one in named
    )
    message, values = ways.unranked, {**values, "answers": parts}
    if len(named) == len(answers) or any(row.status == "u" for _, row in named):
        message = ways.all_told
    elif order := ranked(_falling(measured, aside)):
        message = ways.in_order
        if order < len(named):
            message, values = ways.first, {**values, "first": parts[0], "answers": parts[1:]}
    return replace(message, values=values, rows=places_of(named))


def _falling(measured: Measured, aside: frozenset[str]) -> list[Shown]:
    """Return the rows of all answers in falling order, those that are not shown last."""
    rows = [row for line, row in measured.overall() if line.code not in aside]
    return sorted(rows, key=lambda row: -1.0 if row.value is None else row.value, reverse=True)
