"""Variances from replicates: the figures themselves, made again with other weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.totals.basis import Basis
from socialpoll.totals.mass import Mass
from socialpoll.totals.rows import Rows
from socialpoll.totals.scores import Smooth, Variances

if TYPE_CHECKING:
    from socialpoll.totals.units import Units

__all__ = ["ReplicateBlock", "ReplicateWeights", "Replication"]

Floats = npt.NDArray[np.float64]
FIXED = 1e-7
"""A replicate standard error below this part of its figure is what iterations leave of none."""


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
        """Return deviations (R, m) of which D'D is the covariance."""
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
        summed = {one: self.engine.summing(one) for one in lacking}
        made = {
            one: np.zeros((matrix.shape[0], self.weights.replicates))
            for one, matrix in summed.items()
        }
        for block in self.weights.blocks():
            here = slice(block.first, block.first + block.weights.shape[1])
            self.failed[here] = ~block.sound
            for one, matrix in summed.items():
                made[one][:, here] = matrix @ block.weights
        self._totals |= made

    def totals(self, basis: Basis) -> Floats:
        """Return the sums of a basis in every replicate: (D·K, R)."""
        self.prepare([basis])
        return self._totals[basis]

    def scores(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return deviations Z (R, m) of m figures."""
        by_replicate = self.totals(smooth.basis).T.reshape(-1, *totals.shape)
        full = smooth.value(totals)
        figures = np.array([smooth.value(one) for one in by_replicate])
        if smooth.period is not None:
            # The shorter way round from the figure of the full sample.
            half = smooth.period / 2
            figures = full + (figures - full + half) % smooth.period - half
        known = np.isfinite(full)
        # An empty domain has no figure in the sample, and none in a replicate.
        figures[:, ~known] = 0.0
        lost = ~np.isfinite(figures).all(axis=1)
        failed = self.failed | lost
        centred = self.weights.centred(
            np.where(np.isfinite(figures), figures, 0.0), np.where(known, full, 0.0), failed
        )
        return np.asarray(centred)

    def variances(self, smooth: Smooth, totals: Floats) -> Variances:
        """Return the variances of m figures."""
        scores = self.scores(smooth, totals)
        variance = np.einsum("rm,rm->m", scores, scores)
        full = np.nan_to_num(smooth.value(totals), nan=0.0)
        fixed = (variance <= (FIXED * full) ** 2) & (full != 0)
        return Variances(np.where(fixed, 0.0, variance), fixed)

    def covariance_of(self, estimator: Callable[[Rows], Floats], full: Floats) -> Floats:
        """Return V (m, m) of figures that are made anew from the cases of every replicate."""
        figures = np.zeros((self.weights.replicates, full.size))
        failed = np.zeros(self.weights.replicates, dtype=np.bool_)
        for block in self.weights.blocks():
            for place, sound in enumerate(block.sound):
                number = block.first + place
                failed[number] = not sound or not self._made(
                    estimator, block.weights[:, place], figures[number]
                )
        centred = self.weights.centred(figures, full, failed)
        return np.asarray(centred.T @ centred)

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
