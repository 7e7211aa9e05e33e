"""The way back through the weighting steps: what each regression leaves of a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals.basis import Basis
from socialpoll.totals.protocol import Engine

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Sweep"]

Floats = npt.NDArray[np.float64]


def _inverse(gram: Floats) -> Floats:
    """Return the inverse of x'Wx, generalised where the calibration variables are collinear."""
    return np.asarray(np.linalg.pinv(gram, hermitian=True), dtype=np.float64)


class Sweep:
    """Regression coefficients of every calibration step, last step first.

    With r = u after the last step, each step s turns r into g_s (r - x_s B_s), where B_s is fitted
    with the weights that enter the step (Deville & Särndal 1992, eq. 3.4), and finally z = w_0 r.
    Since r stays a combination of the basis and of the later x, only sums over weighting cells are
    needed:

    z by unit = T J - Σ_s X_s B_s,

    T the unit totals of the basis with final weights, X_s those of x_s with the weights after step
    s.

    Parameters
    ----------
    engine : Engine
        Where the rows are.
        Its mass says with which weights B is fitted. Convention ``derivative`` makes z the exact
        derivative of the figure with respect to the base weights, times the base weight; for
        post-stratification and linear calibration the two are one.
    """

    def __init__(self, engine: Engine) -> None:
        mass = engine.mass
        self.engine = engine
        self.steps = [place for place, step in enumerate(mass.steps) if step.x.shape[1]]
        self._inverse: dict[int, Floats] = {}
        self._cross: dict[tuple[int, int], Floats] = {}
        blocks: list[Floats] = []
        for place in self.steps:
            step = mass.steps[place]
            fitting = mass.fitting(place)
            by_cell = np.bincount(step.cell, weights=fitting, minlength=step.factor.size)
            self._inverse[place] = _inverse(step.x.T @ (by_cell[:, None] * step.x))
            for later in self.steps:
                if later > place:
                    self._cross[place, later] = self._product(place, later, fitting)
            blocks.append(self._by_unit(place))
        self.auxiliaries: Floats = np.hstack(blocks) if blocks else np.zeros((0, 0))

    def coefficients(self, basis: Basis, slopes: sparse.csc_array) -> Floats:
        """Return B of all steps under one another: (Σ p, columns of ``slopes``)."""
        fitted: dict[int, Floats] = {}
        for place in reversed(self.steps):
            step = self.engine.mass.steps[place]
            by_cell = self.engine.unit_totals(basis, by_step=place) @ slopes
            moment = np.asarray(step.x.T @ by_cell)
            for later, coefficient in fitted.items():
                moment = moment - self._cross[place, later] @ coefficient
            fitted[place] = self._inverse[place] @ moment
        return np.vstack([fitted[place] for place in self.steps])

    def _by_unit(self, place: int) -> Floats:
        from scipy import sparse

        mass, units = self.engine.mass, self.engine.units
        step = mass.steps[place]
        summed = mass.entering(place + 1)
        shape = (units.levels[0].group.size, step.factor.size)
        by_cell = sparse.csr_array((summed, (units.of_row, step.cell)), shape=shape)
        return np.asarray(by_cell @ step.x)

    def _product(self, place: int, later: int, fitting: Floats) -> Floats:
        """Return x_s' x_t summed with the fitting weights of s and the factors from s to t."""
        from scipy import sparse

        steps = self.engine.mass.steps
        between = fitting
        for one in steps[place + 1 : later + 1]:
            between = between * one.factor[one.cell]
        first, second = steps[place], steps[later]
        shape = (first.factor.size, second.factor.size)
        joint = sparse.csr_array((between, (first.cell, second.cell)), shape=shape)
        return np.asarray(first.x.T @ (joint @ second.x))
