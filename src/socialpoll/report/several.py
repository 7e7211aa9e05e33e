"""Sentences about questions of several answers: parts of all answers, and the reach of sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.report.blocks import Message, Phrase, Value
from socialpoll.report.naming import NAMED, foremost, of_whom, places_of, values_of

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["parts_of_responses", "reach_of_sets"]


def parts_of_responses(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]]
) -> Message:
    """Name the options with the largest parts, unranked, for neighbours may not differ."""
    named = foremost(rows, NAMED)
    values: dict[str, Value] = {
        "answers": tuple(
            Message("{category} ({share})", values_of(material, measured, *one)) for one in named
        )
    }
    places = places_of(named)
    if len(named) == len(rows) or any(row.status == "u" for _, row in named):
        return Message("the shares of all answers given were: {answers}", values, rows=places)
    return Message(
        "{answers} were among the options with the largest shares of all answers given",
        values,
        rows=places,
    )


def reach_of_sets(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]]
) -> Message:
    """Say of each set of options how many chose any of it, in the order of the poll."""
    first, *others = rows
    values = {**values_of(material, measured, *first), **of_whom(material, measured)}
    parts: list[Phrase] = [Message("{share} {group} chose “{category}”", values)]
    parts.extend(
        Message("{share} chose “{category}”", values_of(material, measured, *other))
        for other in others
    )
    return Message("{answers}", {"answers": tuple(parts)}, rows=places_of(rows))
