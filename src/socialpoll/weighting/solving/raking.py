"""The kernel of raking: iterative proportional fitting on the table of weighting cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Fit", "errors_of", "fit", "independent", "leading", "pivots"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
Some: TypeAlias = Places | slice
"""Which of the replicates."""
ROUNDING = 1e-9
"""Part of a column of 0s and 1s below which what others do not explain is rounding."""


@dataclass(frozen=True, eq=False)
class Fit:
    """What raking came to; B is absent where a single set of weights was given.

    Attributes
    ----------
    factor : float64 array (C[, B])
        g of each cell.
    reached : tuple of float64 arrays (L[, B])
        Sums of each margin's levels after the last round.
    wanted : tuple of float64 arrays (L[, B])
        What these have to be: the targets, lowered where a margin leaves cells alone.
    own : tuple of float64 arrays (L[, B]) or None
        Factors of the levels of margins that leave cells alone; None for the others.
    error : float64 array () or (B,)
        Largest relative error of any level of any margin; infinite where a level has a target and
        no weight.
    iterations : int
        Rounds over all margins.
    """

    factor: Floats
    reached: tuple[Floats, ...]
    wanted: tuple[Floats, ...]
    own: tuple[Floats | None, ...]
    error: Floats
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
    base : float64 array (C,) or (C, B)
        Sums of the weights that enter, zero or more; of B replicates, raked together.
    margins : sequence of int arrays (C,)
        Level of each cell in each margin; -1 where the margin leaves the cell alone.
    targets : sequence of float64 arrays (L,) or (L, B)
        Target of each level; the same total N in all margins. Of a margin that leaves cells alone
        what is wanted is the target times (N - their weight) / N.
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

    Margins alone do not say how weight moves between the cells that a margin leaves alone and the
    others; many factors reach them. Those found are the ones with which such a margin moves none:
    its factors average 1 by the weights that enter.
    """
    single = base.ndim == 1
    entering = base[:, None] if single else base
    rounds = [_Margin(*one, entering) for one in zip(margins, targets, strict=True)]
    factor = np.ones(entering.shape)
    iterations, every = 0, slice(None)
    # Margins that cannot be reached together may drive factors out of range, and errors to NaN.
    with np.errstate(over="ignore", invalid="ignore"):
        error = _largest(rounds, entering, every)
        going = np.flatnonzero(~(error <= tolerance))
        while going.size and iterations < max_iterations:
            some, before = factor[:, going], entering[:, going]
            for one in rounds:
                one.adjust(some, before, going)
            factor[:, going] = some
            error[going] = _largest(rounds, before * some, going)
            going = going[~(error[going] <= tolerance)]
            iterations += 1
        weights = entering * factor
    last = (..., 0) if single else ...
    return Fit(
        factor[last],
        tuple(one.sums(weights)[last] for one in rounds),
        tuple(one.wanted(weights, every)[last] for one in rounds),
        tuple(None if one.own is None else one.own[last] for one in rounds),
        error[last],
        iterations,
    )


class _Margin:
    """One margin while it is raked to."""

    def __init__(self, level: Places, target: Floats, base: Floats) -> None:
        self.known, self.left = np.flatnonzero(level >= 0), np.flatnonzero(level < 0)
        self.level = level[self.known]
        self.gather = _gather(level, target.shape[0])
        whole = target[:, None] if target.ndim == 1 else target
        self.target = np.broadcast_to(whole, (whole.shape[0], base.shape[1]))
        self.entering = self.sums(base)
        self.own = np.ones(self.target.shape) if self.left.size else None

    def sums(self, weights: Floats) -> Floats:
        """Return the sums (L, b) of weights (C, b) by level."""
        return np.asarray(self.gather @ weights)

    def wanted(self, weights: Floats, some: Some) -> Floats:
        """Return what the sums (L, b) of some replicates have to be."""
        target = self.target[:, some]
        if self.own is None:
            return target
        persons = target.sum(axis=0)
        return np.asarray(target * ((persons - weights[self.left].sum(axis=0)) / persons))

    def error(self, weights: Floats, some: Some) -> Floats:
        """Return the relative error (L, b) of each level."""
        return errors_of(self.sums(weights), self.wanted(weights, some))

    def adjust(self, factor: Floats, base: Floats, some: Some) -> None:
        """Multiply factors (C, b) of some replicates, so that the margin has its targets."""
        weights = base * factor
        found = self.sums(weights)
        # A level without weight stays without; its target is then missed, not divided by zero.
        wanted = self.wanted(weights, some)
        change = np.divide(wanted, found, out=np.ones_like(found), where=found > 0)
        if self.own is None:
            factor *= change[self.level]
            return
        before = self.entering[:, some]
        own = self.own[:, some] * change
        average = (before * own).sum(axis=0) / before.sum(axis=0)
        self.own[:, some] = own / average
        factor[self.known] *= (change / average)[self.level]


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
        Columns of full rank: every level of the first margin, of the others those that add to it;
        those of :func:`leading`.
    """
    first = np.cumsum([0, *sizes])
    kept = leading(margins, sizes)
    column = np.full(first[-1], -1)
    column[kept] = np.arange(kept.size)
    x = np.zeros((margins[0].size, kept.size))
    for level, start in zip(margins, first, strict=False):
        place = column[start + level]
        cells = np.flatnonzero(place >= 0)
        x[cells, place[cells]] = 1.0
    return x


def leading(margins: Sequence[Places], sizes: Sequence[int]) -> npt.NDArray[np.intp]:
    """Return the levels that do not follow from those before, counted through all margins."""
    # The levels of one margin never follow from one another, however many cells it crosses.
    single = len(margins) == 1
    return np.unique(margins[0]) if single else pivots(_products(margins, sizes))


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


def _gather(level: Places, size: int) -> sparse.csr_array:
    """Return the matrix of 0 and 1 that sums cells to levels: (size, C)."""
    from scipy import sparse

    known = np.flatnonzero(level >= 0)
    entries = (np.ones(known.size), (level[known], known))
    return sparse.csr_array(entries, shape=(size, level.size))


def _largest(margins: Sequence[_Margin], weights: Floats, some: Some) -> Floats:
    errors = [one.error(weights, some) for one in margins]
    return np.asarray(np.concatenate(errors).max(axis=0, initial=0.0))
