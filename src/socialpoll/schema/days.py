"""Days as people write them in Python: a date, a moment at midnight, or a string."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from socialpoll.errors import Problem

__all__ = ["as_day", "problems_of_days"]

MIDNIGHT = (0, 0, 0, 0)
ALLOWED = "a day: datetime.date(2024, 3, 1) or '2024-03-01'"


def as_day(given: object) -> object:
    """Return the day that is meant; what means none, or more than a day, as it is.

    Examples
    --------
    >>> as_day("2024-03-01"), as_day(dt.datetime(2024, 3, 1)), as_day("March")
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), 'March')
    """
    if isinstance(given, dt.datetime):
        clock = given.hour, given.minute, given.second, given.microsecond
        return given.date() if clock == MIDNIGHT and given.tzinfo is None else given
    if not isinstance(given, str):
        return given
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        return given


def problems_of_days(days: Mapping[str, object]) -> Iterator[Problem]:
    """Yield a problem for everything that is neither a day nor absent, by its name."""
    for name, day in days.items():
        if day is not None and type(day) is not dt.date:
            yield Problem("this is no day", name, repr(day), ALLOWED)
