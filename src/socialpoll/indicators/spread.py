"""The variance of a number, as a mean of squares about the mean of each domain."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from socialpoll.indicators.block import Block
from socialpoll.totals import Engine, Spread, Squares

__all__ = ["about_the_mean"]


def about_the_mean(block: Block, engine: Engine) -> Block:
    """Settle what is summed for a variance: n / (n - 1) (y - ȳ)², with ȳ of each domain.

    That ȳ is estimated itself adds nothing to linearised scores: squares about it are least, so
    their sum does not change with it to the first order (as in R ``svyvar``). Replicates have a
    mean of their own.
    """
    totals = engine.cells(block.basis)
    cases = engine.cells(block.base, "cases")[:, 0]
    centres = totals[:, 0] / np.where(totals[:, 1] > 0, totals[:, 1], 1.0)
    factors = np.where(cases > 1, cases / np.maximum(cases - 1, 1), 0.0)
    squares = Squares(block.plan.question, tuple(centres.tolist()))
    plan = replace(block.plan, statistic=Spread(tuple(factors.tolist())))
    return replace(block, plan=plan, settled=squares)
