"""Parts of a form's constraint that speak of several answers, or count them, as constraints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from socialpoll.errors import ExpressionError, nearest
from socialpoll.forms.expressions import (
    Added,
    Both,
    Call,
    Compared,
    Either,
    Expression,
    Itself,
    Literal,
    Reference,
)
from socialpoll.forms.names import form_codes
from socialpoll.forms.ranges import FLIPPED, counted
from socialpoll.forms.texts import NOTHING
from socialpoll.schema import (
    UNDETERMINED,
    AnyConstraint,
    Choices,
    Date,
    Multiple,
    OneAnswer,
    Order,
    Sum,
)
from socialpoll.schema.keys import number_of
from socialpoll.schema.questions import NUMERIC

__all__ = ["COUNT", "Rule", "RuleReading"]

COUNT = Call("count-selected", (Itself(),))
UNSAID = {UNDETERMINED: NOTHING}
"""Stands for the message until it is known."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A constraint that a part of an expression is.

    Attributes
    ----------
    constraint : Sum, Order or Choices
        Its message is still to be said.
    whole : bool
        False where the form also refuses what is not judged here: that an answer lacks.
    """

    constraint: AnyConstraint
    whole: bool


@dataclass(frozen=True)
class RuleReading:
    """Reads what the constraint of a question says of it and of those before it.

    Parameters
    ----------
    question : OneAnswer
    asked : mapping of str to question
        By their names in the form.
    """

    question: OneAnswer
    asked: Mapping[str, OneAnswer]

    def rules(self, parts: Sequence[Expression]) -> Iterator[Rule]:
        """Yield the constraint that each part is, a lower and an upper number of choices as one.

        Raises
        ------
        ExpressionError
            A part has no counterpart.
        """
        waiting: Rule | None = None
        for part in parts:
            rule = self.rule(part)
            if waiting is not None:
                whole = _joined(waiting, rule)
                yield whole or waiting
                waiting = None
                if whole is not None:
                    continue
            if isinstance(rule.constraint, Choices) and rule.constraint.maximum is None:
                waiting = rule
            else:
                yield rule
        if waiting is not None:
            yield waiting

    def rule(self, part: Expression) -> Rule:
        """Return the constraint that a part is."""
        if isinstance(self.question, Multiple):
            return self._choices(part, self.question)
        several = part.parts if isinstance(part, Either) else (part,)
        bodies = [one for one in several if not self._is_lack(one)]
        if len(bodies) != 1:
            raise ExpressionError("only one comparison has a counterpart, and answers that lack")
        body = bodies[0]
        terms = [*map(_compared, body.parts if isinstance(body, Both) else bodies)]
        constraint = self._sum(terms) if isinstance(terms[0].left, Added) else self._order(terms)
        judged = set(several)
        return Rule(constraint, all(one in judged for one in self._lacks(constraint.of)))

    def _choices(self, part: Expression, question: Multiple) -> Rule:
        codes = form_codes(question)
        alone = {Call("selected", (ITSELF, Literal(codes[one.code]))) for one in question.missing}
        several = part.parts if isinstance(part, Either) else (part,)
        bodies = [one for one in several if one not in alone]
        if len(bodies) != 1:
            raise ExpressionError("only a number of choices has a counterpart")
        body = bodies[0]
        low, high = None, None
        for one in map(_compared, body.parts if isinstance(body, Both) else bodies):
            if one.left != COUNT or not isinstance(number := _number(one.right), float):
                raise ExpressionError("only a number of choices has a counterpart")
            found = counted(question.name, one.sign, number)
            low = low if found.least is None else found.least
            high = high if found.most is None else found.most
        one_is_enough = (low or 0) <= 1 and (high is None or high >= 1)
        constraint = Choices(of=question.name, minimum=low, maximum=high, message=UNSAID)
        return Rule(constraint, one_is_enough or alone <= set(several))

    def _sum(self, terms: Sequence[Compared]) -> Sum:
        low, high = None, None
        added = terms[0].left
        for one in terms:
            number = _number(one.right)
            if one.left != added or not isinstance(number, float) or one.sign not in LIMITS:
                raise ExpressionError("only the limits of one sum have a counterpart")
            low = number if one.sign in {">=", "="} else low
            high = number if one.sign in {"<=", "="} else high
        if low is not None and high is not None and low > high:
            raise ExpressionError("no answer makes it true")
        several = added.parts if isinstance(added, Added) else ()
        names = tuple(self._named(one, NUMERIC) for one in several)
        return Sum(of=_unlike(names), minimum=low, maximum=high, message=UNSAID)

    def _order(self, terms: Sequence[Compared]) -> Order:
        kinds = (Date,) if isinstance(self.question, Date) else NUMERIC
        pairs = []
        for one in terms:
            if one.sign not in {"<=", ">="}:
                raise ExpressionError("such a comparison of two answers has no counterpart")
            sides = (one.left, one.right) if one.sign == "<=" else (one.right, one.left)
            pairs.append(tuple(self._named(side, kinds) for side in sides))
        names = pairs[0]
        for before, after in pairs[1:]:
            if before != names[-1]:
                raise ExpressionError("comparisons that are no chain have no counterpart")
            names = (*names, after)
        return Order(of=_unlike(names), message=UNSAID)

    def _named(self, side: Expression, kinds: tuple[type, ...]) -> str:
        """Return the name of a question of one of the kinds that can be compared."""
        if isinstance(side, Itself):
            question = self.question
        elif isinstance(side, Reference) and side.name in self.asked:
            question = self.asked[side.name]
        else:
            what, found = "it speaks of what is no earlier question", getattr(side, "name", "")
            raise ExpressionError(what, found=repr(found), allowed=nearest(found, self.asked))
        if not isinstance(question, kinds):
            raise ExpressionError("answers of these kinds are not compared", found=question.name)
        return question.name

    def _is_lack(self, part: Expression) -> bool:
        """Say whether a part says that there is no answer, or a missing code."""
        match part:
            case Compared(sign="=", left=Reference(name=name), right=Literal(value=value)):
                question = self.asked.get(name)
            case Compared(sign="=", left=Itself(), right=Literal(value=value)):
                question = self.question
            case _:
                return False
        codes = [] if question is None else [number_of(one.code) for one in question.missing]
        return value == "" or (isinstance(value, float) and value in codes)

    def _lacks(self, names: Sequence[str] | str) -> Iterator[Expression]:
        """Yield what says that one of the questions has no answer that could be judged."""
        called: dict[str, Expression] = {
            one.name: Reference(key) for key, one in self.asked.items()
        }
        questions = {one.name: one for one in (*self.asked.values(), self.question)}
        called[self.question.name] = ITSELF
        for name in names:
            if called[name] != ITSELF:
                yield Compared("=", called[name], Literal(""))
            for one in questions[name].missing:
                if isinstance(number := number_of(one.code), float):
                    yield Compared("=", called[name], Literal(number))


LIMITS = frozenset({">=", "<=", "="})
ITSELF = Itself()


def _compared(part: Expression) -> Compared:
    """Return a comparison with what is compared in front, and a number behind it."""
    if not isinstance(part, Compared):
        raise ExpressionError("this part is no comparison")
    if isinstance(part.left, Literal):
        return Compared(FLIPPED[part.sign], part.right, part.left)
    return part


def _number(side: Expression) -> float | None:
    number = number_of(side.value) if isinstance(side, Literal) else None
    return number if isinstance(number, float) else None


def _unlike(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) < len(names):
        raise ExpressionError("a question is compared with itself", found=", ".join(names))
    return names


def _joined(lower: Rule, upper: Rule) -> Rule | None:
    low, high = lower.constraint, upper.constraint
    if not isinstance(low, Choices) or not isinstance(high, Choices):
        return None
    if high.minimum is not None or low.minimum is None or high.maximum is None:
        return None
    if low.minimum > high.maximum:
        return None
    return Rule(replace(low, maximum=high.maximum), lower.whole and upper.whole)
