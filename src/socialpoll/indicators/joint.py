"""How figures vary together: the plan from which any covariance of them is made again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.freedom import Presence, PresenceElsewhere, present_in
from socialpoll.indicators.gathering import Gathering
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.stack import Stack
from socialpoll.totals import (
    Basis,
    Engine,
    Linearisation,
    Overlap,
    PairsOf,
    Replication,
    Scanned,
    Uncertainty,
    in_pairs,
    of_differences,
)

__all__ = ["Apart", "Joint"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
AT_ONCE = 4_000_000
"""Scores held at once."""


class Apart(NamedTuple):
    """Differences of figures of two blocks, or of one.

    Attributes
    ----------
    first, second : Block
    a, b : int array (P,)
        Domains of the one and of the other.
    rows : list of int
        The figures.
    at_a, at_b : int array (p,)
        Places among them.
    """

    first: Block
    a: Places
    second: Block
    b: Places
    rows: list[int]
    at_a: Places
    at_b: Places


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
        """Whether blocks of the same shape are best scored at once.

        Replicates have their sums; answers that lie elsewhere are counted by question, and their
        clusters are asked about once for all.
        """
        if isinstance(self.uncertainty, Replication) or isinstance(self.engine, Scanned):
            return False
        return not self.engine.units.lies_elsewhere

    def among(self, bases: Iterable[Basis]) -> Joint:
        """Return the same with units in which all that is summed of some bases is known.

        Itself, unless answers lie elsewhere, where so much is counted as is asked for: scores of
        several figures are of the same units only if they come of one and the same of these.
        """
        if not isinstance(self.engine, Scanned):
            return self
        engine = self.engine.of(bases)
        return replace(self, engine=engine, uncertainty=Linearisation(engine))

    @cached_property
    def _firsts(self) -> list[int]:
        return [block.first for block in self.blocks]

    def block_of(self, row: int) -> Block:
        """Return the block that a row of the frame is of."""
        return self.blocks[bisect_right(self._firsts, row) - 1]

    def scores(self, rows: Sequence[int]) -> Floats:
        """Return the scores (scored, m) of rows."""
        joint = self._of_rows(rows)
        scores = np.zeros((joint.uncertainty.scored, len(rows)))
        for block, here in self._by_block(rows):
            wanted = [rows[place] - block.first for place in here]
            totals = joint.engine.cells(block.basis)
            scores[:, here] = joint.uncertainty.scores(block.chosen(wanted), totals)
        return scores

    def covariance(self, scores: Floats) -> Floats:
        """Return V (m, m) of figures from their scores."""
        within = self.uncertainty.covariance(scores)
        return within if self.overlap is None else within + self.overlap.covariance(scores)

    def covariance_of(self, rows: Sequence[int]) -> Floats:
        """Return V (m, m) of rows."""
        joint = self._of_rows(rows)
        return joint.covariance(joint.scores(rows))

    def covariances_within(self, block: Block) -> Iterator[Floats]:
        """Yield V (m, m) of the figures of each domain of a block; NaN where nothing is known.

        All domains at once, as far as memory allows, from scores that are made once.
        """
        lines = len(block.plan.lines)
        if not self.known:
            yield from np.full((block.domains, lines, lines), np.nan)
            return
        joint = self.among([block.basis])
        most = max(1, AT_ONCE // max(1, joint.uncertainty.scored * lines))
        for start in range(0, block.domains, most):
            domains = range(start, min(start + most, block.domains))
            rows = block.rows[start * lines : domains.stop * lines]
            yield from joint.uncertainty.covariances(joint.scores(rows), [lines] * len(domains))

    def apart(self, rows: Sequence[int], a: Places, b: Places) -> Floats:
        """Return the variances (p,) of differences of rows, given by their places among them."""
        joint = self._of_rows(rows)
        scores = joint.scores(rows)
        if joint.overlap is None:
            return joint.uncertainty.apart(scores, a, b)
        return of_differences(joint.covariance(scores), a, b)

    def foresee(self, several: Iterable[Apart]) -> None:
        """Ask in few passes for what differences need, where clusters lie elsewhere."""
        gathering = Gathering()
        for one in several:
            joint = self.among([one.first.basis, one.second.basis])
            units = joint.engine.units
            if not units.lies_elsewhere:
                return
            there, pairs = joint.presence_of_pairs(one.first, one.a, one.second, one.b)
            present: list[PairsOf] = []
            if isinstance(there, PresenceElsewhere) and isinstance(self.precision.df, str):
                present.append((there.totals, pairs))
            gathering.add(units, (joint.scores(one.rows), in_pairs(one.at_a, one.at_b)), present)
        gathering.ask()

    def foresee_within(self, blocks: Iterable[Block]) -> None:
        """Ask in few passes for what figures of a domain vary together, as :meth:`foresee`."""
        gathering = Gathering()
        for block in blocks if self.known else ():
            joint = self.among([block.basis])
            if not joint.engine.units.lies_elsewhere:
                return
            if joint.uncertainty.scored * block.size > AT_ONCE:
                continue
            lines = len(block.plan.lines)
            pairs = [
                (start + i, start + j)
                for start in range(0, block.size, lines)
                for i in range(lines)
                for j in range(i + 1)
            ]
            gathering.add(joint.engine.units, (joint.scores(block.rows), pairs))
        gathering.ask()

    def variances_of(self, rows: Sequence[int], slopes: Floats) -> Floats:
        """Return the variances (r,) of r sums of rows times slopes (m, r), from joint scores."""
        used = np.count_nonzero(slopes, axis=1) > 0
        some = [row for row, one in zip(rows, used, strict=True) if one]
        joint = self._of_rows(some)
        scores = joint.scores(some) @ slopes[used]
        if joint.overlap is None:
            return joint.uncertainty.each(scores)
        return np.asarray(np.diagonal(joint.covariance(scores)))

    def degrees_of_freedom(self, rows: Sequence[int]) -> float:
        """Return the degrees of freedom of a contrast: those of the rows' domains together."""
        if not isinstance(self.precision.df, str):
            return float(self.precision.df)
        joint = self._of_rows(rows)
        blocks = [(block, here) for block, here in self._by_block(rows)]
        starts = accumulate((block.domains for block, _ in blocks), initial=0)
        domains = {
            start + block.domain_of(rows[place])
            for start, (block, here) in zip(starts, blocks, strict=False)
            for place in here
        }
        return joint.presence([block for block, _ in blocks]).together(sorted(domains))

    def degrees_of_pairs(
        self, first: Block | Stack, a: Places, second: Block | Stack, b: Places
    ) -> Floats:
        """Return those of domains of a block, each with one of the same or another block: (P,)."""
        if not isinstance(self.precision.df, str):
            return np.full(a.size, float(self.precision.df))
        joint = self.among([first.basis, second.basis])
        there, pairs = joint.presence_of_pairs(first, a, second, b)
        return there.in_pairs(pairs)

    def presence_of_pairs(
        self, first: Block | Stack, a: Places, second: Block | Stack, b: Places
    ) -> tuple[Presence | PresenceElsewhere, list[tuple[int, int]]]:
        """Return who is present in the bases of one or two blocks, and pairs of their domains."""
        if second is first:
            return self.presence([first]), list(zip(a.tolist(), b.tolist(), strict=True))
        after = (b + first.domains).tolist()
        return self.presence([first, second]), list(zip(a.tolist(), after, strict=True))

    def presence(self, blocks: Sequence[Block | Stack]) -> Presence | PresenceElsewhere:
        """Return which clusters and strata are present in the bases of blocks, in their order."""
        found = present_in(self.engine, [block.base for block in blocks], self.precision)
        return found.merged(self.overlap)

    def _of_rows(self, rows: Sequence[int]) -> Joint:
        return self.among(block.basis for block, _ in self._by_block(rows))

    def _by_block(self, rows: Sequence[int]) -> Iterator[tuple[Block, list[int]]]:
        """Yield each block with the places of its rows among those given, in order of blocks."""
        places: dict[int, list[int]] = {}
        for place, row in enumerate(rows):
            places.setdefault(bisect_right(self._firsts, row) - 1, []).append(place)
        for number in sorted(places):
            yield self.blocks[number], places[number]
