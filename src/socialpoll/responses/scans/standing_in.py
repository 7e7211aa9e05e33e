"""What is grouped by in place of columns: one value for all that need not be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from socialpoll.responses.needing import columns_of
from socialpoll.responses.scans.merging import merging
from socialpoll.responses.scans.summing import Key, Summed, settled, summed

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.schema import Questionnaire

__all__ = ["StandIns"]


@dataclass(frozen=True, eq=False)
class StandIns:
    """What stands in for columns of a frame. The engine is asked about each of them once.

    Attributes
    ----------
    frame : narwhals.LazyFrame
    questionnaire : Questionnaire
    """

    frame: nw.LazyFrame[Any]
    questionnaire: Questionnaire
    # How numbers are told apart, and how values become those of derived variables: known answers
    # to questions, no state.
    _numbers: dict[Key, Summed | None] = field(default_factory=dict, repr=False)
    _merged: dict[Key, nw.Expr | None] = field(default_factory=dict, repr=False)

    def numbers(self, keys: Iterable[Key], powers: Mapping[str, int]) -> dict[Summed, int]:
        """Return the numbers to be summed: those of more values than are counted one by one."""
        found = [self._number(key) for key in keys]
        return settled([one for one in found if one is not None], powers)

    def merged(self, sources: Mapping[str, tuple[str, ...]]) -> dict[str, nw.Expr]:
        """Return what stands in for questions that are wanted for what is derived from them alone.

        Those of which nothing can be put together are left out.
        """
        made = {name: self._of_derived(Key(name, derived)) for name, derived in sources.items()}
        return {name: one for name, one in made.items() if one is not None}

    def by_column(self, merged: Mapping[str, nw.Expr]) -> dict[str, nw.Expr]:
        """Return what stands in for questions of one column, by that column."""
        own = {one.name: one for one in self.questionnaire.asked}
        return {columns_of(own[name])[0]: one for name, one in merged.items()}

    def _number(self, key: Key) -> Summed | None:
        if key not in self._numbers:
            self._numbers[key] = summed(self.frame, self.questionnaire, key)
        return self._numbers[key]

    def _of_derived(self, key: Key) -> nw.Expr | None:
        """Return one value for all that become the same; of numbers, however many there are."""
        if key not in self._merged:
            number = self._number(key)
            self._merged[key] = (
                merging(self.frame, self.questionnaire, key.name, key.derived)
                if number is None
                else number.grouped
            )
        return self._merged[key]
