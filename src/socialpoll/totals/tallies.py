"""Sums of answers by domain and sampling unit as dense tables, a few passes a question.

Where the domains of a breakdown do not overlap and each case gives one answer, everything about a
question within the breakdown is sums by the position of its answers: who was asked, who answered,
who counts, how many in each category, and by sampling unit too. Each is one ``bincount`` of one key
a row; keys, domains and units are found once for all questions of a breakdown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.responses import FIRST_MISSING, Numeric, Responses, mask, state_of
from socialpoll.schema import Condition
from socialpoll.totals.basis import Categories, Measure, Present
from socialpoll.totals.domains import categorical
from socialpoll.totals.entries import AnsweredAs, answered_as, asked_at, meaning, positions_of
from socialpoll.totals.protocol import Moment

__all__ = ["Crossing", "Tally", "crossing_of"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
PLACES_A_CASE = 8
SMALL = 1 << 16
"""A table of this many places is always worth it."""


@dataclass(frozen=True, eq=False)
class Crossing:
    """The one domain of every case.

    Attributes
    ----------
    domain : uint16 or int64 array (n,)
        D for cases in no domain.
    size : int
        Number of domains D.
    weight : float64 array (n,)
        Final weights.
    """

    domain: npt.NDArray[np.integer]
    size: int
    weight: Floats

    @cached_property
    def squares(self) -> Floats:
        """Sums (D,) of squared weights of all cases of each domain."""
        found = np.bincount(self.domain, self.weight * self.weight, self.size + 1)
        return found[: self.size]


def crossing_of(
    responses: Responses,
    breakdown: tuple[str, ...],
    where: Condition | None,
    counted: npt.NDArray[np.bool_],
    weight: Floats,
) -> Crossing:
    """Find the domain of every counted case; breakdowns of variables of one answer only."""
    inside = counted if where is None else counted & mask(responses, where)
    domain = np.zeros(inside.size, dtype=np.int64)
    size = 1
    for name in breakdown:
        column = categorical(responses, name)
        domain *= len(column.categories)
        domain += column.position
        size *= len(column.categories)
        if column.position.size and column.position.min() < 0:
            inside = inside & (column.position >= 0)
    if not inside.all():
        domain[~inside] = size
    small = np.uint16 if (size + 1) * 256 <= np.iinfo(np.uint16).max else np.int64
    return Crossing(domain.astype(small), size, weight)


class Tally:
    """One question within one crossing: sums by the position of its answers.

    Parameters
    ----------
    responses : Responses
    name : str
        A question of any kind; of several answers it is whether there are any.
    crossing : Crossing
    """

    def __init__(self, responses: Responses, name: str, crossing: Crossing) -> None:
        column = responses.columns[name]
        self.responses = responses
        self.name = name
        self.column = column
        self.crossing = crossing
        self.position = positions_of(column)
        self.key = self._keys(state_of(column))
        self._placed: Floats | None = None

    def _keys(self, state: npt.NDArray[np.signedinteger]) -> npt.NDArray[np.integer]:
        """Return position and domain of each case as one number, as small as can be."""
        offset, domains = int(-self.position[0]), self.crossing.size + 1
        if self.crossing.domain.dtype != np.uint16 or self._bins > np.iinfo(np.uint16).max:
            return (state.astype(np.int64) + offset) * domains + self.crossing.domain
        short = (state.astype(np.int16) + np.int16(offset)).astype(np.uint16)
        short *= np.uint16(domains)
        short += self.crossing.domain
        return short

    def cells(self, measure: Measure, moment: Moment) -> Floats | None:
        """Return the sums (D, K) of a measure of this question; None where they are not known."""
        match measure:
            case Categories(base=base):
                if moment == "squared":
                    return None
                answered = answered_as(self.responses, self.name, base)
                table = self.cases if moment == "cases" else self.weight
                found = np.zeros((answered.size, table.shape[1]))
                columns = _columns(table, answered)
                found[: len(columns)] = columns
                return np.ascontiguousarray(found.T)
            case Present(base=base):
                wanted = self._present(base)
                if moment == "squared":
                    return self.squared(wanted)[:, None]
                table = self.cases if moment == "cases" else self.weight
                return table[wanted].sum(axis=0)[:, None]
            case _:
                return None

    def planes(
        self,
        measure: Measure,
        place: npt.NDArray[np.integer],
        size: int,
        weight: Floats | None = None,
    ) -> Floats | None:
        """Return the weighted sums (K, D, size) by the place of each case; None as of cells.

        Last columns to which nobody adds may be left out. Of final weights the sums are kept.
        """
        if self._bins * size > self._most or not isinstance(measure, Categories | Present):
            return None
        if weight is not None:
            table = self._by_place(place, size, weight)
        else:
            if self._placed is None:
                self._placed = self._by_place(place, size, self.crossing.weight)
            table = self._placed
        if isinstance(measure, Present):
            return table[self._present(measure.base)].sum(axis=0, keepdims=True)
        return _columns(table, answered_as(self.responses, self.name, measure.base))

    @cached_property
    def cases(self) -> Floats:
        """Cases by position and domain (P, D)."""
        return self._table(np.bincount(self.key, minlength=self._bins).astype(np.float64))

    @cached_property
    def weight(self) -> Floats:
        """Sums of weights by position and domain (P, D)."""
        if self._placed is not None:
            return np.asarray(self._placed.sum(axis=2))
        return self._table(np.bincount(self.key, self.crossing.weight, self._bins))

    def squared(self, wanted: Truths) -> Floats:
        """Return the sums (D,) of squared weights of the cases at the wanted positions (P,).

        Few cases are in no base, so they are taken from what all have.
        """
        inside = np.repeat(wanted, self.crossing.size + 1)[self.key]
        out = np.flatnonzero(~inside)
        if 2 * out.size > inside.size:
            return self._squares(np.flatnonzero(inside))
        left = self.crossing.squares - self._squares(out)
        return np.where(self.cases[wanted].sum(axis=0) > 0, left, 0.0)

    def _squares(self, rows: npt.NDArray[np.intp]) -> Floats:
        weight, size = self.crossing.weight[rows], self.crossing.size
        return np.bincount(self.crossing.domain[rows], weight * weight, size + 1)[:size]

    def _by_place(self, place: npt.NDArray[np.integer], size: int, weight: Floats) -> Floats:
        """Return the sums of weights by position, domain and place (P, D, size)."""
        key = self.key.astype(np.int64)
        key *= size
        key += place
        found = np.bincount(key, weight, self._bins * size)
        return found.reshape(self.position.size, -1, size)[:, : self.crossing.size]

    def _present(self, base: str) -> Truths:
        """Say which positions are in a base of :class:`Present`."""
        if base == "all":
            meaning(self.responses, self.name)
            return np.ones(self.position.size, dtype=np.bool_)
        if base == "asked":
            return asked_at(self.column, self.position)
        known: Truths = self.position >= 0
        if base == "valid" or isinstance(self.column, Numeric):
            return known
        typed = [
            FIRST_MISSING - place for place, one in enumerate(self.column.missing) if one.in_base
        ]
        return known | np.isin(self.position, typed)

    @property
    def _bins(self) -> int:
        return int(self.position.size) * (self.crossing.size + 1)

    @property
    def _most(self) -> int:
        """Largest number of places that a table may have: some times the cases."""
        return max(PLACES_A_CASE * self.crossing.weight.size, SMALL)

    def _table(self, sums: Floats) -> Floats:
        return sums.reshape(self.position.size, -1)[:, : self.crossing.size]


def _columns(table: Floats, answered: AnsweredAs) -> Floats:
    """Add the positions (P, …) that are one column of a measure (K, …), but for a rest of none."""
    first = int(np.argmax(answered.column == 0))
    straight = answered.column[first:]
    others = answered.column[:first]
    if np.array_equal(straight, np.arange(straight.size)) and not (others >= 0).any():
        return table[first:]  # the usual question: its categories are its columns
    found = np.zeros((answered.size, *table.shape[1:]))
    for place, column in enumerate(answered.column.tolist()):
        if column >= 0:
            found[column] += table[place]
    return found
