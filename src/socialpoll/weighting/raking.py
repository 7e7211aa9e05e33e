"""The kernel of raking: iterative proportional fitting on the table of weighting cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals import summed

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Fit", "errors_of", "fit", "fit_together", "independent", "pivots"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
ROUNDING = 1e-9
"""Part of a column of 0s and 1s below which what others do not explain is rounding."""


@dataclass(frozen=True, eq=False)
class Fit:
    """What raking came to.

    Attributes
    ----------
    factor : float64 array (C,)
        g of each cell.
    reached : tuple of float64 arrays (L,)
        Sums of each margin's levels after the last round.
    error : float
        Largest relative error of any level of any margin.
    iterations : int
        Rounds over all margins.
    """

    factor: Floats
    reached: tuple[Floats, ...]
    error: float
    iterations: int


def fit(
    base: Floats,
    margins: Sequence[Places],
    targets: Sequence[Floats],
    *,
    tolerance: float,
    max_iterations: int,
) -> Fit:
    """Multiply cells until every margin has its target, each margin in turn.

    A single margin is reached in one round: post-stratification.

    Parameters
    ----------
    base : float64 array (C,)
        Sums of the weights that enter, zero or more.
    margins : sequence of int arrays (C,)
        Level of each cell in each margin.
    targets : sequence of float64 arrays (L,)
        Target of each level; the same total in all margins.
    tolerance : float
        Largest relative error of a level at which to stop.
    max_iterations : int
        Rounds at which to stop in any case.

    Returns
    -------
    Fit
        Also where the tolerance was not reached: ``error`` tells.

    Notes
    -----
    Deming & Stephan (1940), Annals of Mathematical Statistics 11:427. What is watched is how far
    the margins are off, not how little the weights still change, which can be little far off.
    """
    factor = np.ones(base.size)
    iterations = 0
    # Margins that cannot be reached together may drive factors out of range, and errors to NaN.
    with np.errstate(over="ignore", invalid="ignore"):
        reached = _margins(base, margins, targets)
        error = _largest(reached, targets)
        while not error <= tolerance and iterations < max_iterations:
            for level, target in zip(margins, targets, strict=True):
                _adjust(factor, base, level, target)
            reached = _margins(base * factor, margins, targets)
            error = _largest(reached, targets)
            iterations += 1
    return Fit(factor, reached, error, iterations)


def fit_together(
    base: Floats,
    margins: Sequence[Places],
    targets: Sequence[Floats],
    *,
    tolerance: float,
    max_iterations: int,
) -> tuple[Floats, Floats]:
    """Rake many replicates at once.

    Parameters
    ----------
    base : float64 array (C, B)
        Sums of the weights that enter, by cell and replicate.
    margins, targets, tolerance, max_iterations
        As of :func:`fit`.

    Returns
    -------
    tuple of (float64 array (C, B), float64 array (B,))
        Factors, and the largest relative error of each replicate; infinite where a level has a
        target and no weight.
    """
    gathers = [_gather(level, target.size) for level, target in zip(margins, targets, strict=True)]
    factor, error = np.ones(base.shape), np.full(base.shape[1], np.inf)
    going = np.arange(base.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(max_iterations):
            some, entering = factor[:, going], base[:, going]
            for level, target, gather in zip(margins, targets, gathers, strict=True):
                found = gather @ (entering * some)
                change = np.ones_like(found)
                np.divide(target[:, None], found, out=change, where=found > 0)
                some *= change[level]
            factor[:, going] = some
            reached = [gather @ (entering * some) for gather in gathers]
            several = [errors_of(one, target[:, None]) for one, target in
                       zip(reached, targets, strict=True)]  # fmt: skip
            error[going] = np.concatenate(several).max(axis=0, initial=0.0)
            going = going[~(error[going] <= tolerance)]
            if not going.size:
                break
    return factor, error


def errors_of(reached: Floats, target: Floats) -> Floats:
    """Return the relative error of each level (L,) or (L, B); 0 where target and sum are 0."""
    off = np.abs(reached - target)
    return np.divide(off, target, out=np.where(off > 0, np.inf, 0.0), where=target > 0)


def independent(margins: Sequence[Places], sizes: Sequence[int]) -> Floats:
    """Return indicators of levels, without those that follow from the others.

    Parameters
    ----------
    margins : sequence of int arrays (C,)
        Level of each cell in each margin.
    sizes : sequence of int
        Levels of each.

    Returns
    -------
    float64 array (C, p)
        Columns of full rank: every level of the first margin, of the others those that add to it.
    """
    first = np.cumsum([0, *sizes])
    # The levels of one margin never follow from one another, however many cells it crosses.
    single = len(margins) == 1
    kept = np.unique(margins[0]) if single else pivots(_products(margins, sizes))
    column = np.full(first[-1], -1)
    column[kept] = np.arange(kept.size)
    x = np.zeros((margins[0].size, kept.size))
    for level, start in zip(margins, first, strict=False):
        place = column[start + level]
        cells = np.flatnonzero(place >= 0)
        x[cells, place[cells]] = 1.0
    return x


def pivots(products: Floats, rounding: float = ROUNDING) -> npt.NDArray[np.intp]:
    """Return the columns that do not follow from those before, by Cholesky on their products.

    Parameters
    ----------
    products : float64 array (p, p)
        Weighted sums of the products of each two columns.
    rounding : float
        Part of a column's own product below which what others do not explain is rounding.

    Returns
    -------
    int array (at most p,)
        In order.
    """
    left = products.copy()
    kept: list[int] = []
    for place, whole in enumerate(np.diagonal(products)):
        if left[place, place] <= rounding * whole:
            continue
        kept.append(place)
        row = left[place, place + 1 :].copy()
        left[place + 1 :, place + 1 :] -= np.outer(row, row / left[place, place])
    return np.array(kept, dtype=np.intp)


def _products(margins: Sequence[Places], sizes: Sequence[int]) -> Floats:
    """Return how many cells each two levels share, one block a pair of margins."""
    pairs = [
        [
            np.bincount(one * size + other, minlength=sizes[place] * size).reshape(-1, size)
            for other, size in zip(margins, sizes, strict=True)
        ]
        for place, one in enumerate(margins)
    ]
    return np.block(pairs).astype(np.float64)


def _adjust(factor: Floats, base: Floats, level: Places, target: Floats) -> None:
    found = summed(level, base * factor, target.size)
    # A level without weight stays without; its target is then missed, not divided by zero.
    change = np.divide(target, found, out=np.ones_like(found), where=found > 0)
    factor *= change[level]


def _gather(level: Places, size: int) -> sparse.csr_array:
    """Return the matrix of 0 and 1 that sums cells to levels: (size, C)."""
    from scipy import sparse

    ones = np.ones(level.size)
    return sparse.csr_array((ones, (level, np.arange(level.size))), shape=(size, level.size))


def _margins(
    weights: Floats, margins: Sequence[Places], targets: Sequence[Floats]
) -> tuple[Floats, ...]:
    return tuple(
        summed(level, weights, target.size) for level, target in zip(margins, targets, strict=True)
    )


def _largest(reached: Sequence[Floats], targets: Sequence[Floats]) -> float:
    errors = [errors_of(found, target) for found, target in zip(reached, targets, strict=True)]
    return float(np.concatenate(errors).max(initial=0.0))
