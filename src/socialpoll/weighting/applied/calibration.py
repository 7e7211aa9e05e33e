"""Calibration on categories and numbers: by cells where it can be, case by case where not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses import Numeric
from socialpoll.totals import CellStep, summed
from socialpoll.weighting.account import margins_fact
from socialpoll.weighting.applied.households import Households, household_problems, households_of
from socialpoll.weighting.applied.known import known_of_all
from socialpoll.weighting.applied.limits import distance_of, refuse_unreachable
from socialpoll.weighting.applied.margins import missed_margins, outcomes_of
from socialpoll.weighting.applied.running import Applied, Entering, Rerun, by_cell, multiplied
from socialpoll.weighting.applied.scaling import scaled, to_sum
from socialpoll.weighting.calibrating import Solution, solve
from socialpoll.weighting.checking import Controls, checked
from socialpoll.weighting.declared import Calibrate
from socialpoll.weighting.margins import MarginOutcome
from socialpoll.weighting.raking import independent

__all__ = ["calibrate"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
MEAN, TOTAL = "mean", "total"


@dataclass(frozen=True, eq=False)
class _Auxiliaries:
    """What a step calibrates on, over its cells.

    Attributes
    ----------
    cell : int32 array (n,)
        Cell of each case; C for cases of no weight.
    x : float64 array (C, p)
    target : float64 array (p,)
    """

    cell: Places
    x: Floats
    target: Floats

    @property
    def size(self) -> int:
        """Number of cells C."""
        return len(self.x)

    def sums(self, weights: Floats) -> Floats:
        """Return the sums (C, B) of weights (n, B) by cell."""
        return by_cell(self.cell, self.size + 1, weights)[: self.size]


def calibrate(step: Calibrate, entering: Entering) -> Applied:
    """Change weights so that totals are reached, as near as the distance allows."""
    numbers = tuple(dict.fromkeys([*step.totals, *step.means]))
    counted = entering.weights > 0
    where = entering.where
    problems = known_of_all(entering.responses, numbers, counted, where, numbers=True)
    problems += [
        Problem(f"{name!r} is no number question", where, allowed="a number or duration")
        for name in numbers
        if name in entering.responses.columns
        and not isinstance(entering.responses.columns[name], Numeric)
    ]
    problems += household_problems(step, entering)
    entering.require(problems)
    controls = checked(entering.responses, step, entering.number, entering.weights)
    households = households_of(step, entering)
    auxiliaries = _auxiliaries(step, entering, controls, households)
    first = _first(step, entering, controls.total)
    weights = first.forward(entering.weights) if first else entering.weights
    solution = _solved(step, auxiliaries, weights[:, None])
    if not solution.converged[0]:
        refuse_unreachable(step, entering, auxiliaries.x, auxiliaries.target,
                           auxiliaries.sums(weights[:, None])[:, 0])  # fmt: skip
    made = _cell_step(step, auxiliaries, solution, weights)
    after = made.forward(weights)
    _refuse_negative(entering, after)
    outcomes = _outcomes(step, entering, controls, after)
    error = float(solution.error[0])
    missed = missed_margins(step, entering, outcomes, error, solution.iterations)
    asked = entering.responses.questionnaire
    fact = margins_fact(step, asked, controls, error, solution.iterations)
    cells = (made,) if first is None else (first, made)
    again = partial(_again, step, auxiliaries, None if first is None else controls.total)
    return Applied(cells, fact, again, outcomes, (*controls.findings, *missed))


def _again(
    step: Calibrate,
    auxiliaries: _Auxiliaries,
    scaled_to: float | None,
    weights: Floats,
    copies: Floats,
) -> Rerun:
    sound = np.ones(weights.shape[1], dtype=np.bool_)
    if scaled_to is not None:
        weights, sound = to_sum(weights, scaled_to)
    found = _solved(step, auxiliaries, weights, copies)
    factor = np.vstack([found.factor, np.ones((1, weights.shape[1]))])
    made = multiplied(auxiliaries.cell, factor, weights)
    return Rerun(made, sound & found.converged & (made >= 0).all(axis=0))


def _first(step: Calibrate, entering: Entering, total: float) -> CellStep | None:
    """Return the scaling before a step with bounds of factors."""
    if step.bounds is None or step.bounds_on == "weight" or not step.scale_first:
        return None
    return scaled("scale", entering.weights, total)


def _auxiliaries(
    step: Calibrate, entering: Entering, controls: Controls, households: Households | None
) -> _Auxiliaries:
    """Lay out x over weighting cells, or over cases where numbers, limits or households say so."""
    x, target = _of_margins(controls)
    cell = controls.cells.cell
    names = [*step.totals, *step.means]
    if not names and step.bounds_on == "factor" and households is None:
        return _Auxiliaries(cell, x, target)
    counted = np.flatnonzero(entering.weights > 0)
    columns = [x[cell[counted]]]
    for name in names:
        column = entering.responses.columns[name]
        columns.append(np.asarray(getattr(column, "values", None))[counted][:, None])
    wanted = [*step.totals.values(), *(one * controls.total for one in step.means.values())]
    made = np.hstack(columns)
    if households is not None:
        made = households.shared(made, counted)
    of_row = np.full(entering.weights.size, counted.size, dtype=np.int32)
    of_row[counted] = np.arange(counted.size)
    return _Auxiliaries(of_row, made, np.append(target, wanted))


def _of_margins(controls: Controls) -> tuple[Floats, Floats]:
    """Return indicators of independent levels (C, p) and their targets; without margins, N."""
    if not controls.level:
        return np.ones((controls.cells.size, 1)), np.array([controls.total])
    sizes = [target.size for target in controls.target]
    x = independent(controls.level, sizes)
    wanted = np.zeros(x.shape[1])
    for place, column in enumerate(x.T):
        wanted[place] = _target_of(column, controls)
    return x, wanted


def _target_of(column: Floats, controls: Controls) -> float:
    """Return the target of the level whose indicator a column is."""
    for level, target in zip(controls.level, controls.target, strict=True):
        inside = np.unique(level[column > 0])
        if inside.size == 1 and np.array_equal(level == inside[0], column > 0):
            return float(target[inside[0]])
    message = "a column of margins is the indicator of no level"
    raise ValueError(message)


def _solved(
    step: Calibrate, auxiliaries: _Auxiliaries, weights: Floats, copies: Floats | None = None
) -> Solution:
    sums = auxiliaries.sums(weights)
    each = None if copies is None else auxiliaries.sums(copies)
    return solve(
        sums,
        auxiliaries.x,
        auxiliaries.target,
        distance_of(step, sums, each),
        tolerance=step.tolerance,
        max_iterations=step.max_iterations,
    )


def _cell_step(
    step: Calibrate, auxiliaries: _Auxiliaries, solution: Solution, weights: Floats
) -> CellStep:
    factor, slope = solution.factor[:, 0], solution.slope[:, 0]
    x, gain = auxiliaries.x, factor.copy()
    if step.bounds_on == "weight":
        # At a limit the weight after the step is the limit, whatever it was before.
        gain[slope == 0] = 0.0
    padded = CellStep(
        step.step,
        auxiliaries.cell,
        np.append(factor, 1.0),
        np.vstack([x, np.zeros((1, x.shape[1]))]),
        np.append(slope, 1.0),
        gain=np.append(gain, 1.0) if step.bounds_on == "weight" else None,
    )
    return padded if (weights == 0).any() else _without_outside(padded)


def _without_outside(step: CellStep) -> CellStep:
    return replace(
        step,
        factor=step.factor[:-1],
        x=step.x[:-1],
        slope=step.slope[:-1],
        gain=None if step.gain is None else step.gain[:-1],
    )


def _refuse_negative(entering: Entering, after: Floats) -> None:
    negative = after < 0
    if negative.any():
        entering.require(
            [
                Problem(
                    f"{np.count_nonzero(negative)} weights became negative",
                    entering.where,
                    found=f"{after.min():.6g}, first in row {int(np.argmax(negative))}",
                    advice="take the distance raking, logit or truncated, which keep weights "
                    "positive, or fewer margins",
                )
            ]
        )


def _outcomes(
    step: Calibrate, entering: Entering, controls: Controls, after: Floats
) -> tuple[MarginOutcome, ...]:
    by_margin = controls.cells.sums(after)
    reached = [
        summed(level, by_margin, target.size)
        for level, target in zip(controls.level, controls.target, strict=True)
    ]
    found = list(outcomes_of(controls, entering.number, reached, controls.target))
    wanted = {name: (TOTAL, one) for name, one in step.totals.items()}
    wanted |= {name: (MEAN, one * controls.total) for name, one in step.means.items()}
    for name, (word, target) in wanted.items():
        values = np.asarray(getattr(entering.responses.columns[name], "values", None))
        counted = entering.weights > 0
        found.append(
            MarginOutcome(
                step=entering.number,
                name=name,
                codes=[word],
                cell=np.arange(values.size, dtype=np.int32),
                level=np.zeros(values.size, dtype=np.intp),
                cases=np.array([np.count_nonzero(counted)]),
                before=np.array([entering.weights @ values]),
                target=np.array([target]),
                reached=np.array([after @ values]),
                final=np.array([after @ values]),
                amount=values,
            )
        )
    return tuple(found)
