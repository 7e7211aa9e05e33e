"""What an answer counts as: the column of a measure, a number, or a code that stands for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.errors import EstimationError
from socialpoll.responses import (
    FIRST_MISSING,
    NOT_ASKED,
    Categorical,
    Column,
    Numeric,
    Responses,
    Ticks,
)
from socialpoll.schema import CodeValue, Missing
from socialpoll.schema.meaning import if_not_asked
from socialpoll.totals.basis import Base
from socialpoll.totals.domains import categorical

__all__ = [
    "AnsweredAs",
    "answered_as",
    "asked_at",
    "in_base_codes",
    "meaning",
    "number_of",
    "positions_of",
]


def in_base_codes(column: Column) -> tuple[Missing, ...]:
    """Return the typed missing codes in the base; each has a figure of its own."""
    return tuple(one for one in column.missing if one.in_base)


@dataclass(frozen=True, slots=True)
class AnsweredAs:
    """Which column of a measure an answer is in, by its position.

    Attributes
    ----------
    offset : int
        What is added to a position, so that the lowest one stands at 0.
    column : int16 array
        By position plus offset; -1 outside the base.
    size : int
        Number of columns K.
    """

    offset: int
    column: npt.NDArray[np.int16]
    size: int


def answered_as(responses: Responses, name: str, base: Base) -> AnsweredAs:
    """Return the columns of :class:`Categories`: its categories, missing codes, and the rest."""
    column = categorical(responses, name)
    own = in_base_codes(column)
    categories = len(column.categories)
    rest = categories + len(own)
    position = positions_of(column)
    table = np.where(position >= 0, position, -1).astype(np.int16)
    for number, missing in enumerate(column.missing):
        if missing.in_base:
            table[position == FIRST_MISSING - number] = categories + own.index(missing)
    if base != "answered":
        were_asked = asked_at(column, position)
        if base == "all":
            codes = [one.code for one in column.categories] + [one.code for one in own]
            routed_out = _place(codes, meaning(responses, name))
            table[~were_asked] = routed_out
            table[table < 0] = rest
        else:
            table[were_asked & (table < 0)] = rest
    return AnsweredAs(int(-position[0]), table, rest + 1)


def positions_of(column: Column) -> npt.NDArray[np.int64]:
    """Return every position that an answer can have, the lowest first."""
    last = len(column.categories) if isinstance(column, Categorical) else 1
    return np.arange(FIRST_MISSING - len(column.missing) + 1, last)


def asked_at(column: Column, position: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """Say which positions are of cases that were asked."""
    typed = [
        FIRST_MISSING - place
        for place, one in enumerate(column.missing)
        if one.reason == "not_asked"
    ]
    return ~np.isin(position, [NOT_ASKED, *typed])


def number_of(responses: Responses, name: str) -> npt.NDArray[np.float64]:
    """Return a number per case; scores; how many options were chosen, or nets were given.

    An exclusive option stands for none of the others, and is not counted. EstimationError for kinds
    without numbers.
    """
    column = responses.columns[name]
    if isinstance(column, Numeric):
        return column.values
    if isinstance(column, Ticks):
        return column.chosen
    if isinstance(column, Categorical) and all(one.score is not None for one in column.categories):
        scores = np.array([one.score for one in column.categories], dtype=np.float64)
        return np.where(column.position >= 0, scores[np.maximum(column.position, 0)], 0.0)
    message = f"{name!r} has no numbers to sum"
    raise EstimationError(
        message,
        where=name,
        found=type(column).__name__.lower(),
        allowed="number, duration, several answers, or codes that all have scores",
    )


def meaning(responses: Responses, name: str) -> tuple[CodeValue, ...]:
    """Return the codes that being routed out means; EstimationError where none is declared."""
    routed_out = if_not_asked(responses.questionnaire, name)
    if routed_out is None:
        message = f"base 'all' needs to know what it means that {name!r} was not asked"
        raise EstimationError(
            message,
            where=name,
            found="no if_not_asked",
            allowed="base 'answered' or 'asked'",
            advice='declare if_not_asked in the questionnaire, for example if_not_asked = "no"',
        )
    return routed_out


def _place(codes: list[CodeValue], meant: tuple[CodeValue, ...]) -> int:
    """Return the place of what is meant, which of categories is one code at most; -1 for none."""
    return next((codes.index(code) for code in meant if code in codes), -1)
