"""Which options are chosen together: the distinct patterns of ticks, each with its weight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from socialpoll.responses import mask
from socialpoll.schema import Condition
from socialpoll.totals.cells import cells_of
from socialpoll.totals.choices import ticks
from socialpoll.totals.rows import Rows

__all__ = ["Patterns", "combinations_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int16]
Bytes = npt.NDArray[np.uint8]
AT_ONCE = 1 << 20
"""Entries of a matrix of sets by patterns that is held at once."""


@dataclass(frozen=True, eq=False)
class Patterns:
    """The patterns of ticks that occur among some options.

    Attributes
    ----------
    ticked : bool array (P, q)
        Of each pattern, whether it holds the option; the pattern of none is not among them.
    weight : float64 array (P,)
        Sum of weights of who chose so.
    """

    ticked: npt.NDArray[np.bool_]
    weight: Floats

    @classmethod
    def of(
        cls, rows: Rows, name: str, places: Sequence[int], where: Condition | None = None
    ) -> Patterns:
        """Find the patterns among the options at some places, of cases that count."""
        column = ticks(rows.responses, name)
        among = rows.counted & (column.state == 0)
        if where is not None:
            among &= mask(rows.responses, where)
        found = cells_of([column.ticked[:, one] for one in places], [2] * len(places), among)
        ticked = found.position == 1
        kept = ticked.any(axis=1)
        return cls(ticked[kept], found.sums(rows.weight)[kept])

    def reached(self, size: int) -> Floats:
        """Return the weight that each combination of so many options reaches.

        In the order of :func:`combinations_of`. Who is not reached chose neither the last option of
        a combination nor any before it, so that all combinations with the same beginning are one
        row of a product of matrices.
        """
        options = self.ticked.shape[1]
        begins, without = combinations_of(options, size - 1), (~self.ticked).astype(np.float64)
        packed = np.packbits(self.ticked, axis=1)
        found = [np.zeros(0)]
        step = max(1, AT_ONCE // max(1, self.weight.size))
        for first in range(0, len(begins), step):
            some = begins[first : first + step]
            missed = ~_meet(_packed(some, options), packed) * self.weight
            reached = self.weight.sum() - missed @ without
            last = some[:, -1] if size > 1 else np.full(len(some), -1)
            found.append(reached[np.arange(options) > last[:, None]])
        return np.concatenate(found)


def _packed(sets: Places, options: int) -> Bytes:
    """Return sets of places (C, s) as bits (C, bytes)."""
    held = np.zeros((len(sets), options), dtype=np.bool_)
    held[np.arange(len(sets))[:, None], sets] = True
    return np.packbits(held, axis=1)


def _meet(sets: Bytes, patterns: Bytes) -> npt.NDArray[np.bool_]:
    """Say which patterns hold an option of each set (C, P)."""
    found = np.zeros((len(sets), len(patterns)), dtype=np.bool_)
    for own, other in zip(sets.T, patterns.T, strict=True):
        found |= (own[:, None] & other) > 0
    return found


def combinations_of(options: int, size: int) -> Places:
    """Return all combinations of so many places (C, size), the first places first."""
    flat = [place for one in combinations(range(options), size) for place in one]
    return np.array(flat, dtype=np.int16).reshape(comb(options, size), size)
