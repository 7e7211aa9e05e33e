"""What is particular to percents of responses: a ratio whose numerators are its denominator."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.mentioning import OF_RESPONSES
from socialpoll.indicators.stack import Stack
from socialpoll.totals import Basis, Engine, Mentions

__all__ = ["NO_RESPONSES", "simple_variance_of_mentions", "without_responses"]

Floats = npt.NDArray[np.float64]
NO_RESPONSES = "no responses"
"""There is no part of nothing, where all in the base chose nothing, or exclusive options only."""


def without_responses(
    block: Block | Stack, estimate: Floats, cases: Floats
) -> npt.NDArray[np.bool_]:
    """Say which figures (D, m) are parts of nothing, though there are respondents (D,)."""
    of_responses = block.plan.kind == OF_RESPONSES
    return np.isnan(estimate) & of_responses & (cases > 0)[:, None]


def simple_variance_of_mentions(
    block: Block, engine: Engine, totals: Floats, weight: Floats
) -> Floats:
    """Return (n - 1) times the variance (D, m) under simple random sampling of respondents.

    That is Σ w (y - p x)² / (Σ w x̄²), with y 1 where an option was chosen and x how many were; as
    y² = y, the sum is Σ w y - 2 p Σ w y x + p² Σ w x². Weights of the base are (D, 1).
    """
    mentions = Mentions(block.plan.question, power=1)
    by_number = engine.cells(Basis(mentions, block.breakdown, block.where))
    squares, chosen = (one.sum(axis=1, keepdims=True) for one in (by_number, totals))
    share = totals / chosen
    residuals = totals - 2 * share * by_number + share**2 * squares
    return np.asarray(np.maximum(residuals, 0.0) * weight / chosen**2)
