"""Questions that are answered alike: summed as one, of cases that are there several times."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from socialpoll.responses import Categorical, Column, Responses
from socialpoll.totals.basis import Basis, Categories

__all__ = ["AT_ONCE", "column_of", "together"]

AT_ONCE = 1 << 17
"""Answers that are summed at once: what their keys and weights take stays in the cache."""


def column_of(responses: Responses, names: tuple[str, ...]) -> Column:
    """Return the answers to questions that are answered alike, one after another."""
    first, *others = (responses.columns[name] for name in names)
    several = [one for one in (first, *others) if isinstance(one, Categorical)]
    if not others or not isinstance(first, Categorical):
        return first
    position = np.concatenate([one.position for one in several])
    return Categorical(position, first.categories, first.missing)


def together(responses: Responses, bases: Sequence[Basis]) -> list[list[int]]:
    """Return the places of bases that are answered alike, not too many of them at once."""
    most = max(1, AT_ONCE // max(len(responses), 1))
    kinds: dict[Hashable, list[int]] = {}
    for place, basis in enumerate(bases):
        kinds.setdefault(_kind(responses, basis), []).append(place)
    return [
        places[start : start + most]
        for places in kinds.values()
        for start in range(0, len(places), most)
    ]


def _kind(responses: Responses, basis: Basis) -> Hashable:
    """Return what questions have in common where positions mean the same to any sum."""
    measure = basis.measure
    if not isinstance(measure, Categories) or measure.base == "all":
        return basis
    column = responses.columns[measure.question]
    if not isinstance(column, Categorical):
        return basis
    missing = tuple((one.in_base, one.reason == "not_asked") for one in column.missing)
    return measure.base, len(column.categories), missing, column.position.dtype
