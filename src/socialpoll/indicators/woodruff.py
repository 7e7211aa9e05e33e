"""Quantiles with Woodruff's (1952) intervals: limits for the share below, read back as values."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.indicators.block import Block
from socialpoll.indicators.figures import Figures, figures_of
from socialpoll.indicators.intervals import Limits, student
from socialpoll.indicators.plan import QuantilesAsked
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.ranking import RANKED, quantile_points
from socialpoll.totals import AtMost, Engine, Ordered, Uncertainty

__all__ = ["OUTSIDE", "quantiles_of"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
OUTSIDE = "limit outside the data"


def quantiles_of(
    block: Block,
    asked: QuantilesAsked,
    engine: Engine,
    uncertainty: Uncertainty | None,
    precision: Precision,
) -> tuple[Block, Figures]:
    """Estimate the quantiles of a block; the block comes back with scores of its own.

    With q the quantile, F(q) is a share with a variance and an interval like any other; its limits
    go back through the rule that gave q (Woodruff 1952; R ``survey`` 4.1). The standard error is
    the width over 2t. The scores of q are those of F(q) times -se(q) / se(F): Woodruff's interval
    taken as the slope of the inverse (Francisco & Fuller 1991).
    """
    ordered = engine.ordered(block.basis)
    if ordered.merged and asked.rule in RANKED:
        raise _needs_cases(block, asked.rule)
    wanted = np.tile(np.array(asked.probabilities), (block.domains, 1))
    points = quantile_points(ordered, wanted, asked.rule)
    limits = tuple(tuple(one) for one in points.tolist())
    settled = replace(block, settled=AtMost(block.plan.question, limits))
    as_shares = replace(settled, plan=replace(block.plan, kind="share"))
    conventions = replace(precision, interval=asked.interval)
    shares = figures_of(as_shares, engine, uncertainty, conventions)
    back = _Back(ordered, asked, shares)
    se = back.se(precision.level)
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = np.where(shares.variance > 0, se / shares.se, np.nan)
    slope = np.where(shares.fixed, 0.0, slope)
    figures = replace(
        shares,
        estimate=points,
        variance=se**2,
        simple=shares.simple * slope**2,
        limits=back.limits(),
        remarks={**shares.remarks, OUTSIDE: back.outside.ravel()},
    )
    return replace(settled, scale=-slope), figures


def _needs_cases(block: Block, rule: str) -> EstimationError:
    """Refuse to go from one case to the next where cases that agree were put together."""
    message = f"the rule {rule!r} reads a quantile off between single cases, each with its weight"
    return EstimationError(
        message,
        where=block.plan.name,
        found="cases that agree, counted together",
        allowed="rule = 'math' or 'school'",
        advice="take one of these, or bind the answers themselves",
    )


@dataclass(frozen=True, eq=False)
class _Back:
    """The way back from the limits of a share to values; arrays (D, m)."""

    ordered: Ordered
    asked: QuantilesAsked
    shares: Figures

    @property
    def outside(self) -> Truths:
        """Whether a limit of the share is beyond what anybody answered."""
        low, high = self._parts
        return (low < 0) | (high > 1) | self._at_the_end

    @property
    def low(self) -> Floats:
        """Lower limits; NaN where the share's is below 0."""
        low, _ = self._parts
        return quantile_points(self.ordered, np.where(low < 0, np.nan, low), self.asked.rule)

    @property
    def high(self) -> Floats:
        """Upper limits; NaN where the share's is above 1, or nobody is above the quantile."""
        _, high = self._parts
        beyond = (high > 1) | self._at_the_end
        return quantile_points(self.ordered, np.where(beyond, np.nan, high), self.asked.rule)

    def se(self, level: float) -> Floats:
        """Return the width over 2t; 0 where the share below is fixed."""
        t = student(self.shares.df, level)[:, None]
        return np.where(self.shares.fixed, 0.0, (self.high - self.low) / (2 * t))

    def limits(self) -> Limits:
        """Return both limits, and how they were made."""
        low, high = self.low.ravel(), self.high.ravel()
        usual = self.asked.interval == "wald"
        word = "woodruff" if usual else f"woodruff {self.asked.interval}"
        if self.asked.about == "p":
            word = "woodruff about p"
        method = np.where(np.isnan(low) & np.isnan(high), "", word).astype(object)
        return Limits(low, high, method)

    @property
    def _parts(self) -> tuple[Floats, Floats]:
        shape, limits = self.shares.estimate.shape, self.shares.limits
        low, high = limits.low.reshape(shape), limits.high.reshape(shape)
        if self.asked.about == "share":
            return low, high
        aside = np.array(self.asked.probabilities) - self.shares.estimate.reshape(shape)
        return low + aside, high + aside

    @property
    def _at_the_end(self) -> Truths:
        """Whether nobody is above the quantile, so that the data say nothing of its upper limit."""
        low, _ = self._parts
        return (self.shares.estimate >= 1) & ~np.isnan(low)
