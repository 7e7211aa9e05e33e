"""Weighting cells: the combinations of weighting variables that occur among interviews."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
import numpy.typing as npt

__all__ = ["Cells", "cells_of", "summed"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
AT_ONCE = 1 << 16
"""Places that are widened at once."""
SMALLEST_TABLE = 1 << 16
"""A table of possible cells that is always small enough to count in directly."""


@dataclass(frozen=True, eq=False)
class Cells:
    """The combinations of positions that occur, and the combination of every case.

    Attributes
    ----------
    cell : int32 array (n,)
        Cell of each case; cases without an interview are in cell C, beyond the others.
    position : int32 array (C, k)
        Place of the cell in each variable's categories; the number of categories where an
        interview has no value.
    cases : int64 array (C,)
        Interviews in each cell.
    outside : bool
        Whether any case has no interview.
    """

    cell: Places
    position: Places
    cases: npt.NDArray[np.int64]
    outside: bool

    @property
    def size(self) -> int:
        """Number of cells C, the one for cases without an interview not counted."""
        return int(self.cases.size)

    def sums(self, weights: Floats) -> Floats:
        """Return the sums (C,) of weights (n,) by cell."""
        return summed(self.cell, weights, self.size)[: self.size]


def summed(place: npt.NDArray[np.integer], weights: Floats, size: int) -> Floats:
    """Return the sums of weights by place, array (size,) or longer where places go beyond.

    They are added one by one in the order of the rows, however many are taken at once.
    """
    if place.dtype == np.intp or place.size <= AT_ONCE:
        return np.bincount(place, weights=weights, minlength=size).astype(np.float64, copy=False)
    # Small numbers are widened some at a time: all of them would be as large as the weights.
    found = np.zeros(max(size, int(place.max(initial=0)) + 1))
    for first in range(0, place.size, AT_ONCE):
        here = slice(first, first + AT_ONCE)
        np.add.at(found, place[here].astype(np.intp), weights[here])
    return found


def cells_of(
    positions: Sequence[npt.NDArray[np.signedinteger]],
    sizes: Sequence[int],
    interviewed: npt.NDArray[np.bool_],
) -> Cells:
    """Find the weighting cells in one pass over each variable.

    Parameters
    ----------
    positions : sequence of int arrays (n,)
        Position in the categories of each variable; negative where there is no value.
    sizes : sequence of int
        Number of categories of each.
    interviewed : bool array (n,)
        Cases that are in the cells.

    Returns
    -------
    Cells
        Cells are numbered by their positions, so their order does not depend on that of the rows.
    """
    everybody = bool(interviewed.all())
    key = _Key(int(np.count_nonzero(interviewed)))
    for position, size in zip(positions, sizes, strict=True):
        key.cross(position if everybody else position[interviewed], size)
    places, table, cases = key.counted()
    if everybody:
        return Cells(places, table, cases, outside=False)
    cell = np.full(interviewed.size, cases.size, dtype=np.int32)
    cell[interviewed] = places
    return Cells(cell, table, cases, outside=True)


class _Key:
    """One number a row for the combination of several variables, kept small enough to count in."""

    def __init__(self, rows: int) -> None:
        self.key = np.zeros(rows, dtype=np.int32)
        self.limit = max(rows, SMALLEST_TABLE)
        self.radix: list[int] = []  # categories of the variables crossed since the last packing
        self.packed = np.zeros((1, 0), dtype=np.int32)  # positions of the packed combinations

    def cross(self, position: npt.NDArray[np.signedinteger], size: int) -> None:
        """Add a variable; negative positions are one more category."""
        if position.size and position.min() < 0:
            position = np.where(position < 0, size, position)
            size += 1
        if self.possible * size > self.limit:
            self._pack()
        if self.possible * size > np.iinfo(np.int32).max:
            self.key = self.key.astype(np.int64)
        self.key *= size
        self.key += position
        self.radix.append(size)

    @property
    def possible(self) -> int:
        """Number of combinations that the key could tell apart."""
        return len(self.packed) * prod(self.radix)

    def counted(self) -> tuple[Places, Places, npt.NDArray[np.int64]]:
        """Return the cell of each row, the positions of each cell and its number of rows."""
        if self.possible > self.limit:
            self._pack()
        count = np.bincount(self.key, minlength=self.possible)
        seen = np.flatnonzero(count)
        if seen.size < self.possible:
            number = np.zeros(self.possible, dtype=np.int32)
            number[seen] = np.arange(seen.size, dtype=np.int32)
            self.key = number[self.key]
        return self.key.astype(np.int32, copy=False), self._positions(seen), count[seen]

    def _pack(self) -> None:
        """Renumber the combinations that occur, in order: not more than there are rows."""
        seen, number = np.unique(self.key, return_inverse=True)
        self.packed = self._positions(seen)
        self.radix = []
        self.key = number.astype(np.int32)

    def _positions(self, keys: npt.NDArray[np.integer]) -> Places:
        columns = []
        for size in reversed(self.radix):
            keys, position = np.divmod(keys, size)
            columns.append(position.astype(np.int32))
        return np.column_stack([self.packed[keys], *reversed(columns)]).astype(np.int32, copy=False)
