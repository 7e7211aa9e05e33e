"""Which figures are counted together, where answers lie elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from socialpoll.indicators.block import Block
from socialpoll.totals import AtMost, Basis, Scanned, Squares, Tallied

__all__ = ["counted_together"]


def counted_together(
    blocks: Sequence[Block], engine: Scanned
) -> Iterator[tuple[Sequence[Block], Tallied]]:
    """Yield figures of an indicator for all breakdowns at once, while combinations stay few.

    Otherwise each breakdown is counted by itself.

    Parameters
    ----------
    blocks : sequence of Block
        Those of an indicator one after another.
    engine : Scanned
    """
    by_plan: dict[int, list[Block]] = {}
    for block in blocks:
        by_plan.setdefault(id(block.plan), []).append(block)
    for several in by_plan.values():
        parts = [several] if engine.is_few(_bases(several)) else [[one] for one in several]
        for part in parts:
            yield part, engine.of(_bases(part))


def _bases(blocks: Sequence[Block]) -> list[Basis]:
    return [basis for block in blocks for basis in (_to_be_summed(block), block.base)]


def _to_be_summed(block: Block) -> Basis:
    """Return what will be summed of a block, once a first look at the answers has settled it."""
    plan, basis = block.plan, block.basis
    if plan.quantiles is not None:
        return replace(basis, measure=AtMost(plan.question, ()))
    if plan.kind == "variance":
        return replace(basis, measure=Squares(plan.question, ()))
    return basis
