"""What the columns of the fieldwork say of each case: who, when, for how long."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import BindingError, Problem, nearest
from socialpoll.responses.checks.rules import found
from socialpoll.responses.distinct import distinct
from socialpoll.responses.levels import Levels, levels_in, numbers_in

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.checks.declared import Checks
    from socialpoll.responses.columns import Truths
    from socialpoll.responses.findings import Finding
    from socialpoll.responses.responses import Responses

__all__ = ["Fieldwork", "Moments", "fieldwork_in"]

Seconds = npt.NDArray[np.float64]
A_DAY = 86_400.0
IN_MINUTES: Mapping[str, float] = {"seconds": 1 / 60, "minutes": 1.0, "hours": 60.0}
EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - the wall clock has no zone


@dataclass(frozen=True, slots=True)
class Moments:
    """When something was, a case.

    Attributes
    ----------
    clock : float64 array (n,)
        Seconds since 1970 on the clock of the place; NaN where there is none.
    moment : float64 array (n,)
        Seconds since 1970 by which moments are compared; NaN also where only a day is known.
    """

    clock: Seconds
    moment: Seconds


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """What is known of the fieldwork; None for what no column is named of.

    Attributes
    ----------
    ids, interviewers : Levels or None
    start, end : Moments or None
    minutes : float64 array (n,) or None
        How long the interviews lasted; NaN where that is not known.
    """

    ids: Levels | None = None
    interviewers: Levels | None = None
    start: Moments | None = None
    end: Moments | None = None
    minutes: Seconds | None = None


def fieldwork_in(
    frame: pd.DataFrame | None, checks: Checks, responses: Responses
) -> tuple[Fieldwork, list[Finding]]:
    """Read the columns of the fieldwork; a blank or unreadable value of an interview is a finding.

    Raises
    ------
    BindingError
        Columns are named, and the frame is not given, not of these cases, or lacks them.
    """
    named = checks.columns
    _require(frame, named, len(responses))
    if frame is None or not named:
        return Fieldwork(), []
    levels = {one: levels_in(frame[named[one]]) for one in ("id", "interviewer") if one in named}
    times = {one: _moments(frame[named[one]]) for one in ("start", "end") if one in named}
    unknown = {one: read.blank for one, read in levels.items()}
    unknown |= {one: np.isnan(read.clock) for one, read in times.items()}
    minutes = None
    if "duration" in named:
        minutes = numbers_in(frame[named["duration"]]) * IN_MINUTES[checks.duration_in]
        minutes[~np.isfinite(minutes) | (minutes < 0)] = np.nan
        unknown["duration"] = np.isnan(minutes)
    elif "end" in times:
        minutes = (times["end"].moment - times["start"].moment) / 60
        minutes[minutes < 0] = np.nan
    known = Fieldwork(
        levels.get("id"), levels.get("interviewer"), times.get("start"), times.get("end"), minutes
    )
    return known, _unreadable(frame, named, unknown, responses.interviewed)


def _unreadable(
    frame: pd.DataFrame, named: Mapping[str, str], unknown: Mapping[str, Truths], interviews: Truths
) -> list[Finding]:
    findings = []
    for field, rows in unknown.items():
        cases = rows & interviews
        if cases.any():
            value = frame[named[field]].iloc[int(np.argmax(cases))]
            shown = "" if value is None or value != value else str(value)  # noqa: PLR0124 - NaN
            what = f"the {field} of an interview is not there, or cannot be read"
            findings += found("unreadable_fieldwork", cases, what, value=shown)
    return findings


def _require(frame: pd.DataFrame | None, named: Mapping[str, str], cases: int) -> None:
    if not named:
        return
    if frame is None:
        what = "the checks name columns, but the frame of the answers is not given"
        raise BindingError("the checks", [Problem(what, advice="give it as 'frame'")])
    problems = [
        Problem(f"there is no column {column!r}", field, allowed=nearest(column, frame.columns))
        for field, column in named.items()
        if column not in frame.columns
    ]
    problems += [
        Problem(f"column {column!r} is there more than once", field)
        for field, column in named.items()
        if list(frame.columns).count(column) > 1
    ]
    if len(frame) != cases:
        what = "the frame is not that of these answers"
        problems.append(Problem(what, "frame", f"{len(frame)} rows", f"{cases} rows"))
    if problems:
        raise BindingError("the checks", problems)


def _moments(series: pd.Series) -> Moments:
    """Read moments; of the same zone, or of none, however they are written."""
    values = distinct(series)
    read = [_moment(value) for value in values.found]
    whole_days = all(one is None or one[0] % A_DAY == 0 for one in read)
    clock = np.array([*(np.nan if one is None else one[0] for one in read), np.nan])
    moment = np.array([*(np.nan if one is None or whole_days else one[1] for one in read), np.nan])
    return Moments(clock[values.of_row], moment[values.of_row])


def _moment(value: object) -> tuple[float, float] | None:
    """Return the seconds on the clock, and those by which it is compared; None for no moment."""
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value.strip())
        except ValueError:
            return None
    elif isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - the wall clock
    if not isinstance(value, dt.datetime):
        return None
    offset = value.utcoffset()
    clock = (value.replace(tzinfo=None) - EPOCH).total_seconds()
    return clock, clock if offset is None else clock - offset.total_seconds()
