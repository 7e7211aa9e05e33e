"""The five questions that any engine answers about rows; all else is algebra on small arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.totals.basis import Basis
from socialpoll.totals.cells import Cells
from socialpoll.totals.mass import Mass
from socialpoll.totals.ordered import Ordered
from socialpoll.totals.units import Units

if TYPE_CHECKING:
    from scipy import sparse

    from socialpoll.totals.moments import Moments
    from socialpoll.totals.profile_tally import ProfileTally

__all__ = ["Engine", "Moment", "Occupied"]

Floats = npt.NDArray[np.float64]
Moment: TypeAlias = Literal["cases", "weight", "squared"]
"""What each case adds to a cell: 1, its final weight, or the square of its final weight."""


class Occupied(NamedTuple):
    """Sampling units, and strata, in which each domain has cases; arrays (D,)."""

    units: Floats
    strata: Floats


class Engine(Protocol):
    """Where the rows are. Only an engine touches a column."""

    @property
    def units(self) -> Units:
        """The sampling units and how they vary."""
        ...

    @property
    def mass(self) -> Mass:
        """Base weights and steps."""
        ...

    def distinct(
        self, variables: tuple[str, ...], among: npt.NDArray[np.bool_] | None = None
    ) -> Cells:
        """Return the combinations of codes that occur among interviewed, or the given, cases."""
        ...

    def cells(self, basis: Basis, moment: Moment = "weight") -> Floats:
        """Return the sums of a basis by domain and column: (D, K)."""
        ...

    def ordered(self, basis: Basis) -> Ordered:
        """Return the answers to the one number of a basis, in order within each domain."""
        ...

    def unit_totals(self, basis: Basis, by_step: int | None = None) -> sparse.csr_array:
        """Return the weighted sums of a basis by finest unit: (U, D·K).

        With ``by_step`` the sums are by that step's weighting cells instead, of the weights that
        enter its regression (see :class:`socialpoll.totals.sweep.Sweep`): (C, D·K).
        """
        ...

    def planes(self, basis: Basis, by_step: int | None = None) -> Floats | None:
        """Return the sums of :meth:`unit_totals` as a dense table (K, D, U), units by rank.

        None where there is no such table, or where it would be too large.
        """
        ...

    def prepare(self, bases: Iterable[Basis]) -> None:
        """Take notice of what will be asked for, so that it can be summed together."""
        ...

    def together(self, bases: Sequence[Basis]) -> list[list[int]]:
        """Return the places of those among several bases that may be asked for as one.

        That one is a basis of :class:`~socialpoll.totals.basis.Alike`.
        """
        ...

    def moments(self, basis: Basis) -> Moments | None:
        """Return what variances of shares are made of, without calibration; None if not at hand."""
        ...

    def profiled(self, basis: Basis) -> ProfileTally | None:
        """Return the sums by profile of an element sample; None where there are none."""
        ...

    def occupied(self, basis: Basis) -> Occupied | None:
        """Count units and strata with cases in the first column of each domain, if at hand."""
        ...

    def attach(self, cell: npt.NDArray[np.int32], factor: Floats) -> Floats:
        """Return the factor of each case's cell: (n,)."""
        ...
