"""The rest of a domain: all who answered the breakdown and are not in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from socialpoll.errors import EstimationError
from socialpoll.indicators.settling import settled_blocks
from socialpoll.indicators.tabulating import tidy_frame
from socialpoll.responses import Categorical, Responses, Ticks
from socialpoll.schema import All, Answered, CodeValue, Condition, Is, Not
from socialpoll.totals import Rows

if TYPE_CHECKING:
    from socialpoll.indicators.block import Block
    from socialpoll.indicators.estimates import Estimates

__all__ = ["with_rests"]


def with_rests(estimates: Estimates, within: Sequence[str]) -> Estimates:
    """Add the figures of the rest of every domain, in blocks that say so by ``rest_of``.

    Parameters
    ----------
    estimates : Estimates
    within : sequence of str
        Breakdowns.
    """
    import pandas as pd

    joint = estimates.joint
    if not isinstance(joint.engine, Rows):
        message = "the rest of a domain can only be estimated from data in memory"
        raise EstimationError(message, where="against", found="'rest'")
    responses = joint.engine.responses
    blocks: list[Block] = []
    first = len(estimates)
    for block in joint.blocks:
        if "|".join(block.breakdown) in within:
            for one in _rests(block, responses):
                blocks.append(replace(one, first=first))
                first += one.size
    settled = settled_blocks(
        blocks, joint.engine, joint.uncertainty, joint.precision, known=joint.known
    )
    frame = tidy_frame(settled, responses, joint.precision, estimates.weights_id)
    made = [one for stack, _ in settled for one in stack.blocks]
    made.sort(key=lambda one: one.first)
    return replace(
        estimates,
        joint=replace(joint, blocks=(*joint.blocks, *made)),
        _frame=pd.concat([estimates.frame, frame], ignore_index=True),
    )


def _rests(block: Block, responses: Responses) -> Iterator[Block]:
    """Yield a block for the rest of each domain, all with the same place."""
    answered = [Answered(name) for name in block.breakdown]
    several = product(*(_codes(responses, name) for name in block.breakdown))
    for place, codes in enumerate(several):
        here = [Is(name, code) for name, code in zip(block.breakdown, codes, strict=True)]
        conditions: list[Condition] = [*answered, Not(All(*here))]
        if block.where is not None:
            conditions.insert(0, block.where)
        yield replace(
            block,
            breakdown=(),
            where=All(*conditions),
            codes=[""],
            settled=None,
            scale=None,
            rest_of=(block.first, place),
        )


def _codes(responses: Responses, name: str) -> list[CodeValue]:
    column = responses.columns[name]
    if isinstance(column, Ticks):
        return [one.code for one in column.options]
    return [one.code for one in column.categories] if isinstance(column, Categorical) else []
