"""What a step has to reach, laid out on its weighting cells; interviews without a value too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.totals import Cells, summed
from socialpoll.weighting.benchmarks import Benchmarks
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.levels import Levels
from socialpoll.weighting.margin import MissingPolicy
from socialpoll.weighting.mixing import mix_of

__all__ = ["MISSING_LEVEL", "Controls", "controls_of"]

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
MISSING_LEVEL = "_M"
"""Code of the level of interviews without a value."""
DONE = {
    "own_class": "they are a level of their own, whose target is their share of the weights",
    "keep_base": "this margin leaves their weights alone, and its targets are lowered by them",
    "distribute": "they count in the levels as interviews do that are like them in the other "
    "margins",
}


@dataclass(frozen=True, eq=False)
class Controls:
    """What a step has to reach: margins that fit the sample.

    Attributes
    ----------
    cells : Cells
    base : float64 array (C,)
        Sums of the weights that enter the step.
    names : tuple of str
        Of the margins.
    codes : tuple of lists of str (L,)
        Levels that have respondents, by margin; under ``own_class`` the last is ``_M``.
    level : tuple of int arrays (C,)
        Level of each cell, by margin; -1 where the cell has no value and the policy is
        ``keep_base`` or ``distribute``, else never negative.
    cases : tuple of int arrays (L,)
        Interviews, by margin; those without a value only in ``_M``.
    target : tuple of float64 arrays (L,)
        Persons, by margin, that sum to N in each.
    total : float
        N.
    missing : tuple of policies
        By margin; ``raise`` where every interview has a value, whatever the margin says.
    mix : tuple of float64 array (M, L) or None
        By margin; under ``distribute`` one row for each of :meth:`lacking`, that sums to 1.
    findings : tuple of WeightingFinding
        What was rescaled, how many interviews have no value, which targets are estimates.
    rescaled : tuple of str
        Margins whose targets were multiplied to sum to N.

    Notes
    -----
    Let w be sums of weights by cell, d those that enter, T the target of a level l in persons,
    and m the cells without a value. What is to hold after the step:

    ``own_class``
        m is a level of its own. Its target is N·s with s = Σ_m d / Σ d; every other target has
        been multiplied by 1 - s. Nothing more is to be done: ``level`` is complete.
    ``keep_base``
        Σ_l w = T (N - Σ_m w) / N, and the step multiplies m by 1 on behalf of this margin. The
        right side is :meth:`wanted`: it moves as other margins move m. As Σ w = N this is one
        linear condition a level, Σ_l w + (T / N) Σ_m w = T.
    ``distribute``
        Σ_l w + Σ_m w p = T, where p, the row of ``mix``, is the level mix by d of the cells that
        agree with it in all other margins and in what variables of this margin it has.

    ``keep_base`` compares d with N, so weights must be scaled to N before it starts.
    """

    cells: Cells
    base: Floats
    names: tuple[str, ...]
    codes: tuple[list[str], ...]
    level: tuple[Places, ...]
    cases: tuple[npt.NDArray[np.int64], ...]
    target: tuple[Floats, ...]
    total: float
    missing: tuple[MissingPolicy, ...]
    mix: tuple[Floats | None, ...]
    findings: tuple[WeightingFinding, ...]
    rescaled: tuple[str, ...]

    def lacking(self, place: int) -> Places:
        """Return the cells (M,) that are in no level of a margin, in order."""
        return np.flatnonzero(self.level[place] < 0)

    def sums(self, place: int, weights: Floats) -> Floats:
        """Return what cells of these weights (C,) put into each level (L,) of a margin.

        Those without a value count by their mix under ``distribute``, else not at all.
        """
        level = self.level[place]
        known = level >= 0
        sums = summed(level[known], weights[known], self.target[place].size)
        mix = self.mix[place]
        return sums if mix is None else sums + weights[~known] @ mix

    def wanted(self, place: int, weights: Floats) -> Floats:
        """Return what :meth:`sums` has to be (L,) for weights (C,) that sum to N.

        The targets, but under ``keep_base`` times (N - Σ_m w) / N.
        """
        target = self.target[place]
        if self.missing[place] != "keep_base":
            return target
        kept = float(weights[self.lacking(place)].sum())
        return target * ((self.total - kept) / self.total)


def controls_of(
    cells: Cells, base: Floats, margins: Sequence[Levels], benchmarks: Benchmarks, number: int
) -> Controls:
    """Lay out margins that fit the sample.

    Parameters
    ----------
    cells : Cells
    base : float64 array (C,)
        Sums of the weights that enter the step.
    margins : sequence of Levels
        Without problems.
    benchmarks : Benchmarks
        Of the same margins.
    number : int
        Place of the step in the recipe, from 1.
    """
    placed = [
        _placed(place, margins, persons, cells, base, number)
        for place, persons in enumerate(benchmarks.targets)
    ]
    return Controls(
        cells,
        base,
        tuple(one.margin.name for one in margins),
        tuple(one.codes for one in placed),
        tuple(one.level for one in placed),
        tuple(one.cases for one in placed),
        tuple(one.target for one in placed),
        benchmarks.total,
        tuple(one.missing for one in placed),
        tuple(one.mix for one in placed),
        (
            *benchmarks.findings,
            *(found for one in placed for found in one.findings),
            *(_estimates(one, number) for one in margins if one.margin.targets.estimated),
        ),
        tuple(benchmarks.rescaled),
    )


class _Placed(NamedTuple):
    codes: list[str]
    level: Places
    cases: npt.NDArray[np.int64]
    target: Floats
    missing: MissingPolicy
    mix: Floats | None
    findings: list[WeightingFinding]


def _placed(
    place: int,
    margins: Sequence[Levels],
    persons: Floats,
    cells: Cells,
    base: Floats,
    number: int,
) -> _Placed:
    levels = margins[place]
    held = np.flatnonzero(levels.cases)
    # One more, so that -1 stays -1.
    level = np.append(np.cumsum(levels.cases > 0) - 1, -1)[levels.of_cell]
    codes = [levels.codes[one] for one in held]
    cases, target = levels.cases[held], persons[held]
    lacking = level < 0
    if not lacking.any():
        return _Placed(codes, level, cases, target, "raise", None, [])
    policy = levels.margin.missing
    count = int(cells.cases[lacking].sum())
    findings = [_without_value(levels, policy, count, cells, number)]
    mix = None
    if policy == "own_class":
        share = float(base[lacking].sum() / base.sum())
        codes.append(MISSING_LEVEL)
        level = np.where(lacking, held.size, level)
        cases = np.append(cases, count)
        target = np.append(target * (1 - share), persons.sum() * share)
    elif policy == "distribute":
        spread = mix_of(place, margins, cells, base)
        mix = spread.mix[:, held]
        if spread.alone:
            findings.append(_alone(levels, spread.alone, number))
    return _Placed(codes, level, cases, target, policy, mix, findings)


def _without_value(
    levels: Levels, policy: MissingPolicy, count: int, cells: Cells, number: int
) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin=levels.margin.name,
        level=MISSING_LEVEL,
        value=str(count),
        what=f"{count} of {int(cells.cases.sum())} interviews have no value (missing = {policy!r})",
        advice=DONE.get(policy, ""),
    )


def _alone(levels: Levels, count: int, number: int) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin=levels.margin.name,
        level=MISSING_LEVEL,
        value=str(count),
        what=f"no interview with a value is like {count} of these in the other margins",
        advice="they count as all interviews with a value do; 'own_class' needs none alike",
    )


def _estimates(levels: Levels, number: int) -> WeightingFinding:
    return WeightingFinding(
        severity="note",
        step=number,
        margin=levels.margin.name,
        value="estimates",
        what="the targets are estimates of another poll with their own sampling error, which the "
        "standard errors here do not include",
        advice="say so where the figures are published, or take counts of a census or register",
    )
