"""The tables of a poll file as they are written; each class has the keys of one."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from socialpoll.indicators import (
    AnyIndicator,
    Mean,
    Profile,
    Quantile,
    QuantileRule,
    Ratio,
    Share,
    Total,
    Variance,
)
from socialpoll.report import Digits
from socialpoll.responses import SampleDesign
from socialpoll.responses.dispositions import Outcome
from socialpoll.schema import Text
from socialpoll.schema.border import BORDER
from socialpoll.totals import Base

__all__ = [
    "INDICATORS",
    "DesignTable",
    "ExportTable",
    "IndicatorTable",
    "PollTable",
    "PublicationTable",
    "PublisherTable",
    "ReliabilityTable",
    "WeightingTable",
]

Name = Annotated[str, Field(min_length=1)]
Crossing = Annotated[tuple[Name, ...], Field(min_length=1)]
Breakdowns = tuple[Name | Crossing, ...]
Part = Annotated[float, Field(gt=0, lt=1)]


def _is_of(outcomes: object) -> str:
    return "scheme" if isinstance(outcomes, str) else "table"


# Told apart first, so that a mistake in a table is not also told as one of a scheme.
DeclaredOutcomes = Annotated[
    Annotated[Mapping[str | int, Outcome], Tag("table")]
    | Annotated[Literal["aapor"], Tag("scheme")],
    Discriminator(_is_of),
]


def _once(parts: tuple[float, ...]) -> tuple[float, ...]:
    if len(set(parts)) < len(parts):
        kind, allowed = "repeated", "each number once"
        raise PydanticCustomError(kind, allowed)
    return parts


def _listed(parts: object) -> object:
    """Take a number for a list of it."""
    return tuple(parts) if isinstance(parts, list | tuple) else (parts,)


Parts = Annotated[
    tuple[Part, ...], BeforeValidator(_listed), Field(min_length=1), AfterValidator(_once)
]


@dataclass(frozen=True, kw_only=True)
class PollTable:
    """The top of the file; its tables are read one by one."""

    name: Name
    questionnaire: Name
    responses: Name
    reader: Name | None = None
    wave: Name | None = None
    seed: int | None = None
    design: Any = None
    weighting: Any = None
    indicators: Any = None
    publication: Any = None
    exports: Any = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True)
class DesignTable(SampleDesign):
    """``[design]``: the fields of a SampleDesign."""

    outcomes: DeclaredOutcomes = field(default_factory=dict)

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class WeightingTable:
    """``[weighting]``; its steps are read as a recipe."""

    steps: Annotated[list[dict[str, Any]], Field(min_length=1)]

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class IndicatorTable(ABC):
    """What every table of ``[[indicators]]`` may hold."""

    name: Name | None = None
    title: Text | None = None
    by: Breakdowns | None = None
    compare: bool = False

    __pydantic_config__ = BORDER

    @abstractmethod
    def indicator(self) -> AnyIndicator:
        """Return the definition."""


@dataclass(frozen=True, kw_only=True)
class ShareTable(IndicatorTable):
    """``share = "platforms"``."""

    share: Name
    base: Base = "answered"

    def indicator(self) -> Share:
        """Return the definition."""
        return Share(self.share, self.base, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class MeanTable(IndicatorTable):
    """``mean = "hours"``."""

    mean: Name

    def indicator(self) -> Mean:
        """Return the definition."""
        return Mean(self.mean, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class TotalTable(IndicatorTable):
    """``total = "accounts"``."""

    total: Name
    base: Base = "answered"

    def indicator(self) -> Total:
        """Return the definition."""
        return Total(self.total, self.base, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class RatioTable(IndicatorTable):
    """``ratio = ["numerator", "denominator"]``."""

    ratio: tuple[Name, Name]

    def indicator(self) -> Ratio:
        """Return the definition."""
        return Ratio(*self.ratio, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class ProfileTable(IndicatorTable):
    """``profile = "age_group"`` with ``among = "platforms"``."""

    profile: Name
    among: Name

    def indicator(self) -> Profile:
        """Return the definition."""
        return Profile(self.profile, among=self.among, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class MedianTable(IndicatorTable):
    """``median = "hours"``."""

    median: Name
    rule: QuantileRule = "math"

    def indicator(self) -> Quantile:
        """Return the definition."""
        return Quantile(self.median, rule=self.rule, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class QuantileTable(IndicatorTable):
    """``quantile = "hours"`` with ``p = [0.25, 0.75]``."""

    quantile: Name
    p: Parts
    rule: QuantileRule = "math"

    def indicator(self) -> Quantile:
        """Return the definition."""
        p = self.p[0] if len(self.p) == 1 else self.p
        return Quantile(self.quantile, p, self.rule, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class VarianceTable(IndicatorTable):
    """``variance = "hours"``."""

    variance: Name

    def indicator(self) -> Variance:
        """Return the definition."""
        return Variance(self.variance, name=self.name, title=self.title)


INDICATORS: dict[str, type[IndicatorTable]] = {
    "share": ShareTable,
    "mean": MeanTable,
    "total": TotalTable,
    "ratio": RatioTable,
    "profile": ProfileTable,
    "median": MedianTable,
    "quantile": QuantileTable,
    "variance": VarianceTable,
}
"""The key that says what is measured, and the table that it makes."""


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
class PublicationTable:
    """``[publication]``."""

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
    full_precision: bool = False
    publisher: PublisherTable
    reliability: ReliabilityTable = field(default_factory=ReliabilityTable)

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class ExportTable:
    """One of ``[[exports]]``."""

    exporter: Name
    languages: Annotated[tuple[Name, ...], Field(min_length=1)] | None = None
    digits: Digits = "latn"
    options: Mapping[str, Any] = field(default_factory=dict)

    __pydantic_config__ = BORDER
