"""Scores of figures by sampling unit, and the variances and covariances made from them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals.basis import Basis
from socialpoll.totals.clustered import alone
from socialpoll.totals.crossed import crossed
from socialpoll.totals.elements import Elements
from socialpoll.totals.protocol import Engine
from socialpoll.totals.statistic import own_and_base
from socialpoll.totals.sweep import Sweep
from socialpoll.totals.uncertainty import Smooth, Variances
from socialpoll.totals.units import PairsOf

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["FIXED", "Linearisation"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
FIXED = 1e-18
"""A variance below this part of the sum of squared uncalibrated scores is zero by design."""
BLOCK = 4_000_000
"""Scores held at once."""
FORESEEN = 16_000_000
"""Scores held at once where a question to an engine is made of them."""


class Linearisation:
    """Scores Z (U, m) of figures: w_0 times their derivative in each base weight, by unit.

    Parameters
    ----------
    engine : Engine
        Where the rows are.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @cached_property
    def sweep(self) -> Sweep:
        """The way back through the weighting steps."""
        return Sweep(self.engine)

    @property
    def scored(self) -> int:
        """Number of rows of scores: finest sampling units U."""
        return self.engine.units.levels[0].group.size

    @property
    def degrees(self) -> None:
        """Those of the sampling units hold."""
        return

    def prepare(self, bases: Iterable[Basis]) -> None:
        """Tell the engine what will be asked for."""
        self.engine.prepare(bases)

    @cached_property
    def _elements(self) -> Elements:
        return Elements(self.sweep)

    def scores(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return Z (U, m) of m figures."""
        basis, slopes = smooth.basis, smooth.slopes(totals)
        raw = np.asarray((self.engine.unit_totals(basis) @ slopes).toarray())
        return self._calibrated(basis, slopes, raw)

    def variances(self, smooth: Smooth, totals: Floats) -> Variances:
        """Return the variances of m figures, some columns at a time."""
        fast = self._by_moments(smooth, totals)
        if fast is None:
            fast = self._by_planes(smooth, totals)
        if fast is None:
            fast = self._of_elements(smooth, totals)
        return self._in_general(smooth.basis, smooth.slopes(totals)) if fast is None else fast

    def _of_elements(self, smooth: Smooth, totals: Floats) -> Variances | None:
        """Return the variances of an element sample from sums by profile, where there are any.

        Of figures whose variance nearly cancels, it is made from the scores of all cases.
        """
        jacobian = smooth.jacobian(totals)
        found = None if jacobian is None else self._elements.variances(smooth.basis, jacobian)
        if found is None:
            return None
        variance, fixed = found.variance, np.zeros(found.variance.size, dtype=bool)
        if found.cancels.any():
            again = self._in_general(smooth.basis, smooth.slopes(totals)[:, found.cancels])
            variance[found.cancels], fixed[found.cancels] = again.variance, again.fixed
        return Variances(variance, fixed)

    def _in_general(self, basis: Basis, slopes: sparse.csc_array) -> Variances:
        by_unit = self.engine.unit_totals(basis)
        width = max(1, BLOCK // max(by_unit.shape[0], 1))
        found, fixed = [], []
        for start in range(0, slopes.shape[1], width):
            some = slopes[:, start : start + width]
            raw = np.asarray((by_unit @ some).toarray())
            variance = self.engine.units.variances(self._calibrated(basis, some, raw))
            zero = self.engine.units.vanish(variance, raw, FIXED)
            found.append(np.where(zero, 0.0, variance))
            fixed.append(zero)
        if not found:
            return Variances(np.zeros(0), np.zeros(0, dtype=bool))
        return Variances(np.concatenate(found), np.concatenate(fixed))

    def _by_moments(self, smooth: Smooth, totals: Floats) -> Variances | None:
        """Return the variances of shares from sums over units, where nothing is calibrated.

        Where one of them nearly cancels, none are.
        """
        jacobian = None if self.sweep.steps else smooth.jacobian(totals)
        moments = None if jacobian is None else self.engine.moments(smooth.basis)
        found = None if moments is None or jacobian is None else moments.variances(jacobian)
        if found is None or found[1].any():
            return None
        variance = found[0].ravel()
        return Variances(variance, np.zeros(variance.size, dtype=np.bool_))

    def _by_planes(self, smooth: Smooth, totals: Floats) -> Variances | None:
        """Return the variances from dense tables, where sums can be laid out so."""
        if not self.engine.units.is_plain:
            return None
        jacobian = smooth.jacobian(totals)
        if jacobian is None:
            return None
        planes = self.engine.planes(smooth.basis)
        if planes is None:
            return None
        twins = _are_twins(jacobian, len(planes))
        scores = _combined(planes, jacobian[:, :, :1] if twins else jacobian)
        figures, domains, units = scores.shape
        raw = None
        if self.sweep.steps:
            raw = np.einsum("mdu,mdu->md", scores, scores).ravel()
            self.sweep.take_left(smooth.basis, jacobian[:, :, : len(scores)], scores)
        variance, squares = self.engine.units.spread(scores.reshape(-1, units))
        raw = squares if raw is None else raw
        zero = variance <= FIXED * raw
        both = np.where(zero, 0.0, variance), zero & (raw > 0)
        variance, fixed = (one.reshape(figures, domains).T.ravel() for one in both)
        times = 2 if twins else 1
        return Variances(np.repeat(variance, times), np.repeat(fixed, times).astype(np.bool_))

    def covariance(self, scores: Floats) -> Floats:
        """Return V (m, m) of figures from their scores (U, m)."""
        return self.covariances(scores, [scores.shape[1]])[0]

    def covariances(self, scores: Floats, widths: Sequence[int]) -> list[Floats]:
        """Return V (m, m) of each of several groups of figures, side by side in the scores."""
        return self.engine.units.covariances(scores, widths)

    def each(self, scores: Floats) -> Floats:
        """Return the variances (m,) of figures from their scores (U, m)."""
        return self.engine.units.each(scores)

    def apart(self, scores: Floats, a: Places, b: Places) -> Floats:
        """Return the variances (p,) of differences of figures a and b, from their scores."""
        return self.engine.units.apart(scores, a, b)

    def foresee(self, several: Iterable[Smooth], present: Iterable[Basis]) -> None:
        """Tell what figures will be asked for, and where it will be asked who is present.

        Where clusters lie elsewhere, each question has its price: one is asked for all, as far as
        they can be held.
        """
        units = self.engine.units
        if not units.lies_elsewhere:
            return
        scores: list[PairsOf] = []
        for one in several:
            totals = self.engine.cells(one.basis)
            figures = one.value(totals).size
            if figures * self.scored > FORESEEN:
                continue
            if sum(columns.size for columns, _ in scores) + figures * self.scored > FORESEEN:
                units.foresee(scores, [])
                scores.clear()
            scores.append((self.scores(one, totals), alone(figures)))
        bases = (np.asarray(self.engine.unit_totals(one).toarray()) for one in present)
        units.foresee(scores, ((one, alone(one.shape[1])) for one in bases))

    def together(self, smooth: Smooth, totals: Floats) -> Floats:
        """Return V (m, m) of many figures, from products of sums where the design is plain."""
        from scipy import sparse

        if not self.engine.units.is_plain:
            return self.covariance(self.scores(smooth, totals))
        basis, slopes = smooth.basis, smooth.slopes(totals)
        used = np.unique(slopes.indices)
        parts = [(self.engine.unit_totals(basis)[:, used], slopes[used].toarray())]
        if self.sweep.steps:
            auxiliaries = sparse.csr_array(self.sweep.auxiliaries)
            parts.append((auxiliaries, -self.sweep.coefficients(basis, slopes)))
        return crossed(parts, self.engine.units.levels[0])

    def _calibrated(self, basis: Basis, slopes: sparse.csc_array, raw: Floats) -> Floats:
        if not self.sweep.steps:
            return raw
        return np.asarray(raw - self.sweep.auxiliaries @ self.sweep.coefficients(basis, slopes))


def _are_twins(jacobian: Floats, used: int) -> bool:
    """Say whether two figures, as yes and no, only differ by their sign from what adds to them."""
    if jacobian.shape[2] != len(("yes", "no")):
        return False
    first, second = np.moveaxis(jacobian[:, :used], 2, 0)
    return bool(np.allclose(first, -second, rtol=1e-12, atol=0.0))


def _combined(planes: Floats, jacobian: Floats) -> Floats:
    """Return the scores (m, D, U) of planes (K, D, U) with derivatives (D, K, m)."""
    shares = own_and_base(jacobian)
    if shares is not None and len(planes) >= jacobian.shape[2]:
        own, base = (one.T[:, :, None] for one in shares)
        scores, every = own * planes[: len(own)], planes.sum(axis=0)
        for place, slope in enumerate(base):
            scores[place] += slope * every
        return np.asarray(scores)
    scores = np.zeros((jacobian.shape[2], *planes.shape[1:]))
    for column, plane in enumerate(planes):
        if not plane.any():
            continue
        for figure in range(len(scores)):
            slope = jacobian[:, column, figure]
            if slope.any():
                scores[figure] += slope[:, None] * plane
    return scores
