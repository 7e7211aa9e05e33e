"""Factors that were found on combinations of the variables weighted by, for finer combinations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.responses import Responses, Scan, state_of
from socialpoll.totals import Mass
from socialpoll.weighting.recipe import Recipe, variables_of

__all__ = ["attached", "outlined"]

Places = npt.NDArray[np.intp]


def attached(mass: Mass, fitted: Responses, finer: Responses, names: Sequence[str]) -> Mass:
    """Return the same steps for combinations of more variables.

    A factor is a function of the variables weighted by, of the stratum, and of what became of the
    case: each finer combination is within one of those that the steps were fitted on.

    Parameters
    ----------
    mass : Mass
        Of the combinations that the steps were fitted on.
    fitted, finer : Responses
        Combinations of the same cases, both with these variables.
    names : sequence of str
        Variables weighted by, of one answer each.

    Raises
    ------
    WeightingError
        Where answers have changed since they were weighted.
    """
    size = len(fitted)
    of_both = np.zeros(size + len(finer), dtype=np.intp)
    for told, tells in zip(_told(fitted, names), _told(finer, names), strict=True):
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


def outlined(scan: Scan, recipe: Recipe) -> Responses:
    """Return everybody who was sampled, with the answers to what a recipe is about."""
    about = {name for step in recipe.steps for name in variables_of(step)}
    return scan.outline(about & {*scan.questionnaire.names})


def _told(responses: Responses, names: Sequence[str]) -> Iterable[npt.NDArray[np.generic]]:
    """Yield what a factor may depend on: arrays (n,)."""
    yield responses.base_weight > 0
    yield responses.interviewed
    yield from (stage.stratum for stage in responses.stages)
    if responses.outcome is not None:
        yield responses.outcome
    yield from (state_of(responses.columns[name]) for name in names)


def _crossed(outer: Places, values: npt.NDArray[np.generic]) -> Places:
    """Return a number from 0 for each pair of a number and a value."""
    found, place = np.unique(values, return_inverse=True)
    _, pairs = np.unique(outer * found.size + place.ravel(), return_inverse=True)
    return np.asarray(pairs.ravel(), dtype=np.intp)
