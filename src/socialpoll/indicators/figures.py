"""The figures of a block, and everything that says how precise they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.freedom import degrees_of_each
from socialpoll.indicators.intervals import Limits, ShareFigures, share_limits, student, t_limits
from socialpoll.indicators.precision import Precision
from socialpoll.indicators.responding import (
    NOTHING,
    simple_variance_of_parts,
    without_whole,
)
from socialpoll.indicators.stack import Stack
from socialpoll.schema.clock import DAY
from socialpoll.totals import Basis, Directions, Engine, Products, Uncertainty, Values

__all__ = ["LOST", "Figures", "Headcount", "figures_of"]

Floats = npt.NDArray[np.float64]
ROUNDING = 1e-12
"""A standard error below this part of its estimate is none."""
CANCELLED = 1e-12
"""A sum of squared residuals below this part of the sum of squares is only what rounding leaves."""
LOST = "lost in replicates"
"""What many replicates have no figure for, as where nobody of a small domain is left."""
RANGE = {"circular_mean": float(DAY), "concentration": 1.0}
"""What rounding is part of where figures have a range of their own, and may be near 0 in it."""
WITHOUT_SIMPLE = frozenset({"variance", *RANGE})
"""Kinds whose variance under simple random sampling is not made from their totals alone."""


class Headcount(NamedTuple):
    """Who stands behind the figures of each domain; arrays (D,).

    Attributes
    ----------
    asked, answered, base : float64
        Respondents asked, with an answer that counts, and in the base.
    weight, kish : float64
        Sum of weights of the base, and its effective size (Kish 1965).
    """

    asked: Floats
    answered: Floats
    base: Floats
    weight: Floats
    kish: Floats


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of a block; arrays (D, m) unless said.

    Attributes
    ----------
    estimate, variance : float64
    fixed : bool
        Zero variance by weighting or by strata.
    simple : float64
        Variance under simple random sampling.
    category : float64
        Respondents in the category; NaN for numbers.
    df : float64 (D,)
    limits : Limits
        Flat arrays (D·m,).
    headcount : Headcount
    remarks : mapping of str to bool array (D·m,)
        Caveats of this kind of figure, and where they are true.
    relative : bool
        Whether errors may be compared with the figures: there is no such thing as twice a time.
    """

    estimate: Floats
    variance: Floats
    fixed: npt.NDArray[np.bool_]
    simple: Floats
    category: Floats
    df: Floats
    limits: Limits
    headcount: Headcount
    remarks: Mapping[str, npt.NDArray[np.bool_]] = field(default_factory=dict)
    relative: bool = True

    @property
    def se(self) -> Floats:
        """Standard errors."""
        return np.sqrt(self.variance)

    @property
    def deff(self) -> Floats:
        """Design effects."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.simple > 0, self.variance / self.simple, np.nan)

    @property
    def cv(self) -> Floats:
        """Relative standard errors; NaN where there are none of the kind."""
        if not self.relative:
            return np.full(self.estimate.shape, np.nan)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(self.estimate != 0, self.se / np.abs(self.estimate), np.nan)

    def moe(self, level: float) -> Floats:
        """Return margins of error, t·se."""
        return np.asarray(student(self.df, level)[:, None] * self.se)

    def each(self, by_domain: Floats) -> Floats:
        """Repeat a value of each domain for each of its figures: (D·m,)."""
        return np.repeat(by_domain, self.estimate.shape[1])


class _Sums(NamedTuple):
    """What rows and sampling units say of a block: all that figures are made of."""

    totals: Floats
    category: Floats
    variance: Floats
    fixed: npt.NDArray[np.bool_]
    df: Floats
    headcount: Headcount

    @classmethod
    def of(
        cls,
        block: Block | Stack,
        engine: Engine,
        uncertainty: Uncertainty | None,
        precision: Precision,
    ) -> _Sums:
        """Sum a block whose questions the engine takes as one."""
        totals = engine.cells(block.basis)
        shape = (block.domains, len(block.plan.lines))
        variance, fixed = np.full(shape, np.nan), np.zeros(shape, dtype=np.bool_)
        df = np.full(block.domains, np.nan)
        if uncertainty is not None:
            found = uncertainty.variances(block, totals)
            variance, fixed = found.variance.reshape(shape), found.fixed.reshape(shape)
            df = _degrees_of_freedom(block, engine, precision)
        category = _category_cases(block, engine)
        return cls(totals, category, variance, fixed, df, _headcount(block, engine))

    @classmethod
    def joined(cls, several: Sequence[_Sums]) -> _Sums:
        """Put those of several blocks under one another."""
        if len(several) == 1:
            return several[0]
        headcount = Headcount(*_under_one_another([one.headcount for one in several]))
        totals, category, variance, fixed, df = _under_one_another([one[:-1] for one in several])
        return cls(totals, category, variance, fixed, df, headcount)


def _under_one_another(several: Sequence[Sequence[npt.NDArray[Any]]]) -> list[npt.NDArray[Any]]:
    return [np.concatenate(parts) for parts in zip(*several, strict=True)]


def figures_of(
    block: Block | Stack, engine: Engine, uncertainty: Uncertainty | None, precision: Precision
) -> Figures:
    """Estimate a block; without uncertainty (opt-in samples) there is no precision."""
    sums = _Sums.joined([_Sums.of(one, engine, uncertainty, precision) for one in block.parts])
    headcount, fixed, df = sums.headcount, sums.fixed, sums.df
    estimate = block.plan.statistic.value(sums.totals)
    estimate[headcount.base <= (1 if block.plan.kind == "variance" else 0)] = np.nan
    none = without_whole(block, estimate, headcount.base)
    variance, lost = sums.variance, np.zeros(estimate.shape, dtype=np.bool_)
    if uncertainty is not None:
        size = np.maximum(np.abs(estimate), RANGE.get(block.plan.kind, 0.0))
        variance = _beyond_rounding(variance, size)
        lost = np.isnan(variance) & ~np.isnan(estimate)
        variance = _known(variance, fixed, headcount.base, df)
        variance[none] = np.nan
    nothing = {word: none.ravel() for kind, word in NOTHING.items() if kind == block.plan.kind}
    return Figures(
        estimate=estimate,
        variance=variance,
        fixed=fixed,
        simple=_simple_variance(block, engine, sums.totals, estimate, headcount, precision),
        category=sums.category,
        df=df,
        limits=_limits(block, (estimate, variance, fixed | lost), df, headcount, precision),
        headcount=headcount,
        remarks={LOST: lost.ravel(), **nothing},
    )


def _degrees_of_freedom(block: Block | Stack, engine: Engine, precision: Precision) -> Floats:
    if isinstance(precision.df, str):
        return degrees_of_each(engine, block.base, precision)
    return np.full(block.domains, float(precision.df))


def _headcount(block: Block | Stack, engine: Engine) -> Headcount:
    weight = engine.cells(block.base)[:, 0]
    squared = engine.cells(block.base, "squared")[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        kish = weight * weight / squared
    return Headcount(
        asked=engine.cells(block.present("asked"), "cases")[:, 0],
        answered=engine.cells(block.present("answered"), "cases")[:, 0],
        base=engine.cells(block.base, "cases")[:, 0],
        weight=weight,
        kish=kish,
    )


def _beyond_rounding(variance: Floats, size: Floats) -> Floats:
    """Return variances with 0 for those that are only what rounding leaves of none."""
    return np.where(np.sqrt(variance) <= ROUNDING * size, 0.0, variance)


def _known(variance: Floats, fixed: npt.NDArray[np.bool_], cases: Floats, df: Floats) -> Floats:
    """Drop variances that are zero only because nothing could vary: one case, or one cluster."""
    alone = ((cases <= 1) | (df < 1))[:, None] & (variance == 0) & ~fixed
    return np.where(alone | (cases == 0)[:, None], np.nan, variance)


def _limits(
    block: Block | Stack,
    figures: tuple[Floats, Floats, npt.NDArray[np.bool_]],
    df: Floats,
    headcount: Headcount,
    precision: Precision,
) -> Limits:
    estimate, variance, without = figures
    p, v = estimate.ravel(), variance.ravel()
    by_domain = (df, headcount.base, headcount.kish)
    nu, cases, kish = (np.broadcast_to(one[:, None], estimate.shape).ravel() for one in by_domain)
    if block.plan.kind == "share":
        shares = ShareFigures(p, np.nan_to_num(v, nan=0.0), nu, cases, kish)
        limits = share_limits(shares, precision.level, precision.interval)
    else:
        limits = t_limits(p, np.where(v > 0, v, np.nan), nu, precision.level)
        if block.plan.kind in NOTHING:
            limits = limits.within(0.0, 1.0)
    low, high, method = limits.low.copy(), limits.high.copy(), limits.method.copy()
    none = without.ravel() | np.isnan(p) | np.isnan(low)
    low[none], high[none], method[none] = np.nan, np.nan, ""
    return Limits(low, high, method)


def _simple_variance(
    block: Block | Stack,
    engine: Engine,
    totals: Floats,
    estimate: Floats,
    headcount: Headcount,
    precision: Precision,
) -> Floats:
    """Return the variance that a simple random sample of the same size would have had (D, m).

    S² is the weighted population variance with n/(n - 1), as R ``svyvar``.
    """
    cases, weight = headcount.base[:, None], headcount.weight[:, None]
    plan = block.plan
    if plan.kind in WITHOUT_SIMPLE:
        return np.full(estimate.shape, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        if plan.kind in NOTHING and isinstance(block, Block):
            mean_square = simple_variance_of_parts(block, engine, totals, weight)
        elif plan.numbers and isinstance(block, Block):
            mean_square = _mean_square(block, engine, totals, estimate) / weight
        else:
            share = estimate if plan.kind == "share" else estimate / weight
            mean_square = share * (1 - share)
        variance = mean_square / (cases - 1)
        if plan.kind == "total":
            variance = variance * weight**2
        if plan.kind == "ratio":
            variance = variance * (weight / totals[:, [1]]) ** 2
        if precision.deff == "without":
            variance = variance * (1 - cases / weight)
    return np.where(cases > 1, variance, np.nan)


def _mean_square(block: Block, engine: Engine, totals: Floats, estimate: Floats) -> Floats:
    """Return the weighted sum of squared residuals (D, 1): y - ȳ, or y - R x."""
    numbers = block.plan.numbers
    products = engine.cells(Basis(Products(numbers), block.breakdown, block.where))
    if block.plan.kind == "ratio":
        yy, yx, xx = products[:, [0]], products[:, [1]], products[:, [3]]
        squares = yy - 2 * estimate * yx + estimate**2 * xx
    else:
        squares = products[:, [0]] - totals[:, [0]] ** 2 / totals[:, [1]]
    return np.where(squares > CANCELLED * products[:, [0]], squares, 0.0)


def _category_cases(block: Block | Stack, engine: Engine) -> Floats:
    lines = block.plan.lines
    if isinstance(block.plan.measure, Values | Directions):
        return np.full((block.domains, len(lines)), np.nan)
    counted = engine.cells(block.basis, "cases")
    return counted[:, [line.counts for line in lines if line.counts is not None]]
