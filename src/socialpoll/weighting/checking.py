"""Whether the margins of a step fit the sample, the questionnaire and one another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError
from socialpoll.responses import Responses
from socialpoll.totals import Cells, Mass, rows_of
from socialpoll.weighting.benchmarks import Benchmarks, benchmarks_of
from socialpoll.weighting.controls import Controls, controls_of
from socialpoll.weighting.declared import Adjusting
from socialpoll.weighting.levels import Levels, levels_of
from socialpoll.weighting.linting.predicting import sample_of
from socialpoll.weighting.linting.proposals import Proposals
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.variables import usable

__all__ = ["Controls", "Examined", "checked", "examined"]

Floats = npt.NDArray[np.float64]


class Examined(NamedTuple):
    """The margins of a step beside the sample, and everything that does not fit.

    Attributes
    ----------
    where : str
        The step, for messages.
    cells : Cells
    base : float64 array (C,)
        Sums of the weights that enter the step.
    margins : tuple of Levels
        Those whose variables can be used.
    benchmarks : Benchmarks
    proposals : Proposals
        Merges that would help.
    problems : list of (str, Problem)
        Each with the name of its margin; empty where it is of no single one.
    """

    where: str
    cells: Cells
    base: Floats
    margins: tuple[Levels, ...]
    benchmarks: Benchmarks
    proposals: Proposals
    problems: list[tuple[str, Problem]]

    def controls(self, number: int) -> Controls:
        """Return what the step has to reach; TargetError where there are problems."""
        if self.problems:
            raise TargetError(f"the targets of {self.where}", [one for _, one in self.problems])
        return controls_of(self.cells, self.base, self.margins, self.benchmarks, number)


def checked(responses: Responses, step: Adjusting, number: int, weights: Floats) -> Controls:
    """Check the margins of a step before anything is solved.

    Parameters
    ----------
    responses : Responses
    step : Rake, PostStratify or Calibrate
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
    return examined(responses, step, number, weights).controls(number)


def examined(responses: Responses, step: Adjusting, number: int, weights: Floats) -> Examined:
    """Lay out the margins of a step, and find everything that does not fit.

    Parameters
    ----------
    responses : Responses
    step : Rake, PostStratify or Calibrate
    number : int
        Its place in the recipe, from 1.
    weights : float64 array (n,)
        That enter the step.
    """
    where = f"step {number} ({step.step})"
    names = [name for one in step.margins for name in one.of]
    strict = {name for one in step.margins if one.missing == "raise" for name in one.of}
    found = usable(responses, names, where, lenient={*names} - strict)
    problems = [("", one) for one in (*_repeated(step.margins, where), *found.problems)]
    cells = rows_of(responses, Mass(responses.base_weight)).distinct(tuple(found.columns))
    base = cells.sums(weights)
    margins: list[Levels] = []
    of_codes: list[list[Problem]] = []
    for margin in step.margins:
        if all(name in found.columns for name in margin.of):
            here = f"{where}, margin {margin.name}"
            levels, wrong = levels_of(margin, responses, found.columns, cells, base, here)
            margins.append(levels)
            of_codes.append(wrong)
    proposals = Proposals(
        number, responses.questionnaire, sample_of(cells, weights, responses), margins
    )
    for levels, wrong in zip(margins, of_codes, strict=True):
        here = f"{where}, margin {levels.margin.name}"
        told = [*wrong, *levels.problems(here, proposals.adviser(levels))]
        problems += [(levels.margin.name, one) for one in told]
    summable = [
        (one, f"{where}, margin {one.margin.name}") for one in margins if _is_summable(one.margin)
    ]
    benchmarks = benchmarks_of(step, number, summable, float(base.sum()))
    problems += benchmarks.problems
    return Examined(where, cells, base, tuple(margins), benchmarks, proposals, problems)


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
