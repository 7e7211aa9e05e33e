"""Dense sums of numbers and of multiple responses, beside those of single answers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from socialpoll.responses import FIRST_MISSING, Responses, Ticks, state_of
from socialpoll.totals.answers import in_base_codes, number_of
from socialpoll.totals.basis import AtMost, Measure, Options, Products, Values
from socialpoll.totals.cells import summed
from socialpoll.totals.crossings import Crossing, Places
from socialpoll.totals.protocol import Moment
from socialpoll.totals.tallies import Tally

__all__ = ["tally_of"]

Floats = npt.NDArray[np.float64]


def tally_of(
    responses: Responses,
    names: tuple[str, ...],
    crossing: Crossing,
    unit: npt.NDArray[np.integer],
    units: int,
) -> Tally:
    """Return the sums of a question, of whatever kind it is, or of several answered alike."""
    column = responses.columns[names[0]]
    kind = _OptionsTally if isinstance(column, Ticks) else _NumberTally
    return kind(responses, names, crossing, unit, units)


class _NumberTally(Tally):
    """Sums of a number, or of the scores of a scale, beside those of its categories."""

    def own_cells(self, measure: Measure, moment: Moment) -> Floats | None:
        match measure:
            case Values() if moment == "weight":
                total = self.crossing.sums(self.crossing.weight * self._number)
                return np.column_stack([total, self.weight[self.position >= 0].sum(axis=0)])
            case Products() if moment == "weight":
                square = self.crossing.weight * self._number * self._number
                return self.crossing.sums(square)[:, None]
            case AtMost(limits=limits) if moment != "squared":
                one = np.ones(self.known.size) if moment == "cases" else self.crossing.weight
                below = self._below(np.array(limits), one)
                # All are summed in the order of cases, so that a share of all is exactly 1.
                every = [*below, np.where(self.known, one, 0.0)]
                return np.column_stack([self.crossing.sums(some) for some in every])
            case _:
                return super().own_cells(measure, moment)

    def own_planes(self, table: Floats, measure: Measure, places: Places) -> Floats | None:
        match measure:
            case Values():
                added = [places.weight * self._number]
            case AtMost(limits=limits):
                added = list(self._below(np.array(limits), places.weight))
            case _:
                return super().own_planes(table, measure, places)
        several = [self.crossing.by_place(places, one) for one in added]
        return np.stack([*several, table[self.position >= 0].sum(axis=0)])

    @property
    def _number(self) -> Floats:
        """The number of each case; 0 where there is none."""
        return number_of(self.responses, self.names[0])

    def _below(self, limits: Floats, weight: Floats) -> Iterator[Floats]:
        """Yield the weights of cases that are not above each limit of their domain (D, m)."""
        none = np.full((1, limits.shape[1]), np.nan)
        of_domain = np.vstack([limits, none])
        known = self.known
        for limit in of_domain.T:
            yield np.where(known & (self._number <= limit[self.crossing.domain]), weight, 0.0)

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Cases with a valid number."""
        return np.asarray(state_of(self.column) >= 0)


class _OptionsTally(Tally):
    """Sums of the options of a multiple response, of its missing codes, and of its base."""

    def own_cells(self, measure: Measure, moment: Moment) -> Floats | None:
        if not isinstance(measure, Options) or moment == "squared" or measure.base == "all":
            return None
        one = self.crossing.weight if moment == "weight" else np.ones(self.crossing.weight.size)
        codes = in_base_codes(self.column)
        at = [self._at([FIRST_MISSING - self.column.missing.index(code)]) for code in codes]
        base = self._at(self.position[self.present(measure.base)])
        # All are summed in the order of cases, so that what all chose is exactly 1.
        return np.column_stack([self._sums(rows, one) for rows in [*self._rows(), *at, base]])

    def own_planes(self, table: Floats, measure: Measure, places: Places) -> Floats | None:
        if not isinstance(measure, Options) or measure.base == "all":
            return None
        chosen = []
        for rows in self._rows():
            key = self.crossing.domain[rows].astype(np.int64) * places.size + places.of_row[rows]
            size = (self.crossing.size + 1) * places.size
            found = summed(key, places.weight[rows], size)
            chosen.append(found.reshape(-1, places.size)[: self.crossing.size])
        return np.stack([*chosen, *self._rest(table, measure)])

    def _rows(self) -> Iterator[npt.NDArray[np.intp]]:
        """Yield the cases that chose each option."""
        column = self.column
        if isinstance(column, Ticks):
            for ticked in column.ticked.T:
                yield np.flatnonzero((ticked == 1) & (column.state == 0))

    def _rest(self, table: Floats, measure: Options) -> list[Floats]:
        """Return the sums of missing codes in the base, and of the base, from those by position."""
        codes = in_base_codes(self.column)
        places = [FIRST_MISSING - self.column.missing.index(one) for one in codes]
        typed = [table[self.position == place].sum(axis=0) for place in places]
        return [*typed, table[self.present(measure.base)].sum(axis=0)]

    def _at(self, positions: npt.ArrayLike) -> npt.NDArray[np.intp]:
        """Return the cases at some positions."""
        return np.flatnonzero(np.isin(state_of(self.column), positions))

    def _sums(self, rows: npt.NDArray[np.intp], values: Floats) -> Floats:
        size = self.crossing.size
        return summed(self.crossing.domain[rows], values[rows], size + 1)[:size]
