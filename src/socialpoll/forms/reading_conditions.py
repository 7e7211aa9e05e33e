"""Expressions of a form as conditions of a questionnaire."""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from socialpoll.errors import ExpressionError, nearest
from socialpoll.forms.expressions import (
    Both,
    Call,
    Compared,
    Either,
    Expression,
    Literal,
    Reference,
    parse,
)
from socialpoll.forms.joining import all_of, any_of
from socialpoll.forms.names import all_codes
from socialpoll.forms.writing_conditions import contains
from socialpoll.schema import (
    All,
    Answered,
    Any,
    Closed,
    CodeValue,
    Condition,
    Is,
    Multiple,
    Not,
    OneAnswer,
    Scale,
    Single,
    Within,
)
from socialpoll.schema.keys import number_of
from socialpoll.schema.questions import NUMERIC

__all__ = ["condition_of"]

COMPARE = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
ANYTHING = {(">=", 1.0), (">", 0.0), ("!=", 0.0)}
NOTHING = {("<", 1.0), ("<=", 0.0), ("=", 0.0)}
"""What is compared with the number of options ticked, where it asks whether there are any."""


def condition_of(text: str, asked: Mapping[str, OneAnswer]) -> Condition | None:
    """Return what an expression means of the questions before it.

    Parameters
    ----------
    text : str
        As the form has it.
    asked : mapping of str to question
        Earlier questions by their names in the form.

    Returns
    -------
    Condition or None
        True for the same answers: a missing code, which is an answer like any other to a form, is
        named beside the range it lies in. None where it is always true.

    Raises
    ------
    ExpressionError
        It is no expression, or has no counterpart.
    """
    return Reading(asked).condition(parse(text))


@dataclass(frozen=True)
class Reading:
    """Reads expressions about these questions."""

    asked: Mapping[str, OneAnswer]

    def condition(self, expression: Expression) -> Condition | None:
        """Return the condition that an expression is; None where it is always true."""
        match expression:
            case Both(parts=parts):
                return self._both(parts)
            case Either(parts=parts):
                several = [self.condition(one) for one in parts]
                found = [one for one in several if one is not None]
                return None if len(found) < len(several) else any_of(found)
            case Call(name="not", arguments=(inner,)):
                condition = self.condition(inner)
                if condition is not None:
                    return Not(condition)
            case Call(name="true"):
                return None
            case Call(name="selected", arguments=(Reference(name=name), Literal(value=value))):
                return self._chosen(self._question(name), value)
            case Compared():
                return self._compared(expression)
        raise ExpressionError(
            "this is no condition on an earlier question", found=_shown(expression)
        )

    def _both(self, parts: Sequence[Expression]) -> Condition | None:
        found: list[Condition] = []
        for part in self._ranges(parts):
            one = self._range(part) if isinstance(part, Within) else self.condition(part)
            if one is not None:
                found.append(one)
        if not found:
            return None
        return all_of(found)

    def _ranges(self, parts: Sequence[Expression]) -> Iterator[Expression | Within]:
        """Yield parts, a lower and an upper limit of one question behind it as one range."""
        waiting: Within | None = None
        for part in parts:
            limit = self._limit(part)
            if waiting is not None and limit is not None and _complete(waiting, limit):
                yield Within(
                    waiting.question, waiting.minimum, limit.maximum, _closed(waiting, limit)
                )
                waiting = None
                continue
            if waiting is not None:
                yield waiting
            waiting = limit
            if limit is None:
                yield part
        if waiting is not None:
            yield waiting

    def _limit(self, part: Expression) -> Within | None:
        """Return a comparison of a number with a limit as a range that is open at one end."""
        sides = _sides(part) if isinstance(part, Compared) else None
        if sides is None:
            return None
        sign, left, number = sides
        if not isinstance(left, Reference) or not isinstance(number, float):
            return None
        question = self._question(left.name)
        if not isinstance(question, NUMERIC):
            return None
        match sign:
            case ">" | ">=":
                return Within(question.name, number, None, "both" if sign == ">=" else "right")
            case "<" | "<=":
                return Within(question.name, None, number, "both" if sign == "<=" else "left")
        return None

    def _range(self, within: Within) -> Condition:
        """Return a range, or the missing codes that lie in it too, as a form takes them."""
        question = self._named(within.question)
        codes = [
            one.code
            for one in question.missing
            if isinstance(number := number_of(one.code), float) and contains(within, number)
        ]
        return Any(within, Is(question.name, *codes)) if codes else within

    def _compared(self, expression: Compared) -> Condition:
        limit = self._limit(expression)
        if limit is not None:
            return self._range(limit)
        sides = _sides(expression)
        if sides is None:
            raise ExpressionError(
                "only a question and a value can be compared", found=_shown(expression)
            )
        sign, left, value = sides
        if isinstance(left, Call):
            return self._counted(sign, left, value)
        question = self._question(left.name)
        if value == "":
            given = _given(question)
            return _equal(given, sign, expression, equal=False)
        if isinstance(question, NUMERIC):
            number = number_of(value)
            if isinstance(number, float):
                return _equal(_number(question, number), sign, expression)
        elif isinstance(question, Multiple):
            return _equal(_only(question, _code(question, value)), sign, expression)
        elif isinstance(question, Single | Scale):
            return self._coded(question, sign, value)
        raise ExpressionError("a value of another kind than the answers", found=_shown(expression))

    def _coded(self, question: Single | Scale, sign: str, value: str | float) -> Condition:
        """Return a comparison of a code: with words, or with a number as forms order them."""
        if sign in {"=", "!="}:
            chosen = Is(question.name, _code(question, value))
            return chosen if sign == "=" else Not(chosen)
        limit = number_of(value)
        codes = [
            code
            for code in all_codes(question)
            if isinstance(number := number_of(code), float)
            and isinstance(limit, float)
            and COMPARE[sign](number, limit)
        ]
        if not codes:
            raise ExpressionError("no answer makes it true", found=f"{sign} {value}")
        return Is(question.name, *codes)

    def _counted(self, sign: str, call: Call, value: str | float) -> Condition:
        (of,) = call.arguments
        if isinstance(of, Reference) and isinstance(value, float):
            question = self._question(of.name)
            if (sign, value) in ANYTHING:
                return _given(question)
            if (sign, value) in NOTHING:
                return Not(_given(question))
        raise ExpressionError(
            "how many options were ticked can only be told from none", found=f"{sign} {value}"
        )

    def _chosen(self, question: OneAnswer, value: str | float) -> Condition:
        if isinstance(question, Single | Scale | Multiple):
            return Is(question.name, _code(question, value))
        raise ExpressionError("selected() of a question without options", found=repr(question.name))

    def _question(self, name: str) -> OneAnswer:
        if name not in self.asked:
            raise ExpressionError(
                "it depends on what is no earlier question",
                found=f"${{{name}}}",
                allowed=nearest(name, self.asked),
            )
        return self.asked[name]

    def _named(self, name: str) -> OneAnswer:
        return next(one for one in self.asked.values() if one.name == name)


def _sides(compared: Compared) -> tuple[str, Reference | Call, str | float] | None:
    """Return sign, question and value of a comparison, the question in front."""
    match compared:
        case Compared(
            sign=sign,
            left=Reference() | Call(name="count-selected") as left,
            right=Literal(value=value),
        ):
            return sign, left, value
        case Compared(
            sign=sign,
            left=Literal(value=value),
            right=Reference() | Call(name="count-selected") as right,
        ):
            return FLIPPED[sign], right, value
    return None


def _equal(
    condition: Condition, sign: str, expression: Compared, *, equal: bool = True
) -> Condition:
    if sign not in {"=", "!="}:
        raise ExpressionError("such a comparison has no counterpart", found=_shown(expression))
    return condition if (sign == "=") == equal else Not(condition)


def _given(question: OneAnswer) -> Condition:
    """Return that anything was answered, a missing code too."""
    answered = Answered(question.name)
    codes = [one.code for one in question.missing]
    return Any(answered, Is(question.name, *codes)) if codes else answered


def _number(question: OneAnswer, number: float) -> Condition:
    codes = [one.code for one in question.missing if number_of(one.code) == number]
    return Is(question.name, *codes) if codes else Within(question.name, number, number)


def _only(question: Multiple, code: CodeValue) -> Condition:
    others = [one for one in all_codes(question) if one != code]
    chosen = Is(question.name, code)
    return All(chosen, Not(Is(question.name, *others))) if others else chosen


def _code(question: Single | Scale | Multiple, value: str | float) -> CodeValue:
    """Return the code that a literal means: words as they stand, a number as a number."""
    codes = all_codes(question)
    for code in codes:
        if (number_of(code) if isinstance(value, float) else str(code)) == value:
            return code
    raise ExpressionError(
        f"{question.name!r} has no such choice", found=repr(value), allowed=nearest(value, codes)
    )


def _complete(lower: Within, upper: Within) -> bool:
    """Say whether two limits make one range."""
    if lower.question != upper.question or lower.minimum is None or upper.maximum is None:
        return False
    return lower.maximum is None and upper.minimum is None and lower.minimum <= upper.maximum


def _closed(lower: Within, upper: Within) -> Closed:
    if lower.closed == "both":
        return "both" if upper.closed == "both" else "left"
    return "right" if upper.closed == "both" else "neither"


def _shown(expression: Expression) -> str:
    match expression:
        case Reference(name=name):
            return f"${{{name}}}"
        case Literal(value=value):
            return repr(value)
        case Compared(sign=sign, left=left, right=right):
            return f"{_shown(left)} {sign} {_shown(right)}"
        case Call(name=name):
            return f"{name}(…)"
    return "."
