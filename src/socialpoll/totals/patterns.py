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
from socialpoll.totals.basis import Base, Exactly
from socialpoll.totals.choices import patterned
from socialpoll.totals.rows import Rows

__all__ = ["Patterns", "combinations_of", "exactly"]

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
    def within(cls, measure: Exactly, weight: Floats) -> Patterns:
        """Take the patterns of a measure with their weights (P,) in one domain."""
        place = {one: column for column, one in enumerate(measure.among)}
        ticked = np.zeros((len(measure.patterns), len(measure.among)), dtype=np.bool_)
        for row, pattern in enumerate(measure.patterns):
            ticked[row, [place[one] for one in pattern]] = True
        return cls(ticked, weight)

    def met_by(self, held: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Say which patterns hold an option of each set (P, m), sets given as options (m, q)."""
        return _meet(np.packbits(held, axis=1), np.packbits(self.ticked, axis=1)).T

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


def exactly(
    rows: Rows,
    name: str,
    places: Sequence[int],
    base: Base = "answered",
    where: Condition | None = None,
) -> Exactly:
    """Return what sums the patterns that occur among some options of cases that count."""
    among = rows.counted if where is None else rows.counted & mask(rows.responses, where)
    found = patterned(rows.responses, name, places, base, np.flatnonzero(among))
    several = (
        tuple(places[one] for one in np.flatnonzero(ticked).tolist()) for ticked in found.position
    )
    return Exactly(name, tuple(places), tuple(one for one in several if one), base)


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
