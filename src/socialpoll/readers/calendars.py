"""Dates and times that statistics packages keep as numbers, in words as ISO 8601 writes them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Calendar", "in_words", "spss_calendar", "stata_calendar"]

Calendar: TypeAlias = Literal["date", "moment", "clock"]
SPSS_BEGINS = np.datetime64("1582-10-14", "ms")
STATA_BEGINS = np.datetime64("1960-01-01", "ms")
SECOND, DAY = 1_000, 86_400_000
"""In milliseconds."""
FARTHEST = 10**15
"""Milliseconds, some 30,000 years; what lies beyond is no date."""
_DATES = re.compile(r"(?:A|E|J|S)?DATE\d+")
_MOMENTS = re.compile(r"(?:DATETIME|YMDHMS)\d+")
_TIMES = re.compile(r"tc[Hh]{2}:[Mm]{2}(:[Ss]{2})?$")
_CLOCKS = re.compile(r"(?:M?TIME)\d+")


def spss_calendar(form: str) -> Calendar | None:
    """Return what a variable of an SPSS format holds; None for a number or words."""
    if _DATES.match(form):
        return "date"
    if _MOMENTS.match(form):
        return "moment"
    return "clock" if _CLOCKS.match(form) else None


def stata_calendar(form: str) -> Calendar | None:
    """Return what a variable of a Stata format holds; None for a number or words."""
    bare = form.lstrip("%-")
    if _TIMES.match(bare):
        return "clock"
    kind = bare[:2]
    return "date" if kind == "td" else "moment" if kind == "tc" else None


def in_words(
    numbers: pd.Series,
    calendar: Calendar,
    package: Literal["spss", "stata"],
    missing: Collection[object] = (),
) -> pd.Series:
    """Write the dates of a column in words; what is no date stays the number that it is.

    Parameters
    ----------
    numbers : pandas.Series
        SPSS counts seconds since 14 October 1582, of a time of day seconds since midnight; Stata
        counts days or milliseconds since 1960, of a time of day since midnight. Words in between,
        of missing values, stay.
    calendar : {"date", "moment", "clock"}
    package : {"spss", "stata"}
    missing : collection of values
        Numbers that are missing codes, and stay.
    """
    unit = SECOND if package == "spss" else DAY if calendar == "date" else 1
    begins = SPSS_BEGINS if package == "spss" else STATA_BEGINS
    import pandas as pd

    words = [
        one if one in missing else _written(one, unit, calendar, begins) for one in numbers.tolist()
    ]
    return pd.Series(words, index=numbers.index, dtype="object")


def _written(value: object, unit: int, calendar: Calendar, begins: np.datetime64) -> object:
    if not isinstance(value, float | int):
        return value
    if not abs(value) * unit < FARTHEST:
        return None if value != value else value  # noqa: PLR0124 - only NaN differs from itself
    passed = np.timedelta64(round(value * unit), "ms")
    if calendar == "clock":
        minutes, seconds = divmod(round(value * unit / SECOND), 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return str(np.datetime_as_string(begins + passed, unit="D" if calendar == "date" else "s"))
