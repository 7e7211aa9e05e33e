"""The record of how a poll was made: what its makers declare, and what every stage adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.texts import Text, as_text

__all__ = ["Declaration", "Fact", "FactValue", "Methodology"]

FactValue: TypeAlias = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What only the makers of the poll know (AAPOR Transparency Initiative, disclosure items).

    Every item may be absent; the methodology card then prints "not reported".
    """

    sponsor: Text | None = None
    population: Text | None = None
    sampling_frame: Text | None = None
    sampling: Text | None = None
    mode: Text | None = None
    languages: tuple[str, ...] = ()
    fieldwork_start: dt.date | None = None
    fieldwork_end: dt.date | None = None
    quality: Text | None = None
    limitations: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = ()
    synthetic: bool = False

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(
            self,
            texts=("sponsor", "population", "sampling_frame", "sampling", "mode", "quality"),
            tuples=("languages",),
        )
        for name in ("limitations", "sources"):
            object.__setattr__(self, name, tuple(as_text(one) for one in getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a stage did, as data; a catalogue turns it into words.

    Parameters
    ----------
    stage : str
        ``responses``, ``weighting``, ``indicators`` or ``disclosure``.
    name : str
        For example ``cases``, ``design``, ``rake``, ``precision``, ``policy``.
    values : mapping of str to plain values
        What the words are made from.
    """

    stage: str
    name: str
    values: Mapping[str, FactValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Methodology:
    """Declaration and facts, in the order the stages added them."""

    declared: Declaration = field(default_factory=Declaration)
    facts: tuple[Fact, ...] = ()

    def adding(self, *facts: Fact) -> Methodology:
        """Return a record with more facts at its end."""
        return replace(self, facts=(*self.facts, *facts))

    def fact(self, stage: str, name: str) -> Mapping[str, FactValue] | None:
        """Return the values of the last such fact, or None."""
        for fact in reversed(self.facts):
            if (fact.stage, fact.name) == (stage, name):
                return fact.values
        return None
