"""The way back through the weighting steps: what each regression leaves of a variable."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals.basis import Basis
from socialpoll.totals.protocol import Engine
from socialpoll.totals.statistic import slopes_of

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Sweep"]

Floats = npt.NDArray[np.float64]


class Sweep:
    """Regression coefficients of every calibration step, last step first.

    With r = u after the last step, each step s turns r into f_s r - left_s B_s, where
    B_s = M_s⁻¹ Σ w_{s-1} right_s r (Deville & Särndal 1992, eq. 3.4, where left is g x and right is
    x), and finally z = w_0 r, to which cases that a limit of s holds add w_s (r - x_s B_s)
    directly. Since r stays a combination of the basis and of the later left, only sums over
    weighting cells are needed:

    z by unit = T J - Σ_s X_s B_s,

    T the unit totals of the basis with final weights, X_s those of left_s + (g_s - f_s) x_s with
    the weights before step s.

    Parameters
    ----------
    engine : Engine
        Where the rows are.
        Its mass says with which weights B is fitted. Convention ``derivative`` makes z the exact
        derivative of the figure with respect to the copies of a case; for post-stratification and
        linear calibration the two are one.
    """

    def __init__(self, engine: Engine) -> None:
        mass = engine.mass
        self.engine = engine
        self.steps = [place for place, step in enumerate(mass.steps) if step.x.shape[1]]
        self._inverse: dict[int, Floats] = {}
        self._fitted_on: dict[int, Floats] = {}
        self._cross: dict[tuple[int, int], Floats] = {}
        for place in self.steps:
            step, entering = mass.steps[place], mass.entering(place)
            self._fitted_on[place] = step.fitted_on(mass.convention)
            self._inverse[place] = step.inverse(entering, mass.convention)
            for later in self.steps:
                if later > place:
                    between = entering * mass.through(place + 1, later)
                    self._cross[place, later] = self._product(place, later, between)

    @cached_property
    def auxiliaries(self) -> Floats:
        """X of all steps by sampling unit (U, Σ p)."""
        return self._side_by_side()

    def coefficients(self, basis: Basis, slopes: sparse.csc_array) -> Floats:
        """Return B of all steps under one another: (Σ p, columns of ``slopes``)."""
        fitted: dict[int, Floats] = {}
        for place in reversed(self.steps):
            by_cell = self.engine.unit_totals(basis, by_step=place) @ slopes
            moment = np.asarray(by_cell.T @ self._fitted_on[place]).T
            for later, coefficient in fitted.items():
                moment = moment - self._cross[place, later] @ coefficient
            fitted[place] = self._inverse[place] @ moment
        return np.vstack([fitted[place] for place in self.steps])

    def take_left(self, basis: Basis, jacobian: Floats, scores: Floats) -> None:
        """Take Σ_s X_s B_s from the scores (m, D, U) of m figures of each domain, units by rank.

        ``jacobian`` holds the derivatives (D, K, m).
        """
        coefficients = self.of_domains(basis, jacobian).reshape(-1, *scores.shape[:2])
        for figure in range(len(scores)):
            scores[figure] -= coefficients[:, figure].T @ self._ranked

    def of_domains(self, basis: Basis, jacobian: Floats) -> Floats:
        """Return B of all steps under one another (Σ p, m · D), from derivatives (D, K, m)."""
        fitted: dict[int, Floats] = {}
        for place in reversed(self.steps):
            moment = self._moment(basis, jacobian, place)
            for later, coefficient in fitted.items():
                moment = moment - self._cross[place, later] @ coefficient
            fitted[place] = self._inverse[place] @ moment
        return np.vstack([fitted[place] for place in self.steps])

    def _moment(self, basis: Basis, jacobian: Floats, place: int) -> Floats:
        """Return right' w r of a step (p, m · D)."""
        planes = self.engine.planes(basis, by_step=place)
        if planes is None:
            by_cell = self.engine.unit_totals(basis, by_step=place) @ slopes_of(jacobian)
            moment = np.asarray(by_cell.T @ self._fitted_on[place])
            moment = moment.reshape(jacobian.shape[0], jacobian.shape[2], -1)
            return moment.transpose(2, 1, 0).reshape(moment.shape[2], -1)
        columns, domains, cells = planes.shape
        by_column = planes.reshape(-1, cells) @ self._fitted_on[place]
        by_column = by_column.reshape(columns, domains, -1)
        moment = np.einsum("kdp,dkm->pmd", by_column, jacobian[:, :columns])
        return np.asarray(moment.reshape(moment.shape[0], -1))

    @cached_property
    def _ranked(self) -> Floats:
        """X of all steps (Σ p, U), units in the order of strata."""
        x = self._side_by_side().T
        ranked = np.empty(x.shape)
        ranked[:, self.engine.units.rank] = x
        return ranked

    def _side_by_side(self) -> Floats:
        mass = self.engine.mass
        blocks = [self._by_unit(place, mass.entering(place)) for place in self.steps]
        return np.hstack(blocks) if blocks else np.zeros((0, 0))

    def _by_unit(self, place: int, entering: Floats) -> Floats:
        from scipy import sparse

        units, step = self.engine.units, self.engine.mass.steps[place]
        shape = (units.levels[0].group.size, step.factor.size)
        by_cell = sparse.csr_array((entering, (units.of_row, step.cell)), shape=shape)
        return np.asarray(by_cell @ step.leaves)

    def _product(self, place: int, later: int, between: Floats) -> Floats:
        """Return right_s' left_t summed with the weights that enter s and f from s to before t."""
        from scipy import sparse

        first, second = (self.engine.mass.steps[one] for one in (place, later))
        shape = (first.factor.size, second.factor.size)
        joint = sparse.csr_array((between, (first.cell, second.cell)), shape=shape)
        return np.asarray(self._fitted_on[place].T @ (joint @ second.taken))
