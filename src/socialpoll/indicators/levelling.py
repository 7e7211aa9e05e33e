"""What comes first, and what is level with it: the ranks of figures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Ranking", "ranking_of"]

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
