"""Whether variables are known of every case that a step is about."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses import Categorical, Numeric, Responses, counting_of

__all__ = ["known_of_all"]

Truths = npt.NDArray[np.bool_]


def known_of_all(
    responses: Responses, names: Sequence[str], among: Truths, where: str, *, numbers: bool = False
) -> list[Problem]:
    """Tell which variables cannot be used, and which have no value for some cases."""
    problems = []
    for name in names:
        column = responses.columns.get(name)
        if isinstance(column, Numeric) and numbers:
            lacking = (column.state < 0) & among
        elif isinstance(column, Categorical):
            lacking = (column.position < 0) & among
        else:
            problems.append(_unusable(responses, name, where, numbers=numbers))
            continue
        if lacking.any():
            problems.append(_lacking(responses, name, lacking, among, where))
    return problems


def _lacking(
    responses: Responses, name: str, lacking: Truths, among: Truths, where: str
) -> Problem:
    counting = counting_of(responses.repeats)
    return Problem(
        f"{counting.number(lacking)} of {counting.number(among)} cases have no value of {name!r}",
        where=where,
        found=counting.told(lacking),
        allowed="a value for every case that the step is about, interviewed or not",
        advice="take variables of the sampling frame, known of every sampled case",
    )


def _unusable(responses: Responses, name: str, where: str, *, numbers: bool) -> Problem:
    if name not in responses.columns:
        return Problem(
            "there is no such question or derived variable",
            where=where,
            found=repr(name),
            allowed=nearest(name, responses.questionnaire.names),
        )
    return Problem(
        f"{name!r} does not put each case into one category",
        where=where,
        allowed="questions of one answer and bands" + (", and numbers" if numbers else ""),
    )
