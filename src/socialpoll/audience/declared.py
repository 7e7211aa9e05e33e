"""What a plan is made from: which released indicators say where, when and with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socialpoll.errors import AudienceError, Problem

__all__ = ["GRIDS", "Outreach"]

MINIMUM = 100
PLAIN = ("reach", "times", "days", "formats", "languages")
GRIDS = ("times_by_day", "times_by_platform")
"""Parts whose question is a grid: each of its items has a first time of its own."""


@dataclass(frozen=True, kw_only=True)
class Outreach:
    """Which indicators of a release say how an audience is reached.

    Parameters
    ----------
    reach : str
        The reach of sets of platforms, with their choices (:func:`socialpoll.choose`).
    times : str, optional
        Shares of the bands, or windows, of the day in which an audience is online.
    days : str, optional
        Shares of the days on which it is.
    times_by_day, times_by_platform : str, optional
        Shares of a grid whose items are days, or platforms, and whose options are times.
    formats, languages : str, optional
        Shares of the formats, and of the languages, that it prefers.
    minimum_base : int
        An audience of fewer respondents gets no advice.
    own_sections : bool
        Whether these indicators have sections of their own in a report beside the plan.

    Raises
    ------
    AudienceError
        A smallest base below 1.

    Examples
    --------
    >>> outreach = Outreach(reach="platforms_best_reach", times="busiest")
    >>> dict(outreach.indicators)
    {'reach': 'platforms_best_reach', 'times': 'busiest'}
    """

    reach: str
    times: str | None = None
    days: str | None = None
    times_by_day: str | None = None
    times_by_platform: str | None = None
    formats: str | None = None
    languages: str | None = None
    minimum_base: int = MINIMUM
    own_sections: bool = False

    def __post_init__(self) -> None:
        if self.minimum_base < 1:
            problem = Problem(
                "a smallest base that every audience has",
                where="outreach.minimum_base",
                found=repr(self.minimum_base),
                allowed="1 respondent or more",
            )
            raise AudienceError("the plan", [problem])

    @property
    def indicators(self) -> Mapping[str, str]:
        """The names of its indicators, by what they say."""
        named = {part: getattr(self, part) for part in (*PLAIN, *GRIDS)}
        return {part: name for part, name in named.items() if name is not None}
