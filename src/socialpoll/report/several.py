"""Sentences about sets of options: whom they reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.report.blocks import Message, Phrase
from socialpoll.report.naming import of_whom, places_of, values_of

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["reach_of_sets"]


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
