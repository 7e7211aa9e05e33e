"""The table ``[outreach]`` as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from socialpoll.audience import Outreach
from socialpoll.poll.indicator_tables import Breakdowns, Name
from socialpoll.schema import CodeValue
from socialpoll.schema.border import BORDER
from socialpoll.totals import Base

__all__ = ["OutreachTable"]

Cost = Annotated[float, Field(ge=0)]


@dataclass(frozen=True, kw_only=True)
class OutreachTable:
    """``[outreach]``: the fields of a PollOutreach; two of them are filled in where absent."""

    platforms: Name
    audiences: Breakdowns | None = None
    base: Base | None = None
    among: Annotated[tuple[CodeValue, ...], Field(min_length=1)] | None = None
    size: Annotated[int, Field(ge=1)] | None = None
    reach: Annotated[float, Field(gt=0, le=1)] | None = None
    budget: Annotated[float, Field(ge=0)] | None = None
    costs: Mapping[Name, Cost] = field(default_factory=dict)
    times: Name | None = None
    days: Name | None = None
    times_by_day: Name | None = None
    times_by_platform: Name | None = None
    formats: Name | None = None
    languages: Name | None = None
    minimum_base: Annotated[int, Field(ge=1)] = Outreach.minimum_base

    __pydantic_config__ = BORDER
