"""Figures that start anew at a wave: where that is, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.indicators.block import Block
from socialpoll.schema import questions_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BROKEN", "Broken", "breaks_of", "variables_of", "with_breaks"]

BROKEN = "break in comparability"
"""The caveat of a figure that cannot be compared with those of earlier waves."""
Broken: TypeAlias = Mapping[str, frozenset[str]]
"""Waves at which variables start anew."""


def variables_of(block: Block) -> frozenset[str]:
    """Return the variables a block uses: measured, broken down by, in conditions."""
    conditions = () if block.where is None else questions_of(block.where)
    return frozenset((*block.plan.questions, *block.breakdown, *conditions))


def breaks_of(block: Block, broken: Broken) -> frozenset[str]:
    """Return the waves at which the figures of a block start anew.

    Parameters
    ----------
    block : Block
    broken : mapping of str to set of str
        Waves by variable.
    """
    return frozenset[str]().union(*(broken.get(name, ()) for name in variables_of(block)))


def with_breaks(frame: pd.DataFrame, blocks: Sequence[Block], broken: Broken) -> pd.DataFrame:
    """Add the caveat to the figures of waves at which they start anew."""
    anew = [one.rows for one in blocks if broken and one.wave in breaks_of(one, broken)]
    if not anew:
        return frame
    caveats = frame["caveat"].tolist()
    for row in (row for rows in anew for row in rows):
        caveats[row] = f"{caveats[row]}; {BROKEN}" if caveats[row] else BROKEN
    made = frame.copy()
    made["caveat"] = caveats
    return made.astype({"caveat": object})
