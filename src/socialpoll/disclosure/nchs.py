"""The standards for proportions of the National Center for Health Statistics."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from socialpoll.disclosure.rules import Row, Ruling, number_in, respondents
from socialpoll.errors import ReleaseError
from socialpoll.indicators.intervals import ShareFigures, share_limits
from socialpoll.schema import Text

__all__ = ["Nchs2017"]

LEVEL = 0.95
"""Of the interval that is judged."""
WHOLE = 1e-12
"""So near to 0 or 1, a share is that, but for the order of a sum."""
COMPLEMENT, REVIEW = "complement", "review"
FOOTNOTES: Mapping[str, Text] = MappingProxyType(
    {
        COMPLEMENT: {
            "en": "marked because the share of all others is not reliable enough",
            "ar": "وُسم الرقم لأن نسبة الباقين ليست موثوقة بما يكفي",
        },
        REVIEW: {
            "en": "marked because its precision could not be fully assessed",
            "ar": "وُسم الرقم لتعذّر تقييم دقته تقييماً كاملاً",
        },
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Nchs2017:
    """Shares that meet the data presentation standards of the NCHS.

    A share is suppressed where too few respondents, or too few effective ones, stand behind it, or
    where its interval is too wide, by itself or for so small a share. It is flagged, with a
    footnote, where the share of all others would not pass, and where the standard asks for a
    statistician's review: few degrees of freedom, or a share of 0 or 1. So is a share whose
    precision is not known, though enough respondents stand behind it.

    The interval is that of Korn and Graubard at 95 %, whatever the interval that is published; of
    shares of 0 and 1 the effective respondents are those of unequal weights (Kish). Other figures
    than shares are not judged: the standard is for proportions.

    Parameters
    ----------
    minimum : int
        Respondents, and effective respondents n/deff, below which a share is suppressed.
    max_width : float
        Width of the interval, from 0 to 1, from which on a share is suppressed.
    narrow : float
        Up to this width the interval is not compared with the share.
    max_relative_width : float
        Width of the interval over the share, above which a share is suppressed.
    minimum_df : float
        Degrees of freedom below which a share is flagged.

    Raises
    ------
    ReleaseError
        A limit is negative, or ``narrow`` is beyond ``max_width``.

    References
    ----------
    Parker, J. D. et al. (2017), "National Center for Health Statistics data presentation standards
    for proportions", *Vital and Health Statistics* 2(175).
    Korn, E. L. and Graubard, B. I. (1998), "Confidence intervals for proportions with small
    expected number of positive counts estimated from survey data", *Survey Methodology* 24,
    193-201.

    Examples
    --------
    >>> row = {"statistic": "share", "estimate": 0.472, "se": 0.0349, "df": 56, "base": "answered"}
    >>> Nchs2017()({**row, "n_base": 276, "n_effective": 210.0}).verdict
    'publish'
    >>> Nchs2017()({**row, "n_base": 29, "n_effective": 25.0}).verdict
    'suppress'
    """

    minimum: int = 30
    max_width: float = 0.30
    narrow: float = 0.05
    max_relative_width: float = 1.30
    minimum_df: float = 8

    def __post_init__(self) -> None:
        limits = (self.minimum, self.narrow, self.max_relative_width, self.minimum_df)
        if min(limits) < 0 or self.max_width < self.narrow:
            raise ReleaseError(
                "the limits of Nchs2017 contradict each other",
                where="Nchs2017",
                found=repr(self),
                allowed="no limit below 0, and narrow <= max_width",
            )

    @property
    def name(self) -> str:
        """The rule's name in poll files and in the methodology."""
        return "nchs2017"

    @property
    def footnotes(self) -> Mapping[str, Text]:
        """What is told of a share that is flagged."""
        return FOOTNOTES

    def __call__(self, row: Row, /) -> Ruling:
        """Judge one row; what is no share passes."""
        share = number_in(row, "estimate")
        if row["statistic"] != "share" or math.isnan(share):
            return Ruling("publish")
        figures = _figures_of(row, share)
        if min(respondents(row), _effective(figures)) < self.minimum:
            return Ruling("suppress")
        width = _width(figures)
        if math.isnan(width):
            return Ruling("flag", (REVIEW,))
        p = float(figures.p[0])
        if width >= self.max_width or self._too_wide(width, p):
            return Ruling("suppress")
        told = []
        if self._too_wide(width, 1 - p):
            told.append(COMPLEMENT)
        if p in (0.0, 1.0) or number_in(row, "df") < self.minimum_df:
            told.append(REVIEW)
        return Ruling("flag" if told else "publish", tuple(told))

    def _too_wide(self, width: float, share: float) -> bool:
        """Say whether an interval is too wide for its share; of none there is no relative width."""
        return share > 0 and width > self.narrow and width > self.max_relative_width * share


def _figures_of(row: Row, share: float) -> ShareFigures:
    """Return what the interval is made from, as arrays of one."""
    p = round(share) if min(abs(share), abs(1 - share)) < WHOLE else share
    cases, kish = respondents(row), number_in(row, "n_effective")
    of_one = (p, number_in(row, "se") ** 2, number_in(row, "df"), cases, kish)
    return ShareFigures(*(np.array([one], dtype=np.float64) for one in of_one))


def _effective(figures: ShareFigures) -> float:
    """Return the respondents over the design effect; at most those there are, if it is not known.

    Parker et al. take n itself for shares of 0 and 1, which have no design effect.
    """
    p, variance = float(figures.p[0]), float(figures.variance[0])
    cases, kish = float(figures.cases[0]), float(figures.kish[0])
    if p in (0.0, 1.0) or math.isnan(variance):
        return cases if math.isnan(kish) else kish
    return math.inf if variance == 0 else p * (1 - p) / variance


def _width(figures: ShareFigures) -> float:
    """Return the width of the interval; NaN where there is none."""
    if math.isnan(figures.variance[0]):
        return math.nan
    limits = share_limits(figures, LEVEL, "nchs")
    return float(limits.high[0] - limits.low[0])
