"""The engine for combinations of answers, each standing for the cases that gave them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import Repeats, Responses, per_stage, without_cases
from socialpoll.totals.basis import Basis
from socialpoll.totals.clustered import clustered_units
from socialpoll.totals.mass import Mass
from socialpoll.totals.repeated import repeated_units
from socialpoll.totals.rows import Rows

if TYPE_CHECKING:
    from socialpoll.totals.cells import Cells
    from socialpoll.totals.ordered import Ordered
    from socialpoll.totals.protocol import Moment
    from socialpoll.totals.units import Units

__all__ = ["Tallied", "rows_of"]

Floats = npt.NDArray[np.float64]


class Tallied(Rows):
    """Combinations of answers in memory, of cases that are not.

    Whatever is a function of a case's answers is the same for all cases of a combination; what
    counts cases, or squares their weights, asks how many there are and how their weights vary.
    Sums are made of the combinations one by one: there are few of them.

    Parameters
    ----------
    responses : Responses
        Coded combinations.
    repeats : Repeats
        What each stands for.
    mass : Mass
        Sums of base weights, and steps whose factors are one within each combination.
    """

    by_combination = True

    def __init__(self, responses: Responses, repeats: Repeats, mass: Mass) -> None:
        super().__init__(responses, mass)
        self.repeats = repeats

    def distinct(
        self, variables: tuple[str, ...], among: npt.NDArray[np.bool_] | None = None
    ) -> Cells:
        """Return the combinations of codes that occur, and how many cases have each."""
        cells = super().distinct(variables, among)
        cases = np.bincount(cells.cell, weights=self.repeats.times, minlength=cells.size)
        return replace(cells, cases=cases[: cells.size].astype(np.int64))

    def ordered(self, basis: Basis) -> Ordered:
        """Return the answers to the one number of a basis, those of a combination as one."""
        return replace(super().ordered(basis), merged=True)

    def prepare(self, bases: Iterable[Basis]) -> None:
        """Make nothing ready."""

    def occupied(self, _basis: Basis) -> None:
        """Have no count of units at hand."""

    def summing(self, _bases: Sequence[Basis]) -> NoReturn:
        """Refuse what needs the weights of single cases."""
        raise without_cases()

    def by_case(self, _basis: Basis) -> NoReturn:
        """Refuse what needs single cases."""
        raise without_cases()

    def _added(self, moment: Moment) -> Floats:
        if moment == "cases":
            return self.repeats.times.astype(np.float64)
        if moment == "weight":
            return self.weight
        # Factors are one within a combination: what varies there are the base weights.
        base = self.mass.base
        grown = np.divide(self.weight, base, out=np.zeros_like(base), where=base > 0)
        return np.asarray(self.repeats.squared(base) * grown**2)

    def _found_units(self) -> Units:
        responses, repeats = self.responses, self.repeats
        if per_stage(responses.design)[0].cluster is None:
            return repeated_units(responses, repeats)
        if repeats.clusters is None or repeats.records is None:
            raise _without_clusters()
        return clustered_units(responses, repeats.records, repeats.clusters)

    def _tally(self, _basis: Basis) -> None:
        return


def _without_clusters() -> EstimationError:
    """Refuse to take combinations of a clustered sample for one of cases."""
    message = "it is not known of which clusters the cases are that were counted together"
    advice = "tally each wave alone, or bind the answers themselves"
    return EstimationError(message, where="design, clusters", advice=advice)


def rows_of(responses: Responses, mass: Mass) -> Rows:
    """Return the engine for responses, as they are cases or combinations of answers."""
    repeats = responses.repeats
    return Rows(responses, mass) if repeats is None else Tallied(responses, repeats, mass)
