"""Limits of numbers and options that exclude others, as the constraints of a form and back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from socialpoll.errors import ExpressionError
from socialpoll.forms.expressions import (
    Both,
    Call,
    Compared,
    Either,
    Expression,
    Itself,
    Literal,
    parse,
)
from socialpoll.forms.names import form_codes
from socialpoll.forms.writing_conditions import number_written
from socialpoll.report import Message, Phrase, Said
from socialpoll.schema import Duration, Multiple, Number, OneAnswer
from socialpoll.schema.keys import number_of

__all__ = ["Limits", "constraint_written", "limits_of", "messages_of"]

ITSELF = Itself()
COUNT = Call("count-selected", (ITSELF,))
SEVERAL = {Compared(">", COUNT, Literal(1.0)), Compared(">=", COUNT, Literal(2.0))}
ALONE = {Compared("=", COUNT, Literal(1.0)), Compared("<=", COUNT, Literal(1.0))}


@dataclass(frozen=True)
class Limits:
    """What a constraint says of an answer.

    Attributes
    ----------
    minimum, maximum : float or None
        Both allowed.
    allowed : tuple of float
        Numbers that are allowed beside: missing codes.
    exclusive : tuple of str
        Options that may not be chosen with others.
    """

    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[float, ...] = ()
    exclusive: tuple[str, ...] = ()


def constraint_written(question: OneAnswer) -> str:
    """Return the constraint of a question; empty where anything may be answered.

    Examples
    --------
    >>> import socialpoll as sp
    >>> constraint_written(sp.Duration(name="hours", text="How long?"))
    '. >= 0 and . <= 24'
    """
    if isinstance(question, Multiple):
        names = _exclusive(question)
        return " and ".join(f"not(selected(., '{one}') and count-selected(.) > 1)" for one in names)
    if not isinstance(question, Number | Duration):
        return ""
    parts = [
        f". {sign} {number_written(limit)}"
        for sign, limit in ((">=", question.minimum), ("<=", question.maximum))
        if limit is not None
    ]
    allowed = [f". = {number_written(one)}" for one in _outside(question)] if parts else []
    within = " and ".join(parts)
    return " or ".join([f"({within})" if len(parts) > 1 and allowed else within, *allowed])


def messages_of(question: OneAnswer) -> tuple[Phrase, ...]:
    """Return what is to be said to whoever breaks the constraint of a question."""
    if isinstance(question, Multiple):
        labels = [one.label for one in question.options if one.exclusive]
        labels += [one.label for one in question.missing]
        return tuple(
            Message(
                "“{option}” cannot be chosen together with another answer.",
                {"option": Said(label)},
            )
            for label in labels
        )
    if not isinstance(question, Number | Duration):
        return ()
    low, high = question.minimum, question.maximum
    if low is None and high is None:
        return ()
    limits = {
        "low": "" if low is None else number_written(low),
        "high": "" if high is None else number_written(high),
    }
    if high is None:
        said = Message("Enter a number of at least {low}.", {"low": limits["low"]})
    elif low is None:
        said = Message("Enter a number of at most {high}.", {"high": limits["high"]})
    else:
        said = Message("Enter a number from {low} to {high}.", limits)
    beside = [
        Message("Or enter {code} for: {label}.", {"code": str(one.code), "label": Said(one.label)})
        for one in question.missing
        if isinstance(number_of(one.code), float)
    ]
    return (said, *beside)


def limits_of(text: str, *, whole: bool = False) -> Limits:
    """Return what a constraint says.

    Parameters
    ----------
    text : str
        As the form has it.
    whole : bool
        Whether the answers are whole numbers, of which ``. > 0`` are those from 1.

    Raises
    ------
    ExpressionError
        It is no expression, or says more than limits and exclusive options.

    Examples
    --------
    >>> limits_of("(. >= 0 and . <= 24) or . = 99")
    Limits(minimum=0.0, maximum=24.0, allowed=(99.0,), exclusive=())
    """
    tree = parse(text)
    allowed: list[float] = []
    exclusive: list[str] = []
    if isinstance(tree, Either) and _excluded(tree) is None:
        allowed, rest = _split(tree)
        tree = rest
    low, high = -math.inf, math.inf
    for part in _parts(tree):
        option = _excluded(part)
        if option is not None:
            exclusive.append(option)
            continue
        sign, number = _limit(part, whole=whole)
        if sign == ">=":
            low = max(low, number)
        else:
            high = min(high, number)
    return Limits(
        None if math.isinf(low) else low,
        None if math.isinf(high) else high,
        tuple(allowed),
        tuple(exclusive),
    )


def _exclusive(question: Multiple) -> list[str]:
    codes = form_codes(question)
    alone = [one.code for one in question.options if one.exclusive]
    return [codes[one] for one in (*alone, *(one.code for one in question.missing))]


def _outside(question: Number | Duration) -> Iterator[float]:
    """Yield the missing codes of a question that are numbers out of its range."""
    low = -math.inf if question.minimum is None else question.minimum
    high = math.inf if question.maximum is None else question.maximum
    for one in question.missing:
        number = number_of(one.code)
        if isinstance(number, float) and not low <= number <= high:
            yield number


def _parts(tree: Expression) -> Iterator[Expression]:
    if isinstance(tree, Both):
        for part in tree.parts:
            yield from _parts(part)
    else:
        yield tree


def _split(tree: Either) -> tuple[list[float], Expression]:
    """Return the single numbers that are allowed, and what else is."""
    single = []
    others = []
    for part in tree.parts:
        match part:
            case Compared(sign="=", left=Itself(), right=Literal(value=value)) if isinstance(
                number_of(value), float
            ):
                single.append(float(value))
            case _:
                others.append(part)
    if len(others) != 1:
        raise ExpressionError("only one range has a counterpart, and single numbers beside it")
    return single, others[0]


def _limit(part: Expression, *, whole: bool) -> tuple[str, float]:
    """Return a limit as ``>=`` or ``<=`` and a number."""
    match part:
        case Compared(sign=sign, left=Itself(), right=Literal(value=value)):
            number = number_of(value)
        case Compared(sign=sign, left=Literal(value=value), right=Itself()):
            sign = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}.get(sign, sign)
            number = number_of(value)
        case _:
            raise ExpressionError("this part is no limit, and excludes no option")
    if isinstance(number, float):
        if sign in {">=", "<="}:
            return sign, number
        if whole and number.is_integer() and sign in {"<", ">"}:
            return f"{sign}=", number + 1 if sign == ">" else number - 1
    raise ExpressionError("such a limit has no counterpart", found=f". {sign} {value}")


def _excluded(part: Expression) -> str | None:
    """Return the option that may not be chosen with others, in any of the usual spellings."""
    match part:
        case Call(name="not", arguments=(Both(parts=(one, other)),)):
            chosen, count = (other, one) if one in SEVERAL else (one, other)
            return _option(chosen) if count in SEVERAL else None
        case Either(parts=(one, other)):
            denied, count = (other, one) if one in ALONE else (one, other)
            if count in ALONE and isinstance(denied, Call) and denied.name == "not":
                return _option(denied.arguments[0])
    return None


def _option(chosen: Expression) -> str | None:
    match chosen:
        case Call(name="selected", arguments=(Itself(), Literal(value=str() as option))):
            return option
    return None
