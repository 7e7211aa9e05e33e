"""How many persons the targets stand for: shares and counts, and margins that disagree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.weighting.agreement import agreement_of
from socialpoll.weighting.declared import Adjusting
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.targeting.codes import APART

__all__ = ["APART", "Benchmarks", "benchmarks_of"]

Floats = npt.NDArray[np.float64]
ROUNDING = 1e-9
"""Relative difference of totals that is the rounding of sums and not worth a word."""
FEWEST = 2.0
"""Targets that sum to less are shares, for they count not even two persons."""
PERCENT = 100.0


class Benchmarks(NamedTuple):
    """The targets in persons.

    Attributes
    ----------
    total : float
        N, their sum in every margin.
    targets : tuple of float64 arrays (L,)
        Of each margin.
    problems : list of (str, Problem)
        Margins that contradict themselves, the total or one another; each with the name of its
        margin, empty where it is of two.
    findings : list of WeightingFinding
        Margins that were rescaled, or nearly agree.
    rescaled : list of str
        Names of the margins that were.
    """

    total: float
    targets: tuple[Floats, ...]
    problems: list[tuple[str, Problem]]
    findings: list[WeightingFinding]
    rescaled: list[str]


class _Sum(NamedTuple):
    """The sum of a margin's targets, and what it is a sum of."""

    name: str
    where: str
    sum: float
    shares: bool


def benchmarks_of(
    step: Adjusting, number: int, margins: Sequence[tuple[Levels, str]], entering: float
) -> Benchmarks:
    """Turn the targets of all margins of a step into persons.

    Parameters
    ----------
    step : Rake, PostStratify or Calibrate
    number : int
        Its place in the recipe, from 1.
    margins : sequence of (Levels, str)
        Margins laid out, and where they stand, for messages.
    entering : float
        Sum of the weights that enter the step; N where all targets are shares.

    Returns
    -------
    Benchmarks
    """
    sums = [_sum_of(levels, where) for levels, where in margins]
    first = next((one for one in sums if not one.shares), None)
    total = step.total or (entering if first is None else first.sum)
    origin = "the declared total"
    if first is not None and not step.total:
        origin = f"that of {first.name}, the first margin in counts,"
    problems, findings, targets, rescaled = [], [], [], []
    for one, (levels, _) in zip(sums, margins, strict=True):
        problem = _problem(one, step, total, origin)
        if problem is not None:
            problems.append((one.name, problem))
            continue
        expected = 1.0 if one.shares else total
        if abs(one.sum / expected - 1) > ROUNDING:
            findings.append(_rescaled(one, number, expected))
            rescaled.append(one.name)
        targets.append(levels.target * (total / one.sum))
    if not problems:
        agreement = agreement_of(step, number, [levels for levels, _ in margins], targets)
        problems += [("", wrong) for wrong in agreement.problems]
        findings += agreement.findings
    return Benchmarks(total, tuple(targets), problems, findings, rescaled)


def _sum_of(levels: Levels, where: str) -> _Sum:
    # An exact sum does not depend on the order in which the targets are listed.
    total = math.fsum(levels.margin.targets.values.values())
    return _Sum(levels.margin.name, where, total, shares=total < FEWEST)


def _problem(one: _Sum, step: Adjusting, total: float, origin: str) -> Problem | None:
    if one.sum == 0:
        return Problem(
            "all targets are 0", one.where, advice="give counts, or shares that sum to 1"
        )
    if one.shares:
        if abs(one.sum - 1) <= APART:
            return None
        return Problem(
            "shares that do not sum to 1",
            one.where,
            found=f"a sum of {one.sum:.6g} ({one.sum - 1:+.2%})",
            allowed=f"1, within {APART:.1%}: a smaller difference is rescaled",
            advice="look for a level that was left out or counted twice",
        )
    if abs(one.sum - PERCENT) <= APART * PERCENT and step.total != PERCENT:
        return Problem(
            "targets that sum to 100 look like percentages",
            one.where,
            found=f"a sum of {one.sum:.6g}",
            allowed="shares that sum to 1, or counts of persons",
            advice="divide them by 100; if there are 100 persons, declare total = 100",
        )
    if abs(one.sum / total - 1) > APART:
        return Problem(
            "margins that disagree on how many persons there are",
            one.where,
            found=f"a sum of {one.sum:,.10g}; {origin} is {total:,.10g} "
            f"({one.sum / total - 1:+.2%})",
            allowed=f"up to {APART:.1%} apart, which is rescaled",
            advice="take all margins from one source and date, or give shares",
        )
    return None


def _rescaled(one: _Sum, number: int, expected: float) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin=one.name,
        value=f"{one.sum:.10g}",
        what=f"the targets sum to {one.sum:,.10g} where {expected:,.10g} was expected",
        advice=f"they were multiplied by {expected / one.sum:.6g}",
    )
