"""Moments of all questions and breakdowns that were announced, made when the first is needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.responses import Categorical, Responses, Ticks
from socialpoll.schema import Condition
from socialpoll.totals.answers import answered_as
from socialpoll.totals.basis import Alike, Basis, Categories, Present, names_of
from socialpoll.totals.crossings import Crossing
from socialpoll.totals.moments import Asked, Moments, Question, moments_of
from socialpoll.totals.tallies import SMALL
from socialpoll.totals.units import Units

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["MomentsKept"]

Breakdown: TypeAlias = tuple[str, ...]


class MomentsKept:
    """Moments by condition, breakdown and question.

    Parameters
    ----------
    responses : Responses
    units : Units
        Plain ones.
    weight : float64 array (n,)
        Final weights.
    prepared : sequence of Basis
        What was announced.
    crossing : callable
        From a breakdown and a condition to the domain of each case.
    """

    def __init__(
        self,
        responses: Responses,
        units: Units,
        weight: npt.NDArray[np.float64],
        prepared: Sequence[Basis],
        crossing: Callable[[Breakdown, Condition | None], Crossing],
    ) -> None:
        self.responses = responses
        self.units = units
        self.weight = weight
        self.prepared = prepared
        self.crossing = crossing
        self._made: dict[Condition | None, dict[Breakdown, dict[Question, Moments]]] = {}

    def of(self, basis: Basis) -> Moments | None:
        """Return the moments of a basis; None where it was not announced, or has none."""
        if basis.where not in self._made:
            self._made[basis.where] = self._summed(basis.where)
        return self.known(basis)

    def known(self, basis: Basis) -> Moments | None:
        """Return moments that were made before."""
        made = self._made.get(basis.where, {}).get(basis.breakdown, {})
        several = basis.measure.measures if isinstance(basis.measure, Alike) else (basis.measure,)
        found = [
            made[key]
            for one in several
            if isinstance(one, Categories | Present)
            and (key := (names_of(one)[0], one.base)) in made
        ]
        return Moments.joined(found) if len(found) == len(several) else None

    def _summed(self, where: Condition | None) -> dict[Breakdown, dict[Question, Moments]]:
        """Sum all that was announced of those of whom a condition is true."""
        bases = [one for one in self.prepared if one.where == where and self._is_plain(one)]
        asked: dict[Question, Asked] = {}
        for basis in bases:
            if isinstance(basis.measure, Categories):
                name, base = basis.measure.question, basis.measure.base
                answered = answered_as(self.responses, name, base)
                asked[name, base] = Asked(self.responses.columns[name], answered)
        breakdowns = dict.fromkeys(one.breakdown for one in bases)
        crossings = {one: self.crossing(one, where) for one in breakdowns}
        most = max(self.units.rank.size, SMALL) // self.units.sizes.size
        fit = {one: crossing for one, crossing in crossings.items() if crossing.size <= most}
        found = moments_of(self.units, self.weight, asked, list(fit.values()))
        return dict(zip(fit, found, strict=True))

    def _is_plain(self, basis: Basis) -> bool:
        """Say whether a basis is of a question with single answers, in domains that are apart."""
        columns = self.responses.columns
        return (
            isinstance(basis.measure, Categories)
            and isinstance(columns[basis.measure.question], Categorical)
            and not any(isinstance(columns[one], Ticks) for one in basis.breakdown)
        )
