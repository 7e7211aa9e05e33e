"""Expressions of a form as conditions of a questionnaire."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Mapping, Sequence
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
from socialpoll.forms.ranges import Range, Side, limit_of, ranges_in, sides_of
from socialpoll.forms.writing_conditions import contains, holds
from socialpoll.schema import (
    All,
    Answered,
    Any,
    Chosen,
    CodeValue,
    Condition,
    Date,
    Dated,
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
        several = list(ranges_in(parts, self._question))
        for before, part, after in zip(
            [None, *several], several, [*several[1:], None], strict=False
        ):
            if self._says_given(before, part):
                continue
            one = (
                self._range(part, given=self._says_given(part, after))
                if isinstance(part, Within | Dated | Chosen)
                else self.condition(part)
            )
            if one is not None:
                found.append(one)
        if not found:
            return None
        return all_of(found)

    def _range(self, found: Range, *, given: bool = False) -> Condition:
        """Return a range with what else is in it to a form: missing codes, and nothing ticked."""
        question = self._named(found.question)
        if isinstance(found, Dated):
            return found
        if isinstance(found, Within):
            numbers = ((one.code, number_of(one.code)) for one in question.missing)
            inside = [code for code, n in numbers if isinstance(n, float) and contains(found, n)]
            return Any(found, Is(question.name, *inside)) if inside else found
        alone = [one.code for one in question.missing] if holds(found, 1) else []
        several: list[Condition] = [found]
        several += [Is(question.name, *alone)] if alone else []
        if holds(found, 0) and not given:
            nothing = Not(_given(question))
            several = [nothing] if found.most == 0 else [*several, nothing]
        return Any(*several) if len(several) > 1 else several[0]

    def _says_given(self, before: Expression | Range | None, part: object) -> bool:
        """Say whether a part tells that there is an answer to what was counted before."""
        match before, part:
            case Chosen(question=name), Compared(
                sign="!=", left=Reference(name=of), right=Literal(value="")
            ):
                return holds(before, 0) and self._question(of).name == name
        return False

    def _compared(self, expression: Compared) -> Condition:
        limit = limit_of(expression, self._question)
        if limit is not None:
            return self._range(limit)
        sides = sides_of(expression)
        if sides is None:
            raise ExpressionError(
                "only a question and a value can be compared", found=_shown(expression)
            )
        sign, left, value = sides
        if isinstance(left, Call):
            return self._counted(sign, left, value)
        question = self._question(left.name)
        if value == "":
            return _equal(_given(question), sign, expression, equal=False)
        if isinstance(question, Single | Scale) and not isinstance(value, dt.date):
            return self._coded(question, sign, value)
        return _equal(self._same(question, value, expression), sign, expression)

    def _same(self, question: OneAnswer, value: Side, expression: Compared) -> Condition:
        """Return that an answer is this one and nothing else."""
        if isinstance(value, dt.date):
            if isinstance(question, Date):
                return Dated(question.name, value, value)
        elif isinstance(question, Multiple):
            return _only(question, _code(question, value))
        elif isinstance(question, NUMERIC) and isinstance(number := number_of(value), float):
            return _number(question, number)
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

    def _counted(self, sign: str, call: Call, value: Side) -> Condition:
        """Return that another number of options was ticked; all else is a range."""
        (of,) = call.arguments
        if isinstance(of, Reference) and isinstance(value, float) and sign == "!=":
            if value == 0 and isinstance(question := self._question(of.name), Multiple):
                return _given(question)
            same = limit_of(Compared("=", call, Literal(value)), self._question)
            if same is not None:
                return Not(self._range(same))
        raise ExpressionError("only options of a question can be counted", found=f"{sign} {value}")

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
