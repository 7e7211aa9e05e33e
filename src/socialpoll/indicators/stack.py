"""Blocks of one breakdown that have the same shape: one indicator under another."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.plan import Plan
from socialpoll.totals import Alike, Base, Basis, Categories, Engine, Present, slopes_of

if TYPE_CHECKING:
    from scipy import sparse

__all__ = ["Stack", "stacks_of"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Stack:
    """Shares of several questions within one breakdown, as one block with more domains.

    All algebra after the sums works on domains, so what costs as much for one question as for
    twenty is done once.

    Attributes
    ----------
    runs : tuple of tuple of Block
        Those that the engine sums as one; all have the same statistic and number of figures.
    """

    runs: tuple[tuple[Block, ...], ...]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks, in the order of their figures here."""
        return sum(self.runs, ())

    @property
    def parts(self) -> Sequence[Block | Stack]:
        """What is summed as one, in order."""
        return [run[0] if len(run) == 1 else Stack((run,)) for run in self.runs]

    @property
    def plan(self) -> Plan:
        """The plan of the first, which tells of its kind and lines, not of its question."""
        return self.blocks[0].plan

    @property
    def domains(self) -> int:
        """Number of domains D of all blocks."""
        return sum(block.domains for block in self.blocks)

    @property
    def size(self) -> int:
        """Number of figures."""
        return self.domains * len(self.plan.lines)

    @property
    def basis(self) -> Basis:
        """What is summed."""
        return self._alike([block.basis for block in self.blocks])

    @property
    def base(self) -> Basis:
        """Who is counted."""
        return self._alike([block.base for block in self.blocks])

    def present(self, base: Base) -> Basis:
        """Return the basis that counts a base of its questions."""
        return self._alike([block.present(base) for block in self.blocks])

    @property
    def period(self) -> None:
        """Shares do not go round."""
        return

    def value(self, totals: Floats) -> Floats:
        """Return all figures (m,) from totals (D, K)."""
        return np.asarray(self.plan.statistic.value(totals).ravel())

    def values(self, several: Floats) -> Floats:
        """Return all figures (R, m) from several totals (R, D, K)."""
        return np.array([self.value(one) for one in several])

    def jacobian(self, totals: Floats) -> Floats:
        """Return the derivatives (D, K, m / D) of all figures."""
        return self.plan.statistic.jacobian(totals)

    def slopes(self, totals: Floats) -> sparse.csc_array:
        """Return the derivatives (D·K, m) of all figures."""
        return slopes_of(self.jacobian(totals))

    def _alike(self, bases: Sequence[Basis]) -> Basis:
        measures = tuple(cast("Categories | Present", one.measure) for one in bases)
        return Basis(Alike(measures), bases[0].breakdown, bases[0].where)


def stacks_of(blocks: Sequence[Block], engine: Engine) -> list[Stack]:
    """Put blocks of the same shape together; every other block is a stack of its own."""
    shapes: dict[Hashable, list[Block]] = {}
    for block in blocks:
        shapes.setdefault(_shape(block), []).append(block)
    found = []
    for several in shapes.values():
        places = engine.together([block.basis for block in several])
        found.append(Stack(tuple(tuple(several[one] for one in run) for run in places)))
    return found


def _shape(block: Block) -> Hashable:
    plan = block.plan
    if plan.kind != "share" or not isinstance(plan.measure, Categories):
        return block
    counted = tuple(line.counts for line in plan.lines)
    return block.breakdown, block.where, plan.base, plan.statistic, counted
