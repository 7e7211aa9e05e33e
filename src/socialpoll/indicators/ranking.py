"""Which value stands at a part of the ordered, weighted answers: the rules for quantiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from socialpoll.totals import Ordered

__all__ = ["RANKED", "RULES", "QuantileCentre", "QuantileRule", "quantile_points", "value_at"]

QuantileCentre: TypeAlias = Literal["share", "p"]
QuantileRule: TypeAlias = Literal["math", "school", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]
"""How a quantile is read between two answers (Hyndman & Fan 1996, with weights)."""
RULES: tuple[str, ...] = get_args(QuantileRule)
TIE = 1e-12
"""Relative to all weights, how near a sum of weights is p itself."""
Floats = npt.NDArray[np.float64]


def value_at(value: Floats, weight: Floats, p: Floats, rule: str) -> Floats:
    """Return the quantiles (m,) at parts ``p`` (m,) of one distribution; NaN where p is NaN.

    Parameters
    ----------
    value, weight : float64 array (n,)
        Answers in ascending order, and positive weights.
    p : float64 array (m,)
        From 0 to 1.
    rule : str
        ``math``: the least value with F(x) ≥ p, whatever the order of equal values. ``school``: the
        mean of it and the next where F(x) = p. ``hf4`` to ``hf9``: lines between answers, with the
        positions of Hyndman & Fan (1996) as R ``survey`` 4.1 generalises them to weights.
    """
    found = np.full(p.shape, np.nan)
    asked = ~np.isnan(p)
    if value.size and asked.any():
        rank = RANKED.get(rule)
        chosen = p[asked]
        if rank is None:
            found[asked] = _observed(value, weight, chosen, averaged=rule == "school")
        else:
            found[asked] = np.interp(chosen, rank(weight), value)
    return found


def quantile_points(ordered: Ordered, p: Floats, rule: str) -> Floats:
    """Return the quantiles (D, m) of every domain at its own parts ``p`` (D, m)."""
    found = [value_at(*ordered.of(domain), p[domain], rule) for domain in range(ordered.domains)]
    return np.array(found).reshape(p.shape)


def _observed(value: Floats, weight: Floats, p: Floats, *, averaged: bool) -> Floats:
    below = np.cumsum(weight)
    target, slack = p * below[-1], TIE * below[-1]
    place = np.minimum(np.searchsorted(below, target - slack), value.size - 1)
    if not averaged:
        return np.asarray(value[place])
    after = np.minimum(place + 1, value.size - 1)
    tie = np.abs(below[place] - target) <= slack
    return np.asarray(np.where(tie, (value[place] + value[after]) / 2, value[place]))


Ranked: TypeAlias = Callable[[Floats], Floats]


def _between(before: float, added: float) -> Ranked:
    """Return the rule with positions (S₋ + a w) / (S + b w_n): S₋ the sum of weights before."""

    def positions(weight: Floats) -> Floats:
        below = np.cumsum(weight)
        return np.asarray((below - (1 - before) * weight) / (below[-1] + added * weight[-1]))

    return positions


def _from_first_to_last(weight: Floats) -> Floats:
    before = np.cumsum(weight) - weight
    return np.asarray(before / before[-1]) if before[-1] > 0 else before


RANKED: dict[str, Ranked] = {
    "hf4": _between(1, 0),
    "hf5": _between(1 / 2, 0),
    "hf6": _between(1, 1),
    "hf7": _from_first_to_last,
    "hf8": _between(2 / 3, 1 / 3),
    "hf9": _between(5 / 8, 1 / 4),
}
"""Rules that go from one case to the next: they need the weight of each."""
