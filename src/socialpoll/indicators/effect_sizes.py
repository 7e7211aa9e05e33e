"""How strong an association is, whatever the number of cases."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.intervals import student

__all__ = ["NO_TABLE", "EffectSizes", "effect_sizes"]

Floats = npt.NDArray[np.float64]
TWO = 2
NAN = float("nan")


@dataclass(frozen=True, slots=True)
class EffectSizes:
    """How strong the association in a table is, from its weighted shares; NaN where not defined.

    Attributes
    ----------
    cramers_v : float
        √(φ² / (min(R, C) - 1)), φ² = X² / n; from 0 to 1 (Cramér 1946, ch. 21, p. 282).
    cohens_w : float
        √φ² (Cohen 1988, ch. 7): .1 is small, .3 medium, .5 large by his conventions.
    phi : float
        Of a table of two by two, with its sign: positive where the first row goes with the first
        column. Else NaN.
    odds_ratio : float
        Of a table of two by two: p₁₁ p₂₂ / (p₁₂ p₂₁). Else NaN.
    odds_low, odds_high : float
        Its interval, exp(log odds ratio ± t_ν·se), se linearised through the design and weighting;
        NaN with an empty cell.
    ci_level : float
    """

    cramers_v: float
    cohens_w: float
    phi: float
    odds_ratio: float
    odds_low: float
    odds_high: float
    ci_level: float


NO_TABLE = EffectSizes(NAN, NAN, NAN, NAN, NAN, NAN, NAN)
"""Of what is no single table."""


def effect_sizes(shares: Floats, v: Floats, df: float, level: float) -> EffectSizes:
    """Return the effect sizes of a table.

    Parameters
    ----------
    shares : float64 array (R, C)
        They sum to 1; no row or column is empty.
    v : float64 array (R·C, R·C)
        Their covariance.
    df : float
        Of the design.
    level : float
        Of the interval.
    """
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    mean_square = float(((shares - expected) ** 2 / expected).sum())
    w = float(np.sqrt(mean_square))
    v_of_cramer = float(np.sqrt(mean_square / (min(shares.shape) - 1)))
    if shares.shape != (TWO, TWO):
        return EffectSizes(v_of_cramer, w, NAN, NAN, NAN, NAN, level)
    (a, b), (c, d) = shares.tolist()
    phi = float(np.copysign(w, a * d - b * c))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = float(np.divide(a * d, b * c))
    return EffectSizes(v_of_cramer, w, phi, ratio, *_limits(shares, v, df, level), level)


def _limits(shares: Floats, v: Floats, df: float, level: float) -> tuple[float, float]:
    """Return the interval of the odds ratio of shares (2, 2) with covariance (4, 4)."""
    flat = shares.ravel()
    if (flat <= 0).any():
        return NAN, NAN
    slopes = np.array([1.0, -1.0, -1.0, 1.0]) / flat
    variance = float(slopes @ v @ slopes)
    if variance <= 0:
        return NAN, NAN
    log_ratio = float(np.array([1.0, -1.0, -1.0, 1.0]) @ np.log(flat))
    margin = float(student(np.array([df]), level)[0]) * np.sqrt(variance)
    with np.errstate(over="ignore"):  # of very few clusters the upper limit may be infinite
        return float(np.exp(log_ratio - margin)), float(np.exp(log_ratio + margin))
