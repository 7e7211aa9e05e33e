"""What is particular to parts of a whole that is no number of persons: of responses, or of time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.mentioning import OF_RESPONSES, OF_TIME
from socialpoll.indicators.stack import Stack
from socialpoll.totals import Amounts, Basis, Engine, Mentions

__all__ = ["NOTHING", "simple_variance_of_parts", "without_whole"]

Floats = npt.NDArray[np.float64]
NOTHING = {OF_RESPONSES: "no responses", OF_TIME: "no time"}
"""Caveats of parts of nothing: all in the base chose nothing, or exclusive options, or spent none.

By the statistic of such parts.
"""


def without_whole(block: Block | Stack, estimate: Floats, cases: Floats) -> npt.NDArray[np.bool_]:
    """Say which figures (D, m) are parts of nothing, though there are respondents (D,)."""
    return np.isnan(estimate) & (block.plan.kind in NOTHING) & (cases > 0)[:, None]


def simple_variance_of_parts(
    block: Block, engine: Engine, totals: Floats, weight: Floats
) -> Floats:
    """Return (n - 1) times the variance (D, m) under simple random sampling of respondents.

    That is Σ w (y - p x)² / (Σ w x̄²), with x the number of options that somebody chose, or the
    time, and y what of it is in the part. Weights of the base are (D, 1).
    """
    amounts = block.plan.measure
    if isinstance(amounts, Amounts):
        residuals, whole = _of_time(block, amounts, engine, totals)
    else:
        residuals, whole = _of_responses(block, engine, totals)
    return np.asarray(np.maximum(residuals, 0.0) * weight / whole**2)


def _of_responses(block: Block, engine: Engine, totals: Floats) -> tuple[Floats, Floats]:
    """Return Σ w y - 2 p Σ w y x + p² Σ w x², as y² = y where y is 1 or 0, and Σ w x."""
    mentions = Mentions(block.plan.question, power=1)
    by_number = engine.cells(Basis(mentions, block.breakdown, block.where))
    squares, chosen = (one.sum(axis=1, keepdims=True) for one in (by_number, totals))
    share = totals / chosen
    return totals - 2 * share * by_number + share**2 * squares, chosen


def _of_time(
    block: Block, amounts: Amounts, engine: Engine, totals: Floats
) -> tuple[Floats, Floats]:
    """Return (1 - 2 p) Σ w y² + p² Σ w x², as y x = y² where y is x or 0, and Σ w x."""
    squared = engine.cells(Basis(replace(amounts, power=2), block.breakdown, block.where))
    whole = totals[:, -1:]
    share = totals[:, :-1] / whole
    return (1 - 2 * share) * squared[:, :-1] + share**2 * squared[:, -1:], whole
