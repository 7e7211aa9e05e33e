"""Confidence intervals of shares and of other figures: arrays in, limits out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = [
    "FEW_EFFECTIVE",
    "Limits",
    "ShareFigures",
    "share_limits",
    "student",
    "t_limits",
    "two_sided",
]

Floats = npt.NDArray[np.float64]
FEW_EFFECTIVE = 10.0
"""``auto`` leaves the logit interval where n_v · min(p, 1 - p) is below this."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Lower and upper limits and the method each came from ('' where there is no interval)."""

    low: Floats
    high: Floats
    method: npt.NDArray[np.object_]

    def within(self, least: float, most: float) -> Limits:
        """Return the limits, cut off where figures cannot be."""
        return Limits(np.clip(self.low, least, most), np.clip(self.high, least, most), self.method)


@dataclass(frozen=True, eq=False)
class ShareFigures:
    """What the interval of a share is made from; arrays of one shape.

    Attributes
    ----------
    p, variance : float64
        Share and its design-based variance.
    df : float64
        Degrees of freedom; no interval below 1.
    cases, kish : float64
        Respondents in the base, and their effective number for unequal weights (Kish 1965).
    """

    p: Floats
    variance: Floats
    df: Floats
    cases: Floats
    kish: Floats

    def of(self, chosen: npt.NDArray[np.bool_]) -> ShareFigures:
        """Return some of them."""
        every = (self.p, self.variance, self.df, self.cases, self.kish)
        return ShareFigures(*(one[chosen] for one in every))


def student(df: Floats, level: float) -> Floats:
    """Return the two-sided t quantile; normal for infinite df; NaN below one degree of freedom."""
    from scipy import special

    tail = 0.5 + level / 2
    usable = df >= 1
    safe = np.where(usable & np.isfinite(df), df, 1.0)
    quantile = np.where(np.isinf(df), special.ndtri(tail), special.stdtrit(safe, tail))
    return np.where(usable, quantile, np.nan)


def two_sided(t: Floats, df: Floats) -> Floats:
    """Return p values of t on Student's distribution; normal for infinite df, NaN below one."""
    from scipy import special

    usable = df >= 1
    finite = usable & np.isfinite(df)
    tail = special.stdtr(np.where(finite, df, 1.0), -np.abs(t))
    p = 2 * np.where(finite, tail, special.ndtr(-np.abs(t)))
    return np.where(usable, p, np.nan)


def t_limits(estimate: Floats, variance: Floats, df: Floats, level: float) -> Limits:
    """Return estimate ± t·se."""
    margin = student(df, level) * np.sqrt(variance)
    method = np.where(np.isnan(margin), "", "wald").astype(object)
    return Limits(estimate - margin, estimate + margin, method)


def share_limits(figures: ShareFigures, level: float, method: str) -> Limits:
    """Return the limits of shares by one method, or by the automatic choice.

    The usual method is the logit interval. Where the share is 0 or 1, or n_v·min(p, 1 - p) < 10,
    the automatic choice is the interval of Korn & Graubard (1998) truncated as in Parker et al.
    (2017). Any other method leaves to it the shares of 0 and 1, for which it has no width.
    """
    p = figures.p
    extreme = (p <= 0) | (p >= 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = p * (1 - p) / figures.variance
        few = effective * np.minimum(p, 1 - p) < FEW_EFFECTIVE
        chosen = "logit" if method == "auto" else method
        low, high = METHODS[chosen](figures, effective, level)
        replaced = extreme | few if method == "auto" else extreme
        others = figures.of(replaced)
        low, high = np.array(low), np.array(high)
        low[replaced], high[replaced] = _nchs(others, effective[replaced], level)
    names = np.where(replaced, "nchs", chosen).astype(object)
    names[np.isnan(low) | np.isnan(high)] = ""
    return Limits(low, high, names)


Pair = tuple[Floats, Floats]


def _wald(figures: ShareFigures, _effective: Floats, level: float) -> Pair:
    margin = student(figures.df, level) * np.sqrt(figures.variance)
    return figures.p - margin, figures.p + margin


def _logit(figures: ShareFigures, _effective: Floats, level: float) -> Pair:
    from scipy import special

    p = figures.p
    margin = student(figures.df, level) * np.sqrt(figures.variance) / (p * (1 - p))
    centre = np.log(p / (1 - p))
    return special.expit(centre - margin), special.expit(centre + margin)


def _arcsine(figures: ShareFigures, _effective: Floats, level: float) -> Pair:
    """sin²(asin √p ± t·se/(2√(p(1-p)))), kept within its range."""
    p = figures.p
    margin = student(figures.df, level) * np.sqrt(figures.variance) / (2 * np.sqrt(p * (1 - p)))
    centre = np.arcsin(np.sqrt(np.clip(p, 0, 1)))
    low, high = np.maximum(centre - margin, 0), np.minimum(centre + margin, np.pi / 2)
    return np.sin(low) ** 2, np.sin(high) ** 2


def _wilson(figures: ShareFigures, effective: Floats, level: float) -> Pair:
    """Wilson's (1927) limits with t for z and the uncorrected effective size."""
    p, t = figures.p, student(figures.df, level)
    shrunk = t * t / effective
    centre = (p + shrunk / 2) / (1 + shrunk)
    margin = t / (1 + shrunk) * np.sqrt(p * (1 - p) / effective + shrunk / (4 * effective))
    return centre - margin, centre + margin


def _corrected(figures: ShareFigures, level: float) -> Floats:
    """(t of n - 1 over t of ν)², Korn & Graubard's (1998) correction of an effective size."""
    return np.asarray((student(figures.cases - 1, level) / student(figures.df, level)) ** 2)


def _beta(figures: ShareFigures, effective: Floats, level: float) -> Pair:
    """Korn & Graubard (1998), as R ``svyciprop(method = "beta")``: not truncated at n."""
    return _clopper_pearson(figures.p, effective * _corrected(figures, level), 1 - level)


def _nchs(figures: ShareFigures, effective: Floats, level: float) -> Pair:
    """Korn-Graubard truncated at n (Parker et al. 2017); Kish's size for shares of 0 and 1."""
    p, n = figures.p, figures.cases
    correction = _corrected(figures, level)
    extreme = (p <= 0) | (p >= 1)
    size = np.where(
        extreme, np.minimum(n, figures.kish) * correction, np.minimum(n, effective * correction)
    )
    return _clopper_pearson(p, size, 1 - level)


def _clopper_pearson(p: Floats, size: Floats, alpha: float) -> Pair:
    from scipy import special

    hits = p * size
    misses = size - hits
    inside = np.isfinite(size) & (size > 0)
    hits, misses = np.where(inside, hits, 1.0), np.where(inside, misses, 1.0)
    low = np.where(p <= 0, 0.0, special.betaincinv(np.maximum(hits, 1e-300), misses + 1, alpha / 2))
    high = np.where(
        p >= 1, 1.0, special.betaincinv(hits + 1, np.maximum(misses, 1e-300), 1 - alpha / 2)
    )
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


METHODS: dict[str, Callable[[ShareFigures, Floats, float], Pair]] = {
    "logit": _logit,
    "wald": _wald,
    "wilson": _wilson,
    "beta": _beta,
    "arcsine": _arcsine,
    "nchs": _nchs,
}
