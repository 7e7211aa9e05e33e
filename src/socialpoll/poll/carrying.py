"""The stages of a poll that lead to what may be shown, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.disclosure.known_groups import refuse_small_groups
from socialpoll.poll.gathering import Answers, answers_of, weights_of
from socialpoll.poll.stages import estimated, released
from socialpoll.weighting import known_sums

if TYPE_CHECKING:
    from socialpoll.disclosure import Release
    from socialpoll.indicators import Estimates
    from socialpoll.plugins import PluginHost
    from socialpoll.poll.poll import Poll
    from socialpoll.weighting import Waves, Weights

__all__ = ["Carried", "carried_out"]


@dataclass(frozen=True, eq=False)
class Carried:
    """What came of each stage; the next step, composing, has been announced."""

    answers: Answers
    weights: Weights | Waves
    estimates: tuple[Estimates, ...]
    release: Release


def carried_out(poll: Poll, steps: Iterator[str], host: PluginHost) -> Carried:
    """Carry out the stages up to the release, and announce each before it begins."""
    next(steps)
    answers = answers_of(poll, host)
    next(steps)
    weights = weights_of(poll, answers)
    refuse_small_groups(known_sums(weights), poll.publication.fewest)
    next(steps)
    estimates = estimated(poll, weights)
    next(steps)
    release = released(poll, estimates, host)
    next(steps)
    return Carried(answers, weights, estimates, release)
