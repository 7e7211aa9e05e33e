"""The report: what is said, in no language yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from socialpoll.errors import ReportError
from socialpoll.report.blocks import Section
from socialpoll.report.house_style import HouseStyle
from socialpoll.schema.border import settle
from socialpoll.schema.days import as_day, problems_of_days

__all__ = ["LifeCycle", "Publisher", "Report", "Scalar"]

Scalar: TypeAlias = str | int | float | bool | None
Words: TypeAlias = Mapping[str, str]
DAYS = ("release_date", "next_release")


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """Who we are: who publishes, and how to reach them.

    Parameters
    ----------
    name : str or mapping of str to str
        Who publishes, by language.
    about : str or mapping of str to str, optional
        Who they are, by language: a paragraph.
    contact : str
        How to reach them: an address or a telephone number.
    website : str
        Their site.
    """

    name: Words
    about: Words = field(default_factory=dict)
    contact: str = ""
    website: str = ""

    def __post_init__(self) -> None:
        settle(self, texts=("name", "about"))


@dataclass(frozen=True, kw_only=True)
class LifeCycle:
    """Where a publication stands in its life.

    Parameters
    ----------
    edition : str
        Which edition it is.
    status : {"final", "provisional", "revised"}
    release_date, next_release : date, optional
    licence : mapping of str to str
        Of the data.
    embargo : datetime, optional
        The moment before which it is not to be handed on, with its offset from UTC; local time
        without one. Documents say so; nothing is locked.
    supersedes : str
        What it takes the place of, in words that serve every language; of a release that
        supersedes another, the edition of that one where nothing is said.

    Raises
    ------
    ReportError
        A date that is none; a string such as ``"2024-03-01"`` is read.
    """

    edition: str = "1"
    status: str = "final"
    release_date: dt.date | None = None
    next_release: dt.date | None = None
    licence: Words = field(default_factory=dict)
    embargo: dt.datetime | None = None
    supersedes: str = ""

    def __post_init__(self) -> None:
        settle(self, texts=("licence",))
        days = {name: as_day(getattr(self, name)) for name in DAYS}
        for one in problems_of_days(days):
            raise ReportError(one.what, where=one.where, found=one.found, allowed=one.allowed)
        for name, day in days.items():
            object.__setattr__(self, name, day)


@dataclass(frozen=True, kw_only=True)
class Report:
    """Meaning without language or format. Frozen plain data; JSON and back.

    Every code in ``figures`` has words in ``labels``, by dimension and code, in all languages of
    the report; :meth:`Edition.label` looks them up. A code is written as in the figures, ``_T``
    (everybody) and ``_Z`` (does not apply) among them. The dimensions are ``wave``, ``indicator``,
    ``question``, ``statistic``, ``unit``, ``base`` and ``breakdown`` (a crossing's key is
    ``sex|age_group``); ``item:QUESTION`` and ``category:QUESTION`` for the options and categories
    of a question; ``domain:BREAKDOWN`` for the groups of a breakdown (``domain:sex|age_group``,
    code ``male|18-29``); ``outreach:COLUMN`` for the codes of ``outreach``: ``refusal``,
    ``verdict``, ``platforms``, ``times``, ``days``, ``formats`` and ``languages``.

    Parameters
    ----------
    name : str
        Plain name for files: ``"social-media-2019"``.
    title, subtitle : mapping of str to str
        In every language.
    languages : tuple of str
        In which it can be published.
    publisher : Publisher
    life_cycle : LifeCycle
    sections : tuple of Section
        Each with a role. :func:`socialpoll.compose` makes, in this order: ``publisher``,
        ``headlines``, an ``indicator`` for each (its ``name`` is the indicator's), a ``banner`` for
        each that was asked for, ``outreach`` where there is a plan, ``methodology`` and
        ``instrument``. Sections of the publisher's own stand before ``indicator``, before
        ``methodology`` or at the end.
    figures : tuple of mapping
        Every released row, as plain values, in the column contract of the estimates; None where
        there is none.
    labels : mapping of dimension to (mapping of code to text)
        Words for the codes in ``figures``: ``labels["domain:sex"]["male"]["ar"]``.
    synthetic : bool
        Whether the data are made up; every document then says so.
    provenance : mapping of str to str
        Hashes of answers and weights.
    style : HouseStyle
        How documents of it look.
    group : str
        Of a report of one group: a plain name of it, which the names of its documents have:
        ``"governorate-muscat"``.
    outreach : tuple of mapping
        Every row of a plan of whom to reach, as plain values, in the columns of
        :attr:`socialpoll.OutreachPlan.frame`; None where there is none.
    """

    name: str
    title: Words
    subtitle: Words = field(default_factory=dict)
    languages: tuple[str, ...]
    publisher: Publisher
    life_cycle: LifeCycle = field(default_factory=LifeCycle)
    sections: tuple[Section, ...]
    figures: tuple[Mapping[str, Scalar], ...] = ()
    labels: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    synthetic: bool = False
    provenance: Mapping[str, str] = field(default_factory=dict)
    style: HouseStyle = field(default_factory=HouseStyle)
    group: str = ""
    outreach: tuple[Mapping[str, Scalar], ...] = ()
