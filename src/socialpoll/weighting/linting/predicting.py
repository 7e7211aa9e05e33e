"""What a step will do to the weights, foretold on its cells before anything is solved."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses
from socialpoll.totals import Cells, summed
from socialpoll.weighting.diagnostics import squares_of
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.solving.raking import fit

__all__ = ["Sample", "design_effect", "sample_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
TOLERANCE = 1e-4
"""Relative error of a margin that is near enough to foretell a design effect."""
MAX_ITERATIONS = 200


class Sample(NamedTuple):
    """The weights that enter a step, by cell.

    Attributes
    ----------
    base : float64 array (C,)
        Sums of weights.
    squares : float64 array (C,)
        Sums of their squares.
    counted : float64 array (C,)
        Interviews of positive weight.
    """

    base: Floats
    squares: Floats
    counted: Floats


def sample_of(cells: Cells, weights: Floats, responses: Responses) -> Sample:
    """Sum weights (n,) of responses by cell."""
    base, squares = cells.sums(weights), cells.sums(squares_of(weights, responses))
    positive, repeats = weights > 0, responses.repeats
    if positive.all():
        return Sample(base, squares, cells.cases.astype(np.float64))
    times = 1.0 if repeats is None else repeats.times
    return Sample(base, squares, cells.sums(np.where(positive, times, 0.0)))


def design_effect(sample: Sample, margins: Sequence[Levels]) -> float:
    """Return 1 + CV² of the weights after raking to margins (Kish 1992).

    Parameters
    ----------
    sample : Sample
    margins : sequence of Levels
        One is post-stratified to.

    Returns
    -------
    float
        NaN where the margins cannot be reached. Levels that do not fit are left out: those
        without respondents, and the respondents of levels without a target. Interviews without a
        value are taken for a level of their own.
    """
    left_out = ~(sample.base > 0)
    for one in margins:
        known = one.of_cell >= 0
        left_out |= known & ~(one.target > 0)[one.of_cell]
    base = np.where(left_out, 0.0, sample.base)
    total = float(base.sum())
    if not total > 0:
        return math.nan
    placed = [_placed(one, base, total) for one in margins]
    result = fit(
        base,
        [level for level, _ in placed],
        [target for _, target in placed],
        tolerance=TOLERANCE,
        max_iterations=MAX_ITERATIONS,
    )
    if not result.error <= TOLERANCE:
        return math.nan
    factor = np.where(left_out, 0.0, result.factor)
    n = float(sample.counted[~left_out].sum())
    return n * float(factor**2 @ sample.squares) / float(factor @ base) ** 2


def _placed(levels: Levels, base: Floats, total: float) -> tuple[Places, Floats]:
    """Return the level of each cell (C,) and targets (L,) that sum to the total."""
    size = levels.target.size
    level = np.where(levels.of_cell < 0, size, levels.of_cell)
    held = summed(level, base, size + 1)
    wanted = np.where((held[:size] > 0) & (levels.target > 0), levels.target, 0.0)
    lacking = float(held[size])
    reached = float(wanted.sum())
    scale = (total - lacking) / reached if reached > 0 else 0.0
    return level, np.append(wanted * scale, lacking)
