"""The engine for combinations of answers, each standing for the cases that gave them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import Repeats, Responses, per_stage, without_cases
from socialpoll.totals.basis import Basis, names_of
from socialpoll.totals.clustered import clustered_units
from socialpoll.totals.mass import Mass
from socialpoll.totals.repeated import repeated_units
from socialpoll.totals.rows import Rows
from socialpoll.totals.stacked_units import stacked_units
from socialpoll.totals.using import powers_in, variables_in

if TYPE_CHECKING:
    from socialpoll.totals.cells import Cells
    from socialpoll.totals.entries import Entries
    from socialpoll.totals.ordered import Ordered
    from socialpoll.totals.protocol import Moment
    from socialpoll.totals.units import Units

__all__ = ["Tallied", "rows_of", "units_of"]

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
        self._require_values(names_of(basis.measure))
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

    def _entries(self, basis: Basis) -> Entries:
        powers = powers_in([basis])
        self._require_values(name for name in variables_in(basis) if name not in powers)
        self._require_values((name for name, power in powers.items() if power > 1), power=2)
        return super()._entries(basis)

    def _require_values(self, names: Iterable[str], power: int | None = None) -> None:
        """Raise EstimationError where only sums are known of numbers, to a power below this."""
        points = self.repeats.points
        known = {} if points is None else points.powers
        lacking = [one for one in names if one in known and (power or math.inf) > known[one]]
        if lacking:
            raise EstimationError(
                "the values of a number are not known, only its sums",
                where=", ".join(map(repr, lacking)),
                found=f"sums up to the power {known[lacking[0]]}",
                advice="tally the variables that are used together without summing it",
            )

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
        if repeats.waves:
            strata = [len(one.strata_labels) for one in repeats.waves]
            return stacked_units([units_of(one) for one in repeats.waves], strata)
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


def units_of(responses: Responses) -> Units:
    """Return the sampling units of responses, however they are summed.

    Raises
    ------
    DesignError
        A lonely cluster, and no policy for it.
    """
    return rows_of(responses, Mass(responses.base_weight)).units
