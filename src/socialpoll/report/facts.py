"""Values of the account of the method, as they are displayed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping

from socialpoll.report.blocks import Figure, Message, Phrase
from socialpoll.report.wording import CROSSED, Wording
from socialpoll.schema import FactValue

__all__ = ["crossing", "days", "names", "number", "plain", "small_share", "whole"]

MOST_DECIMALS = 4
LEAST_SHARE = 0.001
"""Shares below it are displayed with two digits that are not zero."""


def names(values: Mapping[str, FactValue], name: str) -> tuple[str, ...]:
    """Return a list of words; empty where there is none."""
    found = values.get(name)
    return tuple(map(str, found)) if isinstance(found, tuple) else ()


def number(values: Mapping[str, FactValue], name: str) -> float | None:
    """Return a number; None where there is none."""
    found = values.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
        return None
    return float(found)


def whole(values: Mapping[str, FactValue], name: str) -> int:
    """Return a number, rounded to a whole one; 0 where there is none."""
    return round(number(values, name) or 0.0)


def days(values: Mapping[str, FactValue], name: str) -> tuple[Phrase, ...]:
    """Return a list of dates in ISO 8601 as phrases, the earliest first."""
    found = sorted(dt.date.fromisoformat(one) for one in names(values, name))
    return tuple(Message("{date}", {"date": one}) for one in found)


def plain(value: float, decimals: int | None = None) -> Figure:
    """Return a number with some decimals; with those it was written with, where not told."""
    if decimals is None:
        written = f"{value:.{MOST_DECIMALS}f}".rstrip("0")
        decimals = len(written.partition(".")[2])
    return Figure(value, "decimal", decimals)


def small_share(share: float) -> Figure:
    """Return a share from 0 to 1 that may be very small."""
    if share <= 0 or share >= LEAST_SHARE:
        return Figure(share, "percent", 1)
    return Figure(share, "percent", -math.floor(math.log10(share)) - 1)


def crossing(wording: Wording, name: str) -> Phrase:
    """Return the words for a margin; of a crossing its variables, each times the next."""
    first, *others = (wording.heading(one) for one in name.split(CROSSED))
    whole_name: Phrase = first
    for other in others:
        whole_name = Message("{first} × {second}", {"first": whole_name, "second": other})
    return whole_name
