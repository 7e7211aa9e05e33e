"""Sums of answers by domain and sampling unit as dense tables, a few passes a question.

Where the domains of a breakdown do not overlap and each case gives one answer, everything about a
question within the breakdown is sums by the position of its answers: who was asked, who answered,
who counts, how many in each category, and by sampling unit too. Each is one ``bincount`` of one key
a row; keys, domains and units are found once for all questions of a breakdown.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.responses import FIRST_MISSING, Numeric, Responses, state_of
from socialpoll.totals.alike import column_of
from socialpoll.totals.answers import AnsweredAs, answered_as, asked_at, meaning, positions_of
from socialpoll.totals.basis import Base, Categories, Measure, Present
from socialpoll.totals.cells import summed
from socialpoll.totals.crossings import Crossing, Places
from socialpoll.totals.protocol import Moment

__all__ = ["PLACES_A_CASE", "SMALL", "Tally"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
PLACES_A_CASE = 8
SMALL = 1 << 16
"""A table of this many places is always worth it."""


class Tally:
    """One question within one crossing: sums by the position of its answers.

    Parameters
    ----------
    responses : Responses
    names : tuple of str
        A question of any kind; of several answers it is whether there are any. Or several that are
        answered alike, and then the crossing is repeated as often.
    crossing : Crossing
    unit : int array (n,)
        Sampling unit of each case, in the order of strata.
    units : int
        Number of units U.
    """

    def __init__(
        self,
        responses: Responses,
        names: tuple[str, ...],
        crossing: Crossing,
        unit: npt.NDArray[np.integer],
        units: int,
    ) -> None:
        column = column_of(responses, names)
        self.unit = unit
        self.units = units
        self.responses = responses
        self.names = names
        self.column = column
        self.crossing = crossing
        self._as: dict[str, AnsweredAs] = {}
        self._in: dict[str, Truths] = {}
        state = state_of(column)
        every = positions_of(column)
        # Positions below the lowest that occurs would only be empty places.
        self.position = every[every >= min(int(state.min(initial=0)), 0)]

    @cached_property
    def key(self) -> npt.NDArray[np.integer]:
        """Position and domain of each case as one number, as small as can be."""
        state = state_of(self.column)
        offset, domains = int(-self.position[0]), self.crossing.size + 1
        if self.crossing.domain.dtype != np.uint16 or self._bins > np.iinfo(np.uint16).max:
            return (state.astype(np.int64) + offset) * domains + self.crossing.domain
        short = (state.astype(np.int16) + np.int16(offset)).astype(np.uint16)
        short *= np.uint16(domains)
        short += self.crossing.domain
        return short

    def cells(self, measure: Measure, moment: Moment) -> Floats | None:
        """Return the sums (D, K) of a measure of this question; None where they are not known."""
        if not isinstance(measure, Present):
            return self.own_cells(measure, moment)
        wanted = self.present(measure.base)
        if moment == "squared":
            return self.squared(wanted)[:, None]
        table = self.cases if moment == "cases" else self.weight
        return np.asarray(table[wanted].sum(axis=0))[:, None]

    def planes(self, measure: Measure) -> Floats | None:
        """Return the weighted sums (K, D, U) by sampling unit; None where they are not known.

        Last columns to which nobody adds may be left out.
        """
        if self.by_unit is None:
            return None
        places = Places(self.unit, self.units, self.crossing.weight)
        return self._of_measure(self.by_unit, measure, places)

    def planes_by(self, measure: Measure, places: Places) -> Floats | None:
        """Return the sums (K, D, size) of other weights, by other places; None as of planes."""
        if self._bins * places.size > self._most:
            return None
        return self._of_measure(self.by_place(places), measure, places)

    def _of_measure(self, table: Floats, measure: Measure, places: Places) -> Floats | None:
        if isinstance(measure, Present):
            return np.asarray(table[self.present(measure.base)].sum(axis=0, keepdims=True))
        return self.own_planes(table, measure, places)

    def own_cells(self, measure: Measure, moment: Moment) -> Floats | None:
        """Return the sums (D, K) of a measure that only this kind of question has."""
        if not isinstance(measure, Categories) or moment == "squared":
            return None
        table = self.cases if moment == "cases" else self.weight
        columns = self._columns(table, measure.base)
        found = np.zeros((self._answered(measure.base).size, table.shape[1]))
        found[: len(columns)] = columns
        return np.ascontiguousarray(found.T)

    def own_planes(self, table: Floats, measure: Measure, _places: Places) -> Floats | None:
        """Return the planes of a measure that only this kind of question has.

        ``table`` holds the sums by position, domain and place (P, D, size).
        """
        return self._columns(table, measure.base) if isinstance(measure, Categories) else None

    def _columns(self, table: Floats, base: Base) -> Floats:
        """Add the positions (P, …) of a column of :class:`Categories` (K, …), but no empty rest."""
        answered = self._answered(base)
        column = answered.column[answered.column.size - self.position.size :]
        first = int(np.argmax(self.position == 0))
        if not (column[:first] >= 0).any():
            return table[first:]  # the usual question: its categories are its columns
        found = np.zeros((answered.size, *table.shape[1:]))
        for place, one in enumerate(column.tolist()):
            if one >= 0:
                found[one] += table[place]
        return found

    def _answered(self, base: Base) -> AnsweredAs:
        if base not in self._as:
            self._as[base] = answered_as(self.responses, self.names[0], base)
        return self._as[base]

    @cached_property
    def by_unit(self) -> Floats | None:
        """Sums of weights by position, domain and unit (P, D, U); None where too large."""
        if self._bins * self.units > self._most:
            return None
        return self.by_place(Places(self.unit, self.units, self.crossing.weight))

    @cached_property
    def cases(self) -> Floats:
        """Cases by position and domain (P, D)."""
        found = np.bincount(self.key, minlength=self._bins)
        return self._table(found.astype(np.float64))

    @cached_property
    def weight(self) -> Floats:
        """Sums of weights by position and domain (P, D)."""
        if self.by_unit is not None:
            return np.asarray(self.by_unit.sum(axis=2))
        return self._table(summed(self.key, self.crossing.weight, self._bins))

    def squared(self, wanted: Truths) -> Floats:
        """Return the sums (D,) of squared weights of the cases at the wanted positions (P,).

        Few cases are in no base, so they are taken from what all have.
        """
        state, offset = state_of(self.column), int(-self.position[0])
        lacking = np.flatnonzero(state < 0)
        if not wanted[offset:].all() or 2 * lacking.size > state.size:
            return self.squares_of(np.flatnonzero(wanted[state.astype(np.intp) + offset]))
        out = lacking[~wanted[state[lacking].astype(np.intp) + offset]]
        left = self.all_squares - self.squares_of(out)
        return np.where(self.cases_at(wanted) > 0, left, 0.0)

    def cases_at(self, wanted: Truths) -> Floats:
        """Return the cases (D,) at the wanted positions (P,)."""
        return np.asarray(self.cases[wanted].sum(axis=0))

    @property
    def all_squares(self) -> Floats:
        """Sums (D,) of squared weights, whatever is answered."""
        return self.crossing.squares

    def squares_of(self, rows: npt.NDArray[np.intp]) -> Floats:
        """Return the sums (D,) of squared weights of some cases."""
        weight, size = self.crossing.weight[rows], self.crossing.size
        return summed(self.crossing.domain[rows], weight * weight, size + 1)[:size]

    def by_place(self, places: Places) -> Floats:
        """Return the sums of weights by position, domain and place (P, D, size)."""
        key = self.key.astype(np.int64)
        key *= places.size
        key += places.of_row
        found = summed(key, places.weight, self._bins * places.size)
        return found.reshape(self.position.size, -1, places.size)[:, : self.crossing.size]

    def present(self, base: str) -> Truths:
        """Say which positions are in a base of :class:`Present`."""
        if base not in self._in:
            self._in[base] = self._present(base)
        return self._in[base]

    def _present(self, base: str) -> Truths:
        if base == "all":
            meaning(self.responses, self.names[0])
            return np.ones(self.position.size, dtype=np.bool_)
        if base == "asked":
            return asked_at(self.column, self.position)
        known: Truths = self.position >= 0
        if base == "valid" or isinstance(self.column, Numeric):
            return known
        missing = enumerate(self.column.missing)
        typed = [FIRST_MISSING - place for place, one in missing if one.in_base]
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
