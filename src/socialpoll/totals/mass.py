"""How much each case counts: base weights, and the steps that changed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

__all__ = ["INTERVIEWED", "CellStep", "Convention", "Mass"]

Floats = npt.NDArray[np.float64]
INTERVIEWED = "interviewed"
"""Name of the step that gives sampled cases without an interview weight 0."""
Convention = Literal["entering", "derivative"]
"""With which weights a step's regression is fitted: those entering it (Deville & Särndal 1992,
and R), or those that make the adjoint the exact derivative (entering weight times the slope of the
distance function)."""


@dataclass(frozen=True, eq=False)
class CellStep:
    """A step whose factor is constant within weighting cells.

    Attributes
    ----------
    name : str
        The step's word in the recipe.
    cell : int32 array (n,)
        Weighting cell of each case.
    factor : float64 array (C,)
        g of each cell: weight after the step = weight before it × g.
    x : float64 array (C, p)
        Calibration variables; p = 0 for a step without targets.
    slope : float64 array (C,)
        Derivative of g with respect to its linear predictor; for raking g itself, for the linear
        distance 1.
    """

    name: str
    cell: npt.NDArray[np.int32]
    factor: Floats
    x: Floats
    slope: Floats

    def forward(self, weights: Floats) -> Floats:
        """Return the weights (n,) after the step, from those before it."""
        return weights * self.factor[self.cell]

    def adjoint(self, scores: Floats, fitting: Floats) -> Floats:
        """Return g (r - x'B): derivatives (n, m) in the weights before the step from those after.

        B is the regression of the scores on x with the weights ``fitting`` (n,).
        """
        size = self.factor.size
        gram = self.x.T @ (np.bincount(self.cell, fitting, size)[:, None] * self.x)
        sums = [np.bincount(self.cell, fitting * one, size) for one in scores.T]
        coefficients = np.linalg.pinv(gram, hermitian=True) @ (self.x.T @ np.stack(sums, axis=1))
        residuals = scores - (self.x @ coefficients)[self.cell]
        return np.asarray(self.factor[self.cell][:, None] * residuals)


@dataclass(frozen=True, eq=False)
class Mass:
    """Base weights and steps, in order.

    Attributes
    ----------
    base : float64 array (n,)
        w_0, the design weight.
    steps : tuple of CellStep
    convention : {"entering", "derivative"}
        With which weights the steps' regressions are fitted.
    """

    base: Floats
    steps: tuple[CellStep, ...] = ()
    convention: Convention = "entering"

    @classmethod
    def of(cls, base: Floats, interviewed: npt.NDArray[np.bool_]) -> Mass:
        """Start from base weights; sampled cases without an interview end with weight 0."""
        if interviewed.all():
            return cls(base)
        factor = np.array([0.0, 1.0])
        cell = interviewed.astype(np.int32)
        return cls(base, (CellStep(INTERVIEWED, cell, factor, np.zeros((2, 0)), factor),))

    def forward(self, base: Floats | None = None) -> Floats:
        """Return the final weights (n,), of other base weights where ``base`` is given."""
        weights = self.base if base is None else base
        for step in self.steps:
            weights = step.forward(weights)
        return weights

    def adjoint(self, scores: Floats) -> Floats:
        """Return derivatives (n, m) in the base weights from those in the final weights.

        Row by row, last step first; :class:`~socialpoll.totals.Sweep` does the same on sums.
        """
        for place, step in reversed(tuple(enumerate(self.steps))):
            scores = step.adjoint(scores, self.fitting(place))
        return scores

    def entering(self, step: int) -> Floats:
        """Return the weights (n,) that enter a step."""
        return Mass(self.base, self.steps[:step]).forward()

    def after(self, step: int) -> Floats:
        """Return the product (n,) of the factors of all later steps."""
        later = self.steps[step + 1 :]
        product = np.ones(self.base.size)
        for one in later:
            product = product * one.factor[one.cell]
        return product

    def fitting(self, step: int) -> Floats:
        """Return the weights (n,) with which a step's regression is fitted."""
        weights = self.entering(step)
        if self.convention == "derivative":
            one = self.steps[step]
            weights = weights * one.slope[one.cell]
        return weights

    def regression_weight(self, step: int) -> Floats:
        """Return the fitting weights times the factors of all later steps (n,)."""
        return self.fitting(step) * self.after(step)
