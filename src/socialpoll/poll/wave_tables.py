"""The tables of ``[[waves]]`` and ``[[breaks]]`` as they are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field

from socialpoll.poll.indicator_tables import Name
from socialpoll.schema import CodeValue, Text
from socialpoll.schema.border import BORDER

__all__ = ["BreakTable", "WaveTable"]


@dataclass(frozen=True, kw_only=True)
class WaveTable:
    """One of ``[[waves]]``; its design and its weighting are read as those of the poll."""

    name: Name
    label: Text = field(default_factory=dict)
    responses: Name
    reader: Name | None = None
    questionnaire: Name | None = None
    fieldwork_start: dt.date | None = None
    fieldwork_end: dt.date | None = None
    time: float | None = None
    columns: Mapping[Name, Name] = field(default_factory=dict)
    codes: Mapping[Name, Mapping[Name, CodeValue]] = field(default_factory=dict)
    not_offered: Mapping[Name, tuple[CodeValue, ...]] = field(default_factory=dict)
    design: Any = None
    weighting: Any = None

    __pydantic_config__ = BORDER


@dataclass(frozen=True, kw_only=True)
class BreakTable:
    """One of ``[[breaks]]``."""

    question: Name
    since: Annotated[Name, Field(alias="from")]
    reason: Text

    __pydantic_config__ = BORDER
