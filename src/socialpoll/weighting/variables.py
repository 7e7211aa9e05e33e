"""Whether a variable can be weighted by, and who has no value of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, nearest
from socialpoll.responses import (
    BLANK,
    NOT_ASKED,
    Categorical,
    Counting,
    Numeric,
    Responses,
    counting_of,
)
from socialpoll.responses.columns import FIRST_MISSING
from socialpoll.schema import Bands
from socialpoll.weighting.targeting.codes import rows_named

__all__ = ["Usable", "usable"]


class Usable(NamedTuple):
    """The variables that margins can use, and what is wrong with the others.

    Attributes
    ----------
    columns : dict of str to Categorical
        By name.
    problems : list of Problem
        Unknown names, numbers, overlapping options, interviews without a value.
    """

    columns: dict[str, Categorical]
    problems: list[Problem]


def usable(
    responses: Responses, names: Iterable[str], where: str, lenient: Collection[str] = ()
) -> Usable:
    """Look up the variables of margins; a name that is repeated counts once.

    Parameters
    ----------
    responses : Responses
    names : iterable of str
    where : str
        For messages.
    lenient : collection of str
        Variables that interviews need not have a value of.
    """
    found = Usable({}, [])
    for name in dict.fromkeys(names):
        column = responses.columns.get(name)
        if isinstance(column, Categorical):
            found.columns[name] = column
            if name not in lenient:
                found.problems.extend(_without_value(responses, name, column, where))
        else:
            found.problems.append(_unusable(responses, name, where))
    return found


def _unusable(responses: Responses, name: str, where: str) -> Problem:
    if name not in responses.columns:
        return Problem(
            "there is no such question or derived variable",
            where=where,
            found=repr(name),
            allowed=nearest(name, responses.questionnaire.names),
            advice="correct the name, or declare the variable in the questionnaire",
        )
    if isinstance(responses.columns[name], Numeric):
        return Problem(
            f"{name!r} is a number and has no categories to weight by",
            where=where,
            allowed="variables with one answer from a list",
            advice=_banding(responses, name),
        )
    return Problem(
        f"{name!r} may have several answers, and its options overlap",
        where=where,
        allowed="variables with one answer from a list",
        advice="weight by a question of one answer: shares of overlapping options sum to no whole",
    )


def _banding(responses: Responses, name: str) -> str:
    derived = responses.questionnaire.derived
    bands = [one.name for one in derived if isinstance(one, Bands) and one.of == name]
    if bands:
        return f"band it first: use {' or '.join(map(repr, bands))}, its bands"
    return (
        f"band it first: declare a derived variable of kind 'bands' of {name!r} "
        "in the questionnaire, and weight by that"
    )


def _without_value(
    responses: Responses, name: str, column: Categorical, where: str
) -> Iterator[Problem]:
    if not column.position.size or column.position.min() >= 0:
        return
    lacking = (column.position < 0) & responses.interviewed
    if not lacking.any():
        return
    counting, rows = counting_of(responses.repeats), np.flatnonzero(lacking)
    interviews = counting.number(responses.interviewed)
    places = "" if responses.repeats is not None else f" ({rows_named(rows)})"
    yield Problem(
        f"{counting.number(rows)} of {interviews} interviews have no value of {name!r}",
        where=where,
        found=f"{_kinds(column, rows, counting)}{places}",
        allowed="a code of the question for every interview, as long as missing = 'raise'",
        advice="complete these answers before binding; or write in the margin what becomes of "
        "them: missing = 'own_class', 'keep_base' or 'distribute'; or leave the variable out",
    )


def _kinds(column: Categorical, rows: npt.NDArray[np.intp], counting: Counting) -> str:
    words = []
    for position in np.unique(column.position[rows]).tolist():
        count = counting.number(rows[column.position[rows] == position])
        if position <= FIRST_MISSING:
            kind = f"with the missing code {column.missing[FIRST_MISSING - position].code!r}"
        elif position == NOT_ASKED:
            kind = "not asked"
        else:
            kind = "blank" if position == BLANK else "no code of the question"
        words.append(f"{count} {kind}")
    return ", ".join(reversed(words))
