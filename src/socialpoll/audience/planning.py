"""From a release to a plan: for each audience what reaches it, and what comes first for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.audience.checking import goal_of, refuse_unanswerable
from socialpoll.audience.declared import Outreach
from socialpoll.audience.leading import leading, leading_by_item, no_answers
from socialpoll.audience.planned import AudiencePlan, Leading, OutreachPlan, Purpose
from socialpoll.audience.reaching import (
    losses_of,
    reached_by,
    rival_of,
    shared_of,
    steps_of,
    verdict_of,
)
from socialpoll.audience.reading import Audience, Line, Tellings, Told, read
from socialpoll.audience.refusing import base_of, refusal_of
from socialpoll.indicators.choices import CHOSEN
from socialpoll.schema import TOTAL

if TYPE_CHECKING:
    from socialpoll.disclosure import Release
    from socialpoll.schema import FactValue

__all__ = ["plan"]


def plan(release: Release, outreach: Outreach) -> OutreachPlan:
    """Plan whom to reach, where, when and with what, from released figures and nothing else.

    Nothing is said that the release does not tell: of an audience whose figures are hidden, rest
    on few respondents or are of low reliability there is a refusal in place of advice, and what
    was not tested is not called the first.

    Parameters
    ----------
    release : Release
        With the indicators that the outreach names; the reach estimated by
        :func:`socialpoll.choose`, what comes first by :func:`socialpoll.lead`.
    outreach : Outreach

    Returns
    -------
    OutreachPlan
        An audience for everybody and for each domain of the reach, in every wave, in the order of
        the figures.

    Raises
    ------
    AudienceError
        Indicators that the release does not have, that are not of shares, or of a grid where one
        question is wanted and the other way round; a reach whose sets were not chosen.

    See Also
    --------
    choose : Chooses the platforms.

    lead : Tells which line comes first.
    """
    refuse_unanswerable(release, outreach)
    sources = _Sources(
        outreach=outreach,
        purpose=_purpose(release.methodology.fact(*goal_of(outreach.reach)) or {}),
        tellings=read(release, dict.fromkeys(outreach.indicators.values())),
        asides=_asides(release, outreach),
    )
    reach = sources.tellings[outreach.reach]
    audiences = tuple(_audience(sources, *one) for one in reach.items())
    return OutreachPlan(outreach=outreach, purpose=sources.purpose, audiences=audiences)


class _Sources(NamedTuple):
    """What the plans of all audiences are made from."""

    outreach: Outreach
    purpose: Purpose
    tellings: Tellings
    asides: Mapping[str, frozenset[str]]

    def told(self, part: str, audience: Audience) -> Told:
        """Return what is told of a part of the outreach; nothing where it is not measured."""
        name = self.outreach.indicators.get(part)
        return Told() if name is None else self.tellings[name].get(audience, Told())

    def everybody(self, wave: str) -> Line | None:
        """Return the set of platforms chosen for everybody; None where there is no advice."""
        told = self.told("reach", Audience(wave, TOTAL, TOTAL))
        if refusal_of(told, self.outreach.minimum_base):
            return None
        return next((one.line for one in told.of(CHOSEN)), None)

    def first(self, part: str, audience: Audience) -> Leading | None:
        """Return what comes first of an indicator of one question."""
        aside = self.asides.get(part, frozenset())
        return leading(self.told(part, audience), aside, self.outreach.minimum_base)

    def first_by_item(self, part: str, audience: Audience) -> Mapping[str, Leading]:
        """Return what comes first of each item of a grid."""
        aside = self.asides.get(part, frozenset())
        return leading_by_item(self.told(part, audience), aside, self.outreach.minimum_base)


def _asides(release: Release, outreach: Outreach) -> Mapping[str, frozenset[str]]:
    """Return the codes that never come first, by part of the outreach."""
    figures = release.figures.drop_duplicates("indicator")
    questions = dict(zip(figures["indicator"], figures["question"], strict=True))
    return {
        part: no_answers(release.questionnaire, str(questions[name]))
        for part, name in outreach.indicators.items()
    }


def _purpose(goal: Mapping[str, FactValue]) -> Purpose:
    """Read a goal as the account of the indicators has it."""
    size, reach, budget = (goal.get(name) for name in ("size", "reach", "budget"))
    costs = goal.get("costs")
    parted = [one.rpartition("=") for one in costs] if isinstance(costs, tuple) else []
    return Purpose(
        size=int(size) if isinstance(size, int | float) else None,
        reach=float(reach) if isinstance(reach, int | float) else None,
        budget=float(budget) if isinstance(budget, int | float) else None,
        costs={code: float(cost) for code, _, cost in parted},
    )


def _audience(sources: _Sources, audience: Audience, told: Told) -> AudiencePlan:
    """Plan one audience; where there is no advice, tell why and how many respondents there are."""
    refusal = refusal_of(told, sources.outreach.minimum_base)
    chosen = next(iter(told.of(CHOSEN)), None)
    figure = None if chosen is None else told.figure(chosen.line)
    bare = AudiencePlan(
        **audience._asdict(),
        base=base_of(told.figures),
        caveat="" if figure is None else figure.caveat,
        refusal=refusal,
    )
    if refusal or chosen is None or figure is None:
        return bare
    reached = reached_by(figure, chosen.optimism, chosen.cost)
    everybody = None if audience.breakdown == TOTAL else sources.everybody(audience.wave)
    return replace(
        bare,
        chosen=reached,
        verdict=verdict_of(reached, figure, sources.purpose),
        first=chosen.tells,
        rival=rival_of(told, chosen, sources.purpose),
        at_most=chosen.at_most,
        steps=steps_of(told),
        losses=losses_of(told),
        shared=shared_of(told, chosen, everybody),
        times=sources.first("times", audience),
        days=sources.first("days", audience),
        formats=sources.first("formats", audience),
        languages=sources.first("languages", audience),
        times_by_day=sources.first_by_item("times_by_day", audience),
        times_by_platform=sources.first_by_item("times_by_platform", audience),
    )
