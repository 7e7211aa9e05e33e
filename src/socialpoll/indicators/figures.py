"""The figures of a block, and everything that says how precise they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.block import Block
from socialpoll.indicators.freedom import degrees_of_each
from socialpoll.indicators.intervals import Limits, ShareFigures, share_limits, student, t_limits
from socialpoll.indicators.precision import Precision
from socialpoll.schema.clock import DAY
from socialpoll.totals import Basis, Directions, Engine, Present, Products, Uncertainty, Values

__all__ = ["LOST", "Figures", "Headcount", "figures_of"]

Floats = npt.NDArray[np.float64]
ROUNDING = 1e-12
"""A standard error below this part of its estimate is none."""
LOST = "lost in replicates"
"""What many replicates have no figure for, as where nobody of a small domain is left."""
RANGE = {"circular_mean": float(DAY), "concentration": 1.0}
"""What rounding is part of where figures have a range of their own, and may be near 0 in it."""
WITHOUT_SIMPLE = frozenset({"variance", *RANGE})
"""Kinds whose variance under simple random sampling is not made from their totals alone."""


@dataclass(frozen=True, eq=False)
class Headcount:
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


def figures_of(
    block: Block, engine: Engine, uncertainty: Uncertainty | None, precision: Precision
) -> Figures:
    """Estimate a block; without uncertainty (opt-in samples) there is no precision."""
    totals = engine.cells(block.basis)
    headcount = _headcount(block, engine)
    estimate = block.plan.statistic.value(totals)
    estimate[headcount.base <= (1 if block.plan.kind == "variance" else 0)] = np.nan
    variance = np.full(estimate.shape, np.nan)
    fixed = np.zeros(estimate.shape, dtype=bool)
    lost = fixed
    df = np.full(block.domains, np.nan)
    if uncertainty is not None:
        found = uncertainty.variances(block, totals)
        fixed = found.fixed.reshape(estimate.shape)
        df = _degrees_of_freedom(block, engine, precision)
        size = np.maximum(np.abs(estimate), RANGE.get(block.plan.kind, 0.0))
        variance = _beyond_rounding(found.variance.reshape(estimate.shape), size)
        lost = np.isnan(variance) & ~np.isnan(estimate)
        variance = _known(variance, fixed, headcount.base, df)
    return Figures(
        estimate=estimate,
        variance=variance,
        fixed=fixed,
        simple=_simple_variance(block, engine, totals, estimate, headcount, precision),
        category=_category_cases(block, engine),
        df=df,
        limits=_limits(block, (estimate, variance, fixed | lost), df, headcount, precision),
        headcount=headcount,
        remarks={LOST: lost.ravel()},
    )


def _degrees_of_freedom(block: Block, engine: Engine, precision: Precision) -> Floats:
    if isinstance(precision.df, str):
        return degrees_of_each(engine, block.base, precision)
    return np.full(block.domains, float(precision.df))


def _headcount(block: Block, engine: Engine) -> Headcount:
    questions = block.plan.questions
    weight = engine.cells(block.base)[:, 0]
    squared = engine.cells(block.base, "squared")[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        kish = weight * weight / squared
    return Headcount(
        asked=_cases(block, engine, Present(questions, "asked")),
        answered=_cases(block, engine, Present(questions, "answered")),
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
    block: Block,
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
    low, high, method = limits.low.copy(), limits.high.copy(), limits.method.copy()
    none = without.ravel() | np.isnan(p) | np.isnan(low)
    low[none], high[none], method[none] = np.nan, np.nan, ""
    return Limits(low, high, method)


def _simple_variance(
    block: Block,
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
        if plan.numbers:
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
    return np.maximum(squares, 0.0)


def _cases(block: Block, engine: Engine, present: Present) -> Floats:
    return engine.cells(Basis(present, block.breakdown, block.where), "cases")[:, 0]


def _category_cases(block: Block, engine: Engine) -> Floats:
    lines = block.plan.lines
    if isinstance(block.plan.measure, Values | Directions):
        return np.full((block.domains, len(lines)), np.nan)
    counted = engine.cells(block.basis, "cases")
    return counted[:, [line.counts for line in lines if line.counts is not None]]
