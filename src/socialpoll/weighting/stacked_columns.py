"""Columns of several waves under one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from socialpoll.responses import (
    Categorical,
    Clock,
    Column,
    Days,
    Numeric,
    Pointed,
    Repeats,
    Responses,
    Ticks,
    Words,
)

__all__ = ["column_of", "flagged_in", "outcome_in", "repeats_in"]


def column_of(parts: Sequence[Column]) -> Column:
    """Return the answers of all waves to a question that is the same in all."""
    first = parts[0]
    states = [one.position if isinstance(one, Categorical) else one.state for one in parts]
    state: npt.NDArray[np.int16] = np.concatenate(states).astype(np.int16)
    match first:
        case Clock():
            minutes = [one.minutes for one in parts if isinstance(one, Clock)]
            return replace(first, position=state, minutes=np.concatenate(minutes))
        case Categorical():
            return replace(first, position=state)
        case Ticks():
            ticked = [one.ticked for one in parts if isinstance(one, Ticks)]
            together = np.asfortranarray(np.concatenate(ticked))
            return replace(first, ticked=together, state=state.astype(np.int8))
        case Days():
            days = [one.day for one in parts if isinstance(one, Days)]
            return replace(first, day=np.concatenate(days), state=state.astype(np.int8))
        case Words():
            words = [one.words for one in parts if isinstance(one, Words)]
            return replace(first, words=np.concatenate(words), state=state.astype(np.int8))
        case Numeric():
            values = [one.values for one in parts if isinstance(one, Numeric)]
            return replace(first, values=np.concatenate(values), state=state.astype(np.int8))


def flagged_in(parts: Sequence[Responses]) -> dict[str, npt.NDArray[np.bool_]]:
    """Return the cases that findings of each rule concern, in whichever wave."""
    rules = dict.fromkeys(rule for part in parts for rule in part.flagged)
    none = [np.zeros(len(part), dtype=np.bool_) for part in parts]
    return {
        rule: np.concatenate(
            [part.flagged.get(rule, nobody) for part, nobody in zip(parts, none, strict=True)]
        )
        for rule in rules
    }


def outcome_in(parts: Sequence[Responses]) -> npt.NDArray[np.int8] | None:
    """Return what became of every case; None where not all waves tell."""
    known = [part.outcome for part in parts if part.outcome is not None]
    return np.concatenate(known) if len(known) == len(parts) else None


def repeats_in(parts: Sequence[Responses]) -> Repeats | None:
    """Return what rows stand for; None where every row of every wave is a case."""
    if all(part.repeats is None for part in parts):
        return None
    several = [part.repeats or _of_cases(part.base_weight) for part in parts]
    return Repeats(
        np.concatenate([one.times for one in several]),
        np.concatenate([one.dispersion for one in several]),
        np.concatenate([one.least for one in several]),
        np.concatenate([one.most for one in several]),
        waves=tuple(parts),
        points=Pointed.stacked([(one.times.size, one.points) for one in several]),
    )


def _of_cases(weight: npt.NDArray[np.float64]) -> Repeats:
    """Return cases as combinations of one each."""
    return Repeats(np.ones(weight.size, dtype=np.int64), np.zeros(weight.size), weight, weight)
