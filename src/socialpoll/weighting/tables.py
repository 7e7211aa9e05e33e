"""The steps of a recipe as the tables of a poll file hold them: their keys and kinds of values."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from socialpoll.schema import Text
from socialpoll.schema.border import BORDER
from socialpoll.weighting.declared import (
    LARGEST_TOLERANCE,
    MAX_ITERATIONS,
    TOLERANCE,
    OnMiss,
)
from socialpoll.weighting.declared.adjusting import DistanceName
from socialpoll.weighting.declared.trimming import Sharing, TrimRule
from socialpoll.weighting.margin import MissingPolicy

__all__ = [
    "STEPS",
    "CalibrateTable",
    "MarginTable",
    "PostStratifyTable",
    "RakeTable",
    "ReferenceTable",
    "SelectionTable",
    "StepTable",
    "TargetsTable",
]

Number: TypeAlias = Annotated[float, Field(strict=True)]
Positive: TypeAlias = Annotated[float, Field(gt=0, strict=True)]
Whole: TypeAlias = Annotated[int, Field(ge=1, strict=True)]
Tolerance: TypeAlias = Annotated[float, Field(gt=0, le=LARGEST_TOLERANCE, strict=True)]
Names: TypeAlias = str | Annotated[list[str], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class TargetsTable:
    """Targets of variables: a file, a table of codes, or rows."""

    of: Names
    targets: Any
    source: Text | None = None
    date: dt.date | None = None
    estimated: bool = False

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class MarginTable(TargetsTable):
    """A margin of a step."""

    missing: MissingPolicy = "raise"
    merge: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PostStratifyTable(MarginTable):
    """A step of post-stratification."""

    total: Positive | None = None


@dataclass(frozen=True, kw_only=True)
class ReferenceTable(TargetsTable):
    """A step of weighting an opt-in sample against a reference."""


@dataclass(frozen=True, kw_only=True)
class RakeTable:
    """A step of raking."""

    margins: Annotated[list[MarginTable], Field(min_length=1)]
    total: Positive | None = None
    tolerance: Tolerance = TOLERANCE
    max_iterations: Whole = MAX_ITERATIONS
    on_miss: OnMiss = "raise"

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class CalibrateTable:
    """A step of calibration."""

    margins: list[MarginTable] = field(default_factory=list)
    totals: dict[str, Number] = field(default_factory=dict)
    means: dict[str, Number] = field(default_factory=dict)
    distance: DistanceName = "linear"
    bounds: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None
    bounds_on: Literal["factor", "weight"] = "factor"
    scale_first: bool = True
    equal_within: str | None = None
    total: Positive | None = None
    tolerance: Tolerance = TOLERANCE
    max_iterations: Whole = 100
    on_miss: OnMiss = "raise"

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class SelectionTable:
    """A step of weighting by the chance of selection."""

    of: Names | None = None
    sizes: Any = None
    source: Text | None = None
    date: dt.date | None = None
    probability: str | None = None
    one_of: str | None = None
    chances: str | None = None
    at_most: Positive | None = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class WithinTable:
    """A step within classes."""

    within: Names | list[str] = field(default_factory=list)

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class PropensityTable:
    """A step of weighting by the propensity to respond."""

    on: Names
    classes: Whole | None = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class TrimTable:
    """A step of trimming."""

    upper: Positive | None = None
    lower: Positive | None = None
    rule: TrimRule = "weight"
    sharing: Sharing = "proportional"
    within: Names | list[str] = field(default_factory=list)

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class RescaleTable:
    """A step of scaling."""

    to: Positive | Literal["interviews"]

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class RequireTable:
    """A step that only looks."""

    max_deff: Positive | None = None
    min_effective: Positive | None = None
    max_ratio: Positive | None = None
    margin_error: Positive | None = None

    __pydantic_config__ = BORDER


StepTable: TypeAlias = (
    SelectionTable
    | WithinTable
    | PropensityTable
    | ReferenceTable
    | PostStratifyTable
    | RakeTable
    | CalibrateTable
    | TrimTable
    | RescaleTable
    | RequireTable
)
STEPS: dict[str, type[StepTable]] = {
    "selection": SelectionTable,
    "unknown_eligibility": WithinTable,
    "nonresponse": WithinTable,
    "propensity": PropensityTable,
    "reference_propensity": ReferenceTable,
    "poststratify": PostStratifyTable,
    "rake": RakeTable,
    "calibrate": CalibrateTable,
    "trim": TrimTable,
    "rescale": RescaleTable,
    "require": RequireTable,
}
"""The word of each step and what its table holds."""
