"""The tables of ``[[indicators]]``; each class has the keys of one kind."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from socialpoll.errors import EstimationError
from socialpoll.indicators import (
    AnyIndicator,
    Breakdown,
    CircularMean,
    Concentration,
    Mean,
    Profile,
    Quantile,
    QuantileCentre,
    QuantileRule,
    Ratio,
    Reach,
    Share,
    ShareOf,
    Total,
    Variance,
    Windows,
)
from socialpoll.indicators.times import WindowBase
from socialpoll.poll.indicator_values import Between, Kinds, OptionSets, Parts
from socialpoll.schema import Text
from socialpoll.schema.border import BORDER
from socialpoll.totals import Base

__all__ = ["INDICATORS", "Breakdowns", "IndicatorTable", "Name", "plainest"]

Name = Annotated[str, Field(min_length=1)]
Crossing = Annotated[tuple[Name, ...], Field(min_length=1)]
Breakdowns = tuple[Name | Crossing, ...]


def plainest(by: Breakdowns) -> tuple[Breakdown, ...]:
    """Return breakdowns in their plainest form: a crossing of one variable is that variable."""
    return tuple(one[0] if isinstance(one, tuple) and len(one) == 1 else one for one in by)


@dataclass(frozen=True, kw_only=True)
class IndicatorTable(ABC):
    """What every table of ``[[indicators]]`` may hold."""

    name: Name | None = None
    title: Text | None = None
    by: Breakdowns | None = None
    compare: bool = False
    change: bool = False
    against: Literal["previous", "first"] | None = None
    trend: bool = False
    chart: Kinds | None = None

    __pydantic_config__ = BORDER

    @abstractmethod
    def indicator(self) -> AnyIndicator:
        """Return the definition."""


@dataclass(frozen=True, kw_only=True)
class ShareTable(IndicatorTable):
    """``share = "platforms"``."""

    share: Name
    base: Base = "answered"
    of: ShareOf = "respondents"

    def __post_init__(self) -> None:
        try:
            self.indicator()
        except EstimationError as error:
            raise PydanticCustomError("base", error.allowed) from error

    def indicator(self) -> Share:
        """Return the definition."""
        return Share(self.share, self.base, self.of, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class ReachTable(IndicatorTable):
    """``reach = "platforms"`` with ``of = [["whatsapp"], ["whatsapp", "x"]]``."""

    reach: Name
    of: OptionSets
    base: Base = "answered"
    time: Name | None = None

    def __post_init__(self) -> None:
        try:
            self.indicator()
        except EstimationError as error:
            raise PydanticCustomError("base", error.allowed) from error

    def indicator(self) -> Reach:
        """Return the definition."""
        return Reach(self.reach, self.of, self.base, self.time, name=self.name, title=self.title)


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
    about: QuantileCentre = "share"

    def indicator(self) -> Quantile:
        """Return the definition."""
        return Quantile(
            self.median, rule=self.rule, about=self.about, name=self.name, title=self.title
        )


@dataclass(frozen=True, kw_only=True)
class QuantileTable(IndicatorTable):
    """``quantile = "hours"`` with ``p = [0.25, 0.75]``."""

    quantile: Name
    p: Parts
    rule: QuantileRule = "math"
    about: QuantileCentre = "share"

    def indicator(self) -> Quantile:
        """Return the definition."""
        p = self.p[0] if len(self.p) == 1 else self.p
        return Quantile(
            self.quantile, p, self.rule, about=self.about, name=self.name, title=self.title
        )


@dataclass(frozen=True, kw_only=True)
class VarianceTable(IndicatorTable):
    """``variance = "hours"``."""

    variance: Name

    def indicator(self) -> Variance:
        """Return the definition."""
        return Variance(self.variance, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class CircularMeanTable(IndicatorTable):
    """``circular_mean = "busiest"``."""

    circular_mean: Name

    def indicator(self) -> CircularMean:
        """Return the definition."""
        return CircularMean(self.circular_mean, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class ConcentrationTable(IndicatorTable):
    """``concentration = "busiest"``."""

    concentration: Name

    def indicator(self) -> Concentration:
        """Return the definition."""
        return Concentration(self.concentration, name=self.name, title=self.title)


@dataclass(frozen=True, kw_only=True)
class WindowsTable(IndicatorTable):
    """``windows = "busiest"`` with ``between = ["21:00", "02:00"]``, or a list of such lists."""

    windows: Name
    between: Between
    base: WindowBase = "answered"

    def indicator(self) -> Windows:
        """Return the definition."""
        return Windows(self.windows, self.between, self.base, name=self.name, title=self.title)


INDICATORS: dict[str, type[IndicatorTable]] = {
    "share": ShareTable,
    "reach": ReachTable,
    "mean": MeanTable,
    "total": TotalTable,
    "ratio": RatioTable,
    "profile": ProfileTable,
    "median": MedianTable,
    "quantile": QuantileTable,
    "variance": VarianceTable,
    "circular_mean": CircularMeanTable,
    "concentration": ConcentrationTable,
    "windows": WindowsTable,
}
"""The key that says what is measured, and the table that it makes."""
