"""Sentences about the platforms that reach an audience, as strong as the tests allow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.report.bases import limit_figure
from socialpoll.report.blocks import Figure, Interval, Message, Phrase, Value
from socialpoll.report.marks import MARKED_REVISED
from socialpoll.report.outreach.goal import allowed, asked_share

if TYPE_CHECKING:
    from socialpoll.audience import AudiencePlan, Loss, Reached, Step
    from socialpoll.report.outreach.material import Planned

__all__ = ["additions", "best_choice", "changed_by", "interval_of", "losses", "reach_of", "verdict"]

ORDINALS = (
    Message("a second platform"),
    Message("a third platform"),
    Message("a fourth platform"),
    Message("a fifth platform"),
    Message("a sixth platform"),
    Message("a seventh platform"),
    Message("an eighth platform"),
    Message("a ninth platform"),
    Message("a tenth platform"),
)
SECOND = 2


def reach_of(planned: Planned, reached: Reached, audience: AudiencePlan) -> Figure:
    """Return the expected reach of a set of platforms as it is displayed."""
    revised = planned.set_of(reached, audience).status == MARKED_REVISED
    return Figure(reached.expected, "percent", 1, MARKED_REVISED if revised else "")


def interval_of(reached: Reached) -> Interval:
    """Return the interval of the expected reach as it is displayed."""
    return Interval(reached.low, reached.high, "percent")


def changed_by(amount: float) -> Figure:
    """Return what is added or lost, in percentage points."""
    return Figure(amount, "points", 1)


def best_choice(planned: Planned, audience: AudiencePlan) -> Message | None:
    """Return which platforms reach an audience, as a clause; None where there is no advice."""
    chosen, rival = audience.chosen, audience.rival
    if chosen is None:
        return None
    values: dict[str, Value] = {
        "platforms": _together(planned, chosen),
        "share": _with_interval(planned, chosen, audience),
        "allowed": allowed(planned, chosen),
    }
    places = [planned.set_of(chosen, audience).place]
    if audience.first is None:
        key = Message("the potential reach of {platforms} is {share}")
    elif audience.first:
        key = Message(
            "the potential reach of {platforms} is {share}, significantly larger than that of any "
            "other choice {allowed}"
        )
    elif rival is None:
        key = Message(
            "the potential reach of {platforms} is {share}, among the largest of any choice "
            "{allowed}"
        )
    else:
        places.append(planned.set_of(rival, audience).place)
        values["rival"] = _together(planned, rival)
        values["other"] = reach_of(planned, rival, audience)
        key = Message(
            "the potential reach of {platforms} is {share}, among the largest of any choice "
            "{allowed}; it does not differ to a statistically significant degree from that of "
            "{rival} ({other})"
        )
    return replace(key, values=values, rows=tuple(places))


def verdict(planned: Planned, audience: AudiencePlan) -> Iterator[Phrase]:
    """Yield whether the goal is reached, what the choice costs, and what no choice exceeds."""
    wanted, chosen = planned.plan.purpose.reach, audience.chosen
    if wanted is not None and audience.verdict:
        values: dict[str, Value] = {"share": asked_share(wanted)}
        yield {
            "met": Message("The potential reach is at least {share}, as the goal asks.", values),
            "open": Message(
                "It is open whether the potential reach is at least {share}, as the goal asks: the "
                "confidence interval extends below that.",
                values,
            ),
            "missed": Message(
                "The potential reach falls short of the {share} that the goal asks for.", values
            ),
        }[audience.verdict]
    if chosen is not None and chosen.cost is not None:
        yield Message("The cost of this choice is {number}.", {"number": limit_figure(chosen.cost)})
    if audience.at_most is not None:
        yield Message(
            "Not all choices could be examined; none of them reaches more than {share}.",
            {"share": Figure(audience.at_most, "percent", 1)},
        )


def additions(planned: Planned, audience: AudiencePlan) -> Message | None:
    """Say what the best choice gains from one platform more; None where nothing is known."""
    steps = [one for one in audience.steps if one.gain is not None]
    if not steps:
        return None
    return Message(
        "Beyond the best single platform, {parts}.",
        {"parts": tuple(map(_addition, steps))},
        rows=tuple(planned.set_of(one.reached, audience).place for one in audience.steps),
    )


def losses(planned: Planned, audience: AudiencePlan) -> Iterator[Message]:
    """Yield what the chosen set would lose without each of its platforms."""
    chosen = audience.chosen
    if chosen is None or len(chosen.options) < SECOND:
        return
    rows = (planned.set_of(chosen, audience).place,)
    falls = tuple(_loss(planned, one) for one in audience.losses if one.tells is not False)
    holds = tuple(planned.platform(one.option) for one in audience.losses if one.tells is False)
    if falls:
        yield Message(
            "Leaving out one of them would lower potential reach: {parts}.",
            {"parts": falls},
            rows=rows,
        )
    if holds:
        yield Message(
            "Leaving out {platforms:or} alone would not lower potential reach to a statistically "
            "significant degree.",
            {"platforms": holds},
            rows=rows,
        )


def _addition(step: Step) -> Phrase:
    place = len(step.reached.options) - SECOND
    ordinal = (
        ORDINALS[place]
        if place < len(ORDINALS)
        else Message("platform number {number}", {"number": place + SECOND})
    )
    values: dict[str, Value] = {"platform": ordinal, "gain": changed_by(step.gain or 0.0)}
    if step.tells is None:
        return Message("{platform} adds {gain} (not tested)", values)
    if step.tells:
        return Message("{platform} adds {gain}", values)
    return Message("{platform} adds no statistically significant share", values)


def _loss(planned: Planned, loss: Loss) -> Phrase:
    values: dict[str, Value] = {
        "platform": planned.platform(loss.option),
        "loss": changed_by(loss.loss),
    }
    if loss.tells is None:
        return Message("by {loss} without {platform} (not tested)", values)
    return Message("by {loss} without {platform}", values)


def _together(planned: Planned, reached: Reached) -> Phrase:
    """Return the platforms of a set, as they stand after a preposition."""
    platforms = planned.platforms(reached)
    if len(platforms) == 1:
        return platforms[0]
    return Message("{platforms} together", {"platforms": platforms})


def _with_interval(planned: Planned, reached: Reached, audience: AudiencePlan) -> Value:
    figure, level = reach_of(planned, reached, audience), planned.material.level(planned.reach)
    if level is None or reached.low is None or reached.high is None:
        return figure
    return Message(
        "{share} ({level} confidence interval: {interval})",
        {"share": figure, "level": level, "interval": interval_of(reached)},
    )
