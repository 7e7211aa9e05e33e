"""Factors that were found on combinations of the variables weighted by, for finer combinations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from socialpoll.errors import CombinationsError, Problem, StepError, WeightingError
from socialpoll.responses import Numeric, Responses, Scan, state_of
from socialpoll.totals import Mass
from socialpoll.weighting.recipe import Recipe, limits_weights, variables_of

__all__ = ["as_weighed", "attached", "outlined"]

Places = npt.NDArray[np.intp]


def attached(
    mass: Mass,
    fitted: Responses,
    finer: Responses,
    names: Sequence[str],
    *,
    by_base_weight: bool = False,
) -> Mass:
    """Return the same steps for combinations of more variables.

    A factor is a function of the variables weighted by, of the stratum, and of what became of the
    case, and where weights were held at limits of the base weight: each finer combination is within
    one of those that the steps were fitted on.

    Parameters
    ----------
    mass : Mass
        Of the combinations that the steps were fitted on.
    fitted, finer : Responses
        Combinations of the same cases, both with these variables.
    names : sequence of str
        Variables weighted by, of one answer each.
    by_base_weight : bool
        Whether the cases of a combination have one base weight, which factors depend on.

    Raises
    ------
    WeightingError
        Where answers have changed since they were weighted.
    """
    size = len(fitted)
    of_both = np.zeros(size + len(finer), dtype=np.intp)
    of_each = (_told(each, names, by_base_weight=by_base_weight) for each in (fitted, finer))
    for told, tells in zip(*of_each, strict=True):
        of_both = _crossed(of_both, np.concatenate([told, tells]))
    row_of = np.full(int(of_both.max(initial=0)) + 1, -1, dtype=np.intp)
    row_of[of_both[:size]] = np.arange(size)
    row = row_of[of_both[size:]]
    if (row < 0).any():
        message = "there are answers by which nobody was weighted"
        advice = "scan the answers again, and weight them: they have changed where they lie"
        raise WeightingError(message, where=", ".join(names), advice=advice)
    steps = tuple(replace(one, cell=one.cell[row]) for one in mass.steps)
    return Mass(finer.base_weight, steps, mass.convention)


def as_weighed(scan: Scan, recipe: Recipe) -> Scan:
    """Return the answers as a recipe needs them counted.

    Limits hold some weights and not others, so that cases of different base weight are told apart.
    """
    return scan.by_base_weight() if any(map(limits_weights, recipe.steps)) else scan


def outlined(scan: Scan, recipe: Recipe) -> Responses:
    """Return everybody who was sampled, with the answers to what a recipe is about.

    Raises
    ------
    CombinationsError
        These make too many combinations.
    StepError
        They do with the base weights, which a step needs that holds weights at limits.
    """
    about = {name for step in recipe.steps for name in variables_of(step)}
    named = about & {*scan.questionnaire.names}
    try:
        return as_weighed(scan, recipe).outline(named)
    except CombinationsError as failure:
        limited = [one for one in enumerate(recipe.steps, start=1) if limits_weights(one[1])]
        if not limited:
            raise
        number, step = limited[0]
        raise _too_many_weights(f"step {number} ({step.step})", failure) from None


def _too_many_weights(where: str, failure: CombinationsError) -> StepError:
    (problem,) = failure.problems
    return StepError(
        where,
        [
            Problem(
                "the step holds each weight at a limit, and there are too many different base "
                "weights to count the cases of each apart",
                where,
                problem.found,
                problem.allowed,
                advice="round the base weights before, hold factors within bounds (calibrate with "
                "bounds_on = 'factor'), or bind a sample of the answers in memory",
            )
        ],
    )


def _told(
    responses: Responses, names: Sequence[str], *, by_base_weight: bool
) -> Iterable[npt.NDArray[np.generic]]:
    """Yield what a factor may depend on: arrays (n,)."""
    yield responses.base_weight > 0
    yield responses.interviewed
    yield from (stage.stratum for stage in responses.stages)
    if responses.outcome is not None:
        yield responses.outcome
    if by_base_weight and responses.repeats is not None:
        yield responses.repeats.least
    for name in names:
        column = responses.columns[name]
        yield state_of(column)
        if isinstance(column, Numeric):
            yield np.nan_to_num(column.values)


def _crossed(outer: Places, values: npt.NDArray[np.generic]) -> Places:
    """Return a number from 0 for each pair of a number and a value."""
    found, place = np.unique(values, return_inverse=True)
    _, pairs = np.unique(outer * found.size + place.ravel(), return_inverse=True)
    return np.asarray(pairs.ravel(), dtype=np.intp)
