"""Evaluating conditions on answers: for routing and for domains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import UnknownNameError, nearest
from socialpoll.responses.answered import state_of, valid
from socialpoll.responses.columns import (
    FIRST_MISSING,
    Categorical,
    Column,
    Days,
    Numeric,
    Ticks,
    Truths,
    Words,
)
from socialpoll.schema import All, Answered, Any, Chosen, Dated, Is, Not, Within
from socialpoll.schema.keys import key_of, number_of, type_of

if TYPE_CHECKING:
    from socialpoll.responses.responses import Responses
    from socialpoll.schema import CodeValue, Condition

__all__ = ["mask"]

RANGES = {
    "both": (np.greater_equal, np.less_equal),
    "left": (np.greater_equal, np.less),
    "right": (np.greater, np.less_equal),
    "neither": (np.greater, np.less),
}


def mask(answers: Responses | Mapping[str, Column], condition: Condition) -> Truths:
    """Say for which cases a condition is true.

    Parameters
    ----------
    answers : Responses or mapping of str to Column
        The answers by name of question or derived variable.
    condition : Condition
        As declared in the schema.

    Returns
    -------
    bool array (n,)
        ``Is`` on a multiple-response question is true where any of the options was chosen; it may
        also name a typed missing code. ``Within`` on a scale compares scores.

    Raises
    ------
    UnknownNameError
        Where a question or code is unknown, or a question has no numbers to compare.
    """
    columns = answers if isinstance(answers, Mapping) else answers.columns
    match condition:
        case Is(question=name, codes=codes):
            return _any(_is_code(name, _column(columns, name), code) for code in codes)
        case Within(question=name):
            return _within(condition, _column(columns, name))
        case Dated() | Chosen():
            return _between(condition, _column(columns, condition.question))
        case Answered(question=name):
            return valid(_column(columns, name))
        case _:
            return _compound(columns, condition)


def _compound(columns: Mapping[str, Column], condition: Not | All | Any) -> Truths:
    match condition:
        case Not(condition=inner):
            return ~mask(columns, inner)
        case All(conditions=several):
            return ~_any(~mask(columns, one) for one in several)
        case Any(conditions=several):
            return _any(mask(columns, one) for one in several)


def _any(several: Iterable[Truths]) -> Truths:
    masks = list(several)
    if not masks:
        advice = "give Is a code, and All and Any a condition, at least"
        raise UnknownNameError("a condition that asks for nothing", advice=advice)
    return reduce(np.logical_or, masks)


def _column(columns: Mapping[str, Column], name: str) -> Column:
    if name not in columns:
        what = f"there is no question or derived variable {name!r}"
        raise UnknownNameError(what, found=repr(name), allowed=nearest(name, columns))
    return columns[name]


def _is_code(name: str, column: Column, code: CodeValue) -> Truths:
    place = _place(code, [one.code for one in column.missing])
    if place is not None:
        return np.equal(state_of(column), FIRST_MISSING - place)
    if isinstance(column, Numeric):
        return np.equal(column.values, _number(name, column, code)) & valid(column)
    if isinstance(column, Days | Words):
        raise _unknown(name, code, [one.code for one in column.missing])
    codes = [
        one.code for one in (column.options if isinstance(column, Ticks) else column.categories)
    ]
    place = _place(code, codes)
    if place is None:
        raise _unknown(name, code, [*codes, *(one.code for one in column.missing)])
    if isinstance(column, Ticks):
        return np.equal(column.ticked[:, place], 1) & valid(column)
    return np.equal(column.position, place)


def _place(code: CodeValue, declared: list[CodeValue]) -> int | None:
    """Return the place of a code among those declared, each compared by its own type."""
    same = (
        place
        for place, one in enumerate(declared)
        if key_of(code, type_of(one)) == key_of(one, type_of(one))
    )
    return next(same, None)


def _number(name: str, column: Numeric, code: CodeValue) -> float:
    number = number_of(code)
    if not isinstance(number, float):
        raise _unknown(name, code, [one.code for one in column.missing])
    return number


def _unknown(name: str, code: CodeValue, known: list[CodeValue]) -> UnknownNameError:
    what = f"{name!r} has no code {code!r}"
    return UnknownNameError(what, where=name, found=repr(code), allowed=nearest(code, known))


def _within(condition: Within, column: Column) -> Truths:
    numbers = _numbers(condition.question, column)
    above, below = RANGES[condition.closed]
    found = valid(column)
    if condition.minimum is not None:
        found &= above(numbers, condition.minimum)
    if condition.maximum is not None:
        found &= below(numbers, condition.maximum)
    return found


def _between(condition: Dated | Chosen, column: Column) -> Truths:
    """Say whose day, or number of choices, lies within the limits."""
    if isinstance(condition, Dated) and isinstance(column, Days):
        numbers = column.day
        days = (condition.earliest, condition.latest)
        low, high = (None if one is None else one.toordinal() for one in days)
    elif isinstance(condition, Chosen) and isinstance(column, Ticks):
        numbers = column.ticked.sum(axis=1, dtype=np.int32)
        low, high = condition.least, condition.most
    else:
        kind = "days" if isinstance(condition, Dated) else "choices"
        name = condition.question
        raise UnknownNameError(f"{name!r} has no {kind} to compare", where=name)
    found = valid(column)
    if low is not None:
        found &= numbers >= low
    if high is not None:
        found &= numbers <= high
    return found


def _numbers(name: str, column: Column) -> npt.NDArray[np.float64]:
    """Return the numbers of a column; a scale's are the scores of its points."""
    if isinstance(column, Numeric):
        return column.values
    scores = [one.score for one in column.categories] if isinstance(column, Categorical) else []
    numbers = [one for one in scores if one is not None]
    if not numbers or len(numbers) < len(scores):
        raise UnknownNameError(
            f"{name!r} has no numbers to compare",
            where=name,
            allowed="a number, duration or scale question",
            advice="name its codes with Is instead",
        )
    return np.array(numbers)[np.maximum(state_of(column), 0)]
