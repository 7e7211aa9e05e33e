"""Contrasts and smooth functions of estimates, from their joint scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError, nearest
from socialpoll.indicators.adjusting import Adjustment, adjusted, checked_adjustment
from socialpoll.indicators.intervals import student, two_sided
from socialpoll.schema.clock import AFTER_MIDNIGHT, shortest_arc
from socialpoll.totals import FIXED

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.indicators.estimates import Estimates

__all__ = [
    "Coefficients",
    "Contrast",
    "Row",
    "contrast_of",
    "contrasts_of",
    "function_of",
    "p_value",
    "place_of",
    "tested",
]

Floats = npt.NDArray[np.float64]
Row: TypeAlias = int | Mapping[str, str]
"""A row of the frame: its place, or key columns that only this row has."""
Coefficients: TypeAlias = Mapping[int, float] | Sequence[tuple[Row, float]]
"""A coefficient for each row of a contrast."""
KEYS = 9
"""The first columns of the frame say what a figure is, and for whom."""
ROUNDING = 1e-9
"""Coefficients that sum to less than this part of their sizes sum to 0."""
STEP = float(np.cbrt(np.finfo(float).eps))


@dataclass(frozen=True, slots=True)
class Contrast:
    """A figure made from other figures, with its precision.

    Attributes
    ----------
    estimate, se : float
        In the units of what was combined. The standard error is 0 where the combination cannot vary
        (shares that sum to one, figures fixed by weighting), and NaN where it is not known.
    df : float
        Degrees of freedom of the domains of all rows together.
    t, p : float
        Estimate over standard error, and the two-sided p value against 0; NaN where it cannot vary.
    ci_low, ci_high, ci_level : float
        Estimate ± t_ν·se.
    """

    estimate: float
    se: float
    df: float
    t: float
    p: float
    ci_low: float
    ci_high: float
    ci_level: float


def contrast_of(estimates: Estimates, coefficients: Coefficients) -> Contrast:
    """Combine rows linearly: see :meth:`socialpoll.Estimates.contrast`."""
    pairs = coefficients.items() if isinstance(coefficients, Mapping) else coefficients
    combined: dict[int, float] = {}
    for row, coefficient in pairs:
        place = place_of(estimates, row)
        combined[place] = combined.get(place, 0.0) + float(coefficient)
    used = [place for place, one in combined.items() if one != 0]
    if not used:
        message = "a contrast of no rows"
        raise EstimationError(
            message, where="coefficients", advice="give at least one row a coefficient but 0"
        )
    slopes = np.array([combined[place] for place in used])
    figures = _on_one_line(estimates, used, slopes)
    return _precise(estimates, used, float(slopes @ figures), slopes)


def contrasts_of(
    estimates: Estimates, several: Mapping[str, Coefficients], adjust: Adjustment
) -> pd.DataFrame:
    """Combine rows in several ways: see :meth:`socialpoll.Estimates.contrasts`."""
    import pandas as pd

    checked_adjustment(adjust)
    if not several:
        message = "there are no contrasts to test"
        raise EstimationError(
            message, where="several", advice="give each a name and coefficients of rows"
        )
    made = {name: contrast_of(estimates, coefficients) for name, coefficients in several.items()}
    frame = pd.DataFrame([{"contrast": name, **asdict(one)} for name, one in made.items()])
    p = frame["p"].to_numpy(dtype=np.float64)
    tested = np.isfinite(p)
    corrected = np.full(p.size, np.nan)
    corrected[tested] = adjusted(p[tested], adjust)
    names = ["contrast", "estimate", "se", "df", "t", "ci_low", "ci_high", "ci_level", "p"]
    return frame[names].assign(p_adjusted=corrected)


def function_of(
    estimates: Estimates,
    f: Callable[[Floats], float],
    rows: Sequence[Row],
    gradient: Callable[[Floats], Sequence[float] | Floats] | None,
) -> Contrast:
    """Combine rows by a smooth function: see :meth:`socialpoll.Estimates.function`."""
    places = [place_of(estimates, row) for row in rows]
    if not places:
        message = "a function of no rows"
        raise EstimationError(message, where="rows", advice="name the rows in the order f takes")
    figures = _figures(estimates, places)
    value = float(f(figures.copy()))
    if gradient is None:
        slopes = _numeric_gradient(f, figures)
    else:
        slopes = np.asarray(gradient(figures.copy()), dtype=np.float64)
    if slopes.shape != figures.shape:
        message = "the gradient has not one number a row"
        raise EstimationError(
            message,
            where="gradient",
            found=f"shape {slopes.shape}",
            allowed=f"shape {figures.shape}",
        )
    if not (np.isfinite(value) and np.isfinite(slopes).all()):
        if np.isfinite(figures).all():
            message = "the function, or its slope, is not finite at the estimates"
            raise EstimationError(message, where="f", found=f"{value:g} at {figures.tolist()}")
        slopes = np.where(np.isfinite(slopes), slopes, 0.0)
    return _precise(estimates, places, value, slopes)


def place_of(estimates: Estimates, row: Row) -> int:
    """Return the place of a row of the frame; EstimationError where it is not exactly one."""
    frame = estimates.frame
    if not isinstance(row, Mapping):
        place = int(row)
        if not 0 <= place < len(frame):
            message = "there is no such row"
            raise EstimationError(
                message, where="rows", found=str(row), allowed=f"0 to {len(frame) - 1}"
            )
        return place
    chosen = frame
    for key, value in row.items():
        chosen = _matching(chosen, key, str(value))
    if len(chosen) != 1:
        keys = ", ".join(f"{key}={value!r}" for key, value in row.items())
        message = f"the keys name {len(chosen)} rows, not one"
        several = [one for one in list(chosen.columns[:KEYS]) if len(set(chosen[one])) > 1]
        raise EstimationError(
            message, where="rows", found=keys, advice=f"also say {', '.join(several)}"
        )
    return int(chosen.index[0])


def p_value(t: float, df: float) -> float:
    """Return the two-sided p value of t on Student's distribution; normal for infinite df."""
    return float(two_sided(np.array(t), np.array(df)))


def _matching(frame: pd.DataFrame, key: str, value: str) -> pd.DataFrame:
    keys = list(frame.columns[:KEYS])
    if key not in keys:
        message = f"{key!r} is no key of a figure"
        raise EstimationError(message, where="rows", found=repr(key), allowed=nearest(key, keys))
    found = frame[frame[key] == value]
    if found.empty:
        message = f"no row has {key} = {value!r}"
        raise EstimationError(
            message, where="rows", found=repr(value), allowed=nearest(value, frame[key].unique())
        )
    return found


def _figures(estimates: Estimates, places: Sequence[int]) -> Floats:
    return estimates.frame["estimate"].to_numpy(dtype=np.float64)[list(places)]


def _on_one_line(estimates: Estimates, places: Sequence[int], slopes: Floats) -> Floats:
    """Return the figures; times of day as the shortest arcs from the first that is taken away.

    A circle has no zero to add times from, but arcs can be added where the coefficients sum to 0:
    then it makes no difference where on the clock they begin.
    """
    figures = _figures(estimates, places)
    units = estimates.frame["unit"].to_numpy()[list(places)]
    times = units == AFTER_MIDNIGHT
    if not times.any():
        return figures
    total = float(slopes[times].sum())
    if abs(total) > ROUNDING * float(np.abs(slopes[times]).sum()):
        message = "times of day have differences, but no sums"
        raise EstimationError(
            message,
            where="coefficients",
            found=f"coefficients of times of day that sum to {total:g}",
            allowed="coefficients that sum to 0 over the times of day, such as 1 and -1",
            advice="combine their sines and cosines with function()",
        )
    first = int(np.argmax(times & (slopes < 0)))
    figures[times] = shortest_arc(figures[times] - figures[first])
    return figures


def _numeric_gradient(f: Callable[[Floats], float], at: Floats) -> Floats:
    """Return central differences, extrapolated once (Richardson 1911)."""

    def slope(place: int, width: float) -> float:
        up, down = at.copy(), at.copy()
        up[place] += width
        down[place] -= width
        return (float(f(up)) - float(f(down))) / float(up[place] - down[place])

    widths = np.where(at == 0, 1.0, np.abs(at)) * STEP * 10
    return np.array(
        [
            (4 * slope(place, width / 2) - slope(place, width)) / 3
            for place, width in enumerate(widths)
        ]
    )


def _precise(
    estimates: Estimates, places: Sequence[int], estimate: float, slopes: Floats
) -> Contrast:
    single = estimates.frame["se"].to_numpy(dtype=np.float64)[list(places)]
    if not (np.isfinite(estimate) and np.isfinite(single).all()):
        return tested(estimate, float("nan"), float("nan"), estimates.precision.level)
    slopes = np.where(single > 0, slopes, 0.0)
    variance = float(estimates.joint.variances_of(places, slopes[:, None])[0])
    if variance <= FIXED * float(np.abs(slopes) @ single) ** 2:
        variance = 0.0
    df = estimates.degrees_of_freedom(places)
    return tested(estimate, variance, df, estimates.precision.level)


def tested(estimate: float, variance: float, df: float, level: float) -> Contrast:
    """Return a figure with its standard error, interval and test against 0."""
    se = float(np.sqrt(variance))
    if not se > 0:
        nan = float("nan")
        return Contrast(estimate, se, df, nan, nan, nan, nan, level)
    margin = float(student(np.array([df]), level)[0]) * se
    t = estimate / se
    low, high = estimate - margin, estimate + margin
    return Contrast(estimate, se, df, t, p_value(t, df), low, high, level)
