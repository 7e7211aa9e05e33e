"""The engine for answers that stay where they lie: what is summed together is counted together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import Repeats, Responses
from socialpoll.totals.basis import Basis
from socialpoll.totals.mass import Mass
from socialpoll.totals.tallied import Tallied
from socialpoll.totals.using import powers_in, variables_in

if TYPE_CHECKING:
    from scipy import sparse

    from socialpoll.totals.cells import Cells
    from socialpoll.totals.ordered import Ordered
    from socialpoll.totals.protocol import Moment

__all__ = ["FEW", "Countable", "Scanned"]

Floats = npt.NDArray[np.float64]
Weighing: TypeAlias = Callable[[Responses], Mass]
"""How much each combination counts, of those with the variables that are weighted by."""
FEW = 200_000
"""Combinations up to which several breakdowns are counted together."""


class Countable(Protocol):
    """Answers that are counted where they lie: of a scan, or of several stacked."""

    def tally(self, names: Iterable[str], *, summed: Mapping[str, int]) -> Responses:
        """Return the combinations of answers to some variables, the same object while it lives.

        Of some, only sums up to a power matter.
        """
        ...

    def is_few(self, names: Iterable[str], most: int, summed: Mapping[str, int]) -> bool:
        """Say whether variables make no more than so many combinations."""
        ...

    def keeps(self, tally: Responses) -> bool:
        """Say whether this very tally is still at hand."""
        ...


class Scanned(Tallied):
    """Answers of which so much is counted as is asked for.

    Itself it holds everybody who was sampled, without their answers. Sums of one basis are those of
    a tally of its variables; what varies together needs one tally, of the variables of all: the
    engine that :meth:`of` returns.

    Parameters
    ----------
    outline : Responses
        Everybody, with the answers to what is weighted by.
    scan : Countable
    weighing : callable
        Returns the mass of combinations.
    weighted_by : tuple of str
        Variables that it needs.
    """

    def __init__(
        self,
        outline: Responses,
        scan: Countable,
        weighing: Weighing,
        weighted_by: tuple[str, ...] = (),
    ) -> None:
        super().__init__(outline, _repeats(outline), weighing(outline))
        self.scan = scan
        self.weighing = weighing
        self.weighted_by = weighted_by
        self._known: dict[int, Tallied] = {}

    def of(self, bases: Iterable[Basis]) -> Tallied:
        """Return the combinations of all variables of some bases.

        Raises
        ------
        CombinationsError
            Where they are too many.
        """
        several = list(bases)
        names = {name for one in several for name in variables_in(one)}
        return self._tallied(names, self._summed(several))

    def is_few(self, bases: Iterable[Basis]) -> bool:
        """Say whether the combinations of all variables of some bases are few."""
        several = list(bases)
        names = {name for one in several for name in variables_in(one)}
        return self.scan.is_few({*names, *self.weighted_by}, FEW, self._summed(several))

    def cells(self, basis: Basis, moment: Moment = "weight") -> Floats:
        """Return the sums of a basis by domain and column: (D, K)."""
        return self.of([basis]).cells(basis, moment)

    def ordered(self, basis: Basis) -> Ordered:
        """Return the answers to the one number of a basis, those of a combination as one."""
        return self._tallied(variables_in(basis)).ordered(basis)

    def distinct(
        self, variables: tuple[str, ...], among: npt.NDArray[np.bool_] | None = None
    ) -> Cells:
        """Return the combinations of codes that occur, where all are counted already."""
        if set(variables) <= {*self.weighted_by}:
            return super().distinct(variables, among)
        if among is not None:
            raise _not_by_unit()
        return self._tallied(variables).distinct(variables)

    def unit_totals(self, _basis: Basis, _by_step: int | None = None) -> sparse.csr_array:
        """Refuse sums by unit: those of several bases would be of different combinations."""
        raise _not_by_unit()

    def _summed(self, bases: Iterable[Basis]) -> dict[str, int]:
        """Return the variables that are only summed, and to which power."""
        powers = powers_in(bases)
        return {name: power for name, power in powers.items() if name not in self.weighted_by}

    def _tallied(
        self, names: Iterable[str], summed: Mapping[str, int] = MappingProxyType({})
    ) -> Tallied:
        found = self.scan.tally({*names, *self.weighted_by}, summed=summed)
        # Those of tallies that the scan let go of go with them. What is held here keeps its tally,
        # so that an identity is not given to another.
        if id(found) not in self._known:
            self._known = {
                key: one for key, one in self._known.items() if self.scan.keeps(one.responses)
            }
            self._known[id(found)] = Tallied(found, _repeats(found), self.weighing(found))
        return self._known[id(found)]


def _repeats(responses: Responses) -> Repeats:
    if responses.repeats is None:
        raise _not_by_unit()
    return responses.repeats


def _not_by_unit() -> EstimationError:
    return EstimationError(
        "answers that lie elsewhere are summed by combination only where they are counted together",
        advice="tally the variables that are used together: scan.tally([...])",
    )
