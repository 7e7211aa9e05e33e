"""Reading date questions: a day of the calendar a case."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.choices import positions_of
from socialpoll.responses.columns import UNREADABLE, Days, Truths
from socialpoll.responses.distinct import distinct
from socialpoll.responses.findings import Finding
from socialpoll.responses.ranges import out_of_range
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from socialpoll.schema import Date

__all__ = ["read_days"]

PARTS = {"YYYY": r"(?P<year>\d{4})", "MM": r"(?P<month>\d{1,2})", "DD": r"(?P<day>\d{1,2})"}
MIDNIGHT = re.compile(r"[T ]00:00(:00(\.0+)?)?$")
UNAMBIGUOUS = "YYYY-MM-DD"


def read_days(frame: pd.DataFrame, question: Date) -> tuple[Days, list[Finding]]:
    """Read days as they are declared, as ``YYYY-MM-DD`` and as ``datetime.date``.

    A moment is a day only at midnight; what is no day, or outside the limits, is a finding.
    """
    table = positions_of((), question.missing, "string")
    written = [_pattern(one) for one in (UNAMBIGUOUS, question.format)]
    values = distinct(frame[question.column or question.name])
    days = [_day(one, written) for one in values.found]

    def state_of_value(value: object, day: dt.date | None) -> int:
        known = table.get(key_of(value, "string"))
        return known if known is not None else (UNREADABLE if day is None else 0)

    states = list(map(state_of_value, values.found, days))
    state = values.spread(states, 1, len(question.missing)).astype(np.int8, copy=False)
    ordinals = [0 if one is None else one.toordinal() for one in days]
    day = np.array([*ordinals, 0], dtype=np.int32)[values.of_row]
    findings = values.unreadable(
        state,
        question.name,
        "an answer that is no day of the calendar",
        lambda _: f"write it as {question.format}, or declare it as a missing code",
    )
    findings += out_of_range(
        _beyond(day, question),
        state,
        question.name,
        lambda row: str(dt.date.fromordinal(int(day[row]))),
    )
    day[state < 0] = 0
    return Days(day, state, question.missing), findings


def _pattern(form: str) -> re.Pattern[str]:
    pattern = re.escape(form)
    for part, digits in PARTS.items():
        pattern = pattern.replace(part, digits)
    return re.compile(pattern)


def _day(value: object, written: list[re.Pattern[str]]) -> dt.date | None:
    """Return the day that a value is; None where it is none, or a moment of a day."""
    if isinstance(value, dt.datetime):
        return value.date() if value.time() == dt.time() else None
    if isinstance(value, dt.date):
        return value
    words = MIDNIGHT.sub("", value.strip()) if isinstance(value, str) else ""
    found = next((one for form in written if (one := form.fullmatch(words))), None)
    if found is None:
        return None
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:  # the 31st of April
        return None


def _beyond(day: npt.NDArray[np.int32], question: Date) -> Iterator[tuple[Truths, str]]:
    """Yield which days are outside the declared limits, by the limit."""
    if question.earliest is not None:
        yield day < question.earliest.toordinal(), f"a day before {question.earliest}"
    if question.latest is not None:
        yield day > question.latest.toordinal(), f"a day after {question.latest}"
