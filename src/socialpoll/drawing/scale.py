"""Where a value stands across the sheet, and which round values the axis names."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from socialpoll.drawing.colours import GRID, MUTED
from socialpoll.drawing.rows import SMALL, drawn_value
from socialpoll.drawing.sheet import Sheet
from socialpoll.report import Chart, Figure, Point, Unit
from socialpoll.schema.clock import DAY

__all__ = ["AXIS", "Scale", "paint_axis", "reach", "round_limits", "tick_figure"]

AXIS = 0.24
"""Height of the numbers under a plot, in inches."""
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
CLOCK_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 180, 240, 360, 480, 720)
"""Minutes between times that a clock is read by."""
INTERVALS = 5
TINY = 1e-9


@dataclass(frozen=True)
class Scale:
    """A straight axis.

    Parameters
    ----------
    low, high : float
        Values at its ends.
    step : float
        Between the values it names.
    start, length : float
        Where it stands across the sheet, in inches.
    """

    low: float
    high: float
    step: float
    start: float
    length: float

    def place(self, value: float) -> float:
        """Return where a value stands across the sheet."""
        return self.start + (value - self.low) / (self.high - self.low) * self.length

    def ticks(self) -> tuple[float, ...]:
        """Return the values that the axis names."""
        count = math.floor((self.high - self.low) / self.step + TINY)
        return tuple(self.low + place * self.step for place in range(count + 1))


def reach(points: Iterable[Point]) -> tuple[float, float]:
    """Return the least and the greatest value that points and their intervals reach."""
    shown = (point for point in points if drawn_value(point.figure) is not None)
    limits = [limit for one in shown for limit in (one.figure.value, one.low, one.high)]
    values = [limit for limit in limits if limit is not None]
    return (min(values), max(values)) if values else (0.0, 1.0)


def round_limits(low: float, high: float, unit: Unit) -> tuple[float, float, float]:
    """Return round limits that hold two values, and a round step between them.

    Examples
    --------
    >>> round_limits(0.0, 0.937, "percent")
    (0.0, 1.0, 0.2)
    >>> round_limits(1289.0, 1402.0, "clock")
    (1260.0, 1410.0, 30.0)
    """
    step = _step(high - low if high - low > TINY else max(abs(high), 1.0), unit)
    bottom = math.floor(low / step + TINY) * step
    top = max(math.ceil(high / step - TINY) * step, bottom + step)
    if unit == "percent" and high <= 1.0:
        top = min(top, 1.0)
    return bottom, top, step


def _step(span: float, unit: Unit) -> float:
    if unit == "clock":
        return float(next(one for one in CLOCK_STEPS if one * INTERVALS >= min(span, 2 * DAY)))
    power = 10.0 ** math.floor(math.log10(span / INTERVALS))
    return next(size * power for size in STEPS if size * power * INTERVALS >= span - TINY)


def paint_axis(sheet: Sheet, chart: Chart, scale: Scale, top: float, bottom: float) -> None:
    """Draw the lines of round values behind a plot and write the values under it."""
    for value in scale.ticks():
        across = scale.place(value)
        ends = (across, top), (across, bottom)
        sheet.line(*ends, colour=GRID, width=0.6, behind=True)
        words = sheet.ruler.edition.number(tick_figure(value, scale.step, chart.unit))
        place = across, bottom + AXIS / 2
        sheet.words(place, words, size=SMALL, align="middle", colour=MUTED)


def tick_figure(value: float, step: float, unit: Unit) -> Figure:
    """Return a round value as an axis names it."""
    if unit == "clock":
        return Figure(value % DAY, unit, 0)
    hundredfold = 100 if unit in ("percent", "points") else 1
    shown = step * hundredfold
    decimals = max(0, -math.floor(math.log10(shown) + TINY)) if shown < 1 else 0
    if abs(shown * 10**decimals - round(shown * 10**decimals)) > TINY:
        decimals += 1
    if unit in ("percent", "count"):
        return Figure(value, unit, decimals)
    # The words of other units would not fit under an axis.
    return Figure(value * hundredfold, "decimal", decimals)
