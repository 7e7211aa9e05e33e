"""Variances of element samples from sums by profile, without an array of all cases."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.totals.basis import Basis
from socialpoll.totals.profile_tally import ProfileTally
from socialpoll.totals.profiles import Profiles
from socialpoll.totals.sweep import Sweep
from socialpoll.totals.units import CANCELS

__all__ = ["Elements", "Spread"]

Floats = npt.NDArray[np.float64]


class Spread(NamedTuple):
    """Variances (D · m,), figures of a domain beside one another, and which have lost digits."""

    variance: Floats
    cancels: npt.NDArray[np.bool_]


class Elements:
    """Variances where each case is a unit: z = w u - Σ_s e_s x_s B_s, summed as squares.

    Σ scale z² = Σ scale w² u² - 2 B'Σ scale w u e x + B'(Σ scale e² x x')B, less the squared sums
    of z by stratum; u is the slope of a case's answer, e_s the weights before step s, and x_s what
    it leaves (:class:`~socialpoll.totals.sweep.Sweep`).

    Parameters
    ----------
    sweep : Sweep
        The way back through the weighting steps.
    """

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self.engine = sweep.engine
        self._of_all: dict[int, tuple[Floats, Floats]] = {}

    def variances(self, basis: Basis, jacobian: Floats) -> Spread | None:
        """Return the variances of figures with derivatives (D, K, m); None if not known here."""
        tally = self.engine.profiled(basis)
        if tally is None:
            return None
        measure, profiles = basis.measure, tally.profiles
        scale = self._scale[profiles.stratum]
        square = tally.sums.weight_square
        if square is None:
            return None
        scaled = square * tally.sums.of_profile(scale)
        squares = tally.of_measure(measure, tally.spread(scaled))
        sums = tally.by_stratum(measure, tally.sums.weight)
        if squares is None or sums is None:
            return None
        slopes = jacobian[:, : len(squares)]
        variance = np.einsum("kd,dkm->md", squares, slopes**2).ravel()
        whole = variance.copy()
        by_stratum = np.einsum("kdh,dkm->hmd", sums, slopes).reshape(sums.shape[2], -1)
        if self.sweep.steps:
            crossed = self._crossed(tally, basis, slopes, scale)
            if crossed is None:
                return None
            coefficients = self.sweep.of_domains(basis, jacobian)
            gram, left = self._left(profiles.once or profiles)
            variance += np.einsum("pf,pf->f", coefficients, gram @ coefficients - 2 * crossed)
            by_stratum -= left @ coefficients
        level = self.engine.units.levels[0]
        variance -= (level.scale / level.count) @ by_stratum**2
        figures = jacobian.shape[2]
        variance, whole = (one.reshape(figures, -1).T.ravel() for one in (variance, whole))
        return Spread(variance, variance <= CANCELS * whole)

    @cached_property
    def _scale(self) -> Floats:
        return self.engine.units.levels[0].scale

    def _crossed(
        self, tally: ProfileTally, basis: Basis, slopes: Floats, scale: Floats
    ) -> Floats | None:
        """Return Σ scale w u e x (Σ p, m · D)."""
        parts = []
        for place in self.sweep.steps:
            table = tally.crossed(basis.measure, place, scale)
            if table is None:
                return None
            by_column = table @ self.engine.mass.steps[place].leaves
            part = np.einsum("kdp,dkm->pmd", by_column, slopes)
            parts.append(part.reshape(len(part), -1))
        return np.vstack(parts)

    def _left(self, profiles: Profiles) -> tuple[Floats, Floats]:
        """Return Σ scale e² x x' (Σ p, Σ p), and Σ e x by stratum (H, Σ p), of all cases."""
        key = id(profiles)
        if key not in self._of_all:
            mass = self.engine.mass
            x = np.hstack(
                [
                    profiles.passed(0, place)[:, None]
                    * mass.steps[place].leaves[profiles.cell[place]]
                    for place in self.sweep.steps
                ]
            )
            scaled = self._scale[profiles.stratum] * profiles.all_squares
            gram = x.T @ (scaled[:, None] * x)
            x *= profiles.all_weights[:, None]
            order = np.argsort(profiles.stratum, kind="stable")
            strata = self.engine.units.levels[0].count.size
            first = np.searchsorted(profiles.stratum[order], np.arange(strata))
            self._of_all[key] = gram, np.add.reduceat(x[order], first, axis=0)
        return self._of_all[key]
