"""Making weights: responses and a recipe become weights."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.responses import Responses
from socialpoll.schema import Fact
from socialpoll.totals import CellStep, Mass, summed
from socialpoll.weighting.account import spread_fact
from socialpoll.weighting.benchmarks import APART
from socialpoll.weighting.codes import percent
from socialpoll.weighting.diagnostics import spread_of
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.margins import MarginOutcome
from socialpoll.weighting.raking import errors_of
from socialpoll.weighting.recipe import (
    MAX_ITERATIONS,
    TOLERANCE,
    OnMiss,
    PostStratify,
    Rake,
    Recipe,
)
from socialpoll.weighting.steps import apply
from socialpoll.weighting.targets import Targets
from socialpoll.weighting.weights import Weights

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["poststratify", "rake", "weigh"]

Floats = npt.NDArray[np.float64]
Names: TypeAlias = str | tuple[str, ...]
MOVED = 1e-6
"""Relative error of a margin after later steps from which it is worth a word."""


def weigh(responses: Responses, recipe: Recipe) -> Weights:
    """Make weights by a recipe.

    Cases without an interview end with weight 0; all others start from their base weight.

    Parameters
    ----------
    responses : Responses
        Whose cases are weighed.
    recipe : Recipe
        Steps, in order; each starts from the weights of the one before.

    Returns
    -------
    Weights

    Raises
    ------
    TargetError
        Targets that do not fit the sample, the questionnaire or one another; all of a step's.
    ConvergenceError
        Margins that were not reached, unless the step says ``on_miss="warn"``.
    WeightingError
        No case is an interview of positive weight.
    """
    mass = Mass.of(responses.base_weight, responses.interviewed)
    values = mass.forward().view()
    _require_interviews(responses, values)
    outcomes: list[MarginOutcome] = []
    noted: list[WeightingFinding] = []
    facts: list[Fact] = []
    for number, step in enumerate(recipe.steps, start=1):
        applied = apply(responses, step, number, values)
        mass = replace(mass, steps=(*mass.steps, applied.cells))
        values = _weighted(values, applied.cells)
        outcomes += applied.outcomes
        noted += applied.findings
        facts.append(applied.fact)
    settled = _with_finals(outcomes, mass.steps[len(mass.steps) - len(recipe.steps) :], values)
    values.flags.writeable = False
    spread = spread_of(values)
    return Weights(
        responses=responses,
        recipe=recipe,
        mass=mass,
        values=values,
        id=hashlib.sha256(f"{responses.digest}\n{recipe.canonical}".encode()).hexdigest(),
        scale="sample" if abs(spread.sum / spread.n - 1) <= APART else "population",
        outcomes=settled,
        noted=(*noted, *_moved(settled, len(recipe.steps))),
        methodology=responses.methodology.adding(*facts, spread_fact(spread)),
    )


def rake(
    responses: Responses,
    margins: Mapping[Names, Targets | Mapping[Any, float] | pd.DataFrame] | Sequence[Margin],
    *,
    total: float | None = None,
    tolerance: float = TOLERANCE,
    max_iterations: int = MAX_ITERATIONS,
    on_miss: OnMiss = "raise",
) -> Weights:
    """Rake to margins: a recipe of one step.

    Parameters
    ----------
    responses : Responses
    margins : mapping, or sequence of Margin
        Variable, or tuple of variables, to targets: a mapping of codes (tuples of codes for a
        crossing) to counts or shares, a frame with a column ``target``, or :class:`Targets`.
    total, tolerance, max_iterations, on_miss
        As of :class:`Rake`.

    Returns
    -------
    Weights

    Raises
    ------
    TargetError, ConvergenceError, WeightingError
        As :func:`weigh`.

    Notes
    -----
    Deming & Stephan (1940); as calibration: Deville & Särndal (1992), §2, case 2.
    """
    listed = (
        tuple(Margin(of, targets) for of, targets in margins.items())
        if isinstance(margins, Mapping)
        else tuple(margins)
    )
    return weigh(responses, Recipe((Rake(listed, total, tolerance, max_iterations, on_miss),)))


def poststratify(
    responses: Responses,
    by: Names,
    targets: Targets | Mapping[Any, float] | pd.DataFrame,
    *,
    total: float | None = None,
) -> Weights:
    """Post-stratify: a recipe of one step.

    Parameters
    ----------
    responses : Responses
    by : str or tuple of str
        A variable, or several whose crossing has targets for its cells.
    targets : Targets, mapping or pandas.DataFrame
        As for :func:`rake`.
    total : float, optional
        As of :class:`PostStratify`.

    Returns
    -------
    Weights

    Raises
    ------
    TargetError, WeightingError
        As :func:`weigh`.

    Notes
    -----
    Holt & Smith (1979), JRSS A 142:33: the factor of a cell is its target over its sum of weights.
    """
    return weigh(responses, Recipe((PostStratify(by, targets, total=total),)))


def _require_interviews(responses: Responses, values: Floats) -> None:
    if not values.size or not values.max() > 0:
        raise WeightingError(
            "no case is an interview of positive weight",
            where="responses",
            found=f"{len(responses)} cases, {int(responses.interviewed.sum())} interviews",
            advice="look at the dispositions and base weights of the design",
        )


def _weighted(values: Floats, step: CellStep) -> Floats:
    weighted = np.take(step.factor, step.cell)
    weighted *= values
    return weighted


def _with_finals(
    outcomes: Sequence[MarginOutcome], steps: Sequence[CellStep], values: Floats
) -> tuple[MarginOutcome, ...]:
    """Give the margins of earlier steps their sums under the final weights."""
    settled = []
    for one in outcomes:
        if one.step == len(steps):
            settled.append(one)
            continue
        sums = summed(steps[one.step - 1].cell, values, one.level.size)[: one.level.size]
        final = summed(one.level, sums, one.target.size)
        settled.append(replace(one, final=final))
    return tuple(settled)


def _moved(outcomes: Sequence[MarginOutcome], steps: int) -> list[WeightingFinding]:
    """Tell of margins that a later step moved away from their targets."""
    findings = []
    for one in outcomes:
        error = errors_of(one.final, one.target)
        worst = int(np.argmax(error))
        if one.step < steps and error[worst] > max(MOVED, float(one.error.max())):
            findings.append(
                WeightingFinding(
                    severity="note",
                    step=one.step,
                    margin=one.name,
                    level=one.codes[worst],
                    value=f"{one.final[worst]:.10g}",
                    what=f"later steps moved the margin up to {percent(error[worst])} off",
                    advice="rake to all margins in one step where all shall hold",
                )
            )
    return findings
