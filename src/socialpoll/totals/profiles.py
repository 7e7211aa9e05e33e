"""Cases that are alike in all but their answers: the rows of element samples, put together.

Where every case is a sampling unit of its own, a variance within strata is made of sums of w and w²
alone. Cases of one profile, the same domains, stratum and weighting cells, have weights that are
their base weights times one factor, so sums of base weights and of their squares by profile and
answer serve every breakdown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses, state_of
from socialpoll.totals.basis import Alike, Categories, Measure, Present
from socialpoll.totals.cells import Cells, cells_of, summed
from socialpoll.totals.crossings import Crossing
from socialpoll.totals.domains import categorical
from socialpoll.totals.mass import Mass
from socialpoll.totals.tallies import PLACES_A_CASE, SMALL, Tally
from socialpoll.totals.units import Units

__all__ = ["ProfileTally", "Profiles", "Sums", "coarse_profiles_of", "profiles_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Sums:
    """Cases, base weights and their squares, by position of an answer and profile.

    Attributes
    ----------
    cases, base : float64 array (P, C)
    square : float64 array (P, C), optional
        May be lacking (:class:`Profiles`).
    of_bases : dict of bytes to float64 array (C,)
        Squares of the cases at some positions, as they are asked for, where they are lacking.
    """

    cases: Floats
    base: Floats
    square: Floats | None = None
    of_bases: dict[bytes, Floats] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of sums."""
        return self.cases.size * (2 if self.square is None else 3)


@dataclass(frozen=True, eq=False)
class Profiles:
    """What cases have in common, and the profile of every case.

    Attributes
    ----------
    of_row : int32 array (n,)
    size : int
        Number of profiles C.
    inside : bool array (C,)
        Whether its cases count at all.
    variables : mapping of str to int array (C,)
        Position in the categories of every variable that domains are made of.
    stratum : int array (C,)
        Group of sampling units.
    cell : tuple of int array (C,)
        Cell of every weighting step.
    mass : Mass
        Base weights and steps.
    squares : bool
        Whether squares of weights are summed by answer, as the variances of an element sample need.
    once : Profiles, optional
        What this repeats, for several questions at once.
    """

    of_row: Places
    size: int
    inside: Truths
    variables: dict[str, Places]
    stratum: Places
    cell: tuple[Places, ...]
    mass: Mass
    squares: bool = True
    once: Profiles | None = None

    def repeated(self, times: int) -> Profiles:
        """Return the profiles of all cases several times over, others each time."""
        if times == 1:
            return self
        of_row = (self.of_row + np.arange(times)[:, None] * self.size).ravel()
        return Profiles(
            of_row,
            self.size * times,
            np.tile(self.inside, times),
            {name: np.tile(one, times) for name, one in self.variables.items()},
            np.tile(self.stratum, times),
            tuple(np.tile(one, times) for one in self.cell),
            self.mass,
            self.squares,
            self,
        )

    def passed(self, first: int, last: int | None = None) -> Floats:
        """Return the product (C,) of the factors of some steps."""
        product = np.ones(self.size)
        for step, cell in zip(self.mass.steps[first:last], self.cell[first:last], strict=True):
            product *= step.factor[cell]
        return product

    def through(self, first: int) -> Floats:
        """Return the product (C,) of f of the steps from ``first`` on."""
        product = np.ones(self.size)
        for step, cell in zip(self.mass.steps[first:], self.cell[first:], strict=True):
            product *= step.passes[cell]
        return product

    @cached_property
    def weight(self) -> Floats:
        """Final weight over base weight (C,)."""
        return self.passed(0)

    @cached_property
    def everybody(self) -> Sums:
        """Sums over all answers: (1, C) each."""
        return self.sums(np.zeros(self.of_row.size, dtype=np.int8), 1)

    def crossing(self, responses: Responses, breakdown: tuple[str, ...]) -> Crossing:
        """Return the domain of each profile, of a breakdown by its variables."""
        domain, size, inside = np.zeros(self.size, dtype=np.int64), 1, self.inside
        for name in breakdown:
            categories = len(categorical(responses, name).categories)
            position = self.variables[name]
            inside = inside & (position < categories)
            domain = domain * categories + position
            size *= categories
        return Crossing(np.where(inside, domain, size), size, self.weight)

    def sums(self, answer: Places, answers: int) -> Sums:
        """Return the sums of cases by answer (n,) and profile."""
        key = answer.astype(np.int64)
        key *= self.size
        key += self.of_row
        shape = (answers, self.size)
        cases = np.bincount(key, minlength=answers * self.size).astype(np.float64)
        base = summed(key, self._base, cases.size)
        square = summed(key, self._square, cases.size).reshape(shape) if self.squares else None
        return Sums(cases.reshape(shape), base.reshape(shape), square)

    @cached_property
    def all_squares(self) -> Floats:
        """Sums of squared base weights, whatever is answered (C,)."""
        return summed(self.of_row, self._square, self.size)

    def squares_of(self, rows: npt.NDArray[np.intp]) -> Floats:
        """Return the sums of squared base weights of some cases (C,)."""
        return summed(self.of_row[rows], self._base[rows] ** 2, self.size)

    @cached_property
    def _base(self) -> Floats:
        """Base weight of each case, as often as it is there."""
        base = self.mass.base
        times = self.of_row.size // max(base.size, 1)
        return base if times == 1 else np.tile(base, times)

    @cached_property
    def _square(self) -> Floats:
        return self._base * self._base


def profiles_of(
    responses: Responses,
    variables: Sequence[str],
    counted: Truths,
    units: Units,
    mass: Mass,
) -> Profiles:
    """Find the profiles of all cases, also of those that do not count."""
    further = [(units.levels[0].group[units.of_row], units.levels[0].count.size)]
    further += [(step.cell, step.factor.size) for step in mass.steps]
    found = _found(responses, variables, counted, further)
    stratum, *cells = found.position.T[len(variables) + 1 :]
    return _made(found, variables, mass, stratum, tuple(cells))


def coarse_profiles_of(
    responses: Responses, variables: Sequence[str], counted: Truths, weight: Floats
) -> Profiles:
    """Find the profiles by variables alone, where final weights are all there is to sum."""
    found = _found(responses, variables, counted, [])
    nowhere = np.zeros(found.size, dtype=np.int32)
    return replace(_made(found, variables, Mass(weight), nowhere, ()), squares=False)


def _found(
    responses: Responses,
    variables: Sequence[str],
    counted: Truths,
    further: Sequence[tuple[Places, int]],
) -> Cells:
    columns = [categorical(responses, name) for name in variables]
    own = [(column.position, len(column.categories)) for column in columns]
    positions, sizes = zip(*own, (counted.astype(np.int8), 2), *further, strict=True)
    return cells_of(positions, sizes, np.ones(counted.size, dtype=np.bool_))


def _made(
    found: Cells, variables: Sequence[str], mass: Mass, stratum: Places, cell: tuple[Places, ...]
) -> Profiles:
    table = found.position.T
    return Profiles(
        of_row=found.cell,
        size=found.size,
        inside=table[len(variables)] == 1,
        variables=dict(zip(variables, table[: len(variables)], strict=True)),
        stratum=stratum,
        cell=cell,
        mass=mass,
    )


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
        return self.spread(self.sums.base * self.profiles.weight)

    def squared(self, wanted: Truths) -> Floats:
        """Return the sums (D,) of squared weights of the cases at the wanted positions (P,)."""
        if self.sums.square is not None:
            square: Floats = self.spread(self.sums.square[wanted] * self.profiles.weight**2)
            return np.asarray(square.sum(axis=0))
        known, key = self.sums.of_bases, wanted.tobytes()
        if key not in known:
            known[key] = super().squared(wanted)
        return np.asarray(self.spread(known[key][None])[0])

    def cases_at(self, wanted: Truths) -> Floats:
        """Return the cases (C,) at the wanted positions (P,), by profile."""
        return np.asarray(self.sums.cases[wanted].sum(axis=0))

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
        return self._by_cell(measure, self.sums.base * entering, step)

    def crossed(self, measure: Measure, step: int, scale: Floats) -> Floats | None:
        """Return Σ scale · w · the weight before a step (K, D, C), by its cells."""
        factor = scale * self.profiles.weight * self.profiles.passed(0, step)
        square = self.sums.square
        return None if square is None else self._by_cell(measure, square * factor, step)

    def by_stratum(self, measure: Measure, values: Floats) -> Floats | None:
        """Return sums of values (P, C) by stratum (K, D, H)."""
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
        """Sum values (P, C) by domain: (P, D), or by domain and place (P, D, places)."""
        size = self.crossing.size
        if place is None:
            return np.asarray((self.crossing.adding @ values.T)[:size].T)
        key = self.crossing.domain.astype(np.int64) * places + place
        bins = (size + 1) * places
        found = np.zeros((len(values), bins))
        for row, one in zip(found, values, strict=True):
            row[:] = summed(key, one, bins)
        return found.reshape(len(values), -1, places)[:, :size]

    def _by_cell(self, measure: Measure, values: Floats, step: int) -> Floats | None:
        cells = self.profiles.mass.steps[step].factor.size
        if self._bins * cells > max(PLACES_A_CASE * self.profiles.of_row.size, SMALL):
            return None
        table = self.spread(values, self.profiles.cell[step], cells)
        return self.of_measure(measure, table)
