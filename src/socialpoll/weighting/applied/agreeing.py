"""Steps that tell apart cases that agree in all that a step is about."""

from __future__ import annotations

from socialpoll.errors import Problem
from socialpoll.weighting.applied.running import Entering
from socialpoll.weighting.declared import Calibrate
from socialpoll.weighting.recipe import Step, limits_weights

__all__ = ["problems_of_alike"]


def problems_of_alike(step: Step, entering: Entering) -> list[Problem]:
    """Tell why a step cannot have one factor for all cases of a combination of answers.

    A step asks for sums of weights, and what its factor depends on is the same for all of these
    cases, with two exceptions: a limit holds some weights and not others, and a household is a
    group of single cases.
    """
    repeats = entering.responses.repeats
    if repeats is None:
        return []
    problems = []
    counted = entering.weights > 0
    unequal = (repeats.most > repeats.least) & counted
    if limits_weights(step) and unequal.any():
        cases, every = (entering.counting.number(rows) for rows in (unequal, counted))
        problems.append(
            Problem(
                "the step holds each weight at a limit, and cases that were counted together "
                "have different base weights",
                entering.where,
                found=f"{cases:,} of {every:,} cases",
                allowed="cases of equal base weight in each combination",
                advice="weigh the scan itself, which then counts each base weight apart; or bind "
                "the answers in memory",
            )
        )
    if isinstance(step, Calibrate) and step.equal_within is not None:
        problems.append(
            Problem(
                "households are groups of single cases, and those that agree were counted together",
                f"{entering.where}, equal_within",
                found=repr(step.equal_within),
                advice="leave out equal_within, or bind the answers in memory",
            )
        )
    return problems
