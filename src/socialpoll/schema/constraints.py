"""What answers must satisfy together, as data: never an expression to evaluate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from socialpoll.schema.border import BORDER, settle
from socialpoll.schema.texts import Text

__all__ = ["AnyConstraint", "Choices", "Constraint", "Order", "Sum"]


@dataclass(frozen=True, kw_only=True)
class Constraint:
    """What every kind of constraint declares.

    Parameters
    ----------
    message : Text
        What is wrong where it does not hold, in words for interviewers and editors.
    severity : {"error", "note"}
        Of the finding.
    """

    message: Text
    severity: Literal["error", "note"] = "error"

    __pydantic_config__ = BORDER

    def __post_init__(self) -> None:
        settle(self, texts=("message",), tuples=("of",))


@dataclass(frozen=True, kw_only=True)
class Sum(Constraint):
    """The sum of several numbers lies within limits, both allowed; where all were given.

    Parameters
    ----------
    of : tuple of str
        Two or more questions with numbers.
    minimum, maximum : float, optional
        Limits of the sum, both allowed.
    """

    kind: Literal["sum"] = "sum"
    of: Annotated[tuple[str, ...], Field(min_length=2)]
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, kw_only=True)
class Order(Constraint):
    """No answer is below the one before it: numbers, scores or dates; where all were given.

    Parameters
    ----------
    of : tuple of str
        Two or more questions, in the order in which their answers may not fall.
    """

    kind: Literal["order"] = "order"
    of: Annotated[tuple[str, ...], Field(min_length=2)]


@dataclass(frozen=True, kw_only=True)
class Choices(Constraint):
    """So many options of a multiple-response question are chosen, where it was answered.

    Parameters
    ----------
    of : str
        A ``multiple`` question.
    minimum, maximum : int, optional
        How many options, both allowed.
    """

    kind: Literal["choices"] = "choices"
    of: str
    minimum: Annotated[int, Field(ge=0)] | None = None
    maximum: Annotated[int, Field(ge=0)] | None = None


AnyConstraint: TypeAlias = Sum | Order | Choices
