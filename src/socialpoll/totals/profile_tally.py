"""A question with single answers, from sums by profile: one table for every breakdown."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses, state_of
from socialpoll.totals.basis import Alike, Categories, Measure, Present
from socialpoll.totals.cells import summed
from socialpoll.totals.crossings import Crossing
from socialpoll.totals.profiles import Profiles, Sums
from socialpoll.totals.tallies import PLACES_A_CASE, SMALL, Tally

__all__ = ["ProfileTally"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
Truths = npt.NDArray[np.bool_]


class ProfileTally(Tally):
    """A question with single answers within one breakdown, or several, from sums by profile.

    Parameters
    ----------
    responses : Responses
    names : tuple of str
    crossing : Crossing
        The domain of each profile, not of each case.
    profiles : Profiles
    sums : Sums
        By position, from the lowest that occurs.
    """

    def __init__(
        self,
        responses: Responses,
        names: tuple[str, ...],
        crossing: Crossing,
        profiles: Profiles,
        sums: Sums | None = None,
    ) -> None:
        super().__init__(responses, names, crossing, profiles.stratum, 0)
        self.profiles = profiles
        offset = int(-self.position[0])
        self.sums = sums or profiles.sums(
            state_of(self.column).astype(np.int64) + offset, self.position.size
        )

    @property
    def by_unit(self) -> None:
        """There is no table by sampling unit: that would be all cases."""
        return

    @cached_property
    def cases(self) -> Floats:
        """Cases by position and domain (P, D)."""
        return self.spread(self.sums.cases)

    @cached_property
    def weight(self) -> Floats:
        """Sums of weights by position and domain (P, D)."""
        return self.spread(self.sums.weight)

    def squared(self, wanted: Truths) -> Floats:
        """Return the sums (D,) of squared weights of the cases at the wanted positions (P,)."""
        if self._squares is not None:
            return np.asarray(self._squares[wanted].sum(axis=0))
        known, key = self.sums.of_bases, wanted.tobytes()
        if key not in known:
            known[key] = super().squared(wanted)
        return self.crossing.sums(known[key])

    @cached_property
    def _squares(self) -> Floats | None:
        """Sums of squared weights by position and domain (P, D)."""
        square = self.sums.weight_square
        return None if square is None else self.spread(square)

    def cases_at(self, wanted: Truths) -> Floats:
        """Return the cases (C,) at the wanted positions (P,), by profile."""
        return self.sums.at(wanted)

    @property
    def all_squares(self) -> Floats:
        """Sums (C,) of squared weights by profile, whatever is answered."""
        return self.profiles.all_squares

    def squares_of(self, rows: npt.NDArray[np.intp]) -> Floats:
        """Return the sums (C,) of squared weights of some cases by profile."""
        return self.profiles.squares_of(rows)

    def planes(self, _measure: Measure) -> None:
        """Return nothing: a table by sampling unit would be one of cases."""
        return

    def planes_by_step(self, measure: Measure, step: int) -> Floats | None:
        """Return the sums (K, D, C) by cells of a step, of weights that enter its regression."""
        entering = self.profiles.passed(0, step) * self.profiles.through(step + 1)
        return self._by_cell(measure, self.sums.base * self.sums.of_profile(entering), step)

    def crossed(self, measure: Measure, step: int, scale: Floats) -> Floats | None:
        """Return Σ scale · w · the weight before a step (K, D, C), by its cells."""
        factor = scale * self.profiles.weight * self.profiles.passed(0, step)
        square = self.sums.square
        if square is None:
            return None
        return self._by_cell(measure, square * self.sums.of_profile(factor), step)

    def by_stratum(self, measure: Measure, values: Floats) -> Floats | None:
        """Return sums of values (E,) by stratum (K, D, H)."""
        strata = int(self.profiles.stratum.max(initial=-1)) + 1
        return self.of_measure(measure, self.spread(values, self.profiles.stratum, strata))

    def of_measure(self, measure: Measure, values: Floats) -> Floats | None:
        """Return sums by position (P, …) as those of the columns of a measure (K, …)."""
        if isinstance(measure, Alike):
            return self.of_measure(measure.measures[0], values)
        if isinstance(measure, Present):
            return np.asarray(values[self.present(measure.base)].sum(axis=0, keepdims=True))
        return self._columns(values, measure.base) if isinstance(measure, Categories) else None

    def spread(self, values: Floats, place: Places | None = None, places: int = 1) -> Floats:
        """Sum values (E,) by position and domain: (P, D), or also by place (P, D, places)."""
        if self.sums.seen is None:
            return self._spread_all(values.reshape(self.position.size, -1), place, places)
        if place is None:
            return self._table(summed(self._pair, values, self._bins))
        key = self._pair * places + self.sums.of_profile(place)
        found = summed(key, values, self._bins * places)
        return found.reshape(self.position.size, -1, places)[:, : self.crossing.size]

    def _spread_all(self, values: Floats, place: Places | None, places: int) -> Floats:
        """Sum values (P, C) of all profiles, with one key for all positions."""
        size = self.crossing.size
        if place is None:
            return np.asarray((self.crossing.adding @ values.T)[:size].T)
        key = self.crossing.domain.astype(np.int64) * places + place
        bins = (size + 1) * places
        found = np.zeros((len(values), bins))
        for row, one in zip(found, values, strict=True):
            row[:] = summed(key, one, bins)
        return found.reshape(len(values), -1, places)[:, :size]

    @cached_property
    def _pair(self) -> npt.NDArray[np.int64]:
        """Position and domain of each sum as one number (E,)."""
        domain = self.sums.of_profile(self.crossing.domain).astype(np.int64)
        return self.sums.position * (self.crossing.size + 1) + domain

    def _by_cell(self, measure: Measure, values: Floats, step: int) -> Floats | None:
        cells = self.profiles.mass.steps[step].factor.size
        if self._bins * cells > max(PLACES_A_CASE * self.profiles.of_row.size, SMALL):
            return None
        table = self.spread(values, self.profiles.cell[step], cells)
        return self.of_measure(measure, table)
