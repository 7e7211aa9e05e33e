"""Weights with a given sum."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt

from socialpoll.schema import Fact, FactValue
from socialpoll.totals import CellStep
from socialpoll.weighting.applied.running import Applied, Entering, Rerun
from socialpoll.weighting.declared import Rescale

__all__ = ["scale", "scaled", "to_sum"]

Floats = npt.NDArray[np.float64]


def scale(step: Rescale, entering: Entering) -> Applied:
    """Multiply all weights by one number."""
    counted = entering.weights > 0
    total = float(entering.counting.number(counted)) if isinstance(step.to, str) else float(step.to)
    made = scaled(Rescale.step, entering.weights, total)
    values: dict[str, FactValue] = {"total": total, "factor": float(made.factor[0])}
    again = partial(_again, total)
    return Applied((made,), Fact("weighting", Rescale.step, values), again)


def _again(total: float, weights: Floats, _copies: Floats) -> Rerun:
    return to_sum(weights, total)


def scaled(name: str, weights: Floats, total: float) -> CellStep:
    """Return the step that gives weights (n,) a sum: post-stratification to one cell."""
    one = np.ones((1, 1))
    factor = np.array([total / weights.sum()])
    return CellStep(name, np.zeros(weights.size, dtype=np.int32), factor, one, factor)


def to_sum(weights: Floats, total: float) -> Rerun:
    """Give the weights (n, B) of each replicate a sum."""
    sums = weights.sum(axis=0)
    factor = np.divide(total, sums, out=np.zeros_like(sums), where=sums > 0)
    return Rerun(weights * factor, sums > 0)
