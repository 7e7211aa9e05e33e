"""What one answer must keep to, as the constraint of a form and back: limits, exclusive options."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from socialpoll.errors import ExpressionError
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
    parse,
)
from socialpoll.forms.names import form_codes
from socialpoll.forms.ranges import day_of
from socialpoll.forms.reading_rules import COUNT
from socialpoll.forms.writing_conditions import day_written, number_written
from socialpoll.schema import Date, Duration, FreeText, Multiple, Number, OneAnswer
from socialpoll.schema.keys import number_of
from socialpoll.schema.questions import MOST_CHARACTERS

__all__ = ["Limits", "constraint_written", "limits_of", "parted"]

ITSELF = Itself()
LENGTH = Call("string-length", (ITSELF,))
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
    earliest, latest : date or None
        Both allowed.
    longest : int or None
        Characters.
    """

    minimum: float | None = None
    maximum: float | None = None
    allowed: tuple[float, ...] = ()
    exclusive: tuple[str, ...] = ()
    earliest: dt.date | None = None
    latest: dt.date | None = None
    longest: int | None = None


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
    if isinstance(question, FreeText):
        return f"string-length(.) <= {question.longest}"
    if isinstance(question, Date):
        days = ((">=", question.earliest), ("<=", question.latest))
        return " and ".join(f". {sign} {day_written(one)}" for sign, one in days if one is not None)
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


def limits_of(text: str, *, whole: bool = False) -> Limits:
    """Return what a constraint says.

    Parameters
    ----------
    text : str
        As the form has it; what it says of other answers, or of how many, is passed over.
    whole : bool
        Whether the answers are whole numbers, of which ``. > 0`` are those from 1.

    Raises
    ------
    ExpressionError
        It is no expression, or says more than limits and exclusive options.

    Examples
    --------
    >>> limits = limits_of("(. >= 0 and . <= 24) or . = 99")
    >>> limits.minimum, limits.maximum, limits.allowed
    (0.0, 24.0, (99.0,))
    """
    parts, _ = parted(text)
    tree = parts[0] if len(parts) == 1 else Both(tuple(parts))
    allowed: list[float] = []
    exclusive: list[str] = []
    if isinstance(tree, Either) and _excluded(tree) is None:
        allowed, rest = _split(tree)
        tree = rest
    low, high = -math.inf, math.inf
    others: dict[str, Any] = {}
    for part in _parts(tree):
        option = _excluded(part)
        if option is not None:
            exclusive.append(option)
            continue
        if (said := _limit_of_another_kind(part)) is not None:
            others |= said
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
        **others,
    )


def parted(text: str) -> tuple[list[Expression], list[Expression]]:
    """Return the parts of a constraint that speak of one answer, then those of several.

    Examples
    --------
    >>> one, several = parted(". >= 0 and ${rooms} <= .")
    >>> len(one), len(several)
    (1, 1)
    """
    tree = parse(text)
    parts: Sequence[Expression] = tree.parts if isinstance(tree, Both) else (tree,)
    several = [part for part in parts if _excluded(part) is None and _is_of_several(part)]
    return [part for part in parts if part not in several], several


def _is_of_several(part: Expression) -> bool:
    """Say whether a part names another question, or counts options."""
    match part:
        case Both(parts=parts) | Either(parts=parts) | Added(parts=parts):
            return any(map(_is_of_several, parts))
        case Call(arguments=arguments):
            return part == COUNT or any(map(_is_of_several, arguments))
        case Compared(left=left, right=right):
            return _is_of_several(left) or _is_of_several(right)
    return isinstance(part, Reference)


def _limit_of_another_kind(part: Expression) -> dict[str, Any] | None:
    """Return a limit of days or of characters by its name; None where it is none of these."""
    match part:
        case Compared(
            sign=">=" | "<=" as sign,
            left=Itself(),
            right=Call(name="date", arguments=(Literal(value=str() as words),)),
        ):
            return {"earliest" if sign == ">=" else "latest": day_of(words)}
        case Compared(sign="<=" | "<" as sign, left=Call() as left, right=Literal(value=number)):
            if left == LENGTH and isinstance(number, float) and number.is_integer():
                return {"longest": _length(int(number) - (sign == "<"))}
    return None


def _length(number: int) -> int:
    if not 1 <= number <= MOST_CHARACTERS:
        raise ExpressionError(
            "no length of an answer", found=str(number), allowed=f"from 1 to {MOST_CHARACTERS}"
        )
    return number


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
