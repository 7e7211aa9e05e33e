"""Pearson's statistic on a complex sample: the corrections of Rao and Scott."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.sampled import f_tail

__all__ = ["Tested", "design_effects", "is_fixed", "second_order", "simple_tail"]

Floats = npt.NDArray[np.float64]
NOTHING = 1e-12
"""A generalised design effect of this part of the number of cases is none: a fixed table."""
NAN = float("nan")


class Tested(NamedTuple):
    """A statistic, its degrees of freedom and its p value; NaN where there is no test."""

    statistic: float
    df: float
    ddf: float
    p: float


def is_fixed(effects: Floats, cases: int) -> bool:
    """Say whether generalised design effects are those of shares that weighting fixes."""
    return bool(effects.max() <= NOTHING * cases)


def second_order(chi_square: float, effects: Floats, df_design: float, cases: int) -> Tested:
    """Refer Pearson's X², or a sum of several, to F (Rao & Scott 1984; Thomas & Rao 1987).

    Parameters
    ----------
    chi_square : float
    effects : float64 array (q,)
        Generalised design effects λ: X² is distributed as Σ λ χ²₁.
    df_design : float
        ν.
    cases : int

    Returns
    -------
    Tested
        F = X² / Σλ on d = (Σλ)² / Σλ² and d·ν; all NaN where weighting fixes the shares.
    """
    if is_fixed(effects, cases):
        return Tested(NAN, NAN, NAN, NAN)
    statistic = chi_square / float(effects.sum())
    df = float(effects.sum() ** 2 / (effects**2).sum())
    ddf = df * df_design
    return Tested(statistic, df, ddf, f_tail(statistic, df, ddf) if df_design >= 1 else NAN)


def simple_tail(chi_square: float, effects: Floats, cases: int) -> float:
    """Return the p value of X² over the mean of λ on χ² of as many degrees (Rao & Scott 1981)."""
    if is_fixed(effects, cases):
        return NAN
    return f_tail(chi_square / float(effects.sum()), effects.size, np.inf)


def design_effects(shares: Floats, v: Floats, cases: int) -> Floats:
    """Return the eigenvalues of Δ = (C'D⁻¹P₀D⁻¹C)⁻¹ C'D⁻¹VD⁻¹C, with D⁻¹ 0 where a cell is empty.

    C spans the interactions; with D⁻¹ about the observed shares C'D⁻¹P₀D⁻¹C is C'D⁻¹C / n.

    Parameters
    ----------
    shares : float64 array (R, C)
        Of the cells of one table.
    v : float64 array (R·C, R·C)
        Their covariance.
    cases : int

    Returns
    -------
    float64 array ((R-1)(C-1),)
        Largest first.
    """
    from scipy import linalg

    contrasts = np.kron(_deviations(shares.shape[0]), _deviations(shares.shape[1]))
    flat = shares.ravel()
    inverse = np.divide(1.0, flat, out=np.zeros_like(flat), where=flat > 0)
    scaled = inverse[:, None] * contrasts
    simple = contrasts.T @ scaled / cases
    found = linalg.eigh(scaled.T @ v @ scaled, simple, eigvals_only=True)
    return np.maximum(np.asarray(found, dtype=np.float64)[::-1], 0.0)


def _deviations(size: int) -> Floats:
    """Return contrasts (size, size - 1) that sum to zero and span all such."""
    return np.vstack([np.eye(size - 1), -np.ones(size - 1)])
