"""Which sets of options a goal allows, and which of them serves it best: arrays in, places out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["LEVEL", "Rule"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
LEVEL = 1e-10
"""Part of the largest figure by which sums of the same weights may differ."""


@dataclass(frozen=True, eq=False)
class Rule:
    """A goal, in places of options.

    Sets are rows of bool arrays (m, q): which of the q options each holds.

    Attributes
    ----------
    options : int
        Number of options q.
    size : int
        Of the largest sets that are allowed.
    reach : float or None
        The share that is to be reached.
    budget : float
        What a set may cost; infinite where that does not matter.
    costs : float64 array (q,) or None
    """

    options: int
    size: int
    reach: float | None = None
    budget: float = float("inf")
    costs: Floats | None = None

    @property
    def burdens(self) -> Floats:
        """What each option adds (q,) to what is to be as little as can be: its cost, or one."""
        return np.ones(self.options) if self.costs is None else self.costs

    def cost(self, held: Truths) -> Floats:
        """Return what sets cost (m,); NaN where nothing is said of costs."""
        return np.full(len(held), np.nan) if self.costs is None else held @ self.costs

    def allows(self, held: Truths) -> Truths:
        """Say which sets are allowed (m,)."""
        small: Truths = held.sum(axis=1) <= self.size
        if self.costs is None:
            return small
        return np.asarray(small & (held @ self.costs <= self.budget * (1 + LEVEL)))

    def best(self, reach: Floats, held: Truths) -> int:
        """Return the place of the set that serves best, of allowed sets with their reach (m,)."""
        chosen = np.ones(reach.size, dtype=np.bool_)
        if self.reach is not None:
            attained = reach >= self.reach - LEVEL
            if attained.any():
                burden = np.where(attained, held @ self.burdens, np.inf)
                least = float(burden.min())
                chosen = burden <= least + LEVEL * max(1.0, least)
        top = float(reach[chosen].max())
        level = np.flatnonzero(chosen & (reach >= top - LEVEL * max(top, LEVEL)))
        return int(min(level, key=lambda one: self._order(held[one])))

    def _order(self, held: Truths) -> tuple[float, float, tuple[int, ...]]:
        cost = 0.0 if self.costs is None else float(held @ self.costs)
        return float(held.sum()), cost, tuple(np.flatnonzero(held).tolist())

    def serving(self, reach: Floats, held: Truths) -> Places:
        """Return the places (...) of the sets that serve best in draws of their reach (..., m).

        In a sample no set reaches fewer than a part of it, though drawn errors may say so. So where
        the largest reach is chosen, it is among the sets to which nothing can be added.
        """
        whole = self._whole(held)
        if self.reach is None:
            return np.asarray(np.where(whole, reach, -np.inf).argmax(axis=-1))
        burden = np.where(reach >= self.reach - LEVEL, held @ self.burdens, np.inf)
        least = burden.min(axis=-1, keepdims=True)
        chosen = np.where(np.isfinite(least), burden <= least, whole)
        return np.asarray(np.where(chosen, reach, -np.inf).argmax(axis=-1))

    def _whole(self, held: Truths) -> Truths:
        """Say to which sets no option can be added (m,); to all where to each one can."""
        cheapest = np.where(held, np.inf, self.burdens).min(axis=1)
        found = held.sum(axis=1) >= self.size
        if self.costs is not None:
            found |= held @ self.costs + cheapest > self.budget * (1 + LEVEL)
        found |= np.isinf(cheapest)
        return found if found.any() else np.ones_like(found)
