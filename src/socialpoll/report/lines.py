"""Words for lines that no code of a question stands for: percentiles, windows, sets of options."""

from __future__ import annotations

import re
from collections.abc import Iterable

from socialpoll.report.blocks import Figure, Message, Phrase
from socialpoll.report.measured import Line
from socialpoll.schema.clock import minutes_after_midnight

__all__ = ["WINDOW", "any_of", "percentile", "window"]

WINDOW = re.compile(r"\d\d:\d\d-\d\d:\d\d")
"""The code of a window of the clock."""


def percentile(line: Line) -> Message:
    """Return the words for a quantile by its code, ``p25``."""
    number = line.category.removeprefix("p")
    decimals = len(number.partition(".")[2])
    return Message("percentile {number}", {"number": Figure(float(number), "decimal", decimals)})


def window(line: Line) -> Message:
    """Return the words for a window of the clock by its code, ``21:00-02:00``."""
    start, end = (
        Figure(minutes_after_midnight(time), "clock") for time in line.item.split("-", maxsplit=1)
    )
    return Message("{low} to {high}", {"low": start, "high": end})


def any_of(options: Iterable[Phrase]) -> Message:
    """Return the words for a set of options, of which a person chose at least one."""
    return Message("{options:or}", {"options": tuple(options)})
