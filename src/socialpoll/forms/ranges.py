"""Comparisons of a form with numbers, days and counts of choices, as ranges of a questionnaire."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from socialpoll.errors import ExpressionError
from socialpoll.forms.expressions import Call, Compared, Expression, Literal, Reference
from socialpoll.schema import Chosen, Closed, Date, Dated, Multiple, OneAnswer, Within
from socialpoll.schema.questions import NUMERIC

__all__ = ["FLIPPED", "Range", "Side", "counted", "day_of", "limit_of", "ranges_in", "sides_of"]

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Range: TypeAlias = Within | Dated | Chosen
Side: TypeAlias = str | float | dt.date
"""What a question is compared with."""
Find: TypeAlias = Callable[[str], OneAnswer]


def ranges_in(parts: Iterable[Expression], find: Find) -> Iterator[Expression | Range]:
    """Yield parts, a lower and an upper limit of one question behind it as one range.

    Parameters
    ----------
    parts : iterable of Expression
        That are all to be true.
    find : callable
        Gives the question of a name.
    """
    waiting: Range | None = None
    for part in parts:
        limit = limit_of(part, find)
        whole = None if waiting is None or limit is None else _joined(waiting, limit)
        if whole is not None:
            waiting = None
            yield whole
            continue
        if waiting is not None:
            yield waiting
        waiting = limit
        if limit is None:
            yield part
    if waiting is not None:
        yield waiting


def limit_of(part: Expression, find: Find) -> Range | None:
    """Return a comparison with a limit as a range; None where it is no such comparison.

    Raises
    ------
    ExpressionError
        The limit is none: no day, no number of choices.
    """
    sides = sides_of(part) if isinstance(part, Compared) else None
    if sides is None or sides[0] == "!=":
        return None
    sign, left, value = sides
    if isinstance(left, Call):
        (of,) = left.arguments
        several = find(of.name) if isinstance(of, Reference) else None
        if isinstance(several, Multiple) and isinstance(value, float):
            return counted(several.name, sign, value)
        return None
    question = find(left.name)
    if isinstance(question, NUMERIC) and isinstance(value, float):
        return _within(question.name, sign, value)
    if isinstance(question, Date) and isinstance(value, dt.date):
        return _dated(question.name, sign, value)
    return None


def sides_of(compared: Compared) -> tuple[str, Reference | Call, Side] | None:
    """Return sign, question and value of a comparison, the question in front."""
    match compared.left, compared.right:
        case ((Reference() | Call(name="count-selected") as left), right):
            sign = compared.sign
        case right, (Reference() | Call(name="count-selected") as left):
            sign = FLIPPED[compared.sign]
        case _:
            return None
    match right:
        case Literal(value=value):
            return sign, left, value
        case Call(name="date", arguments=(Literal(value=str() as words),)):
            return sign, left, day_of(words)
    return None


def day_of(words: str) -> dt.date:
    """Return the day that words of a form name; ExpressionError where they name none."""
    try:
        if DAY.fullmatch(words):
            return dt.date.fromisoformat(words)
    except ValueError:
        pass
    raise ExpressionError("this is no day", found=repr(words), allowed="date('2026-01-31')")


def _within(name: str, sign: str, number: float) -> Within | None:
    match sign:
        case ">" | ">=":
            return Within(name, number, None, "both" if sign == ">=" else "right")
        case "<" | "<=":
            return Within(name, None, number, "both" if sign == "<=" else "left")
    return None  # a number that equals one may be a missing code


def _dated(name: str, sign: str, day: dt.date) -> Dated:
    try:
        match sign:
            case ">" | ">=":
                return Dated(name, day + dt.timedelta(days=sign == ">"))
            case "<" | "<=":
                return Dated(name, None, day - dt.timedelta(days=sign == "<"))
    except OverflowError as error:
        raise ExpressionError("no answer makes it true", found=f"{sign} {day}") from error
    return Dated(name, day, day)


def counted(name: str, sign: str, number: float) -> Chosen:
    """Return a comparison of a number of choices as a range of whole numbers."""
    if not math.isfinite(number):
        raise ExpressionError("no question has so many options", found=f"{sign} {number}")
    least = math.floor(number) + 1 if sign == ">" else math.ceil(number)
    most = math.ceil(number) - 1 if sign == "<" else math.floor(number)
    if sign in {">", ">="}:
        return Chosen(name, max(0, least))
    if most < 0 or (sign == "=" and least != most):
        raise ExpressionError("no answer makes it true", found=f"{sign} {number:g}")
    return Chosen(name, None if sign in {"<", "<="} else least, most)


def _joined(lower: Range, upper: Range) -> Range | None:
    """Return the range that a lower and an upper limit make; None where they make none."""
    if lower.question != upper.question:
        return None
    match lower, upper:
        case (
            Within(minimum=low, maximum=None),
            Within(minimum=None, maximum=high),
        ) if _in_order(low, high):
            return Within(lower.question, low, high, _closed(lower, upper))
        case Dated(earliest=first, latest=None), Dated(earliest=None, latest=last):
            if first is not None and last is not None and first <= last:
                return Dated(lower.question, first, last)
        case Chosen(least=least, most=None), Chosen(least=None, most=most):
            if _in_order(least, most):
                return Chosen(lower.question, least, most)
    return None


def _in_order(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low <= high


def _closed(lower: Within, upper: Within) -> Closed:
    if lower.closed == "both":
        return "both" if upper.closed == "both" else "left"
    return "right" if upper.closed == "both" else "neither"
