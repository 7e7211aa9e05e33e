"""The bands of the coefficient of variation by which Statistics Canada releases estimates."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from socialpoll.disclosure.rounding import round_half_away
from socialpoll.disclosure.rules import Row, Ruling, number_in
from socialpoll.errors import ReleaseError
from socialpoll.schema import Text

__all__ = ["StatCan"]

DECIMALS = 3
"""Of a coefficient of variation from 0 to 1: the bands are told in tenths of a per cent."""
WITHOUT_NATURAL_ZERO = ("circular_mean", "concentration")
UNKNOWN = "unknown"
FOOTNOTES: Mapping[str, Text] = MappingProxyType(
    {
        UNKNOWN: {
            "en": "marked because its coefficient of variation is not known",
            "ar": "وُسم الرقم لأن معامل اختلافه غير معروف",
        }
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatCan:
    """Figures whose coefficient of variation is within the bands of Statistics Canada.

    Up to 16.5 % a figure is acceptable, up to 33.3 % it is marginal and flagged, beyond that it is
    unacceptable and suppressed. The coefficient is compared in tenths of a per cent, as the bands
    are told: 16.54 % is acceptable, 16.55 % is marginal.

    Shares are judged by the same bands, as in the user guides of the agency's surveys, each by its
    own coefficient: a small share may be refused while that of all others passes. A figure without
    a coefficient, such as a share of 0, cannot be graded: it is flagged, with a footnote. Times of
    day, concentrations and mean scores have no natural zero and are not judged.

    Parameters
    ----------
    marginal : float
        Coefficient of variation, from 0 to 1, above which a figure is flagged.
    unacceptable : float
        Above this it is suppressed.

    Raises
    ------
    ReleaseError
        A limit is negative, or figures would be flagged only after they are suppressed.

    References
    ----------
    Statistics Canada (2009), *Canadian Community Health Survey (CCHS), Annual component: user
    guide, microdata files*, section 10, "Guidelines for tabulation, analysis and release":
    acceptable (0.0 to 16.5 %), marginal (16.6 to 33.3 %), unacceptable (over 33.3 %).

    Examples
    --------
    >>> row = {"statistic": "share", "unit": "share"}
    >>> [StatCan()({**row, "cv": cv}).verdict for cv in (0.165, 0.166, 0.333, 0.334)]
    ['publish', 'flag', 'flag', 'suppress']
    """

    marginal: float = 0.165
    unacceptable: float = 0.333

    def __post_init__(self) -> None:
        if self.marginal < 0 or self.unacceptable < self.marginal:
            raise ReleaseError(
                "the bands of StatCan contradict each other",
                where="StatCan",
                found=f"marginal = {self.marginal}, unacceptable = {self.unacceptable}",
                allowed="0 <= marginal <= unacceptable",
                advice="write them as parts of 1: 16.5 % is 0.165",
            )

    @property
    def name(self) -> str:
        """The rule's name in poll files and in the methodology."""
        return "statcan"

    @property
    def footnotes(self) -> Mapping[str, Text]:
        """What is told of a figure that cannot be graded."""
        return FOOTNOTES

    def __call__(self, row: Row, /) -> Ruling:
        """Judge one row by its coefficient of variation."""
        if row["statistic"] in WITHOUT_NATURAL_ZERO or row["unit"] == "score":
            return Ruling("publish")
        cv = float(round_half_away([number_in(row, "cv")], DECIMALS)[0])
        if math.isnan(cv):
            return Ruling("flag", (UNKNOWN,))
        if cv > self.unacceptable:
            return Ruling("suppress")
        return Ruling("flag" if cv > self.marginal else "publish")
