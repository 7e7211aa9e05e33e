"""Linear programs of calibration: how near to their targets totals of bounded factors come."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

__all__ = ["Line", "Missed", "missed_in_sum", "missed_least", "smallest"]

Floats = npt.NDArray[np.float64]
Line: TypeAlias = tuple[float, float]
"""(a, b): the bound a + k b."""
TOLERANCE = 1e-9
"""How far from its rules a program may end, in relative errors of totals."""
REACHED = 1e-8
"""Largest relative error from which targets count as reached."""
MOST_STEPS = 200
NOTHING = 1e-12
"""Gain of an error by bounds that is nothing but rounding."""


@dataclass(frozen=True, eq=False)
class Missed:
    """The smallest that the largest error can be, and the proof of it.

    Attributes
    ----------
    error : float
    factors : float64 array (K,)
        Within the bounds, and so near.
    prices : float64 array (K,)
        c = A'λ of multipliers λ, whose absolute values sum to 1. Whatever the bounds, the error is
        at least λ'b - Σ max(c low, c high); for those of the program it is equal.
    """

    error: float
    factors: Floats
    prices: Floats


def missed_least(rows: Floats, wanted: Floats, low: float, high: float) -> Missed | None:
    """Make the largest of |A y - b| as small as it can be.

    Parameters
    ----------
    rows : float64 array (p, K)
        A: what a factor of 1 adds to each total, over what errors are relative to.
    wanted : float64 array (p,)
        b: targets over the same.
    low, high : float
        Bounds of all factors y.

    Returns
    -------
    Missed or None
        None where the program fails, as on numbers of wildly different size.
    """
    cost = np.append(np.zeros(rows.shape[1]), 1.0)
    found = _solved(cost, rows, np.ones((len(rows), 1)), wanted, (low, high), math.inf)
    if found is None:
        return None
    solution, multipliers = found
    above, below = np.split(multipliers, 2)
    return Missed(float(solution[-1]), solution[:-1], rows.T @ (above - below))


def missed_in_sum(
    rows: Floats, wanted: Floats, low: float, high: float, most: float
) -> Floats | None:
    """Return factors (K,) that make the sum of |A y - b| least, none of them above ``most``."""
    p = len(rows)
    cost = np.append(np.zeros(rows.shape[1]), np.ones(p))
    room = most * (1 + TOLERANCE) + TOLERANCE
    found = _solved(cost, rows, np.eye(p), wanted, (low, high), room)
    return None if found is None else found[0][: rows.shape[1]]


def smallest(rows: Floats, wanted: Floats, low: Line, high: Line) -> float:
    """Return the smallest k for which A y = b can be reached, NaN where there is none.

    Parameters
    ----------
    rows : float64 array (p, K)
    wanted : float64 array (p,)
    low, high : (float, float)
        Factors are between low[0] + k low[1], but never below 0, and high[0] + k high[1]; bounds
        that widen as k grows.

    Returns
    -------
    float

    Notes
    -----
    Kelley's method (1960), Journal of SIAM 8:703, in one dimension. The smallest largest error is
    convex in k, so the proof that some bounds do not do is a line below it, and the k at which that
    line is 0 is still too small or just right. A program has two rules a total, not two a row, and
    few are needed.
    """
    k, found = _start(rows, wanted, low, high)
    for _ in range(MOST_STEPS):
        if found is None:
            return math.nan
        if found.error <= REACHED:
            return k
        lowest = low[1] if low[0] + k * low[1] > 0 else 0.0
        gain = found.prices.clip(min=0).sum() * high[1] + found.prices.clip(max=0).sum() * lowest
        if gain <= NOTHING:
            return math.nan
        k += found.error / gain
        found = _missed_at(rows, wanted, low, high, k)
    return math.nan


def _start(rows: Floats, wanted: Floats, low: Line, high: Line) -> tuple[float, Missed | None]:
    """Return a k that is too small, or just right: bounds that meet, or a lower one too high."""
    if math.isfinite(high[0]):
        k = (low[0] - high[0]) / (high[1] - low[1])
        return k, _missed_at(rows, wanted, low, high, k)
    k, found = low[0] / -low[1] - 1.0, None
    for _ in range(MOST_STEPS):
        found = _missed_at(rows, wanted, low, high, k)
        if found is None or found.error > REACHED:
            break
        k *= 2
    return k, found


def _missed_at(rows: Floats, wanted: Floats, low: Line, high: Line, k: float) -> Missed | None:
    lower, upper = max(low[0] + k * low[1], 0.0), high[0] + k * high[1]
    return missed_least(rows, wanted, lower, max(lower, upper))


def _solved(
    cost: Floats,
    rows: Floats,
    misses: Floats,
    wanted: Floats,
    within: tuple[float, float],
    most: float,
) -> tuple[Floats, Floats] | None:
    """Minimise the cost of (y, e) under |A y - b| ≤ M e, low ≤ y ≤ high and 0 ≤ e ≤ most.

    Return (y, e) and the multipliers of its rules.
    """
    from scipy import optimize, sparse

    whole, errors = sparse.csr_array(rows), sparse.csr_array(-misses)
    bounds = np.zeros((cost.size, 2))
    bounds[: rows.shape[1]] = within
    bounds[rows.shape[1] :, 1] = most
    # The stubs know neither sparse rules nor bounds in an array.
    found = optimize.linprog(  # type: ignore[call-overload]
        cost,
        A_ub=sparse.csr_array(sparse.block_array([[whole, errors], [-whole, errors]])),
        b_ub=np.append(wanted, -wanted),
        bounds=bounds,
        method="highs",
        options={"primal_feasibility_tolerance": TOLERANCE},
    )
    if found.status != 0:
        return None
    return np.asarray(found.x), np.asarray(found.ineqlin.marginals)
