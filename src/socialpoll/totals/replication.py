"""Variances from replicates: the figures themselves, made again with other weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.totals.basis import Basis
from socialpoll.totals.mass import Mass
from socialpoll.totals.rows import Rows
from socialpoll.totals.uncertainty import Smooth, Variances
from socialpoll.totals.units import of_differences

if TYPE_CHECKING:
    from scipy import sparse

    from socialpoll.totals.units import Units

__all__ = ["ReplicateBlock", "ReplicateWeights", "Replication"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
ROWS = 8192
"""Rows of a dense block."""
SPARSE = 12
"""How many times more a sparse product costs a number than a dense one."""
FIXED = 1e-7
"""A replicate standard error below this part of its figure is what iterations leave of none."""
HELD = 1e-5
"""A replicate standard error below this part of that without weighting is what iterations leave."""
ROUNDING = 1e-12
"""Scores below this part of their figure are what rounding leaves of none."""


class ReplicateBlock(NamedTuple):
    """Some replicates of the final weights.

    Attributes
    ----------
    first : int
        Number of the first.
    weights : float64 array (n, B)
    sound : bool array (B,)
        False where a step could not be run.
    """

    first: int
    weights: Floats
    sound: npt.NDArray[np.bool_]


class ReplicateWeights(Protocol):
    """Replicates of final weights, made a few at a time and never held together."""

    @property
    def replicates(self) -> int:
        """Number of replicates R."""
        ...

    @property
    def degrees(self) -> float | None:
        """Degrees of freedom of all figures; None where those of the sampling units hold."""
        ...

    def blocks(self) -> Iterator[ReplicateBlock]:
        """Make the weights of all replicates, in order."""
        ...

    def centred(self, estimates: Floats, full: Floats, failed: npt.NDArray[np.bool_]) -> Floats:
        """Return deviations (R, m) of which D'D is the covariance; NaN where there is none."""
        ...


class Replication:
    """Covariance of figures from their values in every replicate (Wolter 2007, ch. 2 to 5).

    Scores are deviations by replicate, already scaled, so that V is Z'Z.

    Parameters
    ----------
    engine : Rows
        Where the rows are, with the weights of the full sample.
    weights : ReplicateWeights
    """

    def __init__(self, engine: Rows, weights: ReplicateWeights) -> None:
        self.engine = engine
        self.weights = weights
        self.failed = np.zeros(weights.replicates, dtype=np.bool_)
        self._totals: dict[Basis, Floats] = {}

    @property
    def units(self) -> Units:
        """The sampling units of the design."""
        return self.engine.units

    @property
    def degrees(self) -> float | None:
        """Degrees of freedom of all figures; None where those of the sampling units hold."""
        return self.weights.degrees

    @property
    def scored(self) -> int:
        """Number of rows of scores: replicates."""
        return self.weights.replicates

    def prepare(self, bases: Iterable[Basis]) -> None:
        """Sum several bases in one pass over the replicates."""
        lacking = [one for one in dict.fromkeys(bases) if one not in self._totals]
        if not lacking:
            return
        summing = _Summing(*self.engine.summing(lacking))
        found = np.zeros((summing.size, self.weights.replicates))
        for block in self.weights.blocks():
            here = slice(block.first, block.first + block.weights.shape[1])
            self.failed[here] = ~block.sound
            found[:, here] = summing.sums(block.weights)
        self._totals |= dict(zip(lacking, summing.split(found), strict=True))

    def totals(self, basis: Basis) -> Floats:
        """Return the sums of a basis in every replicate: (D·K, R)."""
        self.prepare([basis])
        return self._totals[basis]

    def scores(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return deviations Z (R, m) of m figures; NaN for those that many replicates lack."""
        by_replicate = self.totals(smooth.basis).T.reshape(-1, *totals.shape)
        full = smooth.value(totals)
        figures = smooth.values(by_replicate)
        if smooth.period is not None:
            # The shorter way round from the figure of the full sample.
            half = smooth.period / 2
            figures = full + (figures - full + half) % smooth.period - half
        known = np.isfinite(full)
        # An empty domain has no figure in the sample, and none in a replicate.
        figures[:, ~known] = 0.0
        centred = self.weights.centred(figures, np.where(known, full, 0.0), self.failed)
        return np.asarray(centred)

    def each(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their scores (R, m)."""
        return np.asarray(np.diagonal(self.covariance(scores)))

    def apart(self, scores: Floats, a: Places, b: Places) -> Floats:
        """Return the variances (p,) of differences of figures a and b, from their scores."""
        return of_differences(self.covariance(scores), a, b)

    def together(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return V (m, m) of many figures."""
        return self.covariance(self.scores(smooth, totals))

    def variances(self, smooth: Smooth, totals: Floats) -> Variances:
        """Return the variances of m figures; NaN for those that many replicates lack."""
        scores = self.scores(smooth, totals)
        variance = np.einsum("rm,rm->m", scores, scores)
        full = np.nan_to_num(smooth.value(totals), nan=0.0)
        # What all cases of a domain have in common does not vary either, but is not fixed.
        varies = self._sizes(smooth, totals) > ROUNDING * np.abs(full)
        fixed = (variance <= (FIXED * full) ** 2) & varies
        return Variances(np.where(fixed, 0.0, variance), fixed)

    def _sizes(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return the root of the sum of squared scores (m,), as if there were no weighting."""
        raw = self.engine.unit_totals(smooth.basis) @ smooth.slopes(totals)
        return np.asarray(np.sqrt(np.asarray(raw.multiply(raw).sum(axis=0))))

    def covariance_of(
        self, estimator: Callable[[Rows], Floats], full: Floats, linear: Smooth
    ) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """Return V (m, m) of figures that are made anew from the cases of every replicate.

        Parameters
        ----------
        estimator : callable
            From the cases, weighted anew, to the figures (m,); EstimationError where there are
            none.
        full : float64 array (m,)
            Of the full sample.
        linear : Smooth
            The derivatives of the figures: by how much they would vary without weighting.

        Returns
        -------
        float64 array (m, m), bool array (m,)
            V, and which figures do not vary between samples: rows and columns of these are 0.

        Raises
        ------
        WeightingError
            More than 1 % of the replicates failed.
        """
        figures = np.zeros((self.weights.replicates, full.size))
        failed = np.zeros(self.weights.replicates, dtype=np.bool_)
        for block in self.weights.blocks():
            for place, sound in enumerate(block.sound):
                number = block.first + place
                failed[number] = not sound or not self._made(
                    estimator, block.weights[:, place], figures[number]
                )
        deviations = self.weights.centred(figures, full, failed)
        size = self._sizes(linear, self.engine.cells(linear.basis))
        fixed = np.sqrt(np.einsum("rm,rm->m", deviations, deviations)) <= HELD * size
        deviations = np.where(fixed, 0.0, deviations)
        return np.asarray(deviations.T @ deviations), fixed

    def _made(self, estimator: Callable[[Rows], Floats], weights: Floats, into: Floats) -> bool:
        """Make the figures of one replicate; False where they cannot be made on it."""
        try:
            found = estimator(Rows(self.engine.responses, Mass(weights)))
        except EstimationError:
            return False
        if found.shape != into.shape or not np.isfinite(found).all():
            return False
        into[:] = found
        return True

    def covariance(self, scores: Floats) -> Floats:
        """Return V (m, m) of figures from their deviations (R, m)."""
        return np.asarray(scores.T @ scores)

    def covariances(self, scores: Floats, widths: Sequence[int]) -> list[Floats]:
        """Return V (m, m) of each of several groups of figures, side by side in the scores."""
        parts = np.split(scores, np.cumsum(widths)[:-1], axis=1)
        return [self.covariance(part) for part in parts]


class _Summing:
    """Sums of weights to the columns of several bases, under one another.

    Where a case adds to a good part of all columns, products of dense blocks of rows are faster
    than sparse ones by more than the zeros they multiply.
    """

    def __init__(self, matrix: sparse.csr_array, sizes: Sequence[int]) -> None:
        from scipy import sparse

        self.sizes = sizes
        rows, self.size = matrix.shape
        self.used = np.flatnonzero(np.bincount(matrix.indices, minlength=self.size))
        self.dense = matrix.nnz * SPARSE >= self.used.size * rows
        self.matrix = matrix if self.dense else sparse.csr_array(matrix.T)

    @cached_property
    def table(self) -> npt.NDArray[np.generic]:
        """What each case adds to the columns that are used, (n, used): in a byte where it can be.

        Made of numbers that are whole and small, as of answers, it is an eighth of the size.
        """
        data = self.matrix.data
        small = bool(np.isin(data, (0.0, 1.0)).all())
        found = np.zeros((self.matrix.shape[0], self.used.size), np.uint8 if small else np.float64)
        column = np.searchsorted(self.used, np.arange(self.size))[self.matrix.indices]
        row = np.repeat(np.arange(len(found)), np.diff(self.matrix.indptr))
        found[row, column] = data
        return found

    def sums(self, weights: Floats) -> Floats:
        """Return the sums (columns, B) of weights (n, B)."""
        if not self.dense:
            return np.asarray(self.matrix @ weights)
        found = np.zeros((self.size, weights.shape[1]))
        for first in range(0, len(weights), ROWS):
            rows = slice(first, first + ROWS)
            found[self.used] += self.table[rows].astype(np.float64).T @ weights[rows]
        return found

    def split(self, found: Floats) -> list[Floats]:
        """Return the rows of each basis."""
        return np.split(found, np.cumsum(self.sizes)[:-1])
