"""Mean times and their concentration: what a circle asks for beyond a standard error."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.figures import ROUNDING, Figures, figures_of
from socialpoll.indicators.intervals import Limits, student
from socialpoll.indicators.precision import Precision
from socialpoll.schema.clock import DAY
from socialpoll.totals import (
    NOWHERE,
    TURN,
    Basis,
    Directions,
    Engine,
    MeanVector,
    ResultantLength,
    Uncertainty,
)

__all__ = ["ACROSS_MIDNIGHT", "CIRCULAR", "UNSETTLED", "circular_of"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
CIRCULAR = frozenset({"circular_mean", "concentration"})
"""Kinds of figures that are estimated here."""
UNSETTLED = "no preferred time established"
ACROSS_MIDNIGHT = "interval crosses midnight"
STILL = 1e-15
"""A mean square about the mean vector that is no larger is rounding."""


def circular_of(
    block: Block, engine: Engine, uncertainty: Uncertainty | None, precision: Precision
) -> Figures:
    """Estimate the mean times, or their concentration, of a block.

    Standard errors are those of any smooth function of totals. They mean nothing where the mean
    vector is not told from 0, by a test on its joint covariance, so there is none for a mean time.
    """
    found = figures_of(block, engine, uncertainty, precision)
    circle = _Circle.of(block, engine, uncertainty, found)
    fixed = found.fixed & (circle.squares(block.plan.kind) > STILL)
    found = replace(found, fixed=fixed, simple=circle.simple(block.plan.kind, precision))
    if block.plan.kind == "circular_mean":
        return _mean_times(found, circle, precision.level)
    return _concentrations(found, circle, precision.level)


@dataclass(frozen=True, eq=False)
class _Circle:
    """What a block of times is like about its mean vectors; arrays (D, 1).

    Attributes
    ----------
    length : float64
        Of the mean vector.
    along, across : float64
        Mean squares of the times' unit vectors about the mean vector, in its direction and at right
        angles to it.
    tail : float64
        p value of the test that the mean vector is 0; NaN where there is none.
    found : Figures
    """

    length: Floats
    along: Floats
    across: Floats
    tail: Floats
    found: Figures

    @classmethod
    def of(
        cls, block: Block, engine: Engine, uncertainty: Uncertainty | None, found: Figures
    ) -> _Circle:
        """Sum the second moments: mean cos² and sin² about φ, from the cosines of double angles."""
        totals = engine.cells(block.basis)
        twice = Directions(block.plan.question, turns=2)
        doubled = engine.cells(Basis(twice, block.breakdown, block.where))
        angle = 2 * np.arctan2(totals[:, 1], totals[:, 0])
        length = ResultantLength().value(totals)
        with np.errstate(divide="ignore", invalid="ignore"):
            turned = doubled[:, 0] * np.cos(angle) + doubled[:, 1] * np.sin(angle)
            mean = (turned / totals[:, 2])[:, None]
        return cls(
            length=length,
            along=np.maximum((1 + mean) / 2 - length**2, 0.0),
            across=np.maximum((1 - mean) / 2, 0.0),
            tail=_tail(block, totals, uncertainty, found.df)[:, None],
            found=found,
        )

    @property
    def nowhere(self) -> Truths:
        """Whether times cancel out."""
        return self.length <= NOWHERE

    def squares(self, kind: str) -> Floats:
        """Return the mean square of what a kind of figure varies with."""
        return self.across if kind == "circular_mean" else self.along

    def simple(self, kind: str, precision: Precision) -> Floats:
        """Return the variance that a simple random sample of the same size would have had."""
        people = self.found.headcount
        cases, weight = people.base[:, None], people.weight[:, None]
        squares = np.where(self.squares(kind) > STILL, self.squares(kind), 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            variance = squares / (cases - 1)
            if kind == "circular_mean":
                variance = variance * (TURN / self.length) ** 2
            if precision.deff == "without":
                variance = variance * (1 - cases / weight)
        return np.where((cases > 1) & ~self.nowhere, variance, np.nan)

    def unsettled(self, level: float) -> Truths:
        """Whether nothing says that the mean vector is not 0."""
        return self.nowhere | (self.tail >= 1 - level)


def _tail(block: Block, totals: Floats, uncertainty: Uncertainty | None, df: Floats) -> Floats:
    """Return the p values (D,) of Hotelling's test that the mean vector is 0.

    W = R̄² / (v₁₁ - v₁₂² / v₂₂), the covariance V along and across the vector, and (ν - 1) W / (2 ν)
    has F on 2 and ν - 1 (Korn & Graubard 1990, §2). For simple random sampling W is 2 n R̄² where
    times are spread evenly: Rayleigh's test (Mardia & Jupp 2000, §6.3.1).
    """
    if uncertainty is None:
        return np.full(totals.shape[0], np.nan)
    vector = replace(block, plan=replace(block.plan, statistic=MeanVector.of(totals)))
    found = uncertainty.variances(vector, totals).variance.reshape(-1, 3)
    along, across, both = np.where(found > ROUNDING**2, found, 0.0).T
    shared = (both - along - across) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        conditional = along - np.where(across > 0, shared**2 / across, 0.0)
        wald = ResultantLength().value(totals)[:, 0] ** 2 / np.maximum(conditional, 0.0)
        # The tail of F on 2 and m is (1 + 2 F / m) to the power of -m / 2.
        tail = np.where(np.isinf(df), np.exp(-wald / 2), (1 + wald / df) ** (-(df - 1) / 2))
    return np.where((df >= 1) & ((along > 0) | (across > 0)), tail, np.nan)


def _mean_times(found: Figures, circle: _Circle, level: float) -> Figures:
    t = student(found.df, level)[:, None]
    reach = t * found.se / TURN
    unsettled = circle.unsettled(level) | (reach >= 1)
    variance = np.where(unsettled, np.nan, found.variance)
    usable = (variance > 0) & ~found.fixed & ~np.isnan(reach)
    half = np.arcsin(np.where(usable, reach, np.nan)) * TURN
    low, high = _on_the_clock(found.estimate - half), _on_the_clock(found.estimate + half)
    crosses = (low > high).ravel()
    return replace(
        found,
        variance=variance,
        limits=_limits(low, high, "arc"),
        remarks={**found.remarks, UNSETTLED: unsettled.ravel(), ACROSS_MIDNIGHT: crosses},
        relative=False,
    )


def _concentrations(found: Figures, circle: _Circle, level: float) -> Figures:
    unsettled = circle.unsettled(level)
    variance = np.where(circle.nowhere, np.nan, found.variance)
    usable = (variance > 0) & ~found.fixed
    length = np.where(usable, found.estimate, np.nan)
    margin = student(found.df, level)[:, None] * np.sqrt(variance) / (1 - length**2)
    low = np.maximum(np.tanh(np.arctanh(length) - margin), 0.0)
    low = np.where(unsettled & ~np.isnan(low), 0.0, low)
    return replace(
        found,
        variance=variance,
        limits=_limits(low, np.tanh(np.arctanh(length) + margin), "artanh"),
        remarks={**found.remarks, UNSETTLED: unsettled.ravel()},
    )


def _limits(low: Floats, high: Floats, word: str) -> Limits:
    flat = low.ravel()
    return Limits(flat, high.ravel(), np.where(np.isnan(flat), "", word).astype(object))


def _on_the_clock(minutes: Floats) -> Floats:
    return np.asarray(np.where(minutes % DAY >= DAY, 0.0, minutes % DAY))
