"""Which units are chosen: kernels that take their chance as arrays of uniform numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["certainties", "simple_random", "systematic"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ROUNDING = 1e-12


def simple_random(group: Ints, take: Ints, uniforms: Floats) -> Flags:
    """Choose units of each group by simple random sampling without replacement.

    Parameters
    ----------
    group : int64 array (units,)
    take : int64 array (groups,)
        How many of each group; all where it has no more.
    uniforms : float64 array (units,)
        Of each group, the units with the smallest are chosen (Särndal, Swensson & Wretman 1992,
        §3.3.1).

    Returns
    -------
    bool array (units,)
    """
    order = np.lexsort((uniforms, group))
    sizes = np.bincount(group, minlength=take.size)
    start = np.cumsum(sizes) - sizes
    in_order = group[order]
    chosen = np.zeros(group.size, dtype=bool)
    chosen[order] = np.arange(group.size) - start[in_order] < take[in_order]
    return chosen


def certainties(size: Floats, number: int) -> Flags:
    """Tell which units are certain: as large as the interval, made anew until none is.

    Parameters
    ----------
    size : float64 array (units,)
        Above 0.
    number : int
        How many are chosen.
    """
    certain = np.zeros(size.size, dtype=bool)
    while (rest := number - int(certain.sum())) > 0:
        interval = size[~certain].sum() / rest
        more = ~certain & (size >= interval * (1 - ROUNDING))
        if not more.any():
            break
        certain |= more
    return certain


def systematic(size: Floats, number: int, start: float) -> Ints:
    """Choose units at equal intervals of their cumulated sizes (Madow 1949).

    Parameters
    ----------
    size : float64 array (units,)
        In the order in which they stand; each smaller than the sum divided by ``number``.
    number : int
        How many are chosen.
    start : float
        From 0 to below 1, of the first interval.

    Returns
    -------
    int64 array (number,)
        Positions, ascending.

    Examples
    --------
    >>> systematic(np.array([3.0, 1.0, 2.0, 2.0]), 2, 0.5).tolist()
    [0, 3]
    """
    ends = np.cumsum(size)
    hit = (start + np.arange(number)) * (ends[-1] / number)
    found: Ints = np.searchsorted(ends, hit, side="right")
    return np.minimum(found, size.size - 1)
