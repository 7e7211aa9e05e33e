"""Weights that are refused where they are worse than declared."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.schema import Fact, FactValue
from socialpoll.weighting.applied.running import Applied, Entering, Rerun
from socialpoll.weighting.declared import Require
from socialpoll.weighting.diagnostics import spread_among
from socialpoll.weighting.targeting.codes import percent

__all__ = ["require"]

Floats = npt.NDArray[np.float64]


def require(step: Require, entering: Entering) -> Applied:
    """Go on where all that is required holds; replicates are not asked."""
    spread = spread_among(entering.weights, entering.responses)
    ratio = spread.largest / spread.smallest
    problems = []
    if step.max_deff is not None and spread.deff > step.max_deff:
        problems.append(_broken("max_deff", f"{spread.deff:.4g}", f"at most {step.max_deff:g}",
                                "the design effect of the weights is too large"))  # fmt: skip
    if step.min_effective is not None and spread.n_effective < step.min_effective:
        problems.append(_broken("min_effective", f"{spread.n_effective:.5g}",
                                f"at least {step.min_effective:g}",
                                "the effective sample size is too small"))  # fmt: skip
    if step.max_ratio is not None and ratio > step.max_ratio:
        problems.append(_broken("max_ratio", f"{ratio:.5g}", f"at most {step.max_ratio:g}",
                                "the largest weight is too many times the smallest"))  # fmt: skip
    worst = _worst_margin(entering)
    if step.margin_error is not None and worst[0] > step.margin_error:
        problems.append(_broken("margin_error", f"{percent(worst[0])}, {worst[1]}",
                                f"at most {percent(step.margin_error)}",
                                "a margin is too far from its target"))  # fmt: skip
    entering.require(problems)
    values: dict[str, FactValue] = {
        "max_deff": step.max_deff,
        "min_effective": step.min_effective,
        "max_ratio": step.max_ratio,
        "margin_error": step.margin_error,
        "deff": spread.deff,
        "n_effective": spread.n_effective,
        "ratio": ratio,
        "largest_error": worst[0],
    }
    return Applied((), Fact("weighting", Require.step, values), _unasked)


def _unasked(weights: Floats, _copies: Floats) -> Rerun:
    return Rerun(weights, np.ones(weights.shape[1], dtype=np.bool_))


def _broken(name: str, found: str, allowed: str, what: str) -> Problem:
    advice = "merge levels or leave out a margin, hold weights at limits, or declare less"
    return Problem(what, name, found, allowed, advice)


def _worst_margin(entering: Entering) -> tuple[float, str]:
    worst = (0.0, "")
    for one in entering.outcomes:
        error = one.final_error
        place = int(np.argmax(error))
        if error[place] > worst[0]:
            worst = (float(error[place]), f"{one.name} {one.codes[place]}")
    return worst
