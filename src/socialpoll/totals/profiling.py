"""Which profiles serve which breakdowns, and the sums by profile that were made before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Categorical, Responses, mask
from socialpoll.schema import Condition
from socialpoll.totals.basis import Basis, Categories, Present, first_of
from socialpoll.totals.crossings import Crossing
from socialpoll.totals.profile_tally import ProfileTally
from socialpoll.totals.profiles import Profiles, Sums

__all__ = ["Profiling"]

KEPT = 4_000_000
"""Sums by profile and answer that are kept for further breakdowns, at most about so many."""
Find = Callable[[Sequence[str], npt.NDArray[np.bool_]], Profiles]
"""From variables, and who counts, to profiles."""


class Profiling:
    """Tallies of questions with single answers, from sums made once for all breakdowns.

    Parameters
    ----------
    responses : Responses
    variables : set of str
        All that domains are made of.
    counted : bool array (n,)
        Cases that count.
    find : callable
        Makes the profiles.
    most : int
        Number of profiles from which on nothing is won by them.
    """

    def __init__(
        self,
        responses: Responses,
        variables: frozenset[str],
        counted: npt.NDArray[np.bool_],
        find: Find,
        most: int,
    ) -> None:
        self.responses = responses
        self.variables = variables
        self.counted = counted
        self.find = find
        self.most = most
        self._profiles: dict[Condition | None, Profiles] = {}
        self._crossings: dict[object, Crossing] = {}
        self._tallies: dict[object, ProfileTally] = {}
        self._sums: dict[object, Sums] = {}

    def tally(self, basis: Basis, names: tuple[str, ...]) -> ProfileTally | None:
        """Return the tally of questions within a breakdown; None where profiles do not say it."""
        if not self._covers(basis, names[0]):
            return None
        of_breakdown = (basis.breakdown, basis.where)
        known = self._tallies.get(of_breakdown)
        if known is not None and known.names == names:
            return known
        if not self.is_worth_it(basis.where):
            return None
        once, times = self._profiles_of(basis.where), len(names)
        if of_breakdown not in self._crossings:
            self._crossings[of_breakdown] = once.crossing(self.responses, basis.breakdown)
        crossing = self._crossings[of_breakdown].repeated(times)
        made = self._sums.get((basis.where, names))
        found = ProfileTally(self.responses, names, crossing, once.repeated(times), made)
        if sum(one.size for one in self._sums.values()) < KEPT:
            self._sums[basis.where, names] = found.sums
        self._tallies[of_breakdown] = found
        return found

    def is_worth_it(self, where: Condition | None) -> bool:
        """Say whether there are not too many profiles."""
        return self._profiles_of(where).size <= self.most

    def _covers(self, basis: Basis, name: str) -> bool:
        return (
            self.variables.issuperset(basis.breakdown)
            and isinstance(first_of(basis.measure), Categories | Present)
            and isinstance(self.responses.columns[name], Categorical)
        )

    def _profiles_of(self, where: Condition | None) -> Profiles:
        if where not in self._profiles:
            counted = self.counted if where is None else self.counted & mask(self.responses, where)
            self._profiles[where] = self.find(sorted(self.variables), counted)
        return self._profiles[where]
