"""Solving the estimating equations of a regression by Newton's method, on sums alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.schema import Condition
from socialpoll.totals import Basis, Engine, Equations, Information, Model

__all__ = ["Fit", "fitted"]

Floats = npt.NDArray[np.float64]
_Point: TypeAlias = Callable[[Floats], tuple[Basis, Basis]]
"""Gives the estimating equations and the information at some coefficients."""
COLLINEAR = 1e-11
"""Part of a column's sum of squares that must be left by the columns before it."""
CONVERGED = 1e-8
"""Newton's last step in standard deviations of the linear predictor; its error is the square."""
MOST_STEPS = 60
HALVINGS = 30


@dataclass(frozen=True, eq=False)
class Fit:
    """A solved regression.

    Attributes
    ----------
    kept : int array (p,)
        Columns of the model with any case; the others have no coefficient.
    coefficients : float64 array (p,)
    slopes : float64 array (p, p)
        Derivatives of the coefficients in the estimating equations: the inverse information.
    basis : Basis
        The estimating equations at the solution.
    """

    kept: npt.NDArray[np.intp]
    coefficients: Floats
    slopes: Floats
    basis: Basis


def fitted(engine: Engine, model: Model, where: Condition | None, labels: Sequence[str]) -> Fit:
    """Fit a model with the final weights.

    Raises
    ------
    EstimationError
        Collinear columns, named by ``labels``; a logistic regression without a finite solution.
    """
    among = model.questions
    every = _information(engine, Basis(Information(model, (0.0,) * len(model.columns)), (), where))
    kept = np.flatnonzero(np.diag(every) > 0)
    start = every[np.ix_(kept, kept)]
    names = [labels[int(place)] for place in kept]
    _refuse_collinear(start, names)
    reduced = replace(model, columns=tuple(model.columns[int(place)] for place in kept))

    def at(b: Floats) -> tuple[Basis, Basis]:
        point = tuple(map(float, b))
        equations = Basis(Equations(reduced, point, among), (), where)
        return equations, Basis(Information(reduced, point, among), (), where)

    b = _solved(engine, start, at, names)
    equations, information = at(b)
    slopes = _inverse(_information(engine, information))
    return Fit(kept, b, slopes, equations)


def _solved(engine: Engine, start: Floats, at: _Point, names: Sequence[str]) -> Floats:
    size = np.sqrt(np.diag(start))
    deviation = size / size[0]
    b = np.zeros(start.shape[0])
    score = engine.cells(at(b)[0])[0]
    for _ in range(MOST_STEPS):
        information = _information(engine, at(b)[1])
        if not _regular(information, start):
            break  # every case is foretold
        step = _scaled_solve(information, score)
        b, score = _advanced(engine, at, b, step, score, size)
        if np.abs(step * deviation).max() < CONVERGED * max(1.0, np.abs(b * deviation).max()):
            return b
    worst = names[int(np.abs(b * deviation).argmax())]
    raise EstimationError(
        "the logistic regression has no finite solution: a term tells the outcome exactly",
        where="terms",
        found=f"a coefficient that grows without end, first of all that of {worst}",
        advice="leave that term out, or join its categories with others",
    )


def _advanced(
    engine: Engine, at: _Point, b: Floats, step: Floats, score: Floats, size: Floats
) -> tuple[Floats, Floats]:
    """Take Newton's step, shortened until the equations come nearer to zero."""
    length = np.linalg.norm(score / size)
    for _ in range(HALVINGS):
        moved = b + step
        there = engine.cells(at(moved)[0])[0]
        if np.linalg.norm(there / size) <= length or np.abs(step).max() == 0:
            return moved, there
        step = step / 2
    return b, score


def _information(engine: Engine, basis: Basis) -> Floats:
    triangle = engine.cells(basis)[0]
    p = int((np.sqrt(8 * triangle.size + 1) - 1) / 2)
    matrix = np.zeros((p, p))
    matrix[np.triu_indices(p)] = triangle
    return matrix + np.triu(matrix, 1).T


def _refuse_collinear(gram: Floats, names: Sequence[str]) -> None:
    size = np.sqrt(np.diag(gram))
    scaled = gram / np.outer(size, size)
    for place in range(1, len(names)):
        before = scaled[:place, :place]
        own = scaled[:place, place]
        if 1.0 - own @ np.linalg.solve(before, own) < COLLINEAR:
            raise EstimationError(
                f"{names[place]} follows from the terms before it",
                where="terms",
                found="collinear terms",
                advice="leave it out",
            )


def _regular(information: Floats, start: Floats) -> bool:
    return bool((np.diag(information) > COLLINEAR * np.diag(start)).all())


def _scaled_solve(matrix: Floats, right: Floats) -> Floats:
    size = np.sqrt(np.diag(matrix))
    # Least squares where outcomes that are foretold leave a matrix without inverse.
    solution = np.linalg.lstsq(matrix / np.outer(size, size), right / size, rcond=None)[0]
    return np.asarray(solution / size)


def _inverse(matrix: Floats) -> Floats:
    size = np.sqrt(np.diag(matrix))
    return np.asarray(np.linalg.inv(matrix / np.outer(size, size)) / np.outer(size, size))
