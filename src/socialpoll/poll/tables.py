"""The tables of a poll file as they are written; each class has the keys of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from socialpoll.disclosure import Harm, PolicyName, Zeros
from socialpoll.indicators import Adjustment, Against, IntervalMethod
from socialpoll.indicators.comparing import Family, Method
from socialpoll.poll.indicator_tables import Breakdowns, Name
from socialpoll.poll.own_tables import StyleTable
from socialpoll.report import Digits, Sorting
from socialpoll.responses import Checks, SampleDesign
from socialpoll.responses.dispositions import Outcome
from socialpoll.responses.scans.sources import EngineName
from socialpoll.schema import CodeValue, Text
from socialpoll.schema.border import BORDER
from socialpoll.totals import Convention

__all__ = [
    "BannerTable",
    "ChecksTable",
    "ComparisonsTable",
    "DesignTable",
    "ExportTable",
    "MapTable",
    "PollTable",
    "PrecisionTable",
    "PublicationTable",
    "PublisherTable",
    "ReliabilityTable",
    "WeightingTable",
]


def _is_of(outcomes: object) -> str:
    return "scheme" if isinstance(outcomes, str) else "table"


# Told apart first, so that a mistake in a table is not also told as one of a scheme.
DeclaredOutcomes = Annotated[
    Annotated[Mapping[str | int, Outcome], Tag("table")]
    | Annotated[Literal["aapor"], Tag("scheme")],
    Discriminator(_is_of),
]


@dataclass(frozen=True, kw_only=True)
class PollTable:
    """The top of the file; its tables are read one by one."""

    name: Name
    questionnaire: Name
    responses: Name | None = None
    reader: Name | None = None
    engine: EngineName | None = None
    wave: Name | None = None
    seed: int | None = None
    design: Any = None
    checks: Any = None
    weighting: Any = None
    precision: Any = None
    comparisons: Any = None
    indicators: Any = None
    outreach: Any = None
    publication: Any = None
    banners: Any = None
    exports: Any = None
    waves: Any = None
    breaks: Any = None
    respondent_id: Name | None = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True)
class DesignTable(SampleDesign):
    """``[design]``: the fields of a SampleDesign."""

    outcomes: DeclaredOutcomes = field(default_factory=dict)

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class ChecksTable(Checks):
    """``[checks]``: the fields of a Checks."""

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class WeightingTable:
    """``[weighting]``; its steps are read as a recipe, its replicates as a method."""

    steps: Annotated[list[dict[str, Any]], Field(min_length=1)]
    replicates: dict[str, Any] | None = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class PrecisionTable:
    """``[precision]``: the fields of a Precision."""

    level: Annotated[float, Field(gt=0, lt=1)] = 0.95
    interval: IntervalMethod = "auto"
    df: Literal["domain", "design"] | Annotated[float, Field(gt=0)] = "domain"
    deff: Literal["replace", "without"] = "replace"
    residuals: Convention = "entering"
    opt_in: Literal["none", "model"] = "none"

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class ComparisonsTable:
    """``[comparisons]``: the fields of a Compared."""

    against: Against = "pairs"
    adjust: Adjustment | None = None
    family: Family = "row"
    method: Method = "linearised"
    minimum_base: Annotated[int, Field(ge=1)] = 30

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class PublisherTable:
    """``[publication.publisher]``."""

    name: Text
    about: Text = field(default_factory=dict)
    contact: str = ""
    website: str = ""

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class ReliabilityTable:
    """``[publication.reliability]``."""

    minimum_base: Annotated[int, Field(ge=0)] = 30
    flag_below: Annotated[int, Field(ge=0)] = 100
    rules: tuple[Name, ...] = ()

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class MapTable:
    """``[publication.maps.BREAKDOWN]``."""

    tiles: Annotated[tuple[tuple[CodeValue, ...], ...], Field(min_length=1)]

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class PublicationTable:
    """``[publication]``; its sections are read one by one."""

    title: Text
    subtitle: Text = field(default_factory=dict)
    languages: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    by: Breakdowns = ()
    release_date: dt.date | None = None
    next_release: dt.date | None = None
    edition: Name = "1"
    status: Name = "final"
    licence: Text = field(default_factory=dict)
    embargo: dt.datetime | None = None
    supersedes: str = ""
    correction: Text = field(default_factory=dict)
    already_published: tuple[Name, ...] = ()
    full_precision: bool = False
    policy: PolicyName = "base"
    threshold: Annotated[int, Field(ge=1)] | None = None
    zeros: Zeros | None = None
    harm: Harm | None = None
    maps: Mapping[Name, MapTable] = field(default_factory=dict)
    publisher: PublisherTable
    style: StyleTable | None = None
    sections: Any = None
    reliability: ReliabilityTable = field(default_factory=ReliabilityTable)

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class BannerTable:
    """One of ``[[banners]]``: the fields of a Banner, its columns as breakdowns."""

    name: Name = "banner"
    title: Text = field(default_factory=dict)
    rows: tuple[Name, ...] = ()
    columns: Breakdowns = ()
    total: bool = True
    sort: Sorting = "questionnaire"
    levels: tuple[Annotated[float, Field(gt=0, lt=1)], ...] = (0.05,)
    intervals: bool = False

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """One of ``[[exports]]``."""

    exporter: Name
    languages: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    digits: Digits = "latn"
    for_each: Annotated[tuple[Name, ...], Field(min_length=1)] | Name | None = None
    isolated: bool | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    __pydantic_config__ = BORDER
