"""Squares and products of sums by sampling unit: of many questions, in one pass of the rows.

The variance of a share needs no score of a unit, only what adds up over units. With A the weighted
sum of a unit's cases in a category, B that of its base, and z = a A + b B,

Σ_h s_h (Σ_i z² - (Σ_i z)² / n_h) = a² M(A, A) + 2 a b M(A, B) + b² M(B, B),

where M(A, B) = Σ_h s_h (Σ_i A B - Σ_i A Σ_i B / n_h); a and b may come later. Units go by in blocks
that fit the cache, each with all its domains and questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Column, state_of
from socialpoll.totals.answers import AnsweredAs
from socialpoll.totals.crossings import Crossing
from socialpoll.totals.protocol import Occupied
from socialpoll.totals.statistic import own_and_base
from socialpoll.totals.units import Units

__all__ = ["Asked", "Moments", "Question", "moments_of"]

Question: TypeAlias = tuple[str, str]
"""A question, and its base."""
Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
ROWS_A_BLOCK = 8192
COLUMNS_A_PASS = 96
CANCELS = 1e-5
"""A variance below this part of what it is made from has lost digits on its way."""


@dataclass(frozen=True, eq=False)
class Asked:
    """The answers to a question, and which column of a measure each position is in."""

    column: Column
    answered: AnsweredAs

    @cached_property
    def categories(self) -> list[Places]:
        """The positions in each category whose sums are made.

        Of two categories that are all there is, the second is enough.
        """
        every = [self._at(self.answered.column == one) for one in range(self.answered.size)]
        *own, rest = every
        return own[1:] if len(own) == len(("yes", "no")) and not rest.size else own

    @cached_property
    def base(self) -> Places:
        """The positions in the base."""
        return self._at(self.answered.column >= 0)

    def _at(self, chosen: npt.NDArray[np.bool_]) -> Places:
        return np.flatnonzero(chosen) - self.answered.offset


class Moments(NamedTuple):
    """M of the categories of a question within each domain, and the squares they are made of.

    Attributes
    ----------
    spread, whole : float64 array (3, D, m)
        M(A, A), M(A, B), M(B, B), and Σ A A, Σ A B, Σ B B; of the second of two categories only,
        where these are all there is.
    occupied : Occupied
        Units and strata with cases of the base.
    """

    spread: Floats
    whole: Floats
    occupied: Occupied

    @classmethod
    def joined(cls, several: Sequence[Moments]) -> Moments:
        """Put the domains of several questions under one another."""
        every = [(*one.occupied, one.spread, one.whole) for one in several]
        units, strata, spread, whole = (
            np.concatenate(both, axis=-2 if both[0].ndim > 1 else 0)
            for both in zip(*every, strict=True)
        )
        return cls(spread, whole, Occupied(units, strata))

    def variances(self, jacobian: Floats) -> tuple[Floats, npt.NDArray[np.bool_]] | None:
        """Return the variances (D, m) of figures with derivatives (D, K, m), and which cancel.

        None where the figures are other than shares of categories in the base. Exact zeros, of what
        everybody or nobody answered, do not cancel.
        """
        found = own_and_base(jacobian)
        if found is None:
            return None
        a, b = (one[:, -self.spread.shape[2] :] for one in found)
        slopes = np.stack([a * a, 2 * a * b, b * b])
        variance = np.einsum("jdm,jdm->dm", slopes, self.spread)
        parts = slopes * self.whole
        nothing = parts[0] + parts[1] + parts[2] == 0
        cancels = (variance <= CANCELS * (parts[0] + parts[2])) & ~nothing
        times = jacobian.shape[2] // self.spread.shape[2]
        variance = np.where(nothing, 0.0, variance)
        return np.repeat(variance, times, axis=1), np.repeat(cancels, times, axis=1)


def moments_of(
    units: Units,
    weight: Floats,
    asked: Mapping[Question, Asked],
    crossings: Sequence[Crossing],
) -> list[dict[Question, Moments]]:
    """Return the moments of every question within every breakdown.

    Parameters
    ----------
    units : Units
        Plain ones: one stage within strata.
    weight : float64 array (n,)
    asked : mapping of (question, base) to Asked
    crossings : sequence of Crossing
    """
    found: list[dict[Question, Moments]] = [{} for _ in crossings]
    for names in _passes(asked):
        batch = _Pass(units, weight, [asked[name] for name in names], crossings)
        for made, several in zip(found, batch.moments(), strict=True):
            made |= dict(zip(names, several, strict=True))
    return found


def _passes(asked: Mapping[Question, Asked]) -> Iterator[list[Question]]:
    """Yield the questions of each pass."""
    names: list[Question] = []
    columns = 0
    for name, one in asked.items():
        width = len(one.categories) + 1
        if names and columns + width > COLUMNS_A_PASS:
            yield names
            names, columns = [], 0
        names.append(name)
        columns += width
    if names:
        yield names


class _Block(NamedTuple):
    """Whole units: their cases in order of rank, the stratum of each unit, and the columns."""

    rows: npt.NDArray[np.intp] | slice
    unit: npt.NDArray[np.int64]
    stratum: npt.NDArray[np.int64]
    weight: Floats
    added: Floats


class _Pass:
    """Some questions within all breakdowns.

    The columns are the categories of all questions, then the base of each.
    """

    def __init__(
        self, units: Units, weight: Floats, asked: Sequence[Asked], crossings: Sequence[Crossing]
    ) -> None:
        self.units = units
        self.weight = weight
        self.asked = asked
        self.crossings = crossings
        self.own = sum(len(one.categories) for one in asked)
        self.base_of = np.repeat(np.arange(len(asked)), [len(one.categories) for one in asked])

    def moments(self) -> Iterator[list[Moments]]:
        """Yield the moments of every question, one breakdown after another."""
        strata, width = self.units.levels[0].count.size, self.own + len(self.asked)
        shapes = [(strata, one.size) for one in self.crossings]
        sums = [np.zeros((*shape, width)) for shape in shapes]
        squares = [np.zeros((*shape, self.own + width)) for shape in shapes]
        present = [np.zeros((*shape, len(self.asked))) for shape in shapes]
        for block in self._blocks():
            here = slice(int(block.stratum[0]), int(block.stratum[-1]) + 1)
            for place, crossing in enumerate(self.crossings):
                added = self._within(block, crossing)
                sums[place][here] += added[0]
                squares[place][here] += added[1]
                present[place][here] += added[2]
        for several in zip(sums, squares, present, strict=True):
            yield list(self._made(*several))

    def _blocks(self) -> Iterator[_Block]:
        order, rank = self.units.in_order
        cuts = np.searchsorted(rank, np.unique(rank[::ROWS_A_BLOCK]))
        cuts = np.append(cuts, rank.size)
        stratum = np.repeat(np.arange(self.units.first.size), self.units.sizes)
        for start, stop in zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True):
            here = slice(start, stop)
            rows = here if order is None else order[here]
            unit = rank[here]
            first, last = int(unit[0]), int(unit[-1]) + 1
            yield _Block(rows, unit - first, stratum[first:last], *self._added(rows))

    def _added(self, rows: npt.NDArray[np.intp] | slice) -> tuple[Floats, Floats]:
        """Return the weight of each case, and to which columns it adds (rows, own + questions)."""
        weight = self.weight[rows]
        found = np.empty((self.own + len(self.asked), weight.size), dtype=np.bool_)
        place = 0
        for number, one in enumerate(self.asked):
            state = state_of(one.column)[rows]
            for positions in one.categories:
                _among(state, positions, found[place])
                place += 1
            _among(state, one.base, found[self.own + number])
        # Turned as single bytes, which is an eighth of what numbers would take.
        return weight, np.ascontiguousarray(found.T).astype(np.float64)

    def _within(self, block: _Block, crossing: Crossing) -> tuple[Floats, Floats, Floats]:
        """Return sums, squares and products, and units present, by stratum and domain."""
        from scipy import sparse

        size, own = crossing.size, self.own
        first = int(block.stratum[0])
        units = np.bincount(block.stratum - first)
        before = np.cumsum(units) - units
        domain = crossing.domain[block.rows].astype(np.int64)
        stratum = block.stratum[block.unit] - first
        # Pairs of unit and domain that occur, those of a stratum and domain beside one another.
        key = before[stratum] * size + domain * units[stratum] + block.unit
        seen = np.zeros(block.stratum.size * (size + 1), dtype=np.bool_)
        seen[key] = True
        pair = (np.cumsum(seen, dtype=np.int32) - 1)[key]
        edge = before[:, None] * (size + 1) + units[:, None] * np.arange(size + 1)
        many = np.add.reduceat(seen, edge.ravel(), dtype=np.int64)
        segment = np.flatnonzero(many)
        start = (np.cumsum(many) - many)[segment]
        cases = (block.weight, pair, np.arange(key.size + 1, dtype=np.int32))
        shape = (int(many.sum()), key.size)
        sums = np.asarray(sparse.csc_array(cases, shape=shape) @ block.added)
        squares = np.empty((shape[0], own + sums.shape[1]))
        np.multiply(sums, sums, out=squares[:, : sums.shape[1]])
        bases = np.take(sums[:, own:], self.base_of, axis=1)
        np.multiply(sums[:, :own], bases, out=squares[:, sums.shape[1] :])
        made = []
        for one in (sums, squares, (sums[:, own:] > 0).astype(np.float64)):
            whole = np.zeros((many.size, one.shape[1]))
            whole[segment] = np.add.reduceat(one, start, axis=0)
            made.append(whole.reshape(units.size, size + 1, -1)[:, :size])
        return made[0], made[1], made[2]

    def _made(self, sums: Floats, squares: Floats, present: Floats) -> Iterator[Moments]:
        """Yield the moments of each question from sums by stratum and domain (H, D, …)."""
        level, own, width = self.units.levels[0], self.own, sums.shape[2]
        whole = squares.sum(axis=0)
        bases = np.take(sums, own + self.base_of, axis=2)
        products = np.concatenate([sums * sums, sums[:, :, :own] * bases], axis=2)
        spread = np.einsum("h,hdj->dj", level.scale, squares)
        spread -= np.einsum("h,hdj->dj", level.scale / level.count, products)
        first = 0
        for number, asked in enumerate(self.asked):
            last = first + len(asked.categories)
            own_columns = np.arange(first, last)
            columns = np.stack([own_columns, width + own_columns, 0 * own_columns + own + number])
            here = present[:, :, number]
            occupied = Occupied(here.sum(axis=0), (here > 0).sum(axis=0).astype(np.float64))
            own_spread, own_whole = (np.moveaxis(one[:, columns], 1, 0) for one in (spread, whole))
            yield Moments(own_spread, own_whole, occupied)
            first = last


def _among(state: Places, positions: Places, found: npt.NDArray[np.bool_]) -> None:
    """Write down which positions are among some."""
    if positions.size and positions[-1] - positions[0] + 1 == positions.size:
        np.greater_equal(state, positions[0], out=found)
        found &= state <= positions[-1]
    else:
        found[:] = np.isin(state, positions)
