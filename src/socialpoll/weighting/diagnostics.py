"""How uneven weights are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses

__all__ = ["PERCENTILES", "Spread", "percentiles_of_cells", "spread_among", "spread_of"]

Floats = npt.NDArray[np.float64]
PERCENTILES = (1, 5, 50, 95, 99)


class Spread(NamedTuple):
    """Sums and extremes of weights over the cases that count.

    Attributes
    ----------
    n : int
        Cases of positive weight.
    sum : float
        Of the weights.
    deff : float
        1 + CV² of the weights, the part of the design effect that is owed to their spread.
    n_effective : float
        n / deff.
    smallest, largest : float
        Positive weights; NaN where there are none.
    """

    n: int
    sum: float
    deff: float
    n_effective: float
    smallest: float
    largest: float


def spread_of(weights: Floats) -> Spread:
    """Describe weights (n,); cases of weight 0 do not count (Kish 1965, §11.7; Kish 1992).

    Examples
    --------
    >>> spread_of(np.array([1.0, 3.0, 0.0])).deff
    1.25
    """
    n = int(np.count_nonzero(weights))
    if not n:
        return Spread(0, 0.0, np.nan, 0.0, np.nan, np.nan)
    smallest = weights.min() if n == weights.size else weights[weights > 0].min()
    total = float(weights.sum())
    squares = float(weights @ weights)
    deff = n * squares / total**2
    return Spread(n, total, deff, n / deff, float(smallest), float(weights.max()))


def spread_among(weights: Floats, responses: Responses) -> Spread:
    """Describe weights (n,) of cases, or sums of weights of combinations that stand for several.

    Within a combination, weights are in the proportions of base weights.
    """
    repeats = responses.repeats
    if repeats is None or not weights.any():
        return spread_of(weights)
    counted, base = weights > 0, responses.base_weight
    n, total = int(repeats.times[counted].sum()), float(weights.sum())
    grown = weights[counted] / base[counted]
    deff = n * float(repeats.squared(base)[counted] @ grown**2) / total**2
    smallest, largest = repeats.least[counted] * grown, repeats.most[counted] * grown
    return Spread(n, total, deff, n / deff, float(smallest.min()), float(largest.max()))


def percentiles_of_cells(factor: Floats, cases: npt.NDArray[np.integer]) -> Floats:
    """Return minimum, percentiles and maximum of a factor that is the same within cells.

    Parameters
    ----------
    factor : float64 array (C,)
        Of each cell.
    cases : int array (C,)
        Cases in each.

    Returns
    -------
    float64 array (7,)
        As ``numpy.percentile`` gives them for one value a case.
    """
    order = np.argsort(factor)
    last = np.cumsum(cases[order])
    if not last.size or not last[-1]:
        return np.full(len(PERCENTILES) + 2, np.nan)
    place = np.array([0, *PERCENTILES, 100]) / 100 * (last[-1] - 1)
    below = np.floor(place)
    low = factor[order][np.searchsorted(last, below, side="right")]
    high = factor[order][np.searchsorted(last, np.ceil(place), side="right")]
    return np.asarray(low + (high - low) * (place - below))
