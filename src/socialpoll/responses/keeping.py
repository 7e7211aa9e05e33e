"""What was counted already, and need not be counted again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from socialpoll.errors import CombinationsError
    from socialpoll.responses.responses import Responses

__all__ = ["ROOM", "Kept"]

ROOM = 4_000_000
"""Combinations that are kept in all, of about a hundred bytes each."""


@dataclass(eq=False)
class Kept:
    """Tallies by the variables they are of, and refusals: known answers to questions.

    Those that were of use last are kept, as far as there is room; the last of all in any case.
    """

    _tallies: dict[frozenset[str], Responses] = field(default_factory=dict)
    _refused: dict[frozenset[str], tuple[int, CombinationsError]] = field(default_factory=dict)

    def serving(self, names: AbstractSet[str], most: int) -> Responses | None:
        """Return the shortest tally that holds some variables; None where none is kept."""
        fits = [of for of, one in self._tallies.items() if of >= names and len(one) <= most]
        if not fits:
            return None
        of = min(fits, key=lambda one: len(self._tallies[one]))
        # What was of use last stands last.
        self._tallies[of] = self._tallies.pop(of)
        return self._tallies[of]

    def require_few(self, names: AbstractSet[str], most: int) -> None:
        """Raise CombinationsError where some of the variables were too many already."""
        for of, (least, refusal) in self._refused.items():
            if of <= names and least >= most:
                raise refusal

    def keep(self, names: AbstractSet[str], found: Responses) -> Responses:
        """Keep a tally, and let those go that were of no use for the longest time."""
        self._tallies[frozenset(names)] = found
        while len(self._tallies) > 1 and sum(map(len, self._tallies.values())) > ROOM:
            del self._tallies[next(iter(self._tallies))]
        return found

    def refuse(self, names: AbstractSet[str], most: int, refusal: CombinationsError) -> None:
        """Remember that some variables make more combinations than these."""
        self._refused[frozenset(names)] = most, refusal

    def __contains__(self, found: object) -> bool:
        """Say whether this very tally is kept."""
        return any(one is found for one in self._tallies.values())
