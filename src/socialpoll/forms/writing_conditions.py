"""Conditions of a questionnaire as the expressions of a form."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from socialpoll.errors import ExpressionError
from socialpoll.forms.names import form_codes, form_names
from socialpoll.schema import (
    All,
    Answered,
    Any,
    AnyDerived,
    AnyQuestion,
    Band,
    Bands,
    Chosen,
    CodeValue,
    Condition,
    Dated,
    Derived,
    Is,
    Multiple,
    Nets,
    Not,
    OneAnswer,
    Questionnaire,
    Scale,
    Single,
    TimeOfDay,
    Within,
    categories_of,
)
from socialpoll.schema.keys import key_of, number_of
from socialpoll.schema.questions import NUMERIC
from socialpoll.schema.spelling import held_by, spelt_out

__all__ = ["Relevance", "contains", "day_written", "holds", "number_written"]

SIGNS = {"both": (">=", "<="), "left": (">=", "<"), "right": (">", "<="), "neither": (">", "<")}


@dataclass(frozen=True)
class Relevance:
    """Writes the conditions of a questionnaire with the names that its form has."""

    questionnaire: Questionnaire

    def written(self, condition: Condition) -> str:
        """Return a condition as an expression that is true for the same answers.

        Parameters
        ----------
        condition : Condition

        Returns
        -------
        str
            For ``relevant``. Missing codes, which a form does not know, are left out of ranges and
            of what counts as answered, as a questionnaire does.

        Raises
        ------
        ExpressionError
            A form cannot say it.
        """
        match condition:
            case Not(condition=inner):
                return f"not({self.written(inner)})"
            case All(conditions=several):
                return _joined(" and ", map(self.written, several))
            case Any(conditions=several):
                return _joined(" or ", map(self.written, several))
            case Is(question=name, codes=codes):
                parts = [self._is(name, code) for code in codes]
                return _joined(" or ", parts) if parts else "false()"
            case Answered(question=name):
                return self._answered(name)
            case Within() | Dated() | Chosen():
                return self._range(condition)

    @cached_property
    def names(self) -> dict[str, str]:
        """The names of the questions in the form."""
        return form_names(self.questionnaire)

    def _is(self, name: str, code: CodeValue) -> str:
        variable = self.questionnaire[name]
        if isinstance(variable, Derived):
            return self.written(_undone(variable, self.questionnaire.source_of(variable), code))
        reference = f"${{{self.names[name]}}}"
        if isinstance(variable, NUMERIC):
            number = number_of(code)
            if not isinstance(number, float):
                raise _unsayable(f"{code!r} is no number to enter", name)
            return f"{reference} = {number_written(number)}"
        if isinstance(variable, TimeOfDay):
            raise _unsayable("a form compares no times of the day", name)
        if not isinstance(variable, Single | Scale | Multiple):
            raise _unsayable(f"{code!r} is no choice to be made", name)
        literal = f"'{_in_form(variable, code)}'"
        if isinstance(variable, Multiple):
            return f"selected({reference}, {literal})"
        return f"{reference} = {literal}"

    def _range(self, condition: Within | Dated | Chosen) -> str:
        if isinstance(condition, Within):
            return self._within(condition.question, condition)
        if isinstance(condition, Dated):
            return self._dated(condition)
        return self._chosen(condition.question, condition)

    def _within(self, name: str, condition: Within) -> str:
        variable = self.questionnaire[name]
        if isinstance(variable, Scale):
            codes = [
                one.code
                for one in categories_of(self.questionnaire, name).codes
                if one.score is not None and contains(condition, one.score)
            ]
            return self.written(Is(name, *codes)) if codes else "false()"
        if not isinstance(variable, NUMERIC):
            raise _unsayable("it has no numbers to compare", name)
        reference = f"${{{self.names[name]}}}"
        signs = SIGNS[condition.closed]
        limits = zip(signs, (condition.minimum, condition.maximum), strict=True)
        parts = [
            f"{reference} {sign} {number_written(one)}" for sign, one in limits if one is not None
        ]
        parts += [
            f"{reference} != {number_written(number)}"
            for number in _numbers(variable)
            if contains(condition, number)
        ]
        return _joined(" and ", parts)

    def _dated(self, condition: Dated) -> str:
        reference = f"${{{self.names[condition.question]}}}"
        limits = ((">=", condition.earliest), ("<=", condition.latest))
        return _joined(
            " and ",
            [f"{reference} {sign} {day_written(day)}" for sign, day in limits if day is not None],
        )

    def _chosen(self, name: str, condition: Chosen) -> str:
        """Write how many options are chosen; a missing code is a choice to a form alone."""
        reference = f"${{{self.names[name]}}}"
        limits = ((">=", condition.least), ("<=", condition.most))
        parts = [f"count-selected({reference}) {sign} {n}" for sign, n in limits if n is not None]
        variable = self.questionnaire[name]
        if not condition.least:
            if isinstance(variable, Multiple) and variable.blank == "none":
                raise _unsayable("a form does not tell nothing ticked from not asked", name)
            parts.append(f"{reference} != ''")
        if isinstance(variable, Multiple) and holds(condition, 1):
            parts += [f"not({self._is(name, one.code)})" for one in variable.missing]
        return _joined(" and ", parts)

    def _answered(self, name: str) -> str:
        variable = self.questionnaire[name]
        if isinstance(variable, Nets):
            return self._answered(variable.of)
        if isinstance(variable, Derived):
            codes = [one.code for one in categories_of(self.questionnaire, name).codes]
            return self.written(Is(name, *codes))
        if isinstance(variable, Multiple) and variable.blank == "none":
            raise _unsayable("a form does not tell nothing ticked from not asked", name)
        reference = f"${{{self.names[name]}}}"
        if isinstance(variable, NUMERIC):
            excluded = [f"{reference} != {number_written(one)}" for one in _numbers(variable)]
        elif isinstance(variable, Single | Scale | Multiple):
            excluded = [f"not({self._is(name, one.code)})" for one in variable.missing]
        else:
            excluded = []
        return _joined(" and ", [f"{reference} != ''", *excluded])


def contains(condition: Within, number: float) -> bool:
    """Say whether a number is in a range."""
    low, high, closed = condition.minimum, condition.maximum, condition.closed
    above = low is None or number > low or (number == low and closed in {"both", "left"})
    below = high is None or number < high or (number == high and closed in {"both", "right"})
    return above and below


def holds(condition: Chosen, number: int) -> bool:
    """Say whether a number of choices is within limits."""
    least, most = condition.least, condition.most
    return (least is None or number >= least) and (most is None or number <= most)


def day_written(day: dt.date) -> str:
    """Write a day as forms compare it.

    Examples
    --------
    >>> day_written(dt.date(2026, 1, 31))
    "date('2026-01-31')"
    """
    return f"date('{day.isoformat()}')"


def number_written(number: float) -> str:
    """Write a number as XPath reads it, which knows no exponents.

    Examples
    --------
    >>> number_written(18.0), number_written(0.5), number_written(1e-7)
    ('18', '0.5', '0.0000001')
    """
    whole = Decimal(int(number)) if float(number).is_integer() else Decimal(repr(float(number)))
    return format(whole, "f")


def _joined(by: str, parts: Iterable[str]) -> str:
    several = list(parts)
    return several[0] if len(several) == 1 else f"({by.join(several)})"


def _numbers(question: OneAnswer) -> list[float]:
    """Return the missing codes of a question that are numbers."""
    numbers = (number_of(one.code) for one in question.missing)
    return [one for one in numbers if isinstance(one, float)]


def _in_form(question: Single | Scale | Multiple, code: CodeValue) -> str:
    wanted = key_of(code, question.code_type)
    return next(
        new
        for old, new in form_codes(question).items()
        if key_of(old, question.code_type) == wanted
    )


def _undone(derived: AnyDerived, source: AnyQuestion, code: CodeValue) -> Condition:
    """Return what a code of a derived variable means of the question it is made from."""
    made = spelt_out(derived, source)
    key = key_of(code, "string")
    if isinstance(made, Bands):
        for band in made.bands:
            if band.code == code:
                return _in_band(band, source)
        return Is(derived.of, code)
    held = [own for one, codes in held_by(made).items() if one == key for own in codes]
    taken = [one.code for one in source.missing if key_of(one.code, "string") == key]
    return Is(derived.of, *held, *taken)


def _in_band(band: Band, source: AnyQuestion) -> Condition:
    """Return what a band means: a range, or a number of choices none of which is exclusive."""
    low, high = band.minimum, band.maximum
    if not isinstance(source, Multiple):
        return Within(source.name, low, high)
    exclusive = tuple(one.code for one in source.options if one.exclusive)
    least = 0 if low is None else max(0, math.ceil(low))
    chosen = Chosen(source.name, least, None if high is None else math.floor(high))
    if not exclusive:
        return chosen
    alone = Is(source.name, *exclusive)
    return Any(chosen, alone) if least == 0 else All(chosen, Not(alone))


def _unsayable(what: str, name: str) -> ExpressionError:
    return ExpressionError(what, where=f"question {name!r}")
