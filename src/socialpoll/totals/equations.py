"""What each case adds to the estimating equations of a regression, and to their slopes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations_with_replacement
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.totals.basis import Equations, Factor, Information

__all__ = ["columns_of"]

Floats = npt.NDArray[np.float64]
Read: TypeAlias = Callable[[Factor], Floats]
"""Gives a factor of every case that counts."""


def columns_of(measure: Equations | Information, read: Read, rows: int) -> list[Floats]:
    """Return the columns of a measure, each an array (rows,)."""
    model = measure.model
    x = [_product(column, read, rows) for column in model.columns]
    predictor = np.zeros(rows)
    for coefficient, column in zip(measure.coefficients, x, strict=True):
        predictor += coefficient * column
    mean, slope = _mean(predictor, model.link)
    if isinstance(measure, Information):
        return [slope * one * other for one, other in combinations_with_replacement(x, 2)]
    outcome = read(model.outcome)
    if model.link == "logit":
        _refuse_no_probabilities(outcome, model.outcome)
    return [(outcome - mean) * one for one in x]


def _product(column: tuple[Factor, ...], read: Read, rows: int) -> Floats:
    product = np.ones(rows)
    for factor in column:
        product = product * read(factor)
    return product


def _mean(predictor: Floats, link: str) -> tuple[Floats, Floats]:
    """Return μ and its derivative."""
    if link == "identity":
        return predictor, np.ones(predictor.size)
    from scipy import special

    mean = special.expit(predictor)
    return mean, mean * special.expit(-predictor)


def _refuse_no_probabilities(outcome: Floats, factor: Factor) -> None:
    if outcome.size and (outcome.min() < 0 or outcome.max() > 1):
        raise EstimationError(
            "the outcome of a logistic regression lies between 0 and 1",
            where=factor[0],
            found=f"numbers from {outcome.min():g} to {outcome.max():g}",
            advice=f"name the category that counts, ({factor[0]!r}, code), or take family='linear'",
        )
