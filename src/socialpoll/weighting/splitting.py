"""Weighting cells, in as many parts as they have levels to count in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.weighting.mixing import Mixing

__all__ = ["Parts", "parts_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Parts:
    """Cells that have all their values are one part; others one for each level they may be of.

    Attributes
    ----------
    cell : int array (K,)
        Cell of each part.
    level : tuple of int arrays (K,)
        Level of each part, by margin; -1 where the margin leaves the cell alone.
    mixed : tuple of (Mixing, int array (K,))
        Margins whose levels are mixed, and which of the mixing's pairs of group and level each part
        is of; -1 for parts of cells that have a value.
    """

    cell: Places
    level: tuple[Places, ...]
    mixed: tuple[tuple[Mixing, Places], ...] = ()

    def shares(self, base: Floats) -> Floats:
        """Return how much of its cell each part is (K, B), by weights (C, B) of cells."""
        share = np.ones((self.cell.size, base.shape[1]))
        for mixing, pair in self.mixed:
            split = np.flatnonzero(pair >= 0)
            share[split] *= mixing.shares(base)[pair[split]]
        return share

    def whole(self, values: Floats, cells: int) -> Floats:
        """Return the sums (C, any) of values (K, any) over the parts of each cell."""
        if not self.mixed:
            return values
        from scipy import sparse

        parts = np.arange(self.cell.size)
        entries = (np.ones(parts.size), (self.cell, parts))
        return np.asarray(sparse.csr_array(entries, shape=(cells, parts.size)) @ values)


def parts_of(levels: Sequence[Places], mixings: Mapping[int, Mixing], cells: int) -> Parts:
    """Split cells that lack values, once for each margin whose levels are mixed.

    Parameters
    ----------
    levels : sequence of int arrays (C,)
        Level of each cell, by margin; -1 where it has no value.
    mixings : mapping of int to Mixing
        By place of the margin; their levels are those of ``levels``.
    cells : int
        C.
    """
    cell = np.arange(cells)
    level = list(levels)
    mixed: list[tuple[Mixing, Places]] = []
    for place, mixing in mixings.items():
        row = np.full(levels[place].size, -1)
        row[mixing.lacking] = np.arange(mixing.lacking.size)
        old, pair = _split(row[cell], mixing)
        cell, level = cell[old], [one[old] for one in level]
        mixed = [(one, before[old]) for one, before in mixed]
        level[place] = np.where(pair < 0, level[place], mixing.level_of[pair])
        mixed.append((mixing, pair))
    return Parts(cell, tuple(level), tuple(mixed))


def _split(row: Places, mixing: Mixing) -> tuple[Places, Places]:
    """Return, for each new part, which it was before and its pair; -1 where it was not split."""
    count = np.bincount(mixing.group_of)
    first = np.cumsum(count) - count
    group = np.where(row < 0, -1, mixing.group[row])
    times = np.where(group < 0, 1, count[group])
    old = np.repeat(np.arange(row.size), times)
    offset = np.arange(old.size) - np.repeat(np.cumsum(times) - times, times)
    return old, np.where(group[old] < 0, -1, first[group[old]] + offset)
