"""How far the figures of a domain are behind the largest of them, and what tells them apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.adjusting import adjusted
from socialpoll.indicators.intervals import t_limits, two_sided
from socialpoll.indicators.levelling import ranking_of, variances_apart

__all__ = ["Behind", "behind"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Behind:
    """Figures less the largest of them; arrays (n,).

    Attributes
    ----------
    first : int
        Place of the largest; of those that are level, the one that comes first.
    difference, se : float64
        Of level figures 0. The standard error is 0 where the two cannot differ in another sample,
        and NaN where it is not known.
    low, high, p : float64
        Limits and two-sided p value of t; NaN where nothing varies, or is known.
    p_adjusted : float64
        The p values, adjusted together (Holm 1979).
    alike, known : bool
        Whether the figure is not told apart from the largest, and whether that is known.
    """

    first: int
    difference: Floats
    se: Floats
    low: Floats
    high: Floats
    p: Floats
    p_adjusted: Floats
    alike: Truths
    known: Truths


def behind(figures: Floats, se: Floats, covariance: Floats, df: Floats, level: float) -> Behind:
    """Compare figures with the largest of them on their joint covariance (Binder 1983).

    Parameters
    ----------
    figures, se : float64 array (n,)
        A standard error is 0 where a figure cannot vary, and NaN where it is not known.
    covariance : float64 array (n, n)
        Of the figures, jointly.
    df : float64 array (n,)
        Degrees of freedom.
    level : float
        Of the limits, and 1 less the chance of telling apart what is alike.
    """
    ranking = ranking_of(np.nan_to_num(figures))
    first, level_ones = int(ranking.order[0]), ranking.order[ranking.rank == 1]
    difference = figures - figures[first]
    difference[level_ones] = 0.0 * np.abs(difference[level_ones])
    variance = variances_apart(_settled(covariance, se), first)
    varies = variance > 0
    apart = np.sqrt(variance)
    limits = t_limits(difference, np.where(varies, variance, np.nan), df, level)
    p = np.full(figures.size, np.nan)
    p[varies] = two_sided(difference[varies] / apart[varies], df[varies])
    holm = np.full(figures.size, np.nan)
    holm[~np.isnan(p)] = adjusted(p[~np.isnan(p)], "holm")
    return Behind(
        first=first,
        difference=difference,
        se=apart,
        low=limits.low,
        high=limits.high,
        p=p,
        p_adjusted=holm,
        alike=(holm > 1 - level) | (difference == 0),
        known=~np.isnan(p) | (apart == 0),
    )


def _settled(covariance: Floats, se: Floats) -> Floats:
    """Return the covariance with none of figures that cannot vary, and NaN of what is unknown."""
    varies, unknown = se > 0, np.isnan(se)
    found = np.where(varies[:, None] & varies, covariance, 0.0)
    return np.where(unknown[:, None] | unknown, np.nan, found)
