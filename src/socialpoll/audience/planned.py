"""The plan: for each audience what reaches it, when, with what, and how sure that is.

The *potential reach* of a set of platforms is the unduplicated share of an audience that uses one
of them at least: whoever uses two counts once. To use a platform is not yet to be reached by what
is published there, so it says how many can be reached at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from socialpoll.audience.declared import Outreach
from socialpoll.audience.platforms import Loss, Reached, Shared, Step
from socialpoll.audience.tabulating import tabulated
from socialpoll.errors import AudienceError, Problem, nearest
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "AudiencePlan",
    "Leading",
    "OutreachPlan",
    "Preferred",
    "Purpose",
    "Refusal",
    "Verdict",
]

Refusal: TypeAlias = Literal[
    "", "suppressed", "small base", "nobody", "low reliability", "no precision"
]
"""Why an audience gets no advice; empty where it does."""
Verdict: TypeAlias = Literal["", "met", "open", "missed"]
"""Whether the reach that was asked for is had: the whole interval is above it, holds it, or is
below; empty where none was asked for or nothing is known of precision."""


@dataclass(frozen=True, kw_only=True)
class Purpose:
    """What platforms were chosen for, as :class:`socialpoll.Goal` declared it.

    Attributes
    ----------
    size : int or None
        At most so many.
    reach : float or None
        The share that is to be reached.
    budget : float or None
    costs : mapping of str to float
        Of each platform, by its code.
    """

    size: int | None = None
    reach: float | None = None
    budget: float | None = None
    costs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Preferred:
    """A line of an indicator for an audience: a band, a day, a format.

    Attributes
    ----------
    code : str
    share : float
        Of the audience.
    low, high : float or None
        Its confidence interval.
    """

    code: str
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Leading:
    """What comes first for an audience.

    Attributes
    ----------
    first : Preferred
        The line with the largest share; never a missing code, or "none of these".
    beside : tuple of Preferred
        Those that are not told apart from it, the largest share first.
    behind : tuple of Preferred
        All others, the largest share first.
    tested : bool
        Whether all lines are shown and were compared: where not, all others are ``behind`` and
        nothing more can be said than what the shares are.
    base : int or None
        Respondents.
    """

    first: Preferred
    beside: tuple[Preferred, ...] = ()
    behind: tuple[Preferred, ...] = ()
    tested: bool = False
    base: int | None = None

    @property
    def alone(self) -> bool:
        """Whether the first may be called the first."""
        return self.tested and not self.beside


@dataclass(frozen=True, kw_only=True)
class AudiencePlan:
    """The row of one audience.

    Attributes
    ----------
    wave, breakdown, domain : str
        As in the figures; ``_T`` is everybody.
    base : int or None
        Respondents behind the reach.
    caveat : str
        Of the figure of the reach.
    refusal : str
        Why there is no advice; nothing else is there then. ``suppressed``: its figures may not be
        shown, or the set that serves the goal best, or what that was compared with. ``nobody``:
        no respondent of it uses any of the platforms.
    chosen : Reached or None
        The platforms for the goal.
    verdict : str
        Whether the reach that was asked for is had.
    first : bool or None
        Whether the chosen set reaches significantly more than every other that was allowed (where
        the reach that was asked for is had: than every other that costs no more); None where that
        was not tested.
    rival : Reached or None
        The other set from which it is told apart least.
    at_most : float or None
        What no allowed set reaches more than, where not all of them could be looked at.
    steps : tuple of Step
        The best sets of one platform, of two, and so on.
    losses : tuple of Loss
        A platform of the chosen set each, the largest loss first.
    shared : Shared or None
        The set chosen for everybody, in this audience; None for everybody itself, and where that
        set or how it compares may not be told.
    times, days, formats, languages : Leading or None
    times_by_day, times_by_platform : mapping of str to Leading
        By the code of the day or platform.
    """

    wave: str
    breakdown: str
    domain: str
    base: int | None = None
    caveat: str = ""
    refusal: Refusal = ""
    chosen: Reached | None = None
    verdict: Verdict = ""
    first: bool | None = None
    rival: Reached | None = None
    at_most: float | None = None
    steps: tuple[Step, ...] = ()
    losses: tuple[Loss, ...] = ()
    shared: Shared | None = None
    times: Leading | None = None
    days: Leading | None = None
    formats: Leading | None = None
    languages: Leading | None = None
    times_by_day: Mapping[str, Leading] = field(default_factory=dict)
    times_by_platform: Mapping[str, Leading] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class OutreachPlan:
    """How audiences are reached, one row each.

    The reach in it is potential: the unduplicated share of an audience that uses one platform of a
    set at least. To use a platform is not yet to be reached there.

    Attributes
    ----------
    outreach : Outreach
    purpose : Purpose
    audiences : tuple of AudiencePlan
        Everybody first, then the domains of each breakdown, in every wave, as in the figures.
    """

    outreach: Outreach
    purpose: Purpose
    audiences: tuple[AudiencePlan, ...]

    @property
    def frame(self) -> pd.DataFrame:
        """A row an audience: what the plan says of it, but for steps, grids and all but one loss.

        ``platforms`` are codes joined by ``|``; ``reach`` is observed, ``expected`` less the
        ``optimism``, as its limits are; ``loss_of`` is the platform without which most is lost.
        ``times``, ``days``, ``formats`` and ``languages`` are codes of what comes first and of what
        is not told apart from it, with the share of the first and whether it is first alone.
        ``shared_reach`` is what the platforms of everybody reach, as observed, ``shared_loss`` how
        much less that is, and ``shared_tells`` whether significantly. Missing where nothing is
        known or said.
        """
        return tabulated(self.audiences)

    @property
    def advised(self) -> tuple[AudiencePlan, ...]:
        """The groups that get advice: all audiences that do but everybody."""
        several = (one for one in self.audiences if one.chosen is not None)
        return tuple(one for one in several if one.breakdown != TOTAL)

    @property
    def served_alike(self) -> tuple[AudiencePlan, ...]:
        """Those of them whose own set does not reach significantly more than that of everybody.

        The set chosen for everybody is theirs, or was compared with theirs.
        """
        shared = ((one, one.shared) for one in self.advised)
        return tuple(one for one, beside in shared if beside and beside.tells is False)

    def of(self, breakdown: str, domain: str) -> OutreachPlan:
        """Return the plan of everybody and of one group, in all waves.

        Parameters
        ----------
        breakdown, domain : str
            As in the figures.

        Returns
        -------
        OutreachPlan

        Raises
        ------
        AudienceError
            There is no such group in the plan.
        """
        wanted, known = (breakdown, domain), [(a.breakdown, a.domain) for a in self.audiences]
        if wanted not in known:
            names = (f"{one}={code}" for one, code in dict.fromkeys(known))
            problem = Problem(
                "the plan has no such group",
                where="of",
                found=f"{breakdown}={domain}",
                allowed=nearest(f"{breakdown}={domain}", names),
            )
            raise AudienceError("the plan", [problem])
        kept = {wanted, (TOTAL, TOTAL)}
        audiences = (one for one in self.audiences if (one.breakdown, one.domain) in kept)
        return replace(self, audiences=tuple(audiences))
