"""Tests that several figures are zero together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.sampled import TestConvention, f_tail

__all__ = ["WaldTest", "wald_test"]

Floats = npt.NDArray[np.float64]
SINGULAR = 1e-12
"""Smallest eigenvalue of a correlation matrix of full rank."""


@dataclass(frozen=True)
class WaldTest:
    """A Wald test in its F form.

    Attributes
    ----------
    terms : tuple of str
        What is tested together; the parts of an interaction are joined by ``|``.
    statistic : float
        F; NaN where the covariance is of too low a rank, as with fewer clusters than figures.
    df, ddf : float
        Degrees of freedom of numerator and denominator.
    p : float
    """

    terms: tuple[str, ...]
    statistic: float
    df: float
    ddf: float
    p: float


def wald_test(
    figures: Floats,
    covariance: Floats,
    df: float,
    *,
    convention: TestConvention = "R",
    terms: tuple[str, ...] = (),
) -> WaldTest:
    """Test that all figures are zero.

    W = b'V⁻¹b on q figures. ``R``: F = W / q on q and df (R's ``regTermTest``). ``Stata``: F =
    W (df - q + 1) / (q df) on q and df - q + 1 (Korn & Graubard 1990, §2; Stata's ``test`` and
    R's ``svychisq(statistic = "adjWald")``).

    Parameters
    ----------
    figures : float64 array (q,)
    covariance : float64 array (q, q)
    df : float
        Of the denominator, or of the design.
    convention : {"R", "Stata"}
    terms : tuple of str
        What is tested.

    Returns
    -------
    WaldTest
    """
    q = figures.size
    statistic = _quadratic(figures, covariance) / q
    ddf = df
    if convention == "Stata" and not np.isinf(df):
        ddf = df - q + 1
        statistic = statistic * ddf / df if ddf > 0 else float("nan")
    return WaldTest(terms, statistic, float(q), ddf, f_tail(statistic, q, ddf))


def _quadratic(figures: Floats, covariance: Floats) -> float:
    """Return b'V⁻¹b; NaN where V has no inverse."""
    size = np.sqrt(np.diag(covariance))
    if not figures.size or not (np.isfinite(size) & (size > 0)).all():
        return float("nan")
    correlation = covariance / np.outer(size, size)
    if np.linalg.eigvalsh(correlation)[0] < SINGULAR:
        return float("nan")
    scaled = figures / size
    return float(scaled @ np.linalg.solve(correlation, scaled))
