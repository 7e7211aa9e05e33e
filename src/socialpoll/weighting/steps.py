"""One step of a recipe: checked, solved, and turned into factors of weighting cells."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import ConvergenceError
from socialpoll.responses import Responses
from socialpoll.schema import Fact
from socialpoll.totals import CellStep, summed
from socialpoll.weighting.account import step_fact
from socialpoll.weighting.checking import Controls, checked
from socialpoll.weighting.codes import percent
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.margins import MarginOutcome, margins_frame
from socialpoll.weighting.raking import Fit, fit, independent
from socialpoll.weighting.recipe import Rake, Step

__all__ = ["Applied", "apply"]

Floats = npt.NDArray[np.float64]
WORST = 3
EXACT = 1e-9
"""Largest relative error of post-stratification, which is of rounding."""


class Applied(NamedTuple):
    """What a step came to.

    Attributes
    ----------
    cells : CellStep
        Its factors.
    outcomes : tuple of MarginOutcome
        Its margins.
    findings : tuple of WeightingFinding
    fact : Fact
        For the account of the method.
    """

    cells: CellStep
    outcomes: tuple[MarginOutcome, ...]
    findings: tuple[WeightingFinding, ...]
    fact: Fact


def apply(responses: Responses, step: Step, number: int, weights: Floats) -> Applied:
    """Apply a step to the weights that enter it.

    Parameters
    ----------
    responses : Responses
    step : Rake or PostStratify
    number : int
        Its place in the recipe, from 1.
    weights : float64 array (n,)

    Returns
    -------
    Applied

    Raises
    ------
    TargetError, ConvergenceError
        As :func:`weigh`.
    """
    controls = checked(responses, step, number, weights)
    tolerance = step.tolerance if isinstance(step, Rake) else EXACT
    result = fit(
        controls.base,
        controls.level,
        controls.target,
        tolerance=tolerance,
        max_iterations=step.max_iterations if isinstance(step, Rake) else 1,
    )
    outcomes = _outcomes(controls, result, number)
    missed: list[WeightingFinding] = []
    if not result.error <= tolerance:
        goes_on = isinstance(step, Rake) and step.on_miss == "warn"
        if not (goes_on and np.isfinite(result.error)):
            raise _not_reached(step, number, result, outcomes)
        missed = [_missed(one, tolerance) for one in outcomes if one.error.max() > tolerance]
    fact = step_fact(step, responses.questionnaire, controls, result)
    return Applied(
        _cell_step(step, controls, result), outcomes, (*controls.findings, *missed), fact
    )


def _cell_step(step: Step, controls: Controls, result: Fit) -> CellStep:
    x = independent(controls.level, [target.size for target in controls.target])
    factor = result.factor
    if controls.cells.outside:
        # Cases without an interview weigh nothing; a factor of 1 and no x keep it so.
        factor = np.append(factor, 1.0)
        x = np.vstack([x, np.zeros((1, x.shape[1]))])
    return CellStep(step.step, controls.cells.cell, factor, x, slope=factor)


def _outcomes(controls: Controls, result: Fit, number: int) -> tuple[MarginOutcome, ...]:
    outcomes = []
    for place, name in enumerate(controls.names):
        level, target = controls.level[place], controls.target[place]
        outcomes.append(
            MarginOutcome(
                step=number,
                name=name,
                codes=controls.codes[place],
                level=level,
                cases=controls.cases[place],
                before=summed(level, controls.base, target.size),
                target=target,
                reached=result.reached[place],
                final=result.reached[place],
            )
        )
    return tuple(outcomes)


def _not_reached(
    step: Step, number: int, result: Fit, outcomes: tuple[MarginOutcome, ...]
) -> ConvergenceError:
    rounds = "1 round" if result.iterations == 1 else f"{result.iterations} rounds"
    return ConvergenceError(
        f"step {number} ({step.step}): after {rounds} the margins are still up to "
        f"{percent(result.error)} off: {'; '.join(_worst(outcomes))}",
        margins=margins_frame(outcomes),
        advice="the respondents may not hold every combination that the targets need: merge "
        "levels, leave out a margin, or allow more max_iterations; the error's 'margins' has all "
        "levels",
    )


def _worst(outcomes: tuple[MarginOutcome, ...]) -> list[str]:
    levels = [
        (float(error), f"{one.name} {code} (target {target:,.6g}, reached {reached:,.6g})")
        for one in outcomes
        for error, code, target, reached in zip(
            one.error, one.codes, one.target, one.reached, strict=True
        )
    ]
    return [words for _, words in sorted(levels, key=lambda pair: -pair[0])[:WORST]]


def _missed(outcome: MarginOutcome, tolerance: float) -> WeightingFinding:
    error = outcome.error
    worst = int(np.argmax(error))
    return WeightingFinding(
        severity="error",
        step=outcome.step,
        margin=outcome.name,
        level=outcome.codes[worst],
        value=f"{outcome.reached[worst]:.10g}",
        what=f"the margin was missed: up to {percent(error[worst])} off, "
        f"beyond the tolerance of {tolerance:g}",
        advice="look at the margins of the weights; merge levels or leave out a margin",
    )
