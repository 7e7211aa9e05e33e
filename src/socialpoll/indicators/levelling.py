"""What comes first, what is level with it, and how far the others are behind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.totals import FIXED

__all__ = ["Ranking", "ranking_of", "variances_apart"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
ROUNDING = 1e-10
"""Part of the largest figure by which sums of the same weights may differ."""


@dataclass(frozen=True, eq=False)
class Ranking:
    """Figures from the largest; those that are level in the order in which they were given.

    Attributes
    ----------
    order : int array (n,)
        Places of the figures.
    rank : int array (n,)
        Of each in this order, from 1; figures that are level have the first of their ranks.
    level_with : int array (n,)
        How many others are level with it.
    """

    order: Places
    rank: Places
    level_with: Places


def ranking_of(figures: Floats) -> Ranking:
    """Rank figures, none of which is missing."""
    largest = float(np.abs(figures).max(initial=0.0))
    order = np.argsort(-figures, kind="stable")
    falls = np.diff(-figures[order], prepend=-np.inf) > ROUNDING * largest
    group = np.cumsum(falls) - 1
    first = np.flatnonzero(falls)
    number = np.diff(np.append(first, order.size))
    return Ranking(order[np.lexsort([order, group])], first[group] + 1, number[group] - 1)


def variances_apart(covariance: Floats, one: int) -> Floats:
    """Return the variances (n,) of the differences of figures from one of them.

    Parameters
    ----------
    covariance : float64 array (n, n)
        Of the figures, jointly.
    one : int
        Place of the figure that is taken away.

    Returns
    -------
    float64 array (n,)
        0 where two figures cannot differ, and rounding alone says that they do.
    """
    own = np.diagonal(covariance)
    apart = own + own[one] - 2 * covariance[:, one]
    limit = FIXED * (np.sqrt(own) + np.sqrt(own[one])) ** 2
    return np.where(apart <= limit, 0.0, apart)
