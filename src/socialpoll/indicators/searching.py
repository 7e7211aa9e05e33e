"""Which sets reach most in one domain: all that are allowed, or what integer programs find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import comb

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.covering import cheapest_cover, widest_cover
from socialpoll.indicators.ruling import Rule
from socialpoll.totals import Patterns, combinations_of

__all__ = ["MOST", "Found", "Search", "sizes_looked_at"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
MOST = 1_000_000
"""Combinations that are looked at, all of them."""
CONTENDERS = 500
"""Allowed sets that are all compared; of more, those with the largest reach of each size."""


def sizes_looked_at(options: int, size: int, most: int = MOST) -> int:
    """Return up to which size all combinations are looked at: not more than so many in all."""
    looked, number = 0, 0
    while looked < size and number + comb(options, looked + 1) <= most:
        looked += 1
        number += comb(options, looked)
    return looked


@dataclass(frozen=True, eq=False)
class Found:
    """What was found in one domain.

    Attributes
    ----------
    held : bool array (m, q)
        The allowed sets that come into question, the smallest first, those of one size in the order
        of the questionnaire.
    chosen : int
        Place of the set that serves the goal best.
    best : tuple of int
        Places of the sets with the largest reach of each size, from 1.
    at_most : float
        What no allowed set reaches more than; NaN where all were looked at.
    best_at_most : tuple of float
        The same of the sets of each size.
    """

    held: Truths
    chosen: int
    best: tuple[int, ...]
    at_most: float
    best_at_most: tuple[float, ...]

    @cached_property
    def without(self) -> tuple[int, ...]:
        """Places of what is left of the chosen set without each of its options, in their order."""
        taken = np.flatnonzero(self.held[self.chosen])
        if taken.size == 1:
            return ()
        left = self.held[self.chosen] & ~np.eye(self.held.shape[1], dtype=np.bool_)[taken]
        return tuple(int(np.flatnonzero((self.held == one).all(axis=1))[0]) for one in left)


@dataclass(frozen=True, eq=False)
class Search:
    """Where sets are looked for.

    Attributes
    ----------
    rule : Rule
    whole : int
        Size up to which all sets are looked at.
    largest : int or None
        Up to which size the best are told of; where None, up to that of the chosen set.
    """

    rule: Rule
    whole: int
    largest: int | None = None

    @property
    def complete(self) -> bool:
        """Whether all allowed sets are looked at."""
        return self.whole == self.rule.size

    @cached_property
    def held(self) -> Truths:
        """The allowed sets that are all looked at (m, q), the smallest first."""
        return self._every[self._allowed]

    @cached_property
    def _every(self) -> Truths:
        options = self.rule.options
        sizes = [_held(options, size) for size in range(1, self.whole + 1)]
        return np.vstack([np.zeros((0, options), dtype=np.bool_), *sizes])

    @cached_property
    def _allowed(self) -> Truths:
        return self.rule.allows(self._every)

    def within(self, patterns: Patterns) -> Found:
        """Search the patterns of a domain, weighed by their shares."""
        every = [patterns.reached(size) for size in range(1, self.whole + 1)]
        reach = np.concatenate([np.zeros(0), *every])[self._allowed]
        if self.complete:
            return self._found(self.held, reach, {})
        widest = widest_cover(patterns, self.rule)
        cheapest = cheapest_cover(patterns, self.rule)
        beyond = [widest.held, *([] if cheapest is None else [cheapest])]
        held, reach = self._with(patterns, reach, beyond)
        top = self.largest or int(held[self.rule.best(reach, held)].sum())
        bounds = {0: widest.at_most}
        for size in range(self.whole + 1, top + 1):
            best = widest_cover(patterns, self.rule, exactly=size)
            bounds[size] = best.at_most
            beyond.append(best.held)
        around = [one for found in beyond for one in _neighbours(found)]
        some = np.array(around)[self.rule.allows(np.array(around))]
        held, reach = self._with(patterns, reach[: len(self.held)], [*beyond, *some])
        return self._found(held, reach, bounds)

    def _with(
        self, patterns: Patterns, reach: Floats, beyond: Sequence[Truths]
    ) -> tuple[Truths, Floats]:
        more = np.array(beyond)
        found = patterns.weight @ patterns.met_by(more)
        return np.vstack([self.held, more]), np.concatenate([reach, found])

    def _found(
        self,
        held: Truths,
        reach: Floats,
        bounds: dict[int, float],
    ) -> Found:
        chosen = held[self.rule.best(reach, held)]
        top = self.largest or int(chosen.sum())
        best = [held[one] for one in self._best(held, reach, top)]
        sets = _in_order([*_nearest(held, reach), chosen, *best, *_left(chosen)])
        place = {one.tobytes(): number for number, one in enumerate(sets)}
        return Found(
            held=sets,
            chosen=place[chosen.tobytes()],
            best=tuple(place[one.tobytes()] for one in best),
            at_most=bounds.get(0, float("nan")),
            best_at_most=tuple(bounds.get(size + 1, float("nan")) for size in range(len(best))),
        )

    def _best(self, held: Truths, reach: Floats, top: int) -> Iterator[int]:
        """Yield the places of the sets with the largest reach of each size, while there are any."""
        rule, sizes = replace(self.rule, reach=None), held.sum(axis=1)
        for size in range(1, top + 1):
            some = np.flatnonzero(sizes == size)
            if some.size:
                yield int(some[rule.best(reach[some], held[some])])


def _held(options: int, size: int) -> Truths:
    """Return all sets of a size, as which options each holds (C, q)."""
    sets = combinations_of(options, size)
    held = np.zeros((len(sets), options), dtype=np.bool_)
    held[np.arange(len(sets))[:, None], sets] = True
    return held


def _nearest(held: Truths, reach: Floats) -> list[Truths]:
    """Return the sets with the largest reach of each size; all where there are not too many."""
    if len(held) <= CONTENDERS:
        return list(held)
    sizes = held.sum(axis=1)
    several = [np.flatnonzero(sizes == one) for one in np.unique(sizes)]
    each = CONTENDERS // len(several)
    order = [some[np.argsort(-reach[some], kind="stable")[:each]] for some in several]
    return list(held[np.concatenate(order)])


def _neighbours(held: Truths) -> Iterator[Truths]:
    """Yield the sets that are one option less, one more, or one exchanged for another."""
    for one in np.flatnonzero(held):
        less = held.copy()
        less[one] = False
        if less.any():
            yield less
        for other in np.flatnonzero(~held):
            swapped = less.copy()
            swapped[other] = True
            yield swapped
    for other in np.flatnonzero(~held):
        more = held.copy()
        more[other] = True
        yield more


def _left(held: Truths) -> Iterator[Truths]:
    """Yield what is left of a set without each of its options, where anything is."""
    for one in np.flatnonzero(held):
        left = held.copy()
        left[one] = False
        if left.any():
            yield left


def _in_order(sets: Sequence[Truths]) -> Truths:
    """Return each set once, the smallest first, those of one size as the questionnaire has them."""
    unique = {one.tobytes(): one for one in sets}
    return np.array(
        sorted(unique.values(), key=lambda one: (int(one.sum()), np.flatnonzero(one).tolist()))
    )
