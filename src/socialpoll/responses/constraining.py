"""Telling of answers that break the constraints of the questionnaire; they stay as given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from socialpoll.responses.answered import valid
from socialpoll.responses.columns import Categorical, Column, Days, Numeric, Ticks, Truths
from socialpoll.responses.distinct import first_and_count
from socialpoll.responses.findings import Finding
from socialpoll.schema import Choices, Order, say
from socialpoll.schema.constraints import AnyConstraint

__all__ = ["constrain", "variables_of"]

Floats = npt.NDArray[np.float64]
SLACK = 1e-9


def variables_of(constraint: AnyConstraint) -> tuple[str, ...]:
    """Return the names of the questions that a constraint binds together."""
    return (constraint.of,) if isinstance(constraint, Choices) else constraint.of


def constrain(constraint: AnyConstraint, columns: Mapping[str, Column]) -> list[Finding]:
    """Return a finding for the cases that gave all answers and break a constraint, if any do."""
    several = variables_of(constraint)
    given = reduce(np.logical_and, [valid(columns[name]) for name in several])
    rows = given & _broken(constraint, [_numbers(columns[name]) for name in several])
    if not rows.any():
        return []
    first, count = first_and_count(rows)
    return [
        Finding(
            severity=constraint.severity,
            row=first,
            question=several[0],
            value="",
            count=count,
            what=say(constraint.message, "en"),
            advice=f"constraint {constraint.kind!r} of {', '.join(several)}; "
            "the answers are kept as given",
            rule="constraint",
            cases=rows,
        )
    ]


def _broken(constraint: AnyConstraint, numbers: list[Floats]) -> Truths:
    if isinstance(constraint, Order):
        return reduce(np.logical_or, [after < before for before, after in pairwise(numbers)])
    total = np.sum(numbers, axis=0)
    slack = SLACK * np.maximum(1.0, np.abs(total))  # sums of decimals are not exact
    low = -np.inf if constraint.minimum is None else constraint.minimum
    high = np.inf if constraint.maximum is None else constraint.maximum
    broken: Truths = (total < low - slack) | (total > high + slack)
    return broken


def _numbers(column: Column) -> Floats:
    """Return a number a case: the number, the score, the day, or how many options were chosen."""
    match column:
        case Numeric(values=values):
            return values
        case Days(day=day):
            return day.astype(np.float64)
        case Ticks(ticked=ticked):
            chosen: Floats = ticked.sum(axis=1, dtype=np.float64)
            return chosen
        case Categorical(position=position, categories=categories):
            scores = np.array([one.score for one in categories], dtype=np.float64)
            of_case: Floats = scores[np.maximum(position, 0)]
            return of_case
    message = "free text has no numbers"
    raise TypeError(message)
