"""The kernel of trimming: limits on the weight of a copy, and what becomes of what is cut off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Limits", "Trimmed", "limits_of", "trimmed"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]
MOST_ROUNDS = 1000
ROUNDING = 1e-12
"""A weight beyond its limit by less than this part of it is at the limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The weights that no copy of a case may be below or above; infinite without a limit."""

    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Trimmed:
    """Weights held at limits.

    Attributes
    ----------
    weights : float64 array (n,)
    held : bool array (n,)
        Cases at a limit that were beyond it, or came to be.
    sound : bool
        False where all cases of a class that was to take what was cut off are held themselves.
    """

    weights: Floats
    held: Truths
    sound: bool


def limits_of(
    rule: str, lower: float | None, upper: float | None, weights: Floats, copies: Floats
) -> Limits:
    """Return the limits that a rule sets.

    Parameters
    ----------
    rule : {"weight", "median_iqr", "percentile", "ratio_to_mean"}
    lower, upper : float or None
        In the terms of the rule.
    weights, copies : float64 array (n,)
        Cases of weight 0 do not count; a case of two copies counts as two of half its weight.

    Notes
    -----
    Percentiles are those of R's default (Hyndman & Fan 1996, type 7), of the copies.
    """
    counted = (weights > 0) & (copies > 0)
    each, count = weights[counted] / copies[counted], copies[counted]
    of_rule: dict[str, Callable[[float, float], float]] = {
        "weight": lambda limit, _sign: limit,
        "median_iqr": lambda limit, sign: _median_iqr(each, count, sign * limit),
        "percentile": lambda limit, _sign: _percentile(each, count, limit / 100),
        "ratio_to_mean": lambda limit, _sign: limit * float(each @ count / count.sum()),
    }
    make = of_rule[rule]
    low = -np.inf if lower is None else make(lower, -1.0)
    high = np.inf if upper is None else make(upper, 1.0)
    return Limits(float(low), float(high))


def trimmed(
    weights: Floats,
    copies: Floats,
    limits: Limits,
    sharing: str,
    group: npt.NDArray[np.integer],
) -> Trimmed:
    """Hold weights at limits, and share out what was cut off within groups.

    Parameters
    ----------
    weights, copies : float64 array (n,)
    limits : Limits
        Of the weight of one copy.
    sharing : {"proportional", "additive", "additive_strict", "none"}
        ``additive`` is R's ``trimWeights``: once, so that cases may be lifted beyond a limit.
    group : int array (n,)
        Groups whose sums of weights stay.

    Returns
    -------
    Trimmed
    """
    counted = weights > 0
    each = np.divide(weights, copies, out=np.zeros_like(weights), where=counted)
    size = int(group.max(initial=-1)) + 1
    held = counted & _beyond(each, limits)
    at = np.clip(each, limits.low, limits.high)
    if sharing == "none":
        return Trimmed(np.where(held, copies * at, weights), held, sound=True)
    made, sound = weights, True
    for _ in range(MOST_ROUNDS):
        free = counted & ~held
        cut = np.bincount(group, np.where(held, weights - copies * at, 0.0), size)
        base = weights if sharing == "proportional" else np.where(counted, copies, 0.0)
        takes = np.bincount(group, np.where(free, base, 0.0), size)
        sound = bool((takes[np.abs(cut) > 0] > 0).all())
        part = np.divide(cut, takes, out=np.zeros_like(cut), where=takes > 0)
        made = np.where(held, copies * at, weights + np.where(free, base * part[group], 0.0))
        now = np.divide(made, copies, out=np.zeros_like(made), where=counted)
        more = free & _beyond(now, limits)
        if sharing == "additive" or not more.any() or not sound:
            break
        held = held | more
        at = np.where(more, np.clip(now, limits.low, limits.high), at)
    return Trimmed(made, held, sound)


def _beyond(each: Floats, limits: Limits) -> Truths:
    return np.asarray((each > limits.high * (1 + ROUNDING)) | (each < limits.low * (1 - ROUNDING)))


def _median_iqr(each: Floats, count: Floats, times: float) -> float:
    quarter, half, three = (_percentile(each, count, p) for p in (0.25, 0.5, 0.75))
    return half + times * (three - quarter)


def _percentile(each: Floats, count: Floats, p: float) -> float:
    """Return a percentile of values that are there ``count`` times."""
    order = np.argsort(each, kind="stable")
    last = np.cumsum(count[order])
    place = p * max(float(last[-1]) - 1, 0.0)
    below = np.floor(place)
    at = np.searchsorted(last, [below, below + 1], side="right")
    low, high = each[order][np.minimum(at, each.size - 1)]
    return float(low + (high - low) * (place - below))
