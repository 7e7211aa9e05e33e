"""Raking and post-stratification: margins checked, reached by cells, and accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import ConvergenceError
from socialpoll.totals import summed
from socialpoll.weighting.account import margins_fact
from socialpoll.weighting.applied.adjoint import cell_step
from socialpoll.weighting.applied.running import Applied, Entering, Rerun, by_cell, multiplied
from socialpoll.weighting.applied.scaling import scaled, to_sum
from socialpoll.weighting.checking import Controls, checked
from socialpoll.weighting.declared import Adjusting, PostStratify, Rake
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.margins import MarginOutcome, margins_frame
from socialpoll.weighting.solving.raking import Fit, fit
from socialpoll.weighting.targeting.codes import percent

__all__ = ["missed_margins", "outcomes_of", "rake_to_margins"]

Floats = npt.NDArray[np.float64]
WORST = 3
EXACT = 1e-9
"""Largest relative error of post-stratification, which is of rounding."""


def rake_to_margins(step: Rake | PostStratify, entering: Entering) -> Applied:
    """Reach the margins of a step, in turn where there are several."""
    controls = checked(entering.responses, step, entering.number, entering.weights)
    raking = _Raking.of(step, controls)
    first = scaled("scale", entering.weights, controls.total) if controls.keeps else None
    base = controls.base if first is None else controls.base * first.factor
    result = raking.fitted(base[:, None])
    error = float(result.error[0])
    reached, wanted = ([one[:, 0] for one in some] for some in (result.reached, result.wanted))
    outcomes = outcomes_of(controls, entering.number, reached, wanted, result.factor[:, 0])
    missed = missed_margins(step, entering, outcomes, error, result.iterations)
    asked = entering.responses.questionnaire
    fact = margins_fact(step, asked, controls, error, result.iterations)
    made = cell_step(step.step, controls, base, result)
    return Applied(
        (made,) if first is None else (first, made),
        fact,
        partial(_again, raking),
        outcomes,
        (*controls.findings, *missed),
    )


class _Raking(NamedTuple):
    """How a step is solved, of the sample and of replicates."""

    controls: Controls
    tolerance: float
    rounds: int

    @classmethod
    def of(cls, step: Rake | PostStratify, controls: Controls) -> _Raking:
        if isinstance(step, PostStratify):
            return cls(controls, EXACT, 1)
        return cls(controls, step.tolerance, step.max_iterations)

    def fitted(self, base: Floats) -> Fit:
        """Rake weights (C, B) of cells, split into parts."""
        parts = self.controls.parts
        return fit(
            base[parts.cell] * parts.shares(base),
            self.controls.levels,
            self.controls.targets(base),
            tolerance=self.tolerance,
            max_iterations=self.rounds,
        )


def _again(raking: _Raking, weights: Floats, _copies: Floats) -> Rerun:
    controls = raking.controls
    sound = np.ones(weights.shape[1], dtype=np.bool_)
    if controls.keeps:
        weights, sound = to_sum(weights, controls.total)
    base = by_cell(controls.cells.cell, controls.cells.size + 1, weights)[:-1]
    result = raking.fitted(base)
    factor = controls.parts.whole(result.factor * controls.parts.shares(base), len(base))
    factor = np.vstack([factor, np.ones((1, factor.shape[1]))])
    made = multiplied(controls.cells.cell, factor, weights)
    return Rerun(made, sound & (result.error <= raking.tolerance))


def outcomes_of(
    controls: Controls,
    number: int,
    reached: Sequence[Floats],
    wanted: Sequence[Floats],
    factor: Floats | None = None,
) -> tuple[MarginOutcome, ...]:
    """Return what became of the margins of a step.

    Parameters
    ----------
    controls : Controls
    number : int
        Of the step, from 1.
    reached, wanted : sequence of float64 arrays (L,)
        By margin.
    factor : float64 array (K,), optional
        Of the parts of cells; not needed where none are split.
    """
    outcomes = []
    share = controls.parts.shares(controls.base[:, None])[:, 0]
    entering = controls.base[controls.parts.cell] * share
    after = share if factor is None else share * factor
    for place, name in enumerate(controls.names):
        level = controls.parts.level[place]
        known = level >= 0
        outcomes.append(
            MarginOutcome(
                step=number,
                name=name,
                codes=controls.codes[place],
                cell=controls.cells.cell,
                level=controls.level[place],
                cases=controls.cases[place],
                before=summed(level[known], entering[known], wanted[place].size),
                target=wanted[place],
                reached=reached[place],
                final=reached[place],
                mix=controls.mix(place, after),
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
