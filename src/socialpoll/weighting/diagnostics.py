"""How uneven weights are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses

__all__ = ["Spread", "spread_among", "spread_of", "squares_of"]

Floats = npt.NDArray[np.float64]


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


def spread_among(
    weights: Floats, responses: Responses, among: npt.NDArray[np.bool_] | None = None
) -> Spread:
    """Describe weights (n,) of cases, or sums of weights of combinations that stand for several.

    Within a combination, weights are in the proportions of base weights. ``among`` (n,) says which
    rows are described; all of them where it is absent.
    """
    repeats = responses.repeats
    counted = weights > 0 if among is None else among & (weights > 0)
    if repeats is None or not counted.any():
        return spread_of(weights if among is None else weights[counted])
    n, total = int(repeats.times[counted].sum()), float(weights[counted].sum())
    grown = weights[counted] / responses.base_weight[counted]
    deff = n * float(squares_of(weights, responses)[counted].sum()) / total**2
    smallest, largest = repeats.least[counted] * grown, repeats.most[counted] * grown
    return Spread(n, total, deff, n / deff, float(smallest.min()), float(largest.max()))


def squares_of(weights: Floats, responses: Responses) -> Floats:
    """Return the squared weight of each row (n,), summed over the cases that it stands for."""
    repeats, base = responses.repeats, responses.base_weight
    if repeats is None:
        return weights * weights
    # Factors are one within a combination: what varies there are the base weights.
    grown = np.divide(weights, base, out=np.zeros_like(base), where=base > 0)
    return np.asarray(repeats.squared(base) * grown**2)
