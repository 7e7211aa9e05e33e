"""The 24-hour clock: times as minutes after midnight, and bands that share out the day."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from socialpoll.schema.codes import ClockBand

__all__ = [
    "AFTER_MIDNIGHT",
    "DAY",
    "band_of_minute",
    "clock_time",
    "minutes_after_midnight",
    "shortest_arc",
]

AFTER_MIDNIGHT = "minutes after midnight"
"""Unit of a figure that is a time of day: after 1440 it starts again at 0."""
DAY = 1440
"""Minutes of a day."""
HOUR = 60
NO_BAND = -1
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?")


def minutes_after_midnight(words: str) -> float | None:
    """Return the minutes of a time such as ``"21:30"``; None where it is no time.

    Examples
    --------
    >>> minutes_after_midnight("21:30"), minutes_after_midnight("24:00")
    (1290.0, 1440.0)
    >>> minutes_after_midnight("25:00") is None
    True
    """
    found = _TIME.fullmatch(words.strip())
    if found is None:
        return None
    hours, minutes, seconds = int(found[1]), int(found[2]), int(found[3] or 0)
    total = HOUR * hours + minutes + seconds / 60
    return total if max(minutes, seconds) < HOUR and total <= DAY else None


def clock_time(minutes: float) -> str:
    """Write minutes after midnight as a time.

    Examples
    --------
    >>> clock_time(1290), clock_time(1440)
    ('21:30', '24:00')
    """
    hours, rest = divmod(int(minutes), HOUR)
    return f"{hours:02d}:{rest:02d}"


def shortest_arc(minutes: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return differences of times the short way round the clock: from -720, not reached, to 720.

    Examples
    --------
    >>> shortest_arc([60 - 1380, 1380 - 60, 720, -720]).tolist()
    [120.0, -120.0, 720.0, 720.0]
    """
    half = DAY / 2
    return np.asarray(half - (half - np.asarray(minutes, dtype=np.float64)) % DAY)


def minutes_of_band(band: ClockBand) -> tuple[slice, ...]:
    """Return the minutes of the day that a band covers: one stretch, or two across midnight."""
    start, end = minutes_after_midnight(band.start), minutes_after_midnight(band.end)
    if start is None or end is None or start == end:
        return ()
    first, last = int(start), int(end)
    if first < last:
        return (slice(first, last),)
    return (slice(first, DAY), slice(0, last))


def bands_over_minute(bands: Sequence[ClockBand]) -> npt.NDArray[np.int16]:
    """Return how many bands cover each minute of the day, array (1440,)."""
    covered = np.zeros(DAY, dtype=np.int16)
    for band in bands:
        for stretch in minutes_of_band(band):
            covered[stretch] += 1
    return covered


def band_of_minute(bands: Sequence[ClockBand]) -> npt.NDArray[np.int16]:
    """Return the place in ``bands`` of each minute of the day, array (1440,); -1 where none is."""
    place = np.full(DAY, NO_BAND, dtype=np.int16)
    for number, band in enumerate(bands):
        for stretch in minutes_of_band(band):
            place[stretch] = number
    return place
