"""In which levels interviews without a value count: as those do that are like them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.totals import Cells
from socialpoll.weighting.levels import Levels

__all__ = ["Mix", "mix_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class Mix(NamedTuple):
    """The level mix of cells without a value.

    Attributes
    ----------
    mix : float64 array (M, L)
        A row a cell without a value, in order; rows sum to 1.
    alone : int
        Interviews that none with a value is like; they have the mix of all.
    """

    mix: Floats
    alone: int


def mix_of(place: int, margins: Sequence[Levels], cells: Cells, base: Floats) -> Mix:
    """Mix the levels of a margin for the cells that have no value in it.

    Parameters
    ----------
    place : int
        Of the margin.
    margins : sequence of Levels
        All of the step.
    cells : Cells
    base : float64 array (C,)
        Sums of the weights by which levels are mixed.

    Returns
    -------
    Mix
        Of the cells with a value that agree with it in the other margins, no value counting as a
        level, and in those of the margin's own variables that the cell has. Margins that use a
        variable that the cell lacks do not tell who is like it.
    """
    levels = margins[place]
    lacking = np.flatnonzero(levels.of_cell < 0)
    given = np.flatnonzero(levels.of_cell >= 0)
    own = levels.of_variable
    mix = np.zeros((lacking.size, levels.target.size))
    patterns, pattern = np.unique(own[:, lacking] < 0, axis=1, return_inverse=True)
    for number, absent in enumerate(patterns.T):
        rows = np.flatnonzero(pattern.ravel() == number)
        names = {
            name for name, is_absent in zip(levels.margin.of, absent, strict=True) if is_absent
        }
        others = [
            one.of_cell
            for k, one in enumerate(margins)
            if k != place and names.isdisjoint(one.margin.of)
        ]
        likeness = np.vstack([np.zeros_like(levels.of_cell), *others, *own[~absent]])
        mix[rows] = _shared(likeness, lacking[rows], given, levels, base)
    alone = ~mix.any(axis=1)
    mix[alone] = np.bincount(levels.of_cell[given], base[given], levels.target.size)
    return Mix(mix / mix.sum(axis=1, keepdims=True), int(cells.cases[lacking[alone]].sum()))


def _shared(
    likeness: Places, lacking: Places, given: Places, levels: Levels, base: Floats
) -> Floats:
    """Sum the weights of given cells by level, for each lacking one over those alike: (M, L)."""
    _, group = np.unique(likeness, axis=1, return_inverse=True)
    group = group.ravel()
    groups, row = np.unique(group[lacking], return_inverse=True)
    near = given[np.isin(group[given], groups)]
    table = np.zeros((groups.size, levels.target.size))
    np.add.at(table, (np.searchsorted(groups, group[near]), levels.of_cell[near]), base[near])
    return table[row.ravel()]
