"""The engine for data in memory: numpy sums over coded columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Categorical, Responses, Ticks, require_cases, valid
from socialpoll.schema import Condition
from socialpoll.totals.alike import together
from socialpoll.totals.answers import number_of
from socialpoll.totals.basis import Alike, Basis, Measure, first_of, names_of
from socialpoll.totals.cells import Cells, cells_of
from socialpoll.totals.crossings import Crossing, Places, crossing_of
from socialpoll.totals.domains import Domains, categorical, domains_of
from socialpoll.totals.entries import Entries, entries_of
from socialpoll.totals.mass import Mass
from socialpoll.totals.moments import Moments
from socialpoll.totals.moments_kept import MomentsKept
from socialpoll.totals.ordered import Ordered, order_of, ordered_of, ordered_within
from socialpoll.totals.profile_tally import ProfileTally
from socialpoll.totals.profiles import (
    Profiles,
    coarse_profiles_of,
    profiles_of,
)
from socialpoll.totals.profiling import Profiling
from socialpoll.totals.protocol import Moment, Occupied
from socialpoll.totals.tallies import Tally
from socialpoll.totals.tallies_of_kinds import tally_of
from socialpoll.totals.units import Units

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Rows"]

Floats = npt.NDArray[np.float64]
UNITS: WeakKeyDictionary[Responses, Units] = WeakKeyDictionary()
"""Units that were found before, as long as their responses live: the design does not change."""
ORDERS: WeakKeyDictionary[Responses, dict[str, npt.NDArray[np.int32]]] = WeakKeyDictionary()
"""Cases with an answer to a number in the order of answers, as long as their responses live."""
COARSE = 4
"""Cases a profile from which on sums by profile are worth it where units are needed as well."""
SHARED = 2
"""Breakdowns from which on all are summed in one pass of the rows."""


class Rows:
    """Responses in memory, with how much each case counts.

    Parameters
    ----------
    responses : Responses
        Coded cases.
    mass : Mass
        Base weights and steps.

    Raises
    ------
    EstimationError
        Where rows stand for several cases each: :class:`~socialpoll.totals.Tallied` sums these.
    """

    by_combination: ClassVar[bool] = False
    """Whether rows may stand for several cases each."""

    def __init__(self, responses: Responses, mass: Mass) -> None:
        if not self.by_combination:
            require_cases(responses.repeats)
        self.responses = responses
        self.mass = mass
        self._domains: dict[object, Domains] = {}
        self._crossings: dict[object, Crossing] = {}
        self._tallies: dict[object, Tally] = {}
        self._weights: dict[int, Floats] = {}
        self._prepared: list[Basis] = []
        self._variables: frozenset[str] | None = None

    @cached_property
    def units(self) -> Units:
        """The sampling units; DesignError where a lonely cluster has no policy."""
        if self.responses not in UNITS:
            UNITS[self.responses] = self._found_units()
        return UNITS[self.responses]

    @cached_property
    def weight(self) -> Floats:
        """Final weights (n,)."""
        return self.mass.forward()

    @cached_property
    def counted(self) -> npt.NDArray[np.bool_]:
        """Cases of positive final weight: only they are in any base."""
        return (self.weight > 0) & self.responses.interviewed

    def distinct(
        self, variables: tuple[str, ...], among: npt.NDArray[np.bool_] | None = None
    ) -> Cells:
        """Return the combinations of codes that occur among interviewed, or the given, cases."""
        columns = [categorical(self.responses, name) for name in variables]
        positions = [column.position for column in columns]
        sizes = [len(column.categories) for column in columns]
        chosen = self.responses.interviewed if among is None else among
        return cells_of(positions, sizes, chosen)

    def cells(self, basis: Basis, moment: Moment = "weight") -> Floats:
        """Return the sums of a basis by domain and column: (D, K)."""
        tally = self._by_profile(basis) or self._tally(basis)
        found = None if tally is None else tally.cells(first_of(basis.measure), moment)
        if found is not None:
            return found
        entries, added = self._entries(basis), self._added(moment)
        summed = None if added is None else added[entries.row]
        if summed is not None and entries.value is not None and moment != "cases":
            summed = summed * entries.value
        sums = np.bincount(entries.column, weights=summed, minlength=entries.size)
        return sums.astype(np.float64).reshape(entries.domains, -1)

    def ordered(self, basis: Basis) -> Ordered:
        """Return the answers to the one number of a basis, in order within each domain."""
        if any(isinstance(self.responses.columns[one], Ticks) for one in basis.breakdown):
            return ordered_of(self._entries(basis), self.weight)
        (name,) = names_of(basis.measure)
        values = number_of(self.responses, name)
        orders = ORDERS.setdefault(self.responses, {})
        if name not in orders:
            order = order_of(values)
            orders[name] = order[valid(self.responses.columns[name])[order]]
        crossing = self._crossing((basis.breakdown, basis.where), 1)
        return ordered_within(orders[name], values, self.weight, crossing)

    def unit_totals(self, basis: Basis, by_step: int | None = None) -> sparse.csr_array:
        """Return the weighted sums of a basis by finest unit, or by the cells of a step."""
        from scipy import sparse

        entries = self._entries(basis)
        if by_step is None:
            place, size = self.units.of_row, self.units.levels[0].group.size
            weight = self.weight
        else:
            step = self.mass.steps[by_step]
            place, size = step.cell, step.factor.size
            weight = self.mass.regression_weight(by_step)
        summed = weight[entries.row]
        if entries.value is not None:
            summed = summed * entries.value
        return sparse.csr_array(
            (summed, (place[entries.row], entries.column)), shape=(size, entries.size)
        )

    def planes(self, basis: Basis, by_step: int | None = None) -> Floats | None:
        """Return the weighted sums of a basis as a table (K, D, U), or by the cells of a step.

        Units are in the order of strata (:attr:`Units.rank`). None where domains overlap, a case
        has several answers, or the table would have many more places than there are cases.
        """
        tally = self._tally(basis)
        if tally is None:
            return None
        measure, times = first_of(basis.measure), _times(basis.measure)
        if by_step is None:
            return tally.planes(measure)
        if isinstance(tally, ProfileTally):
            return tally.planes_by_step(measure, by_step)
        step = self.mass.steps[by_step]
        of_row, weight = _tiled(step.cell, times), _tiled(self._regression_weight(by_step), times)
        return tally.planes_by(measure, Places(of_row, step.factor.size, weight))

    def together(self, bases: Sequence[Basis]) -> list[list[int]]:
        """Return the places of bases that may be summed as one."""
        return together(self.responses, bases)

    def prepare(self, bases: Iterable[Basis]) -> None:
        """Take notice of all breakdowns and questions, so that they can be summed together."""
        self._prepared = list(dict.fromkeys(bases))
        self._variables = frozenset(
            name
            for basis in self._prepared
            for name in basis.breakdown
            if isinstance(self.responses.columns[name], Categorical)
        )

    def moments(self, basis: Basis) -> Moments | None:
        """Return squares and products by sampling unit, summed; None where they are not at hand."""
        breakdowns = {one.breakdown for one in self._prepared if one.where == basis.where}
        few = len(breakdowns) < SHARED or not self._profiling.is_worth_it(basis.where)
        if few or self._elements or not self.units.is_plain:
            return None
        return self._kept.of(basis)

    @cached_property
    def _kept(self) -> MomentsKept:
        def crossing(breakdown: tuple[str, ...], where: Condition | None) -> Crossing:
            return self._crossing((breakdown, where), 1)

        return MomentsKept(self.responses, self.units, self.weight, self._prepared, crossing)

    def profiled(self, basis: Basis) -> ProfileTally | None:
        """Return the sums by profile of an element sample; None where there are none."""
        tally = self._tally(basis)
        return tally if isinstance(tally, ProfileTally) else None

    def occupied(self, basis: Basis) -> Occupied | None:
        """Count units and strata with cases in the first column of each domain, if at hand."""
        known = self._kept.known(basis)
        if known is not None:
            return known.occupied
        tally = self._tally(basis)
        if isinstance(tally, ProfileTally):
            table = tally.by_stratum(basis.measure, tally.sums.cases)
            return (
                None
                if table is None
                else Occupied(table[0].sum(axis=1), (table[0] > 0).sum(axis=1))
            )
        planes = self.planes(basis) if self.units.is_plain else None
        if planes is None:
            return None
        present = planes[0] > 0
        strata = np.add.reduceat(present, self.units.first, axis=1) > 0
        return Occupied(present.sum(axis=1), strata.sum(axis=1))

    def summing(self, bases: Sequence[Basis]) -> tuple[sparse.csr_array, list[int]]:
        """Return what each case adds to several bases (n, Σ D·K), and D·K of each."""
        from scipy import sparse

        every = [self._entries(basis) for basis in bases]
        first = np.cumsum([0, *(one.size for one in every)])
        row = np.concatenate([one.row for one in every])
        column = np.concatenate(
            [one.column + start for one, start in zip(every, first, strict=False)]
        )
        value = np.concatenate(
            [np.ones(one.row.size) if one.value is None else one.value for one in every]
        )
        shape = (len(self.responses), int(first[-1]))
        place = (row.astype(np.int32), column.astype(np.int32))
        return sparse.csr_array((value, place), shape=shape), [one.size for one in every]

    def by_case(self, basis: Basis) -> Floats:
        """Return what each case adds to each domain and column, unweighted: (n, D·K)."""
        entries = self._entries(basis)
        found = np.zeros((len(self.responses), entries.size))
        found[entries.row, entries.column] = 1.0 if entries.value is None else entries.value
        return found

    def attach(self, cell: npt.NDArray[np.int32], factor: Floats) -> Floats:
        """Return the factor of each case's cell: (n,)."""
        return np.asarray(factor[cell])

    def _added(self, moment: Moment) -> Floats | None:
        """Return what each row adds to a sum of ones, of weights or of their squares (n,)."""
        if moment == "cases":
            return None
        return self.weight if moment == "weight" else self.weight * self.weight

    def _found_units(self) -> Units:
        responses = self.responses
        return Units.of(responses.stages, responses.design.lonely, responses.strata_labels)

    @cached_property
    def _ranked(self) -> npt.NDArray[np.int64]:
        """The unit of each case, in the order of strata."""
        return self.units.rank[self.units.of_row]

    def _regression_weight(self, step: int) -> Floats:
        if step not in self._weights:
            self._weights[step] = self.mass.regression_weight(step)
        return self._weights[step]

    def _by_profile(self, basis: Basis) -> ProfileTally | None:
        """Return the sums of a basis from those by profile; None where profiles do not say it."""
        names = names_of(basis.measure)
        if self._variables is None or len(names) != _times(basis.measure) or not names[0]:
            return None
        if not self._variables and not self._elements:
            return None
        return self._profiling.tally(basis, names)

    @cached_property
    def _profiling(self) -> Profiling:
        variables = self._variables or frozenset()
        cases = len(self.responses)
        most = cases if self._elements else cases // COARSE
        return Profiling(self.responses, variables, self.counted, self._profiles, most)

    def _profiles(self, variables: Sequence[str], counted: npt.NDArray[np.bool_]) -> Profiles:
        if self._elements:
            return profiles_of(self.responses, variables, counted, self.units, self.mass)
        return coarse_profiles_of(self.responses, variables, counted, self.weight)

    @cached_property
    def _elements(self) -> bool:
        """Whether each case is a sampling unit."""
        return self.units.is_plain and self.units.levels[0].group.size == len(self.responses)

    def _tally(self, basis: Basis) -> Tally | None:
        """Return the sums of a basis's questions; None where they cannot be laid out so."""
        names = names_of(basis.measure)
        overlaps = any(isinstance(self.responses.columns[one], Ticks) for one in basis.breakdown)
        known = names[0] in self.responses.columns if names else False
        if len(names) != _times(basis.measure) or not known or overlaps:
            return None
        by_profile = self._by_profile(basis)
        if by_profile is not None and self._elements:
            return by_profile
        key = (basis.breakdown, basis.where)
        if key not in self._tallies or self._tallies[key].names != names:
            units = self.units.levels[0].group.size
            crossing = self._crossing(key, len(names))
            ranked = _tiled(self._ranked, len(names))
            self._tallies[key] = tally_of(self.responses, names, crossing, ranked, units)
        return self._tallies[key]

    def _crossing(self, key: tuple[tuple[str, ...], Condition | None], times: int) -> Crossing:
        """Return the domain of each case, all of them several times."""
        if (*key, times) not in self._crossings:
            if times == 1:
                found = crossing_of(self.responses, *key, self.counted, self.weight)
            else:
                found = self._crossing(key, 1).repeated(times)
            self._crossings[(*key, times)] = found
        return self._crossings[(*key, times)]

    def _entries(self, basis: Basis) -> Entries:
        key = (basis.breakdown, basis.where)
        if key not in self._domains:
            self._domains[key] = domains_of(self.responses, basis, self.counted)
        return entries_of(self.responses, basis.measure, self._domains[key])


def _times(measure: Measure) -> int:
    return len(measure.measures) if isinstance(measure, Alike) else 1


def _tiled(values: npt.NDArray[Any], times: int) -> npt.NDArray[Any]:
    return values if times == 1 else np.tile(values, times)
