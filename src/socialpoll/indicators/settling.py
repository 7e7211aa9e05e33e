"""From blocks of what is asked to their figures, those of the same shape at once."""

from __future__ import annotations

from collections.abc import Sequence

from socialpoll.indicators.block import Block
from socialpoll.indicators.circular import CIRCULAR, circular_of
from socialpoll.indicators.counting import counted_together
from socialpoll.indicators.figures import Figures, figures_of
from socialpoll.indicators.freedom import counted_bases
from socialpoll.indicators.plan import Plan
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.spread import about_the_mean
from socialpoll.indicators.stack import Stack, stacks_of
from socialpoll.indicators.woodruff import quantiles_of
from socialpoll.totals import (
    Engine,
    Linearisation,
    Replication,
    Scanned,
    Uncertainty,
    one_thread,
)

__all__ = ["settled_blocks"]


def settled_blocks(
    blocks: Sequence[Block],
    engine: Engine,
    uncertainty: Uncertainty,
    precision: Precision,
    *,
    known: bool,
) -> list[tuple[Block | Stack, Figures]]:
    """Return the figures of all blocks, those that have the same shape together."""
    if isinstance(engine, Scanned):
        return [
            one
            for part, of_part in counted_together(blocks, engine)
            for one in settled_blocks(part, of_part, Linearisation(of_part), precision, known=known)
        ]
    with one_thread():
        if known:
            plain = [block for block in blocks if _is_plain(block.plan)]
            uncertainty.prepare(block.basis for block in plain)
            if isinstance(uncertainty, Linearisation):
                uncertainty.foresee(plain, counted_bases(blocks, precision))
        return [
            _settled(stack, engine, uncertainty if known else None, precision)
            for stack in _stacks(blocks, engine, uncertainty)
        ]


def _stacks(
    blocks: Sequence[Block], engine: Engine, uncertainty: Uncertainty
) -> list[Block | Stack]:
    """Put together what is estimated at once; replicates have their sums by question."""
    if isinstance(uncertainty, Replication):
        return list(blocks)
    return [one.blocks[0] if len(one.blocks) == 1 else one for one in stacks_of(blocks, engine)]


def _settled(
    block: Block | Stack, engine: Engine, uncertainty: Uncertainty | None, precision: Precision
) -> tuple[Block | Stack, Figures]:
    """Return the figures of a block, and the block with what they are derived from."""
    if isinstance(block, Stack):
        return block, figures_of(block, engine, uncertainty, precision)
    asked = block.plan.quantiles
    if asked is not None:
        return quantiles_of(block, asked, engine, uncertainty, precision)
    if block.plan.kind in CIRCULAR:
        return block, circular_of(block, engine, uncertainty, precision)
    made = about_the_mean(block, engine) if block.plan.kind == "variance" else block
    return made, figures_of(made, engine, uncertainty, precision)


def _is_plain(plan: Plan) -> bool:
    """Say whether what is summed is known before a first look at the data."""
    return plan.quantiles is None and plan.kind != "variance"
