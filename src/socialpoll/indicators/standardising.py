"""Distances between means in standard deviations, and between shares in angles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from socialpoll.indicators.sampled import Sampled
from socialpoll.schema import Condition
from socialpoll.totals import AtMost, Basis, Products, Squares, Values

__all__ = ["Yardstick"]

NAN = float("nan")
ROUNDING = 1e-14
AROUND = (float(np.nextafter(0.0, -1.0)), 0.0, float(np.nextafter(1.0, 0.0)), 1.0)
"""As many cases are at most 0 as are below 1, and none below 0 or above 1, where all are 0 or 1."""


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a difference is measured by, so that it does not depend on units.

    Attributes
    ----------
    spread : float
        Weighted standard deviation √(n / (n - G) · Σ w (y - ȳ_g)² / Σ w), over the n cases of G
        groups; with equal weights the textbook's pooled one (Cohen 1988, ch. 2).
    shares : tuple of float
        The mean of each group, where the outcome is 0 or 1 of every case; else none.
    """

    spread: float
    shares: tuple[float, ...]

    @classmethod
    def of_groups(
        cls,
        sampled: Sampled,
        outcome: str,
        by: tuple[str, ...],
        groups: list[int],
        where: Condition | None,
    ) -> Yardstick:
        """Measure by a number within groups: domains of ``by``, or [0] of everybody."""
        y, weight = sampled.engine.cells(Basis(Values((outcome,)), by, where)).T
        mean = np.divide(y, weight, out=np.zeros(y.size), where=weight > 0)
        about = Basis(Squares(outcome, tuple(mean.tolist())), by, where)
        squares = sampled.engine.cells(about)[groups].sum(axis=0)
        cases = int(sampled.engine.cells(about, "cases")[groups, -1].sum())
        shares = mean[groups].tolist() if _is_share(sampled, outcome, where) else ()
        noise = (ROUNDING * float(np.abs(mean[groups]).max())) ** 2
        return cls(_root(squares[0] / squares[-1], noise, cases, len(groups)), tuple(shares))

    @classmethod
    def of_pairs(
        cls, sampled: Sampled, pair: tuple[str, str], where: Condition | None
    ) -> Yardstick:
        """Measure by the differences of two numbers of the same cases."""
        sums = sampled.engine.cells(Basis(Values(pair), (), where))[0]
        products = Basis(Products(pair), (), where)
        first, both, _, second = sampled.engine.cells(products)[0] / sums[-1]
        cases = int(sampled.engine.cells(products, "cases")[0, 0])
        mean = (sums[0] - sums[1]) / sums[-1]
        noise = ROUNDING * float(first + second)  # the squares cancel where differences are small
        return cls(_root(first - 2 * both + second - mean**2, noise, cases, 1), ())

    def d(self, difference: float) -> float:
        """Return Cohen's d of a difference; NaN where the outcome does not vary."""
        return difference / self.spread if self.spread > 0 else NAN

    def h(self, null: float) -> float:
        """Return Cohen's h of the two shares, or of one from a value; NaN of what is no share."""
        between = self.shares if len(self.shares) > 1 else (null, *self.shares)
        if not self.shares or not 0 <= between[0] <= 1:
            return NAN
        first, second = 2 * np.arcsin(np.sqrt(between))
        return float(second - first)


def _is_share(sampled: Sampled, outcome: str, where: Condition | None) -> bool:
    """Say whether a number is 0 or 1 of every case, so that its mean is a share."""
    limits = Basis(AtMost(outcome, (AROUND,)), (), where)
    below, none, under, every, cases = sampled.engine.cells(limits, "cases")[0]
    return bool(below == 0 and none == under and every == cases)


def _root(mean_square: float, noise: float, cases: int, groups: int) -> float:
    """Return the standard deviation; 0 where the mean square is no more than rounding leaves."""
    if cases <= groups:
        return NAN
    return float(np.sqrt(mean_square * cases / (cases - groups))) if mean_square > noise else 0.0
