"""Weights by the propensity to respond: its inverse, or classes of it."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.schema import Fact, FactValue
from socialpoll.totals import CellStep
from socialpoll.weighting.applied.classes import Shared
from socialpoll.weighting.applied.covariates import Covariates, covariates_of
from socialpoll.weighting.applied.known import known_of_all
from socialpoll.weighting.applied.response import eligible_of, took_all_as_eligible
from socialpoll.weighting.applied.running import Applied, Entering, Rerun, by_cell, multiplied
from socialpoll.weighting.declared import Propensity
from socialpoll.weighting.solving.logistic import Logistic, fit_logistic

__all__ = ["weight_by_propensity"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


def weight_by_propensity(step: Propensity, entering: Entering) -> Applied:
    """Weight interviews by the inverse of their propensity, or share out within its classes."""
    scope = eligible_of(entering) & (entering.weights > 0)
    where = entering.where
    entering.require(known_of_all(entering.responses, step.on, scope, where, numbers=True))
    covariates = covariates_of(entering.rows, step.on, scope)
    model = _Model(covariates, entering.responses.interviewed & scope, scope)
    fitted = model.fitted(entering.weights[:, None])
    if not fitted.sound[0]:
        what = "the propensity to respond cannot be fitted: some groups all respond, or none does"
        advice = "leave out a variable, or group its categories more coarsely"
        entering.require([Problem(what, where, ", ".join(step.on), advice=advice)])
    propensity = fitted.probability[:, 0]
    among = np.unique(covariates.group[model.keeps])
    values: dict[str, FactValue] = {
        "variables": step.on,
        "classes": step.classes,
        "cases": entering.counting.number(scope),
        "interviews": entering.counting.number(model.keeps),
        "smallest": float(propensity[among].min()),
        "largest": float(propensity[among].max()),
    }
    fact = Fact("weighting", Propensity.step, values)
    findings = took_all_as_eligible(entering)
    if step.classes is None:
        inverse = model.inverse(propensity, entering.weights)
        return Applied((inverse,), fact, model.again, findings=findings)
    several = step.classes
    shared = model.shared(propensity, several, entering.copies)
    labels = [f"class {one}" for one in range(1, several + 1)]
    entering.require(shared.lonely(entering.weights, labels, where))
    made = shared.step(Propensity.step, entering.weights)
    again = partial(model.again_in_classes, several)
    return Applied((made,), fact, again, findings=findings)


class _Model:
    """Who responded among whom, by group of like cases.

    Cells are group × 2 + (0 responded, 1 did not), and last the cases out of scope.
    """

    def __init__(self, covariates: Covariates, keeps: Truths, scope: Truths) -> None:
        self.x = covariates.x
        self.group = covariates.group
        self.keeps = keeps
        self.scope = scope
        self.size = 2 * len(self.x) + 1
        cell = np.where(scope, 2 * covariates.group + ~keeps, self.size - 1)
        self.cell = cell.astype(np.int32)

    def fitted(self, weights: Floats) -> Logistic:
        """Fit to weights (n, B): probabilities by group (G, B)."""
        sums = by_cell(self.cell, self.size, weights)
        responded, silent = sums[0:-1:2], sums[1:-1:2]
        return fit_logistic(responded, responded + silent, self.x)

    def factors(self, propensity: Floats) -> Floats:
        """Return 1 / p of respondents, 0 of the others: (cells, B) from (G, B)."""
        factor = np.zeros((self.size, propensity.shape[1]))
        np.divide(1.0, propensity, out=factor[0:-1:2], where=propensity > 0)
        return factor

    def inverse(self, propensity: Floats, weights: Floats) -> CellStep:
        """Return the step: B also holds what the fitted coefficients owe to each case.

        With H = Σ w p (1 - p) x x' and B = H⁻¹ Σ_responding w (1 - p)/p x r, the score of a case
        loses x (responding - p) B (Binder 1983).
        """
        p = np.append(np.repeat(propensity, 2), 1.0)
        x = np.vstack([np.repeat(self.x, 2, axis=0), np.zeros((1, self.x.shape[1]))])
        responds = np.zeros(self.size)
        responds[0:-1:2] = 1.0
        in_cell = by_cell(self.cell, self.size, weights[:, None])[:, 0]
        factor = self.factors(propensity[:, None])[:, 0]
        return CellStep(
            Propensity.step,
            self.cell,
            factor,
            x,
            factor,
            left=(responds - p)[:, None] * x,
            right=(responds * (1 - p) / p)[:, None] * x,
            gram=x.T @ ((in_cell * p * (1 - p))[:, None] * x),
        )

    def again(self, weights: Floats, _copies: Floats) -> Rerun:
        """Fit again to the weights of replicates."""
        fitted = self.fitted(weights)
        return Rerun(multiplied(self.cell, self.factors(fitted.probability), weights), fitted.sound)

    def shared(self, propensity: Floats, classes: int, copies: Floats) -> Shared:
        """Return the classes that propensities (G,) make, of equal numbers of cases."""
        count = np.bincount(self.group[self.scope], copies[self.scope], len(self.x))
        order = np.argsort(propensity, kind="stable")
        below = np.cumsum(count[order]) - count[order] / 2
        of_group = np.zeros(len(self.x) + 1, dtype=np.int32)
        place = np.floor(below / max(float(count.sum()), 1.0) * classes)
        of_group[order] = np.clip(place, 0, classes - 1)
        gives = self.scope & ~self.keeps
        return Shared.of(of_group[self.group], classes, self.keeps, gives)

    def again_in_classes(self, classes: int, weights: Floats, copies: Floats) -> Rerun:
        """Fit and form classes again in every replicate."""
        fitted = self.fitted(weights)
        made, sound = np.zeros(weights.shape), fitted.sound.copy()
        for one in np.flatnonzero(sound):
            shared = self.shared(fitted.probability[:, one], classes, copies[:, one])
            run = shared.again(weights[:, [one]], copies[:, [one]])
            made[:, one], sound[one] = run.weights[:, 0], run.sound[0]
        return Rerun(made, sound)
