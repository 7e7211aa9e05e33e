"""Times of day: as angles, and inside or outside a span of the day."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import Clock, Numeric, Responses, Ticks, valid
from socialpoll.schema.clock import DAY

__all__ = ["angles", "clock", "within"]


def clock(responses: Responses, name: str) -> Clock:
    """Return the times of a question; EstimationError where it does not ask for one."""
    column = responses.columns[name]
    if isinstance(column, Clock):
        return column
    kinds = {Numeric: "a number", Ticks: "a multiple-response question"}
    message = f"{name!r} does not ask for a time of day"
    raise EstimationError(
        message,
        where=name,
        found=kinds.get(type(column), "a variable of categories"),
        allowed="a question of kind time_of_day",
    )


def angles(time: Clock, turns: int = 1) -> npt.NDArray[np.float64]:
    """Return the angle of each time in radians (n,), midnight 0, multiplied by ``turns``."""
    return np.asarray(time.minutes * (2 * np.pi * turns / DAY))


def within(time: Clock, span: tuple[float, float]) -> npt.NDArray[np.bool_]:
    """Say whose time (n,) is in a span; nobody's who gave none."""
    start, end = span
    after, before = time.minutes >= start, time.minutes < end
    return valid(time) & (after & before if start < end else after | before)
