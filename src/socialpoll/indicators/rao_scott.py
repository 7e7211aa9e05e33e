"""Pearson's statistic on a complex sample: the corrections of Rao and Scott."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.sampled import f_tail

__all__ = ["NOT_TESTED", "Tested", "design_effects", "second_order", "simple_tail"]

Floats = npt.NDArray[np.float64]
NAN = float("nan")


class Tested(NamedTuple):
    """A statistic, its degrees of freedom and its p value; NaN where there is no test."""

    statistic: float
    df: float
    ddf: float
    p: float


NOT_TESTED = Tested(NAN, NAN, NAN, NAN)
"""Of shares that do not vary, as weighting fixes them."""


def second_order(chi_square: float, effects: Floats, df_design: float) -> Tested:
    """Refer Pearson's X², or a sum of several, to F (Rao & Scott 1984; Thomas & Rao 1987).

    Parameters
    ----------
    chi_square : float
    effects : float64 array (q,)
        Generalised design effects λ: X² is distributed as Σ λ χ²₁. All are 0 where all halves go
        together, as no sample shows them apart; then F is infinite.
    df_design : float
        ν.

    Returns
    -------
    Tested
        F = X² / Σλ on d = (Σλ)² / Σλ² and d·ν; no p where ν is below 1.
    """
    total, squares = float(effects.sum()), float((effects**2).sum())
    df = total**2 / squares if squares > 0 else float(effects.size)
    ddf = df * df_design
    statistic = _over(chi_square, total)
    return Tested(statistic, df, ddf, f_tail(statistic, df, ddf) if df_design >= 1 else NAN)


def simple_tail(chi_square: float, effects: Floats) -> float:
    """Return the p value of X² over the mean of λ on χ² of as many degrees (Rao & Scott 1981)."""
    return f_tail(_over(chi_square, float(effects.sum())), effects.size, np.inf)


def _over(chi_square: float, total: float) -> float:
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.divide(chi_square, total))


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
