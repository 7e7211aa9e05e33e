"""What a plan is made from: which released indicators say where, when and with what."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Outreach"]

MINIMUM = 100


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
