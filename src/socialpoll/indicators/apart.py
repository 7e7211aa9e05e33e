"""How far figures of one domain are apart, and whether that is told: arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.adjusting import adjusted
from socialpoll.indicators.intervals import student, two_sided
from socialpoll.indicators.levelling import ranking_of
from socialpoll.indicators.set_shares import NEGLIGIBLE
from socialpoll.totals import FIXED

__all__ = ["Apart", "Behind", "apart", "behind"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]
ROUNDING = 1e-12
"""Shares that differ by less are the same."""


@dataclass(frozen=True, eq=False)
class Apart:
    """Differences that are tested together; arrays (n,).

    Attributes
    ----------
    difference, se : float64
        The standard error is 0 where the two cannot differ in another sample, and NaN where it is
        not known.
    low, high, p : float64
        Limits and two-sided p value of t; NaN where nothing varies, or is known.
    p_adjusted : float64
        The p values, adjusted together (Holm 1979).
    alike, known : bool
        Whether a difference is not told from none, and whether that is known.
    """

    difference: Floats
    se: Floats
    low: Floats
    high: Floats
    p: Floats
    p_adjusted: Floats
    alike: Truths
    known: Truths

    def at(self, place: int) -> Apart:
        """Return one of them alone, adjusted with the others."""
        here = slice(place, place + 1)
        return Apart(**{one.name: getattr(self, one.name)[here] for one in fields(self)})


class Behind(NamedTuple):
    """Figures less the largest of them.

    Attributes
    ----------
    first : int
        Place of the largest; of those that are level, the one that comes first.
    apart : Apart
        Of level figures the difference is 0.
    """

    first: int
    apart: Apart


def apart(
    figures: Floats, covariance: Floats, pairs: tuple[Places, Places], df: Floats, level: float
) -> Apart:
    """Take the second figures from the first, on their joint covariance, by t (Binder 1983).

    Parameters
    ----------
    figures : float64 array (m,)
    covariance : float64 array (m, m)
        NaN where it is not known.
    pairs : pair of int arrays (n,)
        Places of the first and the second figures.
    df : float64 array (n,)
        Degrees of freedom of each pair.
    level : float
        Of the limits, and 1 less the chance of telling apart what is alike.
    """
    one, other = pairs
    difference = figures[one] - figures[other]
    difference[np.abs(difference) <= ROUNDING] = 0.0
    own = np.diagonal(covariance)
    variance = own[one] + own[other] - 2 * covariance[one, other]
    limit = FIXED * (np.sqrt(own[one]) + np.sqrt(own[other])) ** 2 + NEGLIGIBLE**2
    variance[variance <= limit] = 0.0
    se = np.sqrt(variance)
    varies = se > 0
    t = np.divide(difference, se, out=np.full(se.size, np.nan), where=varies)
    p = np.where(varies, two_sided(t, df), np.nan)
    margin = np.where(varies, student(df, level) * se, np.nan)
    tested = np.isfinite(p)
    holm = np.full(p.size, np.nan)
    holm[tested] = adjusted(p[tested], "holm")
    return Apart(
        difference=difference,
        se=se,
        low=difference - margin,
        high=difference + margin,
        p=p,
        p_adjusted=holm,
        alike=np.where(tested, holm > 1 - level, difference == 0),
        known=tested | (se == 0),
    )


def behind(figures: Floats, se: Floats, covariance: Floats, df: Floats, level: float) -> Behind:
    """Compare figures with the largest of them.

    Parameters
    ----------
    figures, se : float64 array (m,)
        A standard error is 0 where a figure cannot vary, and NaN where it is not known.
    covariance, df, level
        As of :func:`apart`.
    """
    ranking = ranking_of(np.nan_to_num(figures))
    first = int(ranking.order[0])
    settled = figures.copy()
    settled[ranking.order[ranking.rank == 1]] = figures[first]
    pairs = np.arange(figures.size), np.full(figures.size, first)
    return Behind(first, apart(settled, _settled(covariance, se), pairs, df, level))


def _settled(covariance: Floats, se: Floats) -> Floats:
    """Return the covariance with none of figures that cannot vary, and NaN of what is unknown."""
    varies, unknown = se > 0, np.isnan(se)
    found = np.where(varies[:, None] & varies, covariance, 0.0)
    return np.where(unknown[:, None] | unknown, np.nan, found)
