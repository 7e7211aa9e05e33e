"""Sentences about sets of options: whom they reach, and what time these spend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.indicators.mentioning import OF_TIME
from socialpoll.report.blocks import Message, Phrase
from socialpoll.report.naming import of_whom, places_of, values_of

if TYPE_CHECKING:
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Line, Measured, Shown

__all__ = ["reach_of_sets"]


def reach_of_sets(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]]
) -> Message:
    """Say of each set of options how many chose any of it, in the order of the poll.

    Or which part of all time these spend, where that was estimated.
    """
    told = _time if measured.statistic == OF_TIME else _reach
    return Message("{answers}", {"answers": told(material, measured, rows)}, rows=places_of(rows))


def _reach(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]]
) -> tuple[Phrase, ...]:
    first, *others = (values_of(material, measured, *one) for one in rows)
    told = Message("{share} {group} chose “{category}”", {**first, **of_whom(material, measured)})
    return told, *(Message("{share} chose “{category}”", other) for other in others)


def _time(
    material: Material, measured: Measured, rows: list[tuple[Line, Shown]]
) -> tuple[Phrase, ...]:
    first, *others = (values_of(material, measured, *one) for one in rows)
    told = Message("{share} of all time was spent by those who chose “{category}”", first)
    return told, *(Message("{share} by those who chose “{category}”", other) for other in others)
