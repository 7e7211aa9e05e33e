"""What serves a goal best in one domain, and how surely: found sets beside those they came from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.apart import Apart, apart
from socialpoll.indicators.optimism import Choice, errors_of, optimism_of
from socialpoll.indicators.ruling import LEVEL, Rule
from socialpoll.indicators.searching import Found

__all__ = ["Served"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
DECIMALS = 9
"""Of p values and differences; others come from the order in which numbers are added."""


@dataclass(frozen=True, eq=False)
class Served:
    """The sets of one domain that come into question, with their precision.

    Attributes
    ----------
    rule : Rule
    found : Found
    reach : float64 array (m,)
    covariance : float64 array (m, m)
        NaN where nothing is known of precision.
    df, level : float
    seed : int
        Of the draws for optimism.
    """

    rule: Rule
    found: Found
    reach: Floats
    covariance: Floats
    df: float
    level: float
    seed: int

    @property
    def precise(self) -> bool:
        """Whether anything is known of precision."""
        return bool(np.isfinite(self.covariance).all())

    @cached_property
    def best(self) -> Apart:
        """The best set of each size beside that of one option less, from the second on."""
        places = np.array(self.found.best)
        return self._apart(places[1:], places[:-1])

    @cached_property
    def without(self) -> Apart:
        """What is left of the chosen set without each of its options, beside the whole."""
        left = np.array(self.found.without, dtype=np.intp)
        return self._apart(left, np.full(left.size, self.found.chosen))

    @cached_property
    def rivals(self) -> Places:
        """The other sets that would serve as well if they reached so many.

        All that are allowed; where a goal is reached, those that cost no more than the chosen one.
        """
        every = np.arange(self.reach.size)
        chosen = self.found.chosen
        asked = self.rule.reach
        if asked is None or self.reach[chosen] < asked - LEVEL:
            return np.delete(every, chosen)
        burden = self.found.held @ self.rule.burdens
        most = float(burden[chosen])
        return np.flatnonzero((every != chosen) & (burden <= most + LEVEL * max(1.0, most)))

    @cached_property
    def rival(self) -> tuple[int, Apart] | None:
        """The rival from which the chosen set is told apart least, and that difference.

        Where nothing is known of precision, the one that is nearest.
        """
        if not self.rivals.size:
            return None
        found = self._apart(np.full(self.rivals.size, self.found.chosen), self.rivals)
        none = np.where((found.se == 0) & (found.difference == 0), 2.0, -1.0)
        told = np.where(np.isnan(found.p), none, found.p)
        # Rounded, so that of rivals that are as near the first in the questionnaire is taken.
        near = [np.round(np.abs(found.difference), DECIMALS), -np.round(told, DECIMALS)]
        least = np.lexsort(near)[0]
        return int(self.rivals[least]), found.at(int(least))

    @cached_property
    def optimism(self) -> float:
        """How much of the reach of the chosen set is to be expected from choosing it."""
        held = self.found.held
        return self._optimism(
            np.arange(self.reach.size),
            lambda drawn, places: self.rule.serving(drawn, held[places]),
        )

    @cached_property
    def best_optimism(self) -> list[float]:
        """The same of the best set of each size."""
        sizes = self.found.held.sum(axis=1)
        return [
            self._optimism(np.flatnonzero(sizes == sizes[one]), _largest) for one in self.found.best
        ]

    def _optimism(self, places: Places, choice: Choice) -> float:
        if self._errors is None:
            return float("nan")
        own = self._errors[:, places]
        return optimism_of(self.reach[places], own, lambda drawn, some: choice(drawn, places[some]))

    @cached_property
    def _errors(self) -> Floats | None:
        return errors_of(self.covariance, self.seed) if self.precise else None

    def _apart(self, one: Places, other: Places) -> Apart:
        df = np.full(one.size, self.df)
        return apart(self.reach, self.covariance, (one, other), df, self.level)


def _largest(drawn: Floats, _places: Places) -> Places:
    return np.asarray(drawn.argmax(axis=-1))
