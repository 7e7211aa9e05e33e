"""How far figures of one domain are apart, and whether that is told: arrays in, arrays out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.adjusting import adjusted
from socialpoll.indicators.intervals import student
from socialpoll.indicators.sampled import t_tails
from socialpoll.indicators.set_shares import NEGLIGIBLE
from socialpoll.totals import FIXED

__all__ = ["Apart", "apart"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
ROUNDING = 1e-12
"""Shares that differ by less are the same."""


@dataclass(frozen=True, eq=False)
class Apart:
    """Differences that are tested together; arrays (n,).

    Attributes
    ----------
    difference, se, low, high, p, p_adjusted : float64
        NaN where they are not known; no p where a difference cannot vary.
    alike : list of bool or None
        Whether a difference is not told from none; None where it could not be tested.
    """

    difference: Floats
    se: Floats
    low: Floats
    high: Floats
    p: Floats
    p_adjusted: Floats
    alike: list[bool | None]

    def at(self, place: int) -> Apart:
        """Return one of them alone, adjusted with the others."""
        here = slice(place, place + 1)
        return Apart(
            self.difference[here],
            self.se[here],
            self.low[here],
            self.high[here],
            self.p[here],
            self.p_adjusted[here],
            self.alike[here],
        )


def apart(
    figures: Floats, covariance: Floats, pairs: tuple[Places, Places], df: float, level: float
) -> Apart:
    """Take the second figures from the first, on their joint covariance, by t.

    Parameters
    ----------
    figures : float64 array (m,)
    covariance : float64 array (m, m)
    pairs : pair of int arrays (n,)
        Places of the first and the second figures.
    df : float
    level : float
        The p values are adjusted together (Holm 1979); at 1 - level differences are told.
    """
    one, other = pairs
    difference = figures[one] - figures[other]
    own = np.diagonal(covariance)
    variance = own[one] + own[other] - 2 * covariance[one, other]
    limit = FIXED * (np.sqrt(own[one]) + np.sqrt(own[other])) ** 2 + NEGLIGIBLE**2
    variance[variance <= limit] = 0.0
    difference[np.abs(difference) <= ROUNDING] = 0.0
    se = np.sqrt(variance)
    varies = se > 0
    t = np.divide(difference, se, out=np.full(se.size, np.nan), where=varies)
    p = t_tails(t, df)
    margin = np.where(varies, student(np.array([df]), level)[0] * se, np.nan)
    tested = np.isfinite(p)
    holm = np.full(p.size, np.nan)
    holm[tested] = adjusted(p[tested], "holm")
    alike = [
        bool(corrected > 1 - level) if known else (None if spread != 0 else bool(value == 0))
        for corrected, known, spread, value in zip(holm, tested, se, difference, strict=True)
    ]
    low, high = difference - margin, difference + margin
    return Apart(difference, se, low, high, p, holm, alike)
