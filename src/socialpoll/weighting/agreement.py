"""Margins that share variables: what they say of these has to agree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.weighting.declared import Adjusting, Calibrate, PostStratify, Rake
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.targeting.codes import APART, named, percent

__all__ = ["Agreement", "agreement_of"]

Floats = npt.NDArray[np.float64]


class Agreement(NamedTuple):
    """Where margins do not agree.

    Attributes
    ----------
    problems : list of Problem
        Those that cannot both be reached.
    findings : list of WeightingFinding
        Those that are nearly at one, where the step goes on with what is reached.
    """

    problems: list[Problem]
    findings: list[WeightingFinding]


def agreement_of(
    step: Adjusting, number: int, margins: Sequence[Levels], targets: Sequence[Floats]
) -> Agreement:
    """Compare the margins of a step that share variables.

    Parameters
    ----------
    step : Rake, PostStratify or Calibrate
    number : int
        Its place in the recipe, from 1.
    margins : sequence of Levels
    targets : sequence of float64 arrays (L,)
        Persons, by margin.
    """
    found = Agreement([], [])
    if isinstance(step, PostStratify):
        return found
    for first, second in combinations(range(len(margins)), 2):
        unequal = _unequal((margins[first], margins[second]), (targets[first], targets[second]))
        if unequal is None or unequal.apart <= step.tolerance:
            continue
        if unequal.apart <= APART and step.on_miss == "warn":
            found.findings.append(_noted(unequal, number))
        else:
            found.problems.append(_contradiction(unequal, step, number))
    return found


class _Unequal(NamedTuple):
    """The level about which two margins differ most."""

    margins: tuple[str, str]
    level: str
    values: tuple[float, float]
    total: float
    apart: float


def _unequal(margins: tuple[Levels, Levels], targets: tuple[Floats, Floats]) -> _Unequal | None:
    first, second = margins
    shared = [name for name in first.margin.of if name in second.margin.of]
    if not shared:
        return None
    common = [_common(first, second, name) for name in shared]
    one = _collapsed(first, targets[0], shared, [own.first for own in common])
    other = _collapsed(second, targets[1], shared, [own.second for own in common])
    apart = np.abs(one - other) / np.maximum(np.maximum(one, other), np.finfo(float).tiny)
    worst = int(np.argmax(apart))
    at = np.unravel_index(worst, [len(own.names) for own in common])
    return _Unequal(
        (first.margin.name, second.margin.name),
        named(own.names[place] for own, place in zip(common, at, strict=True)),
        (float(one[worst]), float(other[worst])),
        float(one.sum()),
        float(apart[worst]),
    )


def _contradiction(one: _Unequal, step: Rake | Calibrate, number: int) -> Problem:
    first, second = one.margins
    return Problem(
        "two margins that disagree about a variable in both cannot both be reached",
        where=f"step {number} ({step.step}), margins {first} and {second}",
        found=f"{one.level}: {_share(one, 0)} in {first}, {_share(one, 1)} in {second}; "
        f"{percent(one.apart)} apart",
        allowed=f"equal, within the tolerance of {step.tolerance:g}",
        advice="sum one margin from the other; a margin that another contains can be left out",
    )


def _share(one: _Unequal, place: int) -> str:
    value = one.values[place]
    return f"{percent(value / one.total)} ({value:,.8g} persons)"


def _noted(one: _Unequal, number: int) -> WeightingFinding:
    first, second = one.margins
    return WeightingFinding(
        severity="note",
        step=number,
        margin=first,
        level=one.level,
        value=f"{percent(one.apart)}",
        what=f"the target is {percent(one.apart)} apart from that of margin {second}",
        advice="the margin that comes last is reached",
    )


class _Common(NamedTuple):
    """The finest levels of a variable that two margins both know."""

    names: list[str]
    first: npt.NDArray[np.intp]
    second: npt.NDArray[np.intp]


def _common(first: Levels, second: Levels, name: str) -> _Common:
    """Find the levels into which those of both margins go whole: merges may differ."""
    axes = (first.margin.of.index(name), second.margin.of.index(name))
    codes = (first.categories[axes[0]], second.categories[axes[1]])
    place = (first.place[axes[0]], second.place[axes[1]])
    label = np.arange(place[0].size)
    for _ in label:  # categories that are in one level of either margin get one label
        before = label.copy()
        for levels in place:
            lowest = np.full(levels.max() + 1, label.size)
            np.minimum.at(lowest, levels, label)
            label = lowest[levels]
        if (label == before).all():
            break
    kept, label = np.unique(label, return_inverse=True)
    names = []
    for number in range(kept.size):
        inside = [np.unique(levels[label == number]) for levels in place]
        shorter = int(inside[1].size < inside[0].size)
        names.append(" or ".join(str(codes[shorter][one]) for one in inside[shorter]))
    # A level lies whole in one label, that of any of its categories.
    level = [np.zeros(len(one), dtype=np.intp) for one in codes]
    for found, levels in zip(level, place, strict=True):
        found[levels] = label
    return _Common(names, level[0], level[1])


def _collapsed(
    levels: Levels,
    target: Floats,
    shared: Sequence[str],
    common: Sequence[npt.NDArray[np.intp]],
) -> Floats:
    """Sum targets (L,) over the variables that are not shared, by the levels in common."""
    at = np.indices(levels.shape).reshape(len(levels.shape), -1)
    of = levels.margin.of
    places = [one[at[of.index(name)]] for name, one in zip(shared, common, strict=True)]
    sizes = [int(one.max()) + 1 for one in common]
    sums = np.bincount(np.ravel_multi_index(places, sizes), target, minlength=prod(sizes))
    return np.asarray(sums, dtype=np.float64)
