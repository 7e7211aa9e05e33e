"""How much each case counts: base weights, and the steps that changed them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

__all__ = ["INTERVIEWED", "Back", "CellStep", "Convention", "Mass", "interviews_only"]

Floats = npt.NDArray[np.float64]
INTERVIEWED = "interviewed"
"""Name of the step that gives sampled cases without an interview weight 0."""
Convention = Literal["entering", "derivative"]
"""With which weights a calibration's regression is fitted: those entering it (Deville & Särndal
1992, and R), or those that make the adjoint the exact derivative (entering weight times the slope
of the distance function)."""
COLLINEAR = 1e-11
"""Part of the largest eigenvalue of a scaled x'Wx below which columns follow from others."""


class Back(NamedTuple):
    """What one step makes of derivatives on their way back.

    Attributes
    ----------
    before : float64 array (n, m)
        Derivatives in the weights before the step.
    direct : float64 array (n, m)
        What a case adds to its score past the earlier steps, since its weight after this one is a
        limit per copy of the case, whatever it was before; 0 for cases that no limit holds.
    """

    before: Floats
    direct: Floats


@dataclass(frozen=True, eq=False)
class CellStep:
    """A step whose factor is constant within cells; a cell may be a single case.

    Weight after = weight before × g. What the step learned from the sample makes g depend on all
    weights; the way back is f r - left B with B = M⁻¹ Σ w right r over the weights w that enter.

    Attributes
    ----------
    name : str
        The step's word in the recipe.
    cell : int32 array (n,)
        Cell of each case.
    factor : float64 array (C,)
        g of each cell.
    x : float64 array (C, p)
        What the step was fitted on; p = 0 for a step that learned nothing from the sample.
    slope : float64 array (C,)
        Derivative of g with respect to its linear predictor; for raking g itself, for the linear
        distance 1.
    gain : float64 array (C,), optional
        f: how the weight after the step changes with the weight before it. g, where absent; 0 where
        a limit on weights holds.
    left : float64 array (C, p), optional
        f x, where absent: a calibration to fixed totals. Where the totals are those of the sample
        itself, f x less their derivative in the weight of a case.
    right : float64 array (C, p), optional
        Where absent, x, or x times the slope, as the convention says.
    gram : float64 array (p, p), optional
        M; Σ w right x' where absent.
    exact_only : bool
        Whether only convention ``derivative`` follows what the step learned; with the other its
        factors count as fixed.
    """

    name: str
    cell: npt.NDArray[np.int32]
    factor: Floats
    x: Floats
    slope: Floats
    gain: Floats | None = None
    left: Floats | None = None
    right: Floats | None = None
    gram: Floats | None = None
    exact_only: bool = False

    @classmethod
    def plain(cls, name: str, cell: npt.NDArray[np.int32], factor: Floats) -> CellStep:
        """Return a step whose factors do not depend on the sample."""
        return cls(name, cell, factor, np.zeros((factor.size, 0)), factor)

    def under(self, convention: Convention) -> CellStep:
        """Return the step as a convention sees it."""
        if not self.exact_only or convention == "derivative":
            return self
        return CellStep.plain(self.name, self.cell, self.factor)

    def forward(self, weights: Floats) -> Floats:
        """Return the weights (n,) after the step, from those before it."""
        weighted = np.take(self.factor, self.cell)
        weighted *= weights
        return weighted

    @property
    def passes(self) -> Floats:
        """The gain f (C,), or the factor itself."""
        return self.factor if self.gain is None else self.gain

    @property
    def taken(self) -> Floats:
        """Return what B is multiplied by on the way back (C, p)."""
        return self.passes[:, None] * self.x if self.left is None else self.left

    @property
    def leaves(self) -> Floats:
        """Return what B takes from the score of each unit of weight before the step (C, p).

        On the way back and directly, f x + (g - f) x where the totals are fixed: g x.
        """
        if self.left is None:
            return self.factor[:, None] * self.x
        return self.left + (self.factor - self.passes)[:, None] * self.x

    def fitted_on(self, convention: Convention) -> Floats:
        """Return what multiplies w r in the moments that B comes of (C, p)."""
        if self.right is not None:
            return self.right
        return self.slope[:, None] * self.x if convention == "derivative" else self.x

    def inverse(self, entering: Floats, convention: Convention) -> Floats:
        """Return M⁻¹ (p, p), generalised where columns are collinear."""
        gram = self.gram
        if gram is None:
            by_cell = np.bincount(self.cell, weights=entering, minlength=self.factor.size)
            gram = self.fitted_on(convention).T @ (by_cell[:, None] * self.x)
        size = np.sqrt(np.abs(np.diagonal(gram)))
        scale = np.divide(1.0, size, out=np.zeros_like(size), where=size > 0)
        scaled = scale[:, None] * gram * scale
        return np.asarray(scale[:, None] * np.linalg.pinv(scaled, rcond=COLLINEAR) * scale)

    def back(self, scores: Floats, entering: Floats, convention: Convention) -> Back:
        """Take derivatives (n, m) in the weights after the step to those before it."""
        cells = [np.bincount(self.cell, entering * one, self.factor.size) for one in scores.T]
        moment = self.fitted_on(convention).T @ np.stack(cells, axis=1)
        coefficients = self.inverse(entering, convention) @ moment
        taken, explained = (one[self.cell] for one in (self.taken @ coefficients,
                                                       self.x @ coefficients))  # fmt: skip
        held = entering * (self.factor - self.passes)[self.cell]
        before = self.passes[self.cell][:, None] * scores - taken
        return Back(before, held[:, None] * (scores - explained))


@dataclass(frozen=True, eq=False)
class Mass:
    """Base weights and steps, in order.

    Attributes
    ----------
    base : float64 array (n,)
        w_0, the design weight.
    steps : tuple of CellStep
    convention : {"entering", "derivative"}
        With which weights the regressions of calibrations are fitted.
    """

    base: Floats
    steps: tuple[CellStep, ...] = ()
    convention: Convention = "entering"

    @classmethod
    def of(cls, base: Floats, interviewed: npt.NDArray[np.bool_]) -> Mass:
        """Start from base weights; sampled cases without an interview end with weight 0."""
        return cls(base, interviews_only(interviewed))

    def under(self, convention: Convention) -> Mass:
        """Return the same under another convention."""
        return Mass(self.base, tuple(one.under(convention) for one in self.steps), convention)

    def forward(self, base: Floats | None = None) -> Floats:
        """Return the final weights (n,), of other base weights where ``base`` is given."""
        weights = self.base if base is None else base
        for step in self.steps:
            weights = step.forward(weights)
        return weights

    def scores(self, slopes: Floats) -> Floats:
        """Return the score of each case (n, m) from derivatives (n, m) in the final weights.

        A score is the derivative in the number of copies of a case: for steps without limits, the
        base weight times the derivative in it. Row by row, last step first;
        :class:`~socialpoll.totals.Sweep` does the same on sums.
        """
        direct = np.zeros_like(slopes)
        for place, step in reversed(tuple(enumerate(self.steps))):
            went = step.back(slopes, self.entering(place), self.convention)
            slopes = went.before
            direct += went.direct
        return np.asarray(self.base[:, None] * slopes + direct)

    def entering(self, step: int) -> Floats:
        """Return the weights (n,) that enter a step."""
        return Mass(self.base, self.steps[:step]).forward()

    def through(self, first: int, last: int | None = None) -> Floats:
        """Return the product (n,) of f of the steps from ``first`` to before ``last``."""
        product = np.ones(self.base.size)
        for one in self.steps[first:last]:
            product *= one.passes[one.cell]
        return product

    def regression_weight(self, step: int) -> Floats:
        """Return the weights (n,) that enter a step, times f of all later steps."""
        return self.entering(step) * self.through(step + 1)


def interviews_only(interviewed: npt.NDArray[np.bool_]) -> tuple[CellStep, ...]:
    """Return the step that leaves only interviews their weight; none where all cases are."""
    if interviewed.all():
        return ()
    cell = interviewed.astype(np.int32)
    return (CellStep.plain(INTERVIEWED, cell, np.array([0.0, 1.0])),)
