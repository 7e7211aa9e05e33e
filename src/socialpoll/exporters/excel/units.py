"""Units of figures, where a number format does not show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, TypeAlias

from socialpoll.report import Cell, Figure, Interval, Message, Phrase, Said, Unit

__all__ = ["SPOKEN", "Units", "unit_in", "unit_words"]

Units: TypeAlias = Unit | Literal["", "mixed"]
SPOKEN: Mapping[str, Phrase] = {
    "hours": Message("hours"),
    "minutes": Message("minutes"),
    "points": Message("percentage points"),
}
"""Units that are words; all others are seen in the number format."""
SEEN: Mapping[str, Phrase] = {
    "percent": Said({"und": "%"}),
    "clock": Message("time of day"),
    "count": Message("number"),
    "decimal": Message("number"),
}


def unit_in(cells: Iterable[Cell]) -> Units:
    """Return the unit that all figures of a column have.

    Returns
    -------
    str
        Empty where there are none; ``mixed`` where they differ, and one of them is a word.

    Examples
    --------
    >>> unit_in([Figure(2.5, "hours"), None]), unit_in([Figure(2.5, "hours"), Figure(30, "count")])
    ('hours', 'mixed')
    """
    found = {one.unit for one in cells if isinstance(one, Figure | Interval)}
    if len(found) == 1:
        return found.pop()
    return "mixed" if not found.isdisjoint(SPOKEN) else ""


def unit_words(unit: Unit) -> Phrase:
    """Return the words for a unit."""
    return SPOKEN.get(unit) or SEEN[unit]
