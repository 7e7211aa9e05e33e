"""Scores of figures by sampling unit, and the variances and covariances made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals.basis import Basis
from socialpoll.totals.protocol import Engine
from socialpoll.totals.sweep import Sweep

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["FIXED", "Linearisation", "Variances"]

Floats = npt.NDArray[np.float64]
FIXED = 1e-18
"""A variance below this part of the sum of squared uncalibrated scores is zero by design."""
BLOCK = 4_000_000
"""Scores held at once."""


@dataclass(frozen=True, eq=False)
class Variances:
    """Variance of each figure, and whether it is zero by design.

    Attributes
    ----------
    variance : float64 array (m,)
        Zero where ``fixed``.
    fixed : bool array (m,)
        The scores vary between cases, but not within strata or not beyond the calibration
        variables.
    """

    variance: Floats
    fixed: npt.NDArray[np.bool_]


class Linearisation:
    """Scores Z (U, m) of figures: w_0 times their derivative in each base weight, by unit.

    Parameters
    ----------
    engine : Engine
        Where the rows are.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.sweep = Sweep(engine)

    def scores(self, basis: Basis, slopes: sparse.csc_array) -> Floats:
        """Return Z (U, m) for the derivatives ``slopes`` (D·K, m) of m figures."""
        raw = np.asarray((self.engine.unit_totals(basis) @ slopes).toarray())
        return self._calibrated(basis, slopes, raw)

    def variances(self, basis: Basis, slopes: sparse.csc_array) -> Variances:
        """Return the variances of m figures, some columns at a time."""
        totals = self.engine.unit_totals(basis)
        width = max(1, BLOCK // max(totals.shape[0], 1))
        found, fixed = [], []
        for start in range(0, slopes.shape[1], width):
            some = slopes[:, start : start + width]
            raw = np.asarray((totals @ some).toarray())
            variance = self._diagonal(self._calibrated(basis, some, raw))
            zero = variance <= FIXED * np.einsum("um,um->m", raw, raw)
            found.append(np.where(zero, 0.0, variance))
            fixed.append(zero & raw.any(axis=0))
        if not found:
            return Variances(np.zeros(0), np.zeros(0, dtype=bool))
        return Variances(np.concatenate(found), np.concatenate(fixed))

    def covariance(self, scores: Floats) -> Floats:
        """Return V (m, m) of figures from their scores (U, m).

        V = Σ over levels (Z - Z̄)' diag(scale) (Z - Z̄) (Binder 1983; Bellhouse 1985 for later
        stages).
        """
        total = np.zeros((scores.shape[1], scores.shape[1]))
        for number, level in enumerate(self.engine.units.levels):
            if number:
                scores = self.engine.units.levels[number - 1].raise_to_parents(scores)
            deviation = level.deviations(scores)
            total += deviation.T @ (level.scale[level.group][:, None] * deviation)
        return total

    def _calibrated(self, basis: Basis, slopes: sparse.csc_array, raw: Floats) -> Floats:
        if not self.sweep.steps:
            return raw
        return np.asarray(raw - self.sweep.auxiliaries @ self.sweep.coefficients(basis, slopes))

    def _diagonal(self, scores: Floats) -> Floats:
        total = np.zeros(scores.shape[1])
        for number, level in enumerate(self.engine.units.levels):
            if number:
                scores = self.engine.units.levels[number - 1].raise_to_parents(scores)
            deviation = level.deviations(scores)
            total += np.einsum("um,u,um->m", deviation, level.scale[level.group], deviation)
        return total
