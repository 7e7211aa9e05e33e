"""From the estimates of replicates to their covariance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import WeightingError
from socialpoll.weighting.multipliers import Copies

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
        Times √(scale · rscales); rows of replicates that failed are 0. Columns with an estimate
        that is not a number are not a number.

    Raises
    ------
    WeightingError
        More than 1 % of the replicates failed, or all that count.
    """
    left = np.ones(copies.replicates, dtype=bool) if failed is None else ~failed
    factor = np.where(left, copies.rscales, 0.0)
    counted = factor > 0
    _require_most(left, some=bool(counted.any()))
    used = estimates[counted]
    centre = full if copies.mse else used.mean(axis=0)
    scale = copies.scale * copies.rscales.sum() / factor.sum()
    out = np.zeros(estimates.shape)
    out[counted] = (used - centre) * np.sqrt(scale * factor[counted])[:, None]
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
            "weighting failed in too many replicates",
            where="replication",
            found=f"{lost} of {left.size}",
            allowed=f"{MOST_FAILED:.0%} at most",
            advice="merge small levels of the margins, so that every replicate has cases in them, "
            "or use another method",
        )
