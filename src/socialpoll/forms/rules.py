"""What answers must satisfy together, as the constraint of the question asked last, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from socialpoll.errors import ExpressionError
from socialpoll.forms.names import form_codes, form_names
from socialpoll.forms.writing_conditions import number_written
from socialpoll.schema import (
    AnyConstraint,
    Choices,
    Date,
    OneAnswer,
    Order,
    Questionnaire,
    Scale,
    Sum,
)
from socialpoll.schema.keys import number_of

__all__ = ["Rules", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """A constraint of a questionnaire in a form.

    Attributes
    ----------
    at : str
        The question whose answer is held to it.
    expression : str
        In brackets where it has several parts.
    """

    at: str
    expression: str


@dataclass(frozen=True)
class Rules:
    """Writes the constraints of a questionnaire with the names that its form has."""

    questionnaire: Questionnaire

    def written(self, constraint: AnyConstraint) -> Written:
        """Return a constraint as an expression that is true for the same answers.

        Raises
        ------
        ExpressionError
            A form cannot say it.
        """
        if constraint.severity == "note":
            raise ExpressionError("a form takes an answer or refuses it, and has no notes")
        if isinstance(constraint, Choices):
            return Written(constraint.of, _chosen(constraint, self.asked[constraint.of]))
        last = max(constraint.of, key=list(self.asked).index)
        if any(isinstance(self.asked[name], Scale) for name in constraint.of):
            raise ExpressionError("a form does not compare points of a scale")
        called = {
            name: "." if name == last else f"${{{self.names[name]}}}" for name in constraint.of
        }
        several = [called[name] for name in constraint.of]
        terms = _in_order(several) if isinstance(constraint, Order) else _added(constraint, several)
        lacking = [
            part for name in constraint.of for part in _lacking(self.asked[name], called[name])
        ]
        return Written(last, f"({' or '.join([*lacking, _all(terms)])})")

    @cached_property
    def asked(self) -> Mapping[str, OneAnswer]:
        """The questions by name, in the order of asking."""
        return {one.name: one for one in self.questionnaire.asked}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The names of the questions in the form."""
        return form_names(self.questionnaire)


def _chosen(constraint: Choices, question: OneAnswer) -> str:
    """Write how many options; a missing code, which is a choice to a form, may stand alone."""
    low, high = constraint.minimum, constraint.maximum
    limits = ((">=", low), ("<=", high))
    terms = [f"count-selected(.) {sign} {n}" for sign, n in limits if n is not None]
    if (low is None or low <= 1) and (high is None or high >= 1):
        return _all(terms)
    codes = form_codes(question)
    alone = [f"selected(., '{codes[one.code]}')" for one in question.missing]
    return f"({' or '.join([*alone, _all(terms)])})" if alone else _all(terms)


def _in_order(several: Sequence[str]) -> list[str]:
    return [f"{before} <= {after}" for before, after in pairwise(several)]


def _added(constraint: Sum, several: Sequence[str]) -> list[str]:
    limits = ((">=", constraint.minimum), ("<=", constraint.maximum))
    return [
        f"{' + '.join(several)} {sign} {number_written(limit)}"
        for sign, limit in limits
        if limit is not None
    ]


def _lacking(question: OneAnswer, called: str) -> Iterator[str]:
    """Yield what says that a question has no answer; a form asks that of no blank of its own."""
    if called != ".":
        yield f"{called} = ''"
    if not isinstance(question, Date):
        for one in question.missing:
            number = number_of(one.code)
            if isinstance(number, float):
                yield f"{called} = {number_written(number)}"


def _all(terms: Sequence[str]) -> str:
    return f"({' and '.join(terms)})" if len(terms) > 1 else terms[0]
