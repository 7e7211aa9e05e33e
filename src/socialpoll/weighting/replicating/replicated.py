"""From the estimates of replicates to their covariance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.weighting.replicating.multipliers import Copies

__all__ = ["MOST_FAILED", "centred", "variance"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
MOST_FAILED = 0.01
"""Share of the replicates that may fail."""


def centred(
    estimates: Floats, full: Floats, copies: Copies, failed: Truths | None = None
) -> Floats:
    """Return deviations D of the replicates, such that D'D is the covariance.

    Where replicates failed, their squared deviations are taken to be the average of the others',
    weighted by rscales: the sum over those that are left is multiplied by Σ rscales over all,
    divided by Σ rscales over those left. For the bootstrap that is 1 / R of those left, for
    methods of equal rscales the usual scale times R / (R left).

    A figure that is not a number in some replicates, as in those where nobody of a small domain is
    left, is left out of these alone, by the same rule; other figures keep them.

    Parameters
    ----------
    estimates : float64 array (R, m)
        Of each replicate; rows of those that failed are not read.
    full : float64 array (m,)
        Of the full sample.
    copies : Copies
    failed : bool array (R,), optional
        Replicates whose weights could not be made.

    Returns
    -------
    float64 array (R, m)
        Times √(scale · rscales); rows of replicates that failed are 0. Columns that are not a
        number in more than 1 % of the replicates are not a number.

    Raises
    ------
    WeightingError
        More than 1 % of the replicates failed, or all that count.
    """
    left = np.ones(copies.replicates, dtype=bool) if failed is None else ~failed
    rscales = copies.rscales
    _require_most(left, some=bool((rscales[left] > 0).any()))
    counted = left & (rscales > 0)
    used = estimates[counted]
    known = np.isfinite(used)
    factor = np.where(known, rscales[counted][:, None], 0.0)
    without = np.count_nonzero(~left) + np.count_nonzero(~known, axis=0)
    lost = (without > MOST_FAILED * left.size) & ~known.all(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.where(known, used, 0.0).sum(axis=0) / known.sum(axis=0)
        scale = copies.scale * rscales.sum() / factor.sum(axis=0)
    apart = np.where(known, used - (full if copies.mse else centre), 0.0)
    out = np.zeros(estimates.shape)
    out[counted] = np.where(lost, np.nan, apart * np.sqrt(np.where(lost, 0.0, scale) * factor))
    return out


def variance(
    estimates: Floats, full: Floats, copies: Copies, failed: Truths | None = None
) -> Floats:
    """Return the covariance of estimates, scale · Σ rscales_r (θ_r - c) (θ_r - c)'.

    Parameters
    ----------
    estimates, full, copies, failed
        As of :func:`centred`.

    Returns
    -------
    float64 array (m, m)

    Raises
    ------
    WeightingError
        More than 1 % of the replicates failed.
    """
    deviations = centred(estimates, full, copies, failed)
    return np.asarray(deviations.T @ deviations)


def _require_most(left: Truths, *, some: bool) -> None:
    lost = int(np.count_nonzero(~left))
    if lost > MOST_FAILED * left.size or not some:
        raise WeightingError(
            "too many replicates could not be used",
            where="replication",
            found=f"{lost} of {left.size}",
            allowed=f"{MOST_FAILED:.0%} at most",
            advice="merge small categories, so that every replicate has cases in them, or use "
            "another method",
        )
