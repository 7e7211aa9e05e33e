"""Conditions on answers, as data: for routing, for domains; never an expression to evaluate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from socialpoll.schema.border import own_code
from socialpoll.schema.codes import CodeValue

__all__ = [
    "All",
    "Answered",
    "Any",
    "Chosen",
    "Closed",
    "Condition",
    "Dated",
    "Is",
    "Not",
    "Within",
    "questions_of",
]

Closed: TypeAlias = Literal["both", "left", "right", "neither"]


@dataclass(frozen=True, slots=True)
class Is:
    """True where a question was answered with one of the codes.

    For a multiple-response question: where any of the options was chosen.

    Parameters
    ----------
    question : str
        A question with codes, a derived variable, or an item of a grid.
    codes : str or int
        At least one of its codes, each an argument of its own.
    """

    question: str
    codes: tuple[CodeValue, ...]

    def __init__(self, question: str, *codes: CodeValue) -> None:
        object.__setattr__(self, "question", question)
        object.__setattr__(self, "codes", tuple(map(own_code, codes)))


@dataclass(frozen=True, slots=True)
class Within:
    """True where a number lies between two limits; missing answers are outside.

    Parameters
    ----------
    question : str
        A ``number``, ``duration`` or ``scale`` question.
    minimum, maximum : float, optional
        Limits; ``None`` is no limit.
    closed : {"both", "left", "right", "neither"}
        Which limits belong to the range.
    """

    question: str
    minimum: float | None = None
    maximum: float | None = None
    closed: Closed = "both"


@dataclass(frozen=True, slots=True)
class Dated:
    """True where a date lies between two days, both inside; missing answers are outside.

    Parameters
    ----------
    question : str
        A ``date`` question.
    earliest, latest : date, optional
        Limits; ``None`` is no limit.
    """

    question: str
    earliest: dt.date | None = None
    latest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """True where so many options of a multiple-response question were chosen.

    Parameters
    ----------
    question : str
        A ``multiple`` question.
    least, most : int, optional
        Limits, both inside; ``None`` is no limit.
    """

    question: str
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """True where the condition is not.

    Parameters
    ----------
    condition : Condition
        Any of the conditions, also one of several.
    """

    condition: Condition


@dataclass(frozen=True, slots=True)
class All:
    """True where every condition is.

    Parameters
    ----------
    conditions : Condition
        At least one, each an argument of its own.
    """

    conditions: tuple[Condition, ...] = field(default=())

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", tuple(conditions))


@dataclass(frozen=True, slots=True)
class Any:
    """True where at least one condition is.

    Parameters
    ----------
    conditions : Condition
        At least one, each an argument of its own.
    """

    conditions: tuple[Condition, ...] = field(default=())

    def __init__(self, *conditions: Condition) -> None:
        object.__setattr__(self, "conditions", tuple(conditions))


@dataclass(frozen=True, slots=True)
class Answered:
    """True where a question has a valid answer (no missing code, no blank).

    Parameters
    ----------
    question : str
        A question of any kind, or a derived variable.
    """

    question: str


Condition: TypeAlias = Is | Within | Dated | Chosen | Answered | Not | All | Any


def questions_of(condition: Condition) -> Iterator[str]:
    """Yield the name of every question a condition speaks of."""
    match condition:
        case Is() | Within() | Dated() | Chosen() | Answered():
            yield condition.question
        case Not(condition=inner):
            yield from questions_of(inner)
        case All(conditions=several) | Any(conditions=several):
            for one in several:
                yield from questions_of(one)
