"""Making weights: responses and a recipe become weights."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import TargetError, WeightingError
from socialpoll.responses import Responses, Scan, counting_of
from socialpoll.schema import Fact
from socialpoll.totals import CellStep, Mass, interviews_only
from socialpoll.weighting.account import spread_fact
from socialpoll.weighting.applied import Again, Applied, Entering, Rerun, apply
from socialpoll.weighting.attaching import as_weighed, outlined
from socialpoll.weighting.benchmarks import APART
from socialpoll.weighting.declared import (
    MAX_ITERATIONS,
    TOLERANCE,
    OnMiss,
    PostStratify,
    Rake,
    Require,
)
from socialpoll.weighting.diagnostics import spread_among
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.linting.lint import problems_of
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.margins import MarginOutcome
from socialpoll.weighting.recipe import OF_SAMPLED_CASES, Recipe, Step
from socialpoll.weighting.targeting.codes import percent
from socialpoll.weighting.targeting.targets import Targets
from socialpoll.weighting.weights import Weights

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["poststratify", "rake", "weigh"]

Floats = npt.NDArray[np.float64]
Names: TypeAlias = str | tuple[str, ...]
MOVED = 1e-6
"""Relative error of a margin after later steps from which it is worth a word."""


def weigh(responses: Responses | Scan, recipe: Recipe) -> Weights:
    """Make weights by a recipe.

    All sampled cases start from their base weight. Those without an interview end with weight 0, as
    soon as a step is about interviews, or the recipe ends.

    Parameters
    ----------
    responses : Responses or Scan
        Whose cases are weighed. Of a scan those variables alone are counted that steps are about;
        where a step holds weights at limits, the cases of each base weight are counted apart.
    recipe : Recipe
        Steps, in order; each starts from the weights of the one before.

    Returns
    -------
    Weights

    Raises
    ------
    TargetError
        Targets that do not fit the sample, the questionnaire or one another; those of all steps,
        before anything is solved.
    StepError
        Variables that are not known of all cases, classes without anybody to take the weight of
        others, bounds that cannot hold, requirements that are not met; all of a step's.
    ConvergenceError
        Margins that were not reached, unless the step says ``on_miss="warn"``.
    CombinationsError
        Variables of a scan that make too many combinations.
    WeightingError
        No case is an interview of positive weight.

    See Also
    --------
    lint : What is wrong before anything is solved.

    rake : One step, in one call.

    replicate : The same steps, again and again.
    """
    if isinstance(responses, Scan):
        return _weighed_where_they_lie(responses, recipe)
    run = _Run(responses)
    _refuse_wrong_targets(responses, recipe)
    for number, step in enumerate(recipe.steps, start=1):
        if not isinstance(step, (*OF_SAMPLED_CASES, Require)):
            run.leave_interviews()
        run.take(step, number)
    run.leave_interviews()
    return run.weights(recipe)


def _weighed_where_they_lie(scan: Scan, recipe: Recipe) -> Weights:
    """Weigh the combinations of the variables that steps are about."""
    weights = weigh(outlined(scan, recipe), recipe)
    return replace(weights, id=_identity(scan, recipe), scan=as_weighed(scan, recipe))


def _identity(answers: Responses | Scan, recipe: Recipe) -> str:
    return hashlib.sha256(f"{answers.digest}\n{recipe.canonical}".encode()).hexdigest()


def _refuse_wrong_targets(responses: Responses, recipe: Recipe) -> None:
    """Raise what is wrong with the targets of all steps at once, before anything is solved."""
    found = problems_of(responses, recipe)
    numbers = {number for number, _ in found}
    if len(numbers) > 1:
        raise TargetError("the targets of the recipe", [one for _, one in found])


@dataclass
class _Run:
    """A recipe under way."""

    responses: Responses
    mass: list[CellStep] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    reruns: list[Again] = field(default_factory=list)
    outcomes: list[MarginOutcome] = field(default_factory=list)
    noted: list[WeightingFinding] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.values = self.responses.base_weight.view()
        if not (self.values[self.responses.interviewed] > 0).any():
            raise _no_interviews(self.responses)

    def take(self, step: Step, number: int) -> None:
        """Apply a step."""
        outcomes = tuple(self.outcomes)
        if isinstance(step, Require):
            outcomes = tuple(one.under(self.values) for one in outcomes)
        entering = Entering(self.responses, number, step.step, self.values, outcomes)
        self._add(apply(step, entering), number)

    def leave_interviews(self) -> None:
        """Give cases without an interview weight 0, where they still have any."""
        interviewed = self.responses.interviewed
        if not self.values[~interviewed].any():
            return
        for one in interviews_only(interviewed):
            self.mass.append(one)
            self.numbers.append(0)
            self.values = one.forward(self.values)
        self.reruns.append(partial(_interviews_again, interviewed))

    def _add(self, applied: Applied, number: int) -> None:
        for one in applied.cells:
            self.mass.append(one)
            self.numbers.append(number)
            self.values = one.forward(self.values)
        self.reruns.append(applied.again)
        self.outcomes += applied.outcomes
        self.noted += applied.findings
        self.facts.append(applied.fact)

    def weights(self, recipe: Recipe) -> Weights:
        """Return what the steps came to."""
        values, responses = self.values.view(), self.responses
        last = self.numbers[-1] if self.numbers else 0
        settled = tuple(one if one.step == last else one.under(values) for one in self.outcomes)
        values.flags.writeable = False
        spread = spread_among(values, responses)
        return Weights(
            responses=responses,
            recipe=recipe,
            mass=Mass(responses.base_weight, tuple(self.mass)),
            values=values,
            id=_identity(responses, recipe),
            scale="sample" if abs(spread.sum / spread.n - 1) <= APART else "population",
            outcomes=settled,
            noted=(*self.noted, *_moved(settled, len(recipe.steps))),
            methodology=responses.methodology.adding(*self.facts, spread_fact(spread)),
            numbers=tuple(self.numbers),
            reruns=tuple(self.reruns),
        )


def rake(
    responses: Responses | Scan,
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
    responses : Responses or Scan
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

    See Also
    --------
    poststratify : One crossing, cell by cell.

    weigh : Several steps in one recipe.

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
    responses: Responses | Scan,
    by: Names,
    targets: Targets | Mapping[Any, float] | pd.DataFrame,
    *,
    total: float | None = None,
) -> Weights:
    """Post-stratify: a recipe of one step.

    Parameters
    ----------
    responses : Responses or Scan
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

    See Also
    --------
    rake : Several margins, one after the other.

    weigh : Several steps in one recipe.

    Notes
    -----
    Holt & Smith (1979), JRSS A 142:33: the factor of a cell is its target over its sum of weights.
    """
    return weigh(responses, Recipe((PostStratify(by, targets, total=total),)))


def _interviews_again(
    interviewed: npt.NDArray[np.bool_], weights: Floats, _copies: Floats
) -> Rerun:
    every = np.ones(weights.shape[1], dtype=np.bool_)
    return Rerun(weights * interviewed[:, None], every)


def _no_interviews(responses: Responses) -> WeightingError:
    counting = counting_of(responses.repeats)
    return WeightingError(
        "no case is an interview of positive weight",
        where="responses",
        found=f"{counting.number(np.ones(len(responses), dtype=np.bool_))} cases, "
        f"{counting.number(responses.interviewed)} interviews",
        advice="look at the dispositions and base weights of the design",
    )


def _moved(outcomes: Sequence[MarginOutcome], steps: int) -> list[WeightingFinding]:
    """Tell of margins that a later step moved away from their targets."""
    findings = []
    for one in outcomes:
        error = one.final_error
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
