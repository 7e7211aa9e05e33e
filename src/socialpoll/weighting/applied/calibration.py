"""Calibration on categories and numbers: by cells where it can be, case by case where not."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses import Numeric
from socialpoll.totals import CellStep, summed
from socialpoll.weighting.account import margins_fact
from socialpoll.weighting.applied.auxiliaries import ALL, Auxiliaries, auxiliaries_of, number_of
from socialpoll.weighting.applied.households import household_problems, households_of
from socialpoll.weighting.applied.known import known_of_all
from socialpoll.weighting.applied.limits import distance_of, refuse_unreachable
from socialpoll.weighting.applied.margins import missed_margins, outcomes_of
from socialpoll.weighting.applied.running import Applied, Entering, Rerun, multiplied
from socialpoll.weighting.applied.scaling import scaled, to_sum
from socialpoll.weighting.checking import checked
from socialpoll.weighting.declared import Calibrate
from socialpoll.weighting.margins import MarginOutcome
from socialpoll.weighting.solving.calibrating import Solution, solve
from socialpoll.weighting.solving.equations import scales

__all__ = ["calibrate"]

Floats = npt.NDArray[np.float64]


def calibrate(step: Calibrate, entering: Entering) -> Applied:
    """Change weights so that totals are reached, as near as the distance allows."""
    entering.require([*_number_problems(step, entering), *household_problems(step, entering)])
    controls = checked(entering.responses, step, entering.number, entering.weights)
    auxiliaries = auxiliaries_of(step, entering, controls, households_of(step, entering))
    calibration = _Calibration(step, auxiliaries)
    first = scaled("scale", entering.weights, controls.total) if calibration.scales else None
    weights = first.forward(entering.weights) if first else entering.weights
    sums = auxiliaries.sums(weights[:, None])
    copies = auxiliaries.sums(entering.copies[:, None])
    solution = calibration.solved(sums, copies)
    if not solution.converged[0] and step.on_miss == "raise":
        refuse_unreachable(step, entering, auxiliaries, sums[:, 0], copies[:, 0])
    made = calibration.cell_step(sums[:, 0], solution)
    after = made.forward(weights)
    error = float(solution.error[0])
    outcomes = _outcomes(step, entering, auxiliaries, after)
    missed = missed_margins(step, entering, outcomes, error, solution.iterations)
    _refuse_negative(entering, after)
    asked = entering.responses.questionnaire
    fact = margins_fact(step, asked, controls, error, solution.iterations)
    return Applied(
        (made,) if first is None else (first, made),
        fact,
        calibration.again,
        outcomes,
        (*controls.findings, *missed),
    )


class _Calibration(NamedTuple):
    """How a step is solved, of the sample and of replicates."""

    step: Calibrate
    auxiliaries: Auxiliaries

    @property
    def scales(self) -> bool:
        """Whether weights are scaled before: bounds of factors are about what comes then."""
        step = self.step
        return step.bounds is not None and step.bounds_on == "factor" and step.scale_first

    def solved(self, sums: Floats, copies: Floats) -> Solution:
        """Solve for weights of cells (C, B), which are of so many copies (C, B) of cases."""
        return solve(
            sums,
            self.auxiliaries.x,
            self.auxiliaries.target(sums),
            distance_of(self.step, sums, copies),
            tolerance=self.step.tolerance,
            max_iterations=self.step.max_iterations,
        )

    def again(self, weights: Floats, copies: Floats) -> Rerun:
        """Solve anew for the weights (n, B) of replicates."""
        sound = np.ones(weights.shape[1], dtype=np.bool_)
        auxiliaries = self.auxiliaries
        if self.scales:
            weights, sound = to_sum(weights, auxiliaries.controls.total)
        found = self.solved(auxiliaries.sums(weights), auxiliaries.sums(copies))
        factor = np.vstack([found.factor, np.ones((1, weights.shape[1]))])
        made = multiplied(auxiliaries.cell, factor, weights)
        return Rerun(made, sound & found.converged & (made >= 0).all(axis=0))

    def cell_step(self, sums: Floats, solution: Solution) -> CellStep:
        """Return the factors, and how they move with the weights (C,) of cells."""
        auxiliaries = self.auxiliaries
        factor, slope = solution.factor[:, 0], solution.slope[:, 0]
        x = auxiliaries.x[:, auxiliaries.kept]
        gain = left = None
        # At a limit of weights the weight after the step is the limit, whatever it was before.
        if self.step.bounds_on == "weight":
            gain = np.where(slope == 0, 0.0, factor)
        drift = auxiliaries.drift(sums)
        if drift is not None:
            passes = factor if gain is None else gain
            left = passes[:, None] * x - drift[:, auxiliaries.kept]
        if auxiliaries.outside:
            # They weigh nothing; a factor of 1 and no x keep it so.
            factor, slope, x = _padded(factor), _padded(slope), _padded(x)
            gain = None if gain is None else _padded(gain)
            left = None if left is None else _padded(left)
        return CellStep(self.step.step, auxiliaries.cell, factor, x, slope, gain=gain, left=left)


def _padded(values: Floats) -> Floats:
    value = 1.0 if values.ndim == 1 else 0.0
    return np.concatenate([values, np.full((1, *values.shape[1:]), value)])


def _number_problems(step: Calibrate, entering: Entering) -> list[Problem]:
    names = [*step.totals, *step.means]
    columns, counted = entering.responses.columns, entering.weights > 0
    where = entering.where
    problems = known_of_all(entering.responses, names, counted, where, numbers=True)
    return problems + [
        Problem(
            f"{name!r} is no number question, and has no total",
            where,
            found=type(columns[name]).__name__.lower(),
            allowed="a number or a duration",
            advice="give targets of categories as a margin",
        )
        for name in names
        if name in columns and not isinstance(columns[name], Numeric)
    ]


def _refuse_negative(entering: Entering, after: Floats) -> None:
    negative = after < 0
    if negative.any():
        least = float((after / entering.copies).min())
        entering.require(
            [
                Problem(
                    f"{entering.counting.number(negative)} weights became negative",
                    entering.where,
                    found=entering.counting.told(negative, f"{least:.6g}"),
                    advice="take the distance raking, logit or truncated, which keep weights "
                    "positive, or fewer margins",
                )
            ]
        )


def _outcomes(
    step: Calibrate, entering: Entering, auxiliaries: Auxiliaries, after: Floats
) -> tuple[MarginOutcome, ...]:
    controls = auxiliaries.controls
    sums = controls.cells.sums(after)
    reached = [
        summed(level, sums, len(codes))
        for level, codes in zip(controls.level, controls.codes, strict=True)
    ]
    found = list(outcomes_of(controls, entering.number, reached, controls.target))
    number = partial(_number_outcome, entering, after)
    if not controls.names:
        found.append(number(ALL, "total", np.ones(after.size), controls.total))
    for name, total in step.totals.items():
        found.append(number(name, "total", number_of(entering.responses, name), total))
    for name, mean in step.means.items():
        total = mean * controls.total
        found.append(number(name, "mean", number_of(entering.responses, name), total))
    return tuple(found)


def _number_outcome(
    entering: Entering, after: Floats, name: str, word: str, values: Floats, total: float
) -> MarginOutcome:
    reached, target = np.array([after @ values]), np.array([total])
    absolute = np.array([np.abs(after) @ np.abs(values)])
    scale = scales(target[:, None], absolute[:, None])[:, 0]
    return MarginOutcome(
        step=entering.number,
        name=name,
        codes=[word],
        cell=np.arange(values.size, dtype=np.int32),
        level=np.zeros(values.size, dtype=np.intp),
        cases=np.array([entering.counting.number(entering.weights > 0)]),
        before=np.array([entering.weights @ values]),
        target=target,
        reached=reached,
        final=reached,
        amount=values,
        scale=np.where(scale > 0, scale, 1.0),
    )
