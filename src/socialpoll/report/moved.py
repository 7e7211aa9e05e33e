"""A figure in two waves, with the test of its change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.report.measured import Line, Measured, Shown

if TYPE_CHECKING:
    from socialpoll.report.contrasts import Change, Contrasts

__all__ = ["Moved", "earlier_of", "moved_of", "places_of_moved"]


class Moved(NamedTuple):
    """A figure that both waves show, and the test of its change where there was one."""

    before: Shown
    after: Shown
    change: Change | None

    @property
    def tested(self) -> bool:
        """Whether both figures are sound, and their change was tested."""
        return self.change is not None and self.before.sound and self.after.sound

    @property
    def alike(self) -> bool:
        """Whether its change was tested and not found."""
        return self.tested and self.change is not None and not self.change.significant

    @property
    def direction(self) -> int:
        """1 where it rose significantly, -1 where it fell, else 0.

        A change that does not show in the printed figures has none.
        """
        if self.change is None or not self.tested or not self.change.significant:
            return 0
        if self.before.value == self.after.value:
            return 0
        return 1 if self.change.difference > 0 else -1


def earlier_of(several: Iterable[Measured]) -> dict[tuple[str, str], Measured]:
    """Return the same indicator of the wave before, by wave and name, where there is one."""
    last: dict[str, Measured] = {}
    found = {}
    for measured in several:
        if measured.name in last:
            found[measured.wave, measured.name] = last[measured.name]
        last[measured.name] = measured
    return found


def moved_of(
    contrasts: Contrasts, before: Measured, after: Measured, breakdown: str, domain: str, line: Line
) -> Moved | None:
    """Return a figure of both waves; None where one of them does not show it."""
    earlier, later = (one.of(line, breakdown, domain) for one in (before, after))
    if earlier is None or later is None or earlier.value is None or later.value is None:
        return None
    change = contrasts.change(after, line, breakdown, domain, before.wave)
    return Moved(earlier, later, change)


def places_of_moved(several: Iterable[Moved]) -> tuple[int, ...]:
    """Return the places of the rows of both waves among the figures of the report."""
    return tuple(row.place for one in several for row in (one.before, one.after))
