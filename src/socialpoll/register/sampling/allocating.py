"""How many of each stratum: shares within limits, rounded so that they sum to the size."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["allocated", "shared_out"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

ROUNDING = 1e-9
"""Shares that are so near to a whole number are it."""


def allocated(measure: Floats, available: Ints, size: int, least: int) -> Ints:
    """Return how many are taken of each stratum.

    Parameters
    ----------
    measure : float64 array (strata,)
        What shares are proportional to; 0 or more.
    available : int64 array (strata,)
        How many there are: no more are taken, and others get what is left over.
    size : int
        In all; no more than there are, and no fewer than ``least`` of each.
    least : int
        Of each stratum, or all where there are fewer.

    Returns
    -------
    int64 array (strata,)
        Summing to ``size``. Largest remainders are rounded up; of equal ones the first.

    Examples
    --------
    >>> allocated(np.array([50.0, 30.0, 20.0]), np.array([50, 30, 20]), 13, 2).tolist()
    [6, 4, 3]
    """
    low = np.minimum(available, least)
    share = shared_out(measure, low.astype(np.float64), available.astype(np.float64), size)
    whole = np.floor(share + ROUNDING).astype(np.int64)
    remainder = np.round(np.where(whole < available, share - whole, -1.0), 9)
    whole[np.argsort(-remainder, kind="stable")[: size - int(whole.sum())]] += 1
    return whole


def shared_out(measure: Floats, low: Floats, high: Floats, size: float) -> Floats:
    """Return shares of a size, proportional to a measure, none beyond its limits.

    Those beyond the limits, on the side that goes further beyond them in all, are put on theirs,
    and what is left is shared anew (Cochran 1977, §5.8, has the upper limits).
    """
    share, free = low.copy(), np.ones(low.size, dtype=bool)
    while free.any():
        left = size - share[~free].sum()
        of_free = measure[free] if measure[free].any() else np.ones(int(free.sum()))
        wanted = left * of_free / of_free.sum()
        limited = np.clip(wanted, low[free], high[free])
        beyond = limited - wanted
        share[free] = limited
        if abs(beyond.sum()) <= ROUNDING:
            break
        fixed = beyond > 0 if beyond.sum() > 0 else beyond < 0
        free[np.flatnonzero(free)[fixed]] = False
    return share
