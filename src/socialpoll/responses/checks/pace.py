"""Checks of time: how long interviews lasted, when they were, and whether one person held two."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.responses.checks.fieldwork import EPOCH
from socialpoll.responses.checks.rules import MOST_TOLD, found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from socialpoll.responses.checks.declared import Checks
    from socialpoll.responses.checks.fieldwork import Fieldwork
    from socialpoll.responses.columns import Truths
    from socialpoll.responses.findings import Finding
    from socialpoll.responses.responses import Responses

__all__ = ["fast_interviewers", "orders_of_time", "outside_fieldwork", "overlaps", "speeders"]

Floats = npt.NDArray[np.float64]


def speeders(responses: Responses, fieldwork: Fieldwork, checks: Checks) -> list[Finding]:
    """Tell of interviews below a part of the median duration, or below the least duration."""
    if fieldwork.minutes is None:
        return []
    known = responses.interviewed & ~np.isnan(fieldwork.minutes)
    if not known.any():
        return []
    median = float(np.median(fieldwork.minutes[known]))
    limit = max(checks.fast_below * median, checks.minimum_minutes or 0.0)
    cases = known & (fieldwork.minutes < limit)
    what = f"interviews shorter than {limit:.3g} minutes (the median is {median:.3g})"
    value = f"{fieldwork.minutes[np.argmax(cases)]:.3g} minutes"
    return found("speeding", cases, what, value=value)


def fast_interviewers(
    responses: Responses, fieldwork: Fieldwork, checks: Checks
) -> Iterator[Finding]:
    """Tell of interviewers whose median duration is below a part of the median of all."""
    if fieldwork.minutes is None or fieldwork.interviewers is None:
        return
    who = fieldwork.interviewers
    known = responses.interviewed & ~np.isnan(fieldwork.minutes) & ~who.blank
    if not known.any():
        return
    limit = checks.interviewer_fast_below * float(np.median(fieldwork.minutes[known]))
    medians, numbers = _medians(who.of_row[known], fieldwork.minutes[known], len(who.labels))
    fast = np.flatnonzero((numbers >= checks.interviewer_least) & (medians < limit))
    for one in fast[:MOST_TOLD]:
        what = f"an interviewer's median duration is {medians[one]:.3g} minutes, below {limit:.3g}"
        cases = known & (who.of_row == one)
        yield from found("fast_interviewer", cases, what, value=who.labels[one])
    more = known & np.isin(who.of_row, fast[MOST_TOLD:])
    value = f"{len(fast) - MOST_TOLD} others"
    yield from found("fast_interviewer", more, "further fast interviewers", value=value)


def _medians(
    group: npt.NDArray[np.int32], values: Floats, groups: int
) -> tuple[Floats, npt.NDArray[np.intp]]:
    """Return the median and the number of values of each group."""
    ordered = values[np.lexsort((values, group))]
    numbers = np.bincount(group, minlength=groups)
    first = np.cumsum(numbers) - numbers
    last = max(len(values) - 1, 0)
    low = np.minimum(first + np.maximum(numbers - 1, 0) // 2, last)
    high = np.minimum(first + numbers // 2, last)
    return (ordered[low] + ordered[high]) / 2, numbers


def orders_of_time(responses: Responses, fieldwork: Fieldwork) -> list[Finding]:
    """Tell of interviews that ended before they began."""
    if fieldwork.start is None or fieldwork.end is None:
        return []
    cases = responses.interviewed & (fieldwork.end.moment < fieldwork.start.moment)
    return found("ends_before_start", cases, "interviews that ended before they began")


def outside_fieldwork(responses: Responses, fieldwork: Fieldwork) -> list[Finding]:
    """Tell of interviews that began before, or after, the declared days of fieldwork."""
    declared = responses.questionnaire.methodology
    if fieldwork.start is None:
        return []
    clock = fieldwork.start.clock
    first, last = declared.fieldwork_start, declared.fieldwork_end
    findings = []
    if first is not None:
        early = responses.interviewed & (clock < _seconds(first))
        findings += _outside(early, clock, f"interviews before the fieldwork began on {first}")
    if last is not None:
        late = responses.interviewed & (clock >= _seconds(last + dt.timedelta(days=1)))
        findings += _outside(late, clock, f"interviews after the fieldwork ended on {last}")
    return findings


def _outside(cases: Truths, clock: Floats, what: str) -> list[Finding]:
    if not cases.any():
        return []
    day = (EPOCH + dt.timedelta(seconds=float(clock[np.argmax(cases)]))).date()
    return found("outside_fieldwork", cases, what, value=day.isoformat())


def _seconds(day: dt.date) -> float:
    return (dt.datetime(day.year, day.month, day.day) - EPOCH).total_seconds()  # noqa: DTZ001


def overlaps(responses: Responses, fieldwork: Fieldwork) -> list[Finding]:
    """Tell of interviews that one interviewer held at the same time."""
    if fieldwork.start is None or fieldwork.minutes is None or fieldwork.interviewers is None:
        return []
    who, start = fieldwork.interviewers, fieldwork.start.moment
    end = start + 60 * fieldwork.minutes
    rows = np.flatnonzero(responses.interviewed & ~who.blank & ~np.isnan(end))
    rows = rows[np.lexsort((end[rows], start[rows], who.of_row[rows]))]
    cases = np.zeros(len(responses), dtype=np.bool_)
    if len(rows) > 1:
        cases[rows] = _overlapping(who.of_row[rows], start[rows], end[rows])
    what = "interviews that one interviewer held at the same time"
    value = who.labels[who.of_row[np.argmax(cases)]] if cases.any() else ""
    return found("overlapping_interviews", cases, what, value=value)


def _overlapping(who: npt.NDArray[np.int32], start: Floats, end: Floats) -> Truths:
    """Say which intervals overlap another of a person; they are by person, start and end."""
    # Whole milliseconds on a line on which no two persons share a stretch.
    begin = np.round((start - start.min()) * 1000).astype(np.int64)
    finish = np.round((end - start.min()) * 1000).astype(np.int64)
    shift = who.astype(np.int64) * (int(finish.max()) + 1)
    latest = np.maximum.accumulate(finish + shift)
    overlap = np.zeros(len(who), dtype=np.bool_)
    same = who[1:] == who[:-1]
    overlap[1:] |= same & (begin[1:] + shift[1:] < latest[:-1])
    overlap[:-1] |= same & (begin[1:] < finish[:-1])
    return overlap
