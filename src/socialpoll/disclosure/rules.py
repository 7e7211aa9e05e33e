"""Reliability rules: which figures are good enough to be shown, and which need a warning."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from socialpoll.errors import ReleaseError

__all__ = ["VERDICTS", "MinBase", "ReliabilityRule", "Row", "Verdict", "respondents"]

Row: TypeAlias = Mapping[str, object]
Verdict: TypeAlias = Literal["publish", "flag", "suppress"]
VERDICTS: tuple[Verdict, ...] = ("publish", "flag", "suppress")
"""From the mildest to the strictest; of several rules the strictest verdict holds."""


class ReliabilityRule(Protocol):
    """A judge of estimates, one row at a time.

    A rule is any callable with a ``name``. It sees the row as a mapping of column to plain value
    (the columns of ``Estimates.frame``) and answers ``"publish"``, ``"flag"`` or ``"suppress"``.
    """

    @property
    def name(self) -> str:
        """Name for the methodology: ``"min_base"``."""
        ...

    def __call__(self, row: Row, /) -> Verdict:
        """Judge one row."""
        ...


def respondents(row: Row) -> int:
    """Count the respondents behind a row: those in the base it was estimated on.

    Parameters
    ----------
    row : mapping
        A row of the estimates. ``n_base`` counts them; a row without it is judged by ``n_answered``
        where its base is ``answered``, else by ``n_asked``.

    Returns
    -------
    int
        0 where the count is not known.

    Examples
    --------
    >>> respondents({"base": "asked", "n_base": 120, "n_answered": 97})
    120
    >>> respondents({"base": "answered", "n_asked": 120, "n_answered": 97})
    97
    """
    fallback = "n_answered" if row["base"] == "answered" else "n_asked"
    count = row["n_base"] if "n_base" in row else row[fallback]
    number = math.nan if count is None else float(str(count))
    return 0 if math.isnan(number) else int(number)


@dataclass(frozen=True, slots=True)
class MinBase:
    """Enough respondents in the base.

    Parameters
    ----------
    minimum : int
        With fewer respondents than this a domain is suppressed.
    flag_below : int
        With fewer than this it is flagged as of low reliability.

    Raises
    ------
    ReleaseError
        A limit is negative, or figures would be flagged only after they are suppressed.

    Examples
    --------
    >>> rule = MinBase(30, flag_below=100)
    >>> [rule({"base": "answered", "n_answered": n}) for n in (29, 30, 99, 100)]
    ['suppress', 'flag', 'flag', 'publish']
    """

    minimum: int = 30
    flag_below: int = 100

    def __post_init__(self) -> None:
        if self.minimum < 0 or self.flag_below < self.minimum:
            raise ReleaseError(
                "the limits of MinBase contradict each other",
                where="MinBase",
                found=f"minimum = {self.minimum}, flag_below = {self.flag_below}",
                allowed="0 <= minimum <= flag_below",
                advice="give flag_below = minimum to flag nothing",
            )

    @property
    def name(self) -> str:
        """The rule's name in the methodology."""
        return "min_base"

    def __call__(self, row: Row, /) -> Verdict:
        """Judge one row by the respondents in its base."""
        count = respondents(row)
        if count < self.minimum:
            return "suppress"
        return "flag" if count < self.flag_below else "publish"
