"""The record of how a poll was made: what its makers declare, and what every stage adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from socialpoll.errors import QuestionnaireError
from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.days import as_day, problems_of_days
from socialpoll.schema.texts import Text, as_text

__all__ = ["Declaration", "Fact", "FactValue", "Methodology"]

TEXTS = (
    *("sponsor", "conducted_by", "mandate", "population", "area", "sampling_frame", "sampling"),
    *("mode", "quality", "confidentiality", "frequency", "revision_policy", "tables"),
)
DAYS = ("fieldwork_start", "fieldwork_end")
FactValue: TypeAlias = str | int | float | bool | tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """What only the makers of the poll know, as standards of disclosure ask for it.

    Every item may be absent; the methodology card then prints "not reported".

    Parameters
    ----------
    sponsor, conducted_by : Text, optional
        Who paid, and who held the interviews.
    mandate : Text, optional
        The law or decision that the poll rests on.
    population, area : Text, optional
        Of whom the poll speaks, and where they live.
    sampling_frame, sampling, mode : Text, optional
        The list or area that the sample was drawn from, how it was drawn, and how people were
        asked.
    languages : tuple of str
        BCP 47 tags of the interviews.
    fieldwork_start, fieldwork_end : date, optional
        A string such as ``"2024-03-01"`` is read.
    quality : Text, optional
        What was checked.
    confidentiality : Text, optional
        What respondents were promised.
    frequency : Text, optional
        How often the poll is held.
    revision_policy : Text, optional
        When and how published figures are revised.
    tables : Text, optional
        Where the full tables can be seen: a web address.
    limitations, sources : tuple of Text
    synthetic : bool
        The answers are not of real people; reports then say so.

    Raises
    ------
    QuestionnaireError
        A day of the fieldwork that is none.
    """

    sponsor: Text | None = None
    conducted_by: Text | None = None
    mandate: Text | None = None
    population: Text | None = None
    area: Text | None = None
    sampling_frame: Text | None = None
    sampling: Text | None = None
    mode: Text | None = None
    languages: tuple[str, ...] = ()
    fieldwork_start: dt.date | None = None
    fieldwork_end: dt.date | None = None
    quality: Text | None = None
    confidentiality: Text | None = None
    frequency: Text | None = None
    revision_policy: Text | None = None
    tables: Text | None = None
    limitations: tuple[Text, ...] = ()
    sources: tuple[Text, ...] = ()
    synthetic: bool = False

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=TEXTS, tuples=("languages",))
        for name in ("limitations", "sources"):
            object.__setattr__(self, name, tuple(as_text(one) for one in getattr(self, name)))
        days = {name: as_day(getattr(self, name)) for name in DAYS}
        problems = tuple(problems_of_days(days))
        if problems:
            raise QuestionnaireError("the methodology", problems)
        for name, day in days.items():
            object.__setattr__(self, name, day)


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
    """Declaration and facts, in the order the stages added them.

    Attributes
    ----------
    declared : Declaration
        What the questionnaire says of the poll.
    facts : tuple of Fact
        What the stages did, each with the values it used.
    """

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
