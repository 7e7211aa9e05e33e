"""Weights of an opt-in sample by its propensity to take part, against a reference."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError
from socialpoll.responses import Categorical
from socialpoll.schema import Fact, FactValue
from socialpoll.totals import CellStep
from socialpoll.weighting.applied.covariates import indicators
from socialpoll.weighting.applied.known import known_of_all
from socialpoll.weighting.applied.running import Applied, Entering, Rerun, by_cell, multiplied
from socialpoll.weighting.declared import ReferencePropensity
from socialpoll.weighting.matching import matched
from socialpoll.weighting.solving.logistic import fit_pseudo
from socialpoll.weighting.solving.raking import pivots
from socialpoll.weighting.targeting.codes import named

__all__ = ["weight_by_reference"]

Floats = npt.NDArray[np.float64]
FEWEST = 2.0
"""A reference that sums to less is one of shares, not of persons."""


def weight_by_reference(step: ReferencePropensity, entering: Entering) -> Applied:
    """Weight interviews by one over their propensity to take part."""
    responses, where = entering.responses, entering.where
    scope = entering.weights > 0
    entering.require(known_of_all(responses, step.of, scope, where))
    several = ((name, responses.columns[name]) for name in step.of)
    columns = {name: column for name, column in several if isinstance(column, Categorical)}
    fitted = matched(step.margins[0], responses, columns, where)
    persons, problems = fitted.target, fitted.problems
    if not problems and persons.sum() < FEWEST:
        what, found = "the reference has shares where persons are needed", f"{persons.sum():g}"
        problems.append(Problem(what, where, f"a sum of {found}", advice="give weighted counts"))
    if problems:
        raise TargetError(f"the reference of {where}", problems)
    made = _Participation(entering, columns, persons)
    probability = made.fitted(entering.weights[:, None])
    if probability is None:
        what = "no propensity to take part fits both the sample and the reference"
        advice = "group categories more coarsely, or look for respondents outside the reference"
        entering.require([Problem(what, where, named(step.of), advice=advice)])
        message = "a step with problems was not refused"
        raise ValueError(message)
    smallest = float(probability[made.place[np.unique(made.cell[scope])]].min())
    values: dict[str, FactValue] = {
        "variables": step.of,
        "persons": float(persons.sum()),
        "cases": entering.counting.number(scope),
        "smallest": smallest,
    }
    step_made = made.step(probability)
    return Applied((step_made,), Fact("weighting", ReferencePropensity.step, values), made.again)


class _Participation:
    """Opt-in cases and persons of the reference over the same categories."""

    def __init__(
        self, entering: Entering, columns: dict[str, Categorical], persons: Floats
    ) -> None:
        sizes = [len(column.categories) for column in columns.values()]
        cells = entering.rows.distinct(tuple(columns), entering.weights > 0)
        shape = tuple(sizes)
        self.place = np.append(np.ravel_multi_index(tuple(cells.position.T), shape), persons.size)
        self.cell = cells.cell
        self.persons = persons
        every = np.column_stack(np.unravel_index(np.arange(persons.size), shape))
        x = indicators(every, sizes)
        self.x = x[:, pivots(x.T @ (persons[:, None] * x))]
        self.of_cell = np.vstack([self.x, np.zeros((1, self.x.shape[1]))])[self.place]

    def wanted(self, weights: Floats) -> Floats:
        """Return the sums (p, B) of x over weights (n, B)."""
        return np.asarray(self.of_cell.T @ by_cell(self.cell, self.place.size, weights))

    def fitted(self, weights: Floats) -> Floats | None:
        """Return the propensity of each category of the crossing (L,); None where none fits."""
        found = fit_pseudo(self.wanted(weights), self.persons[:, None], self.x)
        return np.asarray(found.probability[:, 0]) if found.sound[0] else None

    def factors(self, probability: Floats) -> Floats:
        """Return 1 / π by cell (C, B), 0 for cases out of scope."""
        padded = np.vstack([probability, np.zeros((1, probability.shape[1]))])[self.place]
        made = np.zeros_like(padded)
        np.divide(1.0, padded, out=made, where=padded > 0)
        return np.asarray(made)

    def step(self, probability: Floats) -> CellStep:
        """Return the step; the reference counts as fixed.

        With H = Σ_reference d π (1 - π) x x', B = H⁻¹ Σ w (1 - π)/π x r and a score r/π - x B.
        """
        p = np.append(probability, 1.0)[self.place]
        spread = self.persons * probability * (1 - probability)
        return CellStep(
            ReferencePropensity.step,
            self.cell,
            self.factors(probability[:, None])[:, 0],
            self.of_cell,
            np.ones(p.size),
            left=self.of_cell,
            right=((1 - p) / p)[:, None] * self.of_cell,
            gram=self.x.T @ (spread[:, None] * self.x),
        )

    def again(self, weights: Floats, _copies: Floats) -> Rerun:
        """Fit again to the weights of replicates."""
        persons = np.repeat(self.persons[:, None], weights.shape[1], axis=1)
        found = fit_pseudo(self.wanted(weights), persons, self.x)
        return Rerun(multiplied(self.cell, self.factors(found.probability), weights), found.sound)
