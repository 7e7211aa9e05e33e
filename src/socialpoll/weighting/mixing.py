"""In which levels interviews without a value count: as those do that are like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.totals import Cells
from socialpoll.weighting.levels import Levels

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Mixing", "mixing_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
FOLLOWED = 128
"""Levels of groups up to which linearisation follows how their shares move with the sample."""


@dataclass(frozen=True, eq=False)
class Mixing:
    """Groups of cells that are alike, and the levels that occur in each.

    Attributes
    ----------
    lacking : int array (M,)
        Cells without a value in the margin, in order.
    group : int array (M,)
        Whom each of them is like.
    group_of : int array (P,)
        Groups and levels that occur together: their group, in order.
    level_of : int array (P,)
        Their level.
    gather : scipy.sparse.csr_array (P, C)
        1 where a cell with a value is of that group and level; a cell may be in several groups.
    usual : float64 array (P,)
        Shares of the levels in each group, by the weights of the sample; sum to 1 a group.
    alone : int
        Interviews that none with a value is like; they are like all.
    """

    lacking: Places
    group: Places
    group_of: Places
    level_of: Places
    gather: sparse.csr_array
    usual: Floats
    alone: int

    @property
    def followed(self) -> bool:
        """Whether linearisation follows the shares, which takes a column for each of them."""
        return self.group_of.size <= FOLLOWED

    def sums(self, base: Floats) -> tuple[Floats, Floats]:
        """Return the weights (P, B) of groups and levels, and those of their whole groups."""
        sums = np.asarray(self.gather @ base)
        first = np.flatnonzero(np.diff(self.group_of, prepend=-1))
        return sums, np.add.reduceat(sums, first, axis=0)[self.group_of]

    def shares(self, base: Floats) -> Floats:
        """Return the shares (P, B) of the levels in each group by weights (C, B) of cells.

        Those of the sample where a replicate has nobody in the group.
        """
        sums, whole = self.sums(base)
        usual = np.broadcast_to(self.usual[:, None], sums.shape).copy()
        return np.divide(sums, whole, out=usual, where=whole > 0)


def mixing_of(place: int, margins: Sequence[Levels], cells: Cells, base: Floats) -> Mixing:
    """Find who is like the cells that have no value in a margin.

    Parameters
    ----------
    place : int
        Of the margin.
    margins : sequence of Levels
        All of the step.
    cells : Cells
    base : float64 array (C,)
        Sums of the weights that enter the step.

    Returns
    -------
    Mixing
        Alike are the cells with a value that agree in the other margins, no value counting as a
        level, and in those of the margin's own variables that the cell has. Margins that use a
        variable that the cell lacks do not tell who is like it. Levels are those of the margin.
    """
    levels = margins[place]
    lacking = np.flatnonzero(levels.of_cell < 0)
    given = np.flatnonzero((levels.of_cell >= 0) & (base > 0))
    group = np.full(lacking.size, -1)
    found: list[tuple[Places, Places]] = []
    size = 0
    patterns, pattern = np.unique(levels.of_variable[:, lacking] < 0, axis=1, return_inverse=True)
    for number, absent in enumerate(patterns.T):
        rows = np.flatnonzero(pattern.ravel() == number)
        like = _alike(_known_of(place, margins, absent), lacking[rows], given)
        known = like.group >= 0
        group[rows[known]] = like.group[known] + size
        found.append((like.member_group + size, like.member))
        size += like.size
    alone = group < 0
    if alone.any():
        group[alone] = size
        found.append((np.full(given.size, size), given))
    alike = np.concatenate([one for one, _ in found]), np.concatenate([one for _, one in found])
    return _mixing(levels, lacking, group, alike, base, int(cells.cases[lacking[alone]].sum()))


def _known_of(place: int, margins: Sequence[Levels], absent: npt.NDArray[np.bool_]) -> Places:
    """Return what says who is like cells that lack some variables of a margin: (any, C)."""
    levels = margins[place]
    names = {name for name, lacks in zip(levels.margin.of, absent, strict=True) if lacks}
    others = [
        one.of_cell
        for k, one in enumerate(margins)
        if k != place and names.isdisjoint(one.margin.of)
    ]
    return np.vstack([np.zeros_like(levels.of_cell), *others, *levels.of_variable[~absent]])


@dataclass(frozen=True, eq=False)
class _Alike:
    """Groups of lacking cells (M,), -1 where nobody is like them, and their members."""

    size: int
    group: Places
    member: Places
    member_group: Places


def _alike(known: Places, lacking: Places, given: Places) -> _Alike:
    _, kind = np.unique(known, axis=1, return_inverse=True)
    kind = kind.ravel()
    kinds = np.intersect1d(kind[lacking], kind[given])
    place = np.full(int(kind.max()) + 1, -1)
    place[kinds] = np.arange(kinds.size)
    member = given[place[kind[given]] >= 0]
    return _Alike(kinds.size, place[kind[lacking]], member, place[kind[member]])


def _mixing(
    levels: Levels,
    lacking: Places,
    group: Places,
    alike: tuple[Places, Places],
    base: Floats,
    alone: int,
) -> Mixing:
    from scipy import sparse

    of_group, member = alike
    size = levels.target.size
    pairs, pair = np.unique(of_group * size + levels.of_cell[member], return_inverse=True)
    entries = (np.ones(member.size), (pair.ravel(), member))
    gather = sparse.csr_array(entries, shape=(pairs.size, levels.of_cell.size))
    made = Mixing(lacking, group, pairs // size, pairs % size, gather, np.zeros(pairs.size), alone)
    sums, whole = made.sums(base[:, None])
    return Mixing(lacking, group, pairs // size, pairs % size, gather, (sums / whole)[:, 0], alone)
