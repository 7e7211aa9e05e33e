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
from typing import Any

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses
from socialpoll.totals.cells import Cells, cells_of, summed
from socialpoll.totals.crossings import Crossing
from socialpoll.totals.domains import categorical
from socialpoll.totals.mass import Mass
from socialpoll.totals.units import Units

__all__ = ["Profiles", "Sums", "coarse_profiles_of", "profiles_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.integer]
Truths = npt.NDArray[np.bool_]

SCATTERED = 2
"""How many times more pairs are possible than occur, where only these are kept."""


@dataclass(frozen=True, eq=False)
class Sums:
    """Cases, base weights and their squares, by position of an answer and profile.

    Attributes
    ----------
    profiles : int
        Number of profiles C.
    seen : int array (E,), optional
        The pairs that occur, position · C + profile, where these are few: no more than the cases,
        however many profiles there are. Where absent all P · C are there, position by position.
    cases, base : float64 array (E,)
    square : float64 array (E,), optional
        May be lacking (:class:`Profiles`).
    factor : float64 array (E,), optional
        Final weight over base weight; 1 where absent.
    of_bases : dict of bytes to float64 array (C,)
        Squares of the cases at some positions, as they are asked for, where they are lacking.
    """

    profiles: int
    seen: Places | None
    cases: Floats
    base: Floats
    square: Floats | None = None
    factor: Floats | None = None
    of_bases: dict[bytes, Floats] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Number of sums."""
        return self.cases.size * (2 if self.square is None else 3)

    def of_profile(self, values: Floats | Places) -> npt.NDArray[Any]:
        """Return the value of each sum's profile (E,), from those of all profiles (C,)."""
        if self.seen is None:
            return np.tile(values, self.cases.size // max(self.profiles, 1))
        return values[self.seen % self.profiles]

    def at(self, wanted: Truths) -> Floats:
        """Return the cases by profile (C,) at the wanted positions (P,)."""
        if self.seen is None:
            return np.asarray(self.cases.reshape(wanted.size, -1)[wanted].sum(axis=0))
        cases = np.where(wanted[self.position], self.cases, 0.0)
        return summed(self.seen % self.profiles, cases, self.profiles)

    @property
    def position(self) -> Places:
        """Position of the answer of each sum (E,)."""
        pairs = np.arange(self.cases.size) if self.seen is None else self.seen
        return pairs // self.profiles

    @cached_property
    def weight(self) -> Floats:
        """Final weights (E,)."""
        return self.base if self.factor is None else self.base * self.factor

    @cached_property
    def weight_square(self) -> Floats | None:
        """Squares of final weights (E,), where there are squares."""
        if self.square is None or self.factor is None:
            return self.square
        return self.square * self.factor**2


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
    def all_weights(self) -> Floats:
        """Sums of base weights, whatever is answered (C,)."""
        return summed(self.of_row, self._base, self.size)

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
        cases = np.bincount(key, minlength=answers * self.size)
        occurs = np.flatnonzero(cases)
        few = SCATTERED * occurs.size < cases.size
        kept = occurs if few else slice(None)
        found = Sums(
            profiles=self.size,
            seen=occurs if few else None,
            cases=cases[kept].astype(np.float64),
            base=summed(key, self._base, cases.size)[kept],
            square=summed(key, self._square, cases.size)[kept] if self.squares else None,
        )
        return replace(found, factor=found.of_profile(self.weight)) if self.mass.steps else found

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
