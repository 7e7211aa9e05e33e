"""What will be asked of sampling units that lie elsewhere, gathered so that few passes tell it."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.totals import PairsOf, Units

__all__ = ["Gathering"]

AT_ONCE = 16_000_000
"""Scores held at once."""


class Gathering:
    """Scores and bases by the units that they are of; asked for where they become too many."""

    def __init__(self) -> None:
        self._gathered: dict[int, tuple[Units, list[PairsOf], list[PairsOf]]] = {}

    def add(self, units: Units, scores: PairsOf, present: Sequence[PairsOf] = ()) -> None:
        """Add figures whose products, and domains whose clusters, will be asked for."""
        _, figures, domains = self._gathered.setdefault(id(units), (units, [], []))
        figures.append(scores)
        domains.extend(present)
        if sum(columns.size for columns, _ in figures) > AT_ONCE:
            units.foresee(figures, domains)
            del self._gathered[id(units)]

    def ask(self) -> None:
        """Ask for what is left, of the same units together."""
        for units, scores, present in self._gathered.values():
            units.foresee(scores, present)
        self._gathered.clear()
