"""Reading times of day: a band and the minutes after midnight."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.responses.choices import positions_of
from socialpoll.responses.columns import UNREADABLE, Clock
from socialpoll.responses.distinct import distinct
from socialpoll.schema.categories import codes_of
from socialpoll.schema.clock import DAY, band_of_minute, minutes_after_midnight
from socialpoll.schema.keys import key_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.responses.findings import Finding
    from socialpoll.schema import TimeOfDay

__all__ = ["read_times"]


def read_times(frame: pd.DataFrame, question: TimeOfDay) -> tuple[Clock, list[Finding]]:
    """Read ``"HH:MM"`` (``"24:00"`` is midnight) and ``datetime.time``; else there is a finding."""
    categories, missing = codes_of(question), question.missing
    table = positions_of((), missing, "string")
    bands = band_of_minute(question.bands)
    values = distinct(frame[question.column or question.name])
    times = [_minutes(one) for one in values.found]

    def position_of(value: object, minutes: float | None) -> int:
        known = table.get(key_of(value, "string"))
        if known is None and minutes is not None:
            known = int(bands[int(minutes)])
        return UNREADABLE if known is None else known

    positions = list(map(position_of, values.found, times))
    position = values.spread(positions, len(categories), len(missing))
    minutes = np.array([*(one or 0.0 for one in times), 0.0])[values.of_row]
    minutes[position < 0] = 0.0
    findings = values.unreadable(
        position,
        question.name,
        "an answer that is no time of day",
        lambda _: "write it as HH:MM from 00:00 to 24:00, or declare it as a missing code",
    )
    return Clock(position, categories, missing, minutes), findings


def _minutes(value: object) -> float | None:
    """Return the minutes after midnight, 0 to before 1440; None where the value is no time."""
    if isinstance(value, dt.time):
        return 60 * value.hour + value.minute + value.second / 60
    minutes = minutes_after_midnight(value) if isinstance(value, str) else None
    return None if minutes is None else minutes % DAY
