"""What was counted already, and need not be counted again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Set as AbstractSet

    from socialpoll.errors import CombinationsError
    from socialpoll.responses.responses import Responses

__all__ = ["ROOM", "Kept", "Of"]

ROOM = 4_000_000
"""Combinations that are kept in all, of about a hundred bytes each."""


class Of(NamedTuple):
    """What a tally is of.

    Attributes
    ----------
    valued : frozenset of str
        Variables of which it tells every value.
    summed : frozenset of (str, int)
        Numbers of which it holds sums only, up to a power.
    """

    valued: frozenset[str]
    summed: frozenset[tuple[str, int]]

    @classmethod
    def some(cls, names: AbstractSet[str], summed: Mapping[str, int]) -> Of:
        """Return what is counted of some variables, some of them numbers that are summed."""
        return cls(frozenset(names - summed.keys()), frozenset(summed.items()))

    @property
    def names(self) -> frozenset[str]:
        """All variables."""
        return self.valued | {name for name, _ in self.summed}

    def serves(self, names: AbstractSet[str], summed: Mapping[str, int]) -> bool:
        """Say whether it tells of some variables what is asked for."""
        return self.names >= names and all(
            name not in names or summed.get(name, power + 1) <= power for name, power in self.summed
        )

    def is_part_of(self, other: Of) -> bool:
        """Say whether the other has at least as many combinations."""
        return self.valued <= other.valued and self.names <= other.names


@dataclass(eq=False)
class Kept:
    """Tallies by what they are of, and refusals: known answers to questions.

    Those that were of use last are kept, as far as there is room; the last of all in any case.
    """

    _tallies: dict[Of, Responses] = field(default_factory=dict)
    _refused: dict[Of, tuple[int, CombinationsError]] = field(default_factory=dict)

    def serving(
        self, names: AbstractSet[str], summed: Mapping[str, int], most: int
    ) -> Responses | None:
        """Return the shortest tally that holds some variables; None where none is kept."""
        known = self._tallies.items()
        fits = [of for of, one in known if of.serves(names, summed) and len(one) <= most]
        if not fits:
            return None
        of = min(fits, key=lambda one: len(self._tallies[one]))
        # What was of use last stands last.
        self._tallies[of] = self._tallies.pop(of)
        return self._tallies[of]

    def require_few(self, wanted: Of, most: int) -> None:
        """Raise CombinationsError where some of the variables were too many already."""
        for of, (least, refusal) in self._refused.items():
            if of.is_part_of(wanted) and least >= most:
                raise refusal

    def keep(self, of: Of, found: Responses) -> Responses:
        """Keep a tally, and let those go that were of no use for the longest time."""
        self._tallies[of] = found
        while len(self._tallies) > 1 and sum(map(len, self._tallies.values())) > ROOM:
            del self._tallies[next(iter(self._tallies))]
        return found

    def refuse(self, of: Of, most: int, refusal: CombinationsError) -> None:
        """Remember that some variables make more combinations than these."""
        self._refused[of] = most, refusal

    def __contains__(self, found: object) -> bool:
        """Say whether this very tally is kept."""
        return any(one is found for one in self._tallies.values())
