"""What will go badly in a step, though it can be done: told from its cells."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt

from socialpoll.weighting.checking import Examined
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.linting.predicting import design_effect
from socialpoll.weighting.linting.proposals import SMALL
from socialpoll.weighting.targeting.codes import listed

__all__ = ["forewarnings"]

Floats = npt.NDArray[np.float64]
FEW = 5
"""Respondents of a level below which hardly anything is known of it."""
EXTREME = 5.0
"""Factor of a level, or one over it, beyond which its respondents are not like the others."""
COSTLY = 2.0
"""Design effect of weighting from which half of the interviews are lost."""
COLLINEAR = 0.95
"""Canonical correlation of two margins from which they say nearly the same."""


def forewarnings(step: Examined, number: int) -> Iterator[WeightingFinding]:
    """Yield what is worth knowing of a step before it is solved.

    Parameters
    ----------
    step : Examined
    number : int
        Its place in the recipe, from 1.
    """
    for levels in step.margins:
        yield from _small(levels, number)
        yield from _extreme(levels, number)
        yield from _without_people(levels, number)
        yield from _alone(levels, step, number)
    if len(step.margins) > 1:
        yield from _together(step, number)
    for first, second in combinations(step.margins, 2):
        yield from _collinear(first, second, step.base, number)


def _small(levels: Levels, number: int) -> Iterator[WeightingFinding]:
    small = np.flatnonzero((levels.cases > 0) & (levels.cases < SMALL) & (levels.target > 0))
    for place in small:
        cases = int(levels.cases[place])
        very = cases < FEW
        yield WeightingFinding(
            severity="warning",
            step=number,
            margin=levels.margin.name,
            level=levels.codes[place],
            value=str(cases),
            what=f"{'very few' if very else 'few'} respondents in a level (n = {cases}; "
            f"fewer than {FEW if very else SMALL})",
            advice="their answers will stand for the whole level: merge it; .merges ranks how",
        )


def _extreme(levels: Levels, number: int) -> Iterator[WeightingFinding]:
    held = (levels.weight > 0) & (levels.target > 0)
    if not held.any():
        return
    target = levels.target / levels.target[held].sum()
    sample = levels.weight / levels.weight[held].sum()
    factor = np.divide(target, sample, out=np.ones(target.size), where=held)
    for place in np.flatnonzero((factor > EXTREME) | (factor < 1 / EXTREME)):
        yield WeightingFinding(
            severity="warning",
            step=number,
            margin=levels.margin.name,
            level=levels.codes[place],
            value=f"{factor[place]:.3g}",
            what=f"an extreme factor is to be expected: {target[place]:.2%} of the population, "
            f"{sample[place]:.2%} of the weighted sample",
            advice="look whether codes and targets are of the same people; merge the level with "
            "a neighbour if they are",
        )


def _without_people(levels: Levels, number: int) -> Iterator[WeightingFinding]:
    none = np.flatnonzero(levels.declared & (levels.target == 0) & (levels.cases == 0))
    if none.size and levels.target.any():
        yield WeightingFinding(
            severity="note",
            step=number,
            margin=levels.margin.name,
            level=listed([levels.codes[place] for place in none]),
            value="0",
            what="a target of 0 for a level that has no respondents either",
            advice="nothing needs to be done, if there is indeed nobody",
        )


def _alone(levels: Levels, step: Examined, number: int) -> Iterator[WeightingFinding]:
    deff = design_effect(step.proposals.sample, [levels])
    if not math.isnan(deff):
        yield _cost(number, levels.margin.name, deff, "post-stratifying to this margin alone")


def _together(step: Examined, number: int) -> Iterator[WeightingFinding]:
    deff = design_effect(step.proposals.sample, step.margins)
    if not math.isnan(deff):
        yield _cost(number, "", deff, "reaching all margins of the step")
    elif not step.problems:
        yield WeightingFinding(
            severity="warning",
            step=number,
            margin="",
            value="not reached",
            what="the margins will hardly be reached together, though each alone can be: the "
            "respondents may not hold every combination that they need",
            advice="merge levels, or leave out a margin; .merges ranks merges",
        )


def _cost(number: int, margin: str, deff: float, what: str) -> WeightingFinding:
    severe = deff > COSTLY
    return WeightingFinding(
        severity="warning" if severe else "note",
        step=number,
        margin=margin,
        value=f"{deff:.3f}",
        what=f"design effect of weighting, 1 + CV², foretold of {what}",
        advice="more than half of the interviews' precision is lost: merge levels or leave out "
        "margins"
        if severe
        else f"as good as {1 / deff:.0%} of the interviews, for figures that have nothing to do "
        "with the margins",
    )


def _collinear(
    first: Levels, second: Levels, base: Floats, number: int
) -> Iterator[WeightingFinding]:
    names = (first.margin.name, second.margin.name)
    inside = [set(one.margin.of) for one in (first, second)]
    if inside[0] < inside[1] or inside[1] < inside[0]:
        small, large = names if inside[0] < inside[1] else names[::-1]
        yield WeightingFinding(
            severity="note",
            step=number,
            margin=small,
            value=large,
            what=f"the margin is contained in margin {large}, which reaches it too",
            advice="it can be left out",
        )
        return
    correlation = _correlation(first, second, base)
    if correlation > COLLINEAR:
        yield WeightingFinding(
            severity="warning",
            step=number,
            margin=names[0],
            value=f"{correlation:.3f}",
            what=f"nearly the same as margin {names[1]}: largest canonical correlation of their "
            "levels",
            advice="raking to both is slow and gives extreme factors where their targets differ; "
            "keep one, or their crossing",
        )


def _correlation(first: Levels, second: Levels, base: Floats) -> float:
    """Return the largest canonical correlation of the levels of two margins.

    The second singular value of P_ij / √(p_i q_j) (Greenacre 1984, §4.1); the first is 1.
    """
    known = (first.of_cell >= 0) & (second.of_cell >= 0) & (base > 0)
    table = np.zeros((first.target.size, second.target.size))
    np.add.at(table, (first.of_cell[known], second.of_cell[known]), base[known])
    table = table[table.any(axis=1)][:, table.any(axis=0)]
    if min(table.shape) <= 1:
        return 0.0
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    values = np.linalg.svd(table / np.sqrt(np.outer(rows, columns)), compute_uv=False)
    return float(values[1])
