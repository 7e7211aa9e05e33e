"""Which figures are compared with which: domains of a block with those of the same or another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.breaking import Broken, breaks_of
from socialpoll.schema import TOTAL

__all__ = ["REST", "Against", "Pairing", "pairings_of"]

Against: TypeAlias = Literal["pairs", "rest", "total", "waves", "previous"]
Places = npt.NDArray[np.intp]
REST = "_R"
"""All who answered the breakdown and are not in the domain."""


@dataclass(frozen=True, eq=False)
class Pairing:
    """Domains of a block, each beside one of a block of the same figures.

    Attributes
    ----------
    first, second : Block
        The second may be the first.
    a, b : int array (P,)
        Domains of the first, and of the second.
    names : tuple of str
        What the domains of the second are called in comparisons (P,).
    """

    first: Block
    second: Block
    a: Places
    b: Places
    names: tuple[str, ...]

    @property
    def between(self) -> bool:
        """Whether it is of two waves."""
        return self.first.wave != self.second.wave


def pairings_of(
    blocks: Sequence[Block], within: Sequence[str], against: Against, broken: Broken
) -> Iterator[Pairing]:
    """Yield what is compared, block by block.

    Parameters
    ----------
    blocks : sequence of Block
        Those of rests (see :func:`socialpoll.indicators.resting.with_rests`) among them.
    within : sequence of str
        Breakdowns.
    against : str
    broken : mapping of str to set of str
        Waves at which variables start anew.
    """
    whole = [one for one in blocks if one.rest_of is None]
    chosen = [one for one in whole if _named(one) in within]
    if against == "pairs":
        yield from map(_in_pairs, chosen)
    elif against == "rest":
        rests = {one.rest_of: one for one in blocks if one.rest_of is not None}
        for block in chosen:
            for place in range(block.domains):
                at = np.array([place], dtype=np.intp)
                yield Pairing(block, rests[block.first, place], at, np.zeros_like(at), (REST,))
    elif against == "total":
        totals = {(one.plan.name, one.wave): one for one in whole if not one.breakdown}
        for block in chosen:
            total = totals.get((block.plan.name, block.wave))
            if total is not None:
                every = np.arange(block.domains)
                yield Pairing(block, total, every, np.zeros_like(every), (TOTAL,) * block.domains)
    else:
        yield from _between_waves(chosen, broken, adjacent=against == "previous")


def _named(block: Block) -> str:
    return "|".join(block.breakdown) or TOTAL


def _in_pairs(block: Block) -> Pairing:
    a, b = np.triu_indices(block.domains, 1)
    return Pairing(block, block, a, b, tuple(block.codes[one] for one in b))


def _between_waves(blocks: Sequence[Block], broken: Broken, *, adjacent: bool) -> Iterator[Pairing]:
    """Yield the later wave beside the earlier, where nothing starts anew between them."""
    followed: dict[tuple[str, str], list[Block]] = {}
    for block in blocks:
        followed.setdefault((block.plan.name, _named(block)), []).append(block)
    for several in followed.values():
        breaks = [one.wave in breaks_of(one, broken) for one in several]
        numbers = range(len(several))
        for earlier, later in pairwise(numbers) if adjacent else combinations(numbers, 2):
            if any(breaks[earlier + 1 : later + 1]):
                continue
            every = np.arange(several[later].domains)
            names = tuple(one or TOTAL for one in several[later].codes)
            yield Pairing(several[later], several[earlier], every, every, names)
