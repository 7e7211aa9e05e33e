"""How figures vary together: the plan from which any covariance of them is made again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.freedom import Presence
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.stack import Stack
from socialpoll.totals import Engine, Overlap, Replication, Uncertainty

__all__ = ["Joint"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
AT_ONCE = 4_000_000
"""Scores held at once."""


@dataclass(frozen=True, eq=False)
class Joint:
    """Blocks of figures, and where their scores come from.

    Attributes
    ----------
    blocks : tuple of Block
        In the order of their rows, which follow one another without a gap.
    engine : Engine
    uncertainty : Uncertainty
    precision : Precision
    known : bool
        Whether figures have a precision at all: not those of opt-in samples, unless by a model.
    overlap : Overlap or None
        Of waves that have sampling units in common.
    """

    blocks: tuple[Block, ...]
    engine: Engine
    uncertainty: Uncertainty
    precision: Precision
    known: bool
    overlap: Overlap | None = None

    @property
    def stackable(self) -> bool:
        """Whether blocks of the same shape are best scored at once; replicates have their sums."""
        return not isinstance(self.uncertainty, Replication)

    @cached_property
    def _firsts(self) -> list[int]:
        return [block.first for block in self.blocks]

    def block_of(self, row: int) -> Block:
        """Return the block that a row of the frame is of."""
        return self.blocks[bisect_right(self._firsts, row) - 1]

    def scores(self, rows: Sequence[int]) -> Floats:
        """Return the scores (scored, m) of rows."""
        scores = np.zeros((self.uncertainty.scored, len(rows)))
        for block, here in self._by_block(rows):
            wanted = [rows[place] - block.first for place in here]
            totals = self.engine.cells(block.basis)
            scores[:, here] = self.uncertainty.scores(block.chosen(wanted), totals)
        return scores

    def covariance(self, scores: Floats) -> Floats:
        """Return V (m, m) of figures from their scores."""
        within = self.uncertainty.covariance(scores)
        return within if self.overlap is None else within + self.overlap.covariance(scores)

    def covariances_within(self, block: Block) -> Iterator[Floats]:
        """Yield V (m, m) of the figures of each domain of a block; NaN where nothing is known.

        All domains at once, as far as memory allows, from scores that are made once.
        """
        lines = len(block.plan.lines)
        if not self.known:
            yield from np.full((block.domains, lines, lines), np.nan)
            return
        most = max(1, AT_ONCE // max(1, self.uncertainty.scored * lines))
        for start in range(0, block.domains, most):
            domains = range(start, min(start + most, block.domains))
            rows = block.rows[start * lines : domains.stop * lines]
            yield from self.uncertainty.covariances(self.scores(rows), [lines] * len(domains))

    def variances_of(self, rows: Sequence[int], slopes: Floats) -> Floats:
        """Return the variances (r,) of r sums of rows times slopes (m, r), from joint scores."""
        used = np.count_nonzero(slopes, axis=1) > 0
        scores = self.scores([row for row, one in zip(rows, used, strict=True) if one])
        return np.asarray(np.diagonal(self.covariance(scores @ slopes[used])))

    def degrees_of_freedom(self, rows: Sequence[int]) -> float:
        """Return the degrees of freedom of a contrast: those of the rows' domains together."""
        if not isinstance(self.precision.df, str):
            return float(self.precision.df)
        (first, domains), *others = [
            (
                self.presence(block),
                sorted({block.domain_of(rows[place]) for place in here}),
            )
            for block, here in self._by_block(rows)
        ]
        return first.together(domains, *others)

    def degrees_of_pairs(
        self, first: Block | Stack, a: Places, second: Block | Stack, b: Places
    ) -> Floats:
        """Return those of domains of a block, each with one of the same or another block: (P,)."""
        if not isinstance(self.precision.df, str):
            return np.full(a.size, float(self.precision.df))
        present = self.presence(first)
        other = present if second is first else self.presence(second)
        return present.in_pairs(a, other, b)

    def presence(self, block: Block | Stack) -> Presence:
        """Return which clusters and strata are present in the base of a block."""
        found = Presence.of(self.engine, block.base, self.precision)
        return found.merged(self.overlap)

    def _by_block(self, rows: Sequence[int]) -> Iterator[tuple[Block, list[int]]]:
        """Yield each block with the places of its rows among those given, in order of blocks."""
        places: dict[int, list[int]] = {}
        for place, row in enumerate(rows):
            places.setdefault(bisect_right(self._firsts, row) - 1, []).append(place)
        for number in sorted(places):
            yield self.blocks[number], places[number]
