"""Raking and post-stratification: margins checked, reached by cells, and accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import numpy.typing as npt

from socialpoll.errors import ConvergenceError
from socialpoll.totals import CellStep, summed
from socialpoll.weighting.account import margins_fact
from socialpoll.weighting.applied.running import Applied, Entering, Rerun, by_cell, multiplied
from socialpoll.weighting.checking import Controls, checked
from socialpoll.weighting.codes import percent
from socialpoll.weighting.declared import Adjusting, PostStratify, Rake
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.margins import MarginOutcome, margins_frame
from socialpoll.weighting.raking import Fit, fit, fit_together, independent

__all__ = ["missed_margins", "outcomes_of", "rake_to_margins"]

Floats = npt.NDArray[np.float64]
WORST = 3
EXACT = 1e-9
"""Largest relative error of post-stratification, which is of rounding."""


def rake_to_margins(step: Rake | PostStratify, entering: Entering) -> Applied:
    """Reach the margins of a step, in turn where there are several."""
    controls = checked(entering.responses, step, entering.number, entering.weights)
    tolerance = step.tolerance if isinstance(step, Rake) else EXACT
    rounds = step.max_iterations if isinstance(step, Rake) else 1
    result = fit(
        controls.base,
        controls.level,
        controls.target,
        tolerance=tolerance,
        max_iterations=rounds,
    )
    outcomes = outcomes_of(controls, result.reached, entering.number)
    missed = missed_margins(step, entering, outcomes, result.error, result.iterations)
    asked = entering.responses.questionnaire
    fact = margins_fact(step, asked, controls, result.error, result.iterations)
    made = _cell_step(step, controls, result)
    again = partial(_again, controls, tolerance, rounds)
    return Applied((made,), fact, again, outcomes, (*controls.findings, *missed))


def _again(
    controls: Controls, tolerance: float, rounds: int, weights: Floats, _copies: Floats
) -> Rerun:
    base = by_cell(controls.cells.cell, controls.cells.size + 1, weights)[:-1]
    factor, error = fit_together(
        base, controls.level, controls.target, tolerance=tolerance, max_iterations=rounds
    )
    factor = np.vstack([factor, np.ones((1, factor.shape[1]))])
    return Rerun(multiplied(controls.cells.cell, factor, weights), error <= tolerance)


def _cell_step(step: Rake | PostStratify, controls: Controls, result: Fit) -> CellStep:
    x = independent(controls.level, [target.size for target in controls.target])
    factor = result.factor
    if controls.cells.outside:
        # Cases without an interview weigh nothing; a factor of 1 and no x keep it so.
        factor = np.append(factor, 1.0)
        x = np.vstack([x, np.zeros((1, x.shape[1]))])
    return CellStep(step.step, controls.cells.cell, factor, x, slope=factor)


def outcomes_of(
    controls: Controls, reached: Sequence[Floats], number: int
) -> tuple[MarginOutcome, ...]:
    """Return what became of the margins of a step."""
    outcomes = []
    for place, name in enumerate(controls.names):
        level, target = controls.level[place], controls.target[place]
        outcomes.append(
            MarginOutcome(
                step=number,
                name=name,
                codes=controls.codes[place],
                cell=controls.cells.cell,
                level=level,
                cases=controls.cases[place],
                before=summed(level, controls.base, target.size),
                target=target,
                reached=reached[place],
                final=reached[place],
            )
        )
    return tuple(outcomes)


def missed_margins(
    step: Adjusting,
    entering: Entering,
    outcomes: tuple[MarginOutcome, ...],
    error: float,
    rounds: int,
) -> list[WeightingFinding]:
    """Raise where margins were missed, or return what to say where the step goes on."""
    tolerance = EXACT if isinstance(step, PostStratify) else step.tolerance
    if error <= tolerance:
        return []
    goes_on = not isinstance(step, PostStratify) and step.on_miss == "warn"
    if not (goes_on and np.isfinite(error)):
        raise ConvergenceError(
            f"{entering.where}: after {'1 round' if rounds == 1 else f'{rounds} rounds'} the "
            f"margins are still up to {percent(error)} off: {'; '.join(_worst(outcomes))}",
            margins=margins_frame(outcomes),
            advice="the respondents may not hold every combination that the targets need: merge "
            "levels, leave out a margin, or allow more max_iterations; the error's 'margins' has "
            "all levels",
        )
    return [_missed(one, tolerance) for one in outcomes if one.error.max() > tolerance]


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
