"""What a poll file declares beside questionnaire, design and recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from socialpoll.audience import Outreach
from socialpoll.audience.declared import GRIDS
from socialpoll.disclosure import DEFAULT_THRESHOLD, Harm, PolicyName, Zeros
from socialpoll.indicators import AnyIndicator, Breakdown
from socialpoll.report import (
    ChartChoice,
    Digits,
    HouseStyle,
    LifeCycle,
    OwnSection,
    Publisher,
)
from socialpoll.schema import CodeValue, Text
from socialpoll.totals import Base

__all__ = ["OUTREACH", "Export", "PollOutreach", "Publication", "Reliability", "Wanted"]

OUTREACH = "outreach"
"""The table of plans, and what the names of its indicators begin with."""
PLAIN = ("times", "days", "formats", "languages")
"""Parts of a plan whose question is not a grid."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An indicator and for whom it is measured.

    Attributes
    ----------
    indicator : a definition, such as Share or Mean
    by : tuple of breakdowns, optional
        Beside everybody; those of the publication where None.
    compare : bool
        Whether the domains of each breakdown are tested against each other.
    change : {"previous", "first"} or None
        The wave with which every later one is compared.
    trend : bool
        Whether there is a trend over all waves.
    chart : tuple of ChartChoice, optional
        The charts that it shall have; those of its kind where None.
    """

    indicator: AnyIndicator
    by: tuple[Breakdown, ...] | None = None
    compare: bool = False
    change: Literal["previous", "first"] | None = None
    trend: bool = False
    chart: tuple[ChartChoice, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """When a figure is good enough to be shown.

    Attributes
    ----------
    minimum_base : int
        With fewer respondents a domain is suppressed.
    flag_below : int
        With fewer than this it is marked as of low reliability.
    rules : tuple of str
        Names of further rules, built in or offered by plugins; the strictest verdict holds.
    """

    minimum_base: int = 30
    flag_below: int = 100
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What is published, by whom, in which languages.

    Attributes
    ----------
    title, subtitle : Text
    languages : tuple of str
    by : tuple of breakdowns
        Of indicators that name none of their own.
    publisher : Publisher
    maps : mapping of str to rows of codes
        By breakdown, as of :class:`~socialpoll.Charts`.
    style : HouseStyle
    sections : tuple of Passage, Recommendations, Timeline or Pictures
        Of the publisher's own.
    life_cycle : LifeCycle
    reliability : Reliability
    full_precision : bool
        Whether figures are released as they were computed, instead of rounded.
    supersedes : Path or None
        File of the earlier release that this edition takes the place of.
    correction : Text
        Why there is another edition.
    already_published : tuple of Path
        Files of earlier releases of the same people's answers.
    policy : {"base", "cells"}
        How respondents are protected.
    threshold, zeros, harm
        Terms of the policy ``cells``; its own where None.
    """

    title: Text
    subtitle: Text = field(default_factory=dict)
    languages: tuple[str, ...]
    by: tuple[Breakdown, ...] = ()
    publisher: Publisher
    maps: Mapping[str, tuple[tuple[CodeValue, ...], ...]] = field(default_factory=dict)
    style: HouseStyle = field(default_factory=HouseStyle)
    sections: tuple[OwnSection, ...] = ()
    life_cycle: LifeCycle = field(default_factory=LifeCycle)
    reliability: Reliability = field(default_factory=Reliability)
    full_precision: bool = False
    supersedes: Path | None = None
    correction: Text = field(default_factory=dict)
    already_published: tuple[Path, ...] = ()
    policy: PolicyName = "base"
    threshold: int | None = None
    zeros: Zeros | None = None
    harm: Harm | None = None

    @property
    def fewest(self) -> int:
        """Respondents below which no number of them is told; 0 where the policy counts bases."""
        known = DEFAULT_THRESHOLD if self.threshold is None else self.threshold
        return known if self.policy == "cells" else 0

    @property
    def cell_terms(self) -> dict[str, int | str]:
        """The terms of the policy ``cells`` that are declared."""
        terms = {"threshold": self.threshold, "zeros": self.zeros, "harm": self.harm}
        return {name: term for name, term in terms.items() if term is not None}


@dataclass(frozen=True, kw_only=True)
class PollOutreach:
    """From which questions a plan of whom to reach is made, and what for.

    The goal is that of :class:`~socialpoll.Goal`: at least one of ``size``, ``reach``, ``budget``.

    Attributes
    ----------
    platforms : str
        A ``multiple`` question, or nets of one.
    audiences : tuple of breakdowns
        Whose plans there are beside that of everybody.
    base : {"answered", "asked", "all"}
        Of whom reach is a share.
    among : tuple of codes, optional
        Platforms to choose from; all but the exclusive options where None.
    size : int, optional
        At most so many platforms.
    reach : float, optional
        The share that is to be reached.
    budget : float, optional
        What the platforms may cost together.
    costs : mapping of code to float
        Of each platform to choose from; empty where costs do not matter.
    times, days, formats, languages : str, optional
        Questions whose answers are options, bands of the clock, bands or groups.
    times_by_day, times_by_platform : str, optional
        Grids whose items are days, or platforms, and whose options are times.
    minimum_base : int
        An audience of fewer respondents gets no advice.
    """

    platforms: str
    audiences: tuple[Breakdown, ...] = ()
    base: Base = "answered"
    among: tuple[CodeValue, ...] | None = None
    size: int | None = None
    reach: float | None = None
    budget: float | None = None
    costs: Mapping[CodeValue, float] = field(default_factory=dict)
    times: str | None = None
    days: str | None = None
    times_by_day: str | None = None
    times_by_platform: str | None = None
    formats: str | None = None
    languages: str | None = None
    minimum_base: int = Outreach.minimum_base

    @property
    def lines(self) -> dict[str, str]:
        """The questions of which is told what comes first, by the key that names them."""
        named = {role: getattr(self, role) for role in (*PLAIN, *GRIDS)}
        return {role: question for role, question in named.items() if question is not None}


@dataclass(frozen=True, kw_only=True)
class Export:
    """Documents to be made.

    Attributes
    ----------
    exporter : str
        Its name.
    languages : tuple of str
    digits : {"latn", "arab"}
        Numbering system of Arabic text.
    for_each : breakdown, optional
        The breakdown of which each group has documents of its own; where None there are those of
        everybody.
    isolated : bool, optional
        Whether it renders in a process of its own; as the host was made where None.
    options : mapping of str to value
        The exporter's own.
    """

    exporter: str
    languages: tuple[str, ...]
    digits: Digits = "latn"
    for_each: Breakdown | None = None
    isolated: bool | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
