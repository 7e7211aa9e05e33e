"""The engine for data in memory: numpy sums over coded columns."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Responses
from socialpoll.totals.basis import Basis
from socialpoll.totals.cells import Cells, cells_of
from socialpoll.totals.domains import Domains, categorical, domains_of
from socialpoll.totals.entries import Entries, entries_of
from socialpoll.totals.mass import Mass
from socialpoll.totals.ordered import Ordered, ordered_of
from socialpoll.totals.protocol import Moment
from socialpoll.totals.units import Units

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Rows"]

Floats = npt.NDArray[np.float64]


class Rows:
    """Responses in memory, with how much each case counts.

    Parameters
    ----------
    responses : Responses
        Coded cases.
    mass : Mass
        Base weights and steps.
    """

    def __init__(self, responses: Responses, mass: Mass) -> None:
        self.responses = responses
        self.mass = mass
        self._domains: dict[object, Domains] = {}

    @cached_property
    def units(self) -> Units:
        """The sampling units; DesignError where a lonely cluster has no policy."""
        design = self.responses.design
        return Units.of(self.responses.stages, design.lonely, self.responses.strata_labels)

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
        entries = self._entries(basis)
        if moment == "cases":
            summed = None
        else:
            summed = self.weight[entries.row]
            if moment == "squared":
                summed = summed * summed
            if entries.value is not None:
                summed = summed * entries.value
        sums = np.bincount(entries.column, weights=summed, minlength=entries.size)
        return sums.astype(np.float64).reshape(entries.domains, -1)

    def ordered(self, basis: Basis) -> Ordered:
        """Return the answers to the one number of a basis, in order within each domain."""
        return ordered_of(self._entries(basis), self.weight)

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

    def summing(self, basis: Basis) -> sparse.csr_array:
        """Return the matrix that sums weights (n, B) to domains and columns: (D·K, n)."""
        from scipy import sparse

        entries = self._entries(basis)
        value = np.ones(entries.row.size) if entries.value is None else entries.value
        shape = (entries.size, len(self.responses))
        return sparse.csr_array((value, (entries.column, entries.row)), shape=shape)

    def by_case(self, basis: Basis) -> Floats:
        """Return what each case adds to each domain and column, unweighted: (n, D·K)."""
        entries = self._entries(basis)
        found = np.zeros((len(self.responses), entries.size))
        found[entries.row, entries.column] = 1.0 if entries.value is None else entries.value
        return found

    def attach(self, cell: npt.NDArray[np.int32], factor: Floats) -> Floats:
        """Return the factor of each case's cell: (n,)."""
        return np.asarray(factor[cell])

    def _entries(self, basis: Basis) -> Entries:
        key = (basis.breakdown, basis.where)
        if key not in self._domains:
            self._domains[key] = domains_of(self.responses, basis, self.counted)
        return entries_of(self.responses, basis.measure, self._domains[key])
