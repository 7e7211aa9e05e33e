"""Whether the margins of a step fit the sample, the questionnaire and one another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError
from socialpoll.responses import Responses
from socialpoll.totals import Cells, Mass, Rows
from socialpoll.weighting.benchmarks import Benchmarks, benchmarks_of
from socialpoll.weighting.findings import WeightingFinding
from socialpoll.weighting.levels import Levels, levels_of
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.recipe import Step
from socialpoll.weighting.variables import Usable, usable

__all__ = ["Controls", "checked"]

Floats = npt.NDArray[np.float64]


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
        Levels that have respondents, by margin.
    level : tuple of int arrays (C,)
        Level of each cell, by margin.
    cases : tuple of int arrays (L,)
        Interviews, by margin.
    target : tuple of float64 arrays (L,)
        Persons, by margin.
    total : float
        N.
    findings : tuple of WeightingFinding
        What was rescaled.
    """

    cells: Cells
    base: Floats
    names: tuple[str, ...]
    codes: tuple[list[str], ...]
    level: tuple[npt.NDArray[np.intp], ...]
    cases: tuple[npt.NDArray[np.int64], ...]
    target: tuple[Floats, ...]
    total: float
    findings: tuple[WeightingFinding, ...]


def checked(responses: Responses, step: Step, number: int, weights: Floats) -> Controls:
    """Check the margins of a step before anything is solved.

    Parameters
    ----------
    responses : Responses
    step : Rake or PostStratify
    number : int
        Its place in the recipe, from 1.
    weights : float64 array (n,)
        That enter the step.

    Returns
    -------
    Controls

    Raises
    ------
    TargetError
        All that does not fit, at once.
    """
    where = f"step {number} ({step.step})"
    found = usable(responses, (name for one in step.margins for name in one.of), where)
    problems = [*_repeated(step.margins, where), *found.problems]
    engine = Rows(responses, Mass(responses.base_weight))
    cells = engine.distinct(tuple(found.columns))
    base = cells.sums(weights)
    margins: list[tuple[Levels, str]] = []
    for margin in step.margins:
        if any(name not in found.columns for name in margin.of):
            continue
        levels, wrong = _levels(responses, margin, found, cells, base, where)
        problems += wrong
        margins.append((levels, f"{where}, margin {margin.name}"))
    summable = [one for one in margins if _is_summable(one[0].margin)]
    benchmarks = benchmarks_of(step, number, summable, float(base.sum()))
    problems += benchmarks.problems
    if problems:
        raise TargetError(f"the targets of {where}", problems)
    return _controls(cells, base, [one for one, _ in margins], benchmarks)


def _levels(
    responses: Responses,
    margin: Margin,
    found: Usable,
    cells: Cells,
    base: Floats,
    where: str,
) -> tuple[Levels, list[Problem]]:
    here = f"{where}, margin {margin.name}"
    levels, problems = levels_of(margin, responses, found.columns, cells, base, here)
    return levels, [*problems, *levels.problems(here)]


def _controls(
    cells: Cells, base: Floats, margins: Sequence[Levels], benchmarks: Benchmarks
) -> Controls:
    codes, level, cases, target = [], [], [], []
    for levels, persons in zip(margins, benchmarks.targets, strict=True):
        held = np.flatnonzero(levels.cases)
        place = np.cumsum(levels.cases > 0) - 1
        codes.append([levels.codes[one] for one in held])
        level.append(place[levels.of_cell])
        cases.append(levels.cases[held])
        target.append(persons[held])
    return Controls(
        cells,
        base,
        tuple(one.margin.name for one in margins),
        tuple(codes),
        tuple(level),
        tuple(cases),
        tuple(target),
        benchmarks.total,
        tuple(benchmarks.findings),
    )


def _is_summable(margin: Margin) -> bool:
    values = margin.targets.values.values()
    return bool(values) and all(math.isfinite(value) and value >= 0 for value in values)


def _repeated(margins: Sequence[Margin], where: str) -> list[Problem]:
    seen: set[frozenset[str]] = set()
    problems = []
    for margin in margins:
        if frozenset(margin.of) in seen:
            problems.append(
                Problem(
                    "a margin is given twice",
                    where=where,
                    found=margin.name,
                    advice="keep one of them",
                )
            )
        seen.add(frozenset(margin.of))
    return problems
