"""Weights by the chance of selection: factors of the design, the same in every replicate."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError
from socialpoll.responses import Categorical, Column, Numeric
from socialpoll.schema import Fact, FactValue
from socialpoll.totals import CellStep
from socialpoll.weighting.applied.classes import labels_of
from socialpoll.weighting.applied.known import known_of_all
from socialpoll.weighting.applied.running import Applied, Entering, Rerun, multiplied
from socialpoll.weighting.declared import Selection
from socialpoll.weighting.margin import Margin
from socialpoll.weighting.matching import matched
from socialpoll.weighting.targeting.codes import listed

__all__ = ["select"]

Floats = npt.NDArray[np.float64]
LIMITS: Mapping[str, tuple[float, str]] = {
    "probability": (1.0, "a probability above 0, at most 1"),
    "one_of": (np.inf, "a number of persons above 0"),
    "chances": (np.inf, "a number of chances above 0"),
}
"""The largest value of each number, and in words what it may be."""


def select(step: Selection, entering: Entering) -> Applied:
    """Multiply by one over the chance of selection."""
    margin = step.margin
    made = _by_number(step, entering) if margin is None else _expanded(margin, entering)
    used = made.factor[np.unique(made.cell)]
    values: dict[str, FactValue] = {
        "way": step.way,
        "variables": step.of or (getattr(step, step.way),),
        "at_most": step.at_most,
        "smallest_factor": float(used.min()),
        "largest_factor": float(used.max()),
    }
    return Applied((made,), Fact("weighting", Selection.step, values), partial(_again, made))


def _again(made: CellStep, weights: Floats, _copies: Floats) -> Rerun:
    every = np.ones(weights.shape[1], dtype=np.bool_)
    return Rerun(multiplied(made.cell, made.factor[:, None], weights), every)


def _expanded(margin: Margin, entering: Entering) -> CellStep:
    """Return N_h / n_h, n_h of all sampled cases."""
    responses = entering.responses
    everybody = np.ones(len(responses), dtype=np.bool_)
    entering.require(known_of_all(responses, margin.of, everybody, entering.where))
    several = ((name, responses.columns[name]) for name in margin.of)
    columns = {name: column for name, column in several if isinstance(column, Categorical)}
    fitted = matched(margin, responses, columns, entering.where)
    problems = fitted.problems
    cells = entering.rows.distinct(margin.of, everybody)
    shape = tuple(len(column.categories) for column in columns.values())
    place = np.ravel_multi_index(tuple(cells.position.T), shape)
    labels = labels_of(entering.rows, margin.of, cells)
    size, lacking = fitted.target[place], np.flatnonzero(~fitted.declared[place])
    if lacking.size:
        what, found = "sampled cases of strata without a size", [labels[one] for one in lacking]
        problems.append(Problem(what, entering.where, listed(found)))
    small = np.flatnonzero(fitted.declared[place] & (size < cells.cases))
    if small.size:
        found = [f"{labels[one]} ({size[one]:g}, {cells.cases[one]} sampled)" for one in small]
        advice = "give the number of population units in each stratum, not shares"
        what = "strata with fewer units than were sampled"
        problems.append(Problem(what, entering.where, listed(found), advice=advice))
    if problems:
        raise TargetError(f"the sizes of {entering.where}", problems)
    return CellStep.plain(Selection.step, cells.cell, size / cells.cases)


def _numbers(column: Column) -> Floats | None:
    """Return a number a case: of a number question, or whole-number codes as they are."""
    if isinstance(column, Numeric):
        return column.values
    if not isinstance(column, Categorical):
        return None
    codes = [one.code for one in column.categories]
    if not all(isinstance(code, int) for code in codes):
        return None
    return np.array(codes, dtype=np.float64)[np.maximum(column.position, 0)]


def _by_number(step: Selection, entering: Entering) -> CellStep:
    name: str = getattr(step, step.way)
    most, allowed = LIMITS[step.way]
    weighted = entering.weights > 0
    responses, where = entering.responses, entering.where
    entering.require(known_of_all(responses, (name,), weighted, where, numbers=True))
    numbers = _numbers(responses.columns[name])
    if numbers is None:
        entering.require([Problem(f"{name!r} has no numbers", where, allowed=allowed)])
    values = np.where(weighted, 1.0 if numbers is None else numbers, 1.0)
    wrong = ~((values > 0) & (values <= most))
    if wrong.any():
        what = f"{entering.counting.number(wrong)} cases have a {name!r} that is not possible here"
        found = entering.counting.told(wrong, f"{values[int(np.argmax(wrong))]:g}")
        entering.require([Problem(what, where, found, allowed)])
    if step.at_most is not None:
        values = np.minimum(values, step.at_most)
    factors, cell = np.unique(values if step.way == "one_of" else 1 / values, return_inverse=True)
    return CellStep.plain(Selection.step, cell.astype(np.int32), factors)
