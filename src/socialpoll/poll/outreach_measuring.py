"""The indicators that a plan of whom to reach is made of, and the plan, from what may be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from socialpoll.audience import Outreach, plan
from socialpoll.indicators import BestReach, Goal, Share, choose, estimate, lead
from socialpoll.poll.declared import OUTREACH, PollOutreach

if TYPE_CHECKING:
    from socialpoll.audience import OutreachPlan
    from socialpoll.disclosure import Release
    from socialpoll.indicators import Estimates
    from socialpoll.indicators.sources import Source
    from socialpoll.poll.poll import Poll

__all__ = ["outreach_estimates", "plan_of", "without_outreach"]


def outreach_estimates(poll: Poll, source: Source) -> tuple[Estimates, ...]:
    """Estimate what a plan is made of, with its choices; nothing where the poll asks for none.

    Draws start from the seed of the poll.
    """
    asked = poll.outreach
    if asked is None:
        return ()
    names, by = _named(asked).indicators, list(asked.audiences)
    best = BestReach(
        asked.platforms, _goal(asked), among=asked.among, base=asked.base, name=names["reach"]
    )
    reached = choose(source, best, by=by, precision=poll.precision, seed=poll.seed or 0)
    if not asked.lines:
        return (reached,)
    shares = [Share(question, name=names[role]) for role, question in asked.lines.items()]
    return reached, lead(estimate(source, shares, by=by, precision=poll.precision))


def plan_of(poll: Poll, released: Release) -> OutreachPlan | None:
    """Make the plan that the poll asks for; AudienceError as of :func:`socialpoll.plan`."""
    return None if poll.outreach is None else plan(released, _named(poll.outreach))


def without_outreach(poll: Poll, released: Release) -> Release:
    """Return a release without the indicators that are measured for the plan alone."""
    if poll.outreach is None:
        return released
    figures, own = released.figures, _named(poll.outreach).indicators.values()
    kept = figures[~figures["indicator"].isin([*own])].reset_index(drop=True)
    return replace(released, figures=kept)


def _named(asked: PollOutreach) -> Outreach:
    """Return the outreach by the names that its indicators have."""
    named: dict[str, Any] = {role: f"{OUTREACH}_{role}" for role in ("reach", *asked.lines)}
    return Outreach(minimum_base=asked.minimum_base, **named)


def _goal(asked: PollOutreach) -> Goal:
    costs = dict(asked.costs) or None
    return Goal(size=asked.size, reach=asked.reach, budget=asked.budget, costs=costs)
