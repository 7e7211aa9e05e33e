"""R's conditions as socialpoll's, and R's column expressions on a frame; never evaluated as code.

R knows three truths, and ``subset()`` drops the rows whose truth is unknown. So every condition is
translated twice: into what makes it true, and into what makes it false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import socialpoll as sp
from tests.golden.expressions import Binary, Call, Name, Node, Number, Text, Unary, parse

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NotReadError", "Truths", "condition_of", "filtered", "values_of"]

Condition = Any
Namer = Callable[[str], str]
RANGES = {
    ">": (("minimum", "neither"), ("maximum", "both")),
    ">=": (("minimum", "both"), ("maximum", "neither")),
    "<": (("maximum", "neither"), ("minimum", "both")),
    "<=": (("maximum", "both"), ("minimum", "neither")),
}
TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">=", "==": "==", "!=": "!="}
ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
    "&": operator.and_,
    "|": operator.or_,
}

SIGNS: dict[str, Callable[[Any], Any]] = {
    "~": lambda column: column,
    "!": operator.invert,
    "-": operator.neg,
}


class NotReadError(ValueError):
    """A condition of R for which there is no translation."""


@dataclass(frozen=True)
class Truths:
    """What makes a condition true, and what makes it false; elsewhere it is unknown."""

    true: Condition
    false: Condition


def condition_of(condition: str | Node, named: Namer) -> Condition:
    """Translate a condition of R; ``named`` gives the question that answers for a column."""
    return _truths(parse(condition) if isinstance(condition, str) else condition, named).true


def _truths(node: Node, named: Namer) -> Truths:
    match node:
        case Unary(operator="!", operand=operand):
            inner = _truths(operand, named)
            return Truths(inner.false, inner.true)
        case Binary(operator="&" | "&&", left=left, right=right):
            a, b = _truths(left, named), _truths(right, named)
            return Truths(sp.All(a.true, b.true), sp.Any(a.false, b.false))
        case Binary(operator="|" | "||", left=left, right=right):
            a, b = _truths(left, named), _truths(right, named)
            return Truths(sp.Any(a.true, b.true), sp.All(a.false, b.false))
    return _of_one_column(node, named)


def _of_one_column(node: Node, named: Namer) -> Truths:
    match node:
        case Call(function="is.na", arguments=(Name(value=column),)):
            answered = sp.Answered(named(column))
            return Truths(sp.Not(answered), answered)
        case Binary(operator="%in%", left=Name(value=column), right=Call(function="c") as several):
            chosen = sp.Is(named(column), *(_code(one) for one in several.arguments))
            return Truths(chosen, sp.Not(chosen))
        case Binary(operator=sign, left=Name(value=column), right=Number() | Text() as value):
            return _compared(sign, named(column), value)
        case Binary(operator=sign, left=Number() | Text() as value, right=Name(value=column)):
            return _compared(TURNED.get(sign, sign), named(column), value)
    raise NotReadError(f"no translation of {node}")


def _compared(sign: str, question: str, value: Number | Text) -> Truths:
    if sign in {"==", "!="}:
        chosen = sp.Is(question, _code(value))
        others = sp.All(sp.Answered(question), sp.Not(chosen))
        return Truths(chosen, others) if sign == "==" else Truths(others, chosen)
    if sign in RANGES and isinstance(value, Number):
        (limit, closed), (opposite, kept) = RANGES[sign]
        return Truths(
            sp.Within(question, closed=closed, **{limit: value.value}),
            sp.Within(question, closed=kept, **{opposite: value.value}),
        )
    raise NotReadError(f"no translation of {sign!r} with {value}")


def _code(node: Node) -> str | int:
    match node:
        case Text(value=value):
            return value
        case Number(value=value) if value == int(value):
            return int(value)
    raise NotReadError(f"{node} is no code")


def filtered(frame: pd.DataFrame, condition: str | Node) -> pd.DataFrame:
    """Return the rows for which a condition of R is true."""
    node = parse(condition) if isinstance(condition, str) else condition
    kept = np.asarray(values_of(node, frame), dtype=bool)
    return frame[kept].reset_index(drop=True)


def values_of(node: Node, frame: pd.DataFrame) -> Any:
    """Compute a column expression of R on a frame."""
    match node:
        case Unary(operator=sign, operand=operand) if sign in SIGNS:
            return SIGNS[sign](values_of(operand, frame))
        case Binary(operator=sign, left=left, right=right) if sign in ARITHMETIC:
            return ARITHMETIC[sign](values_of(left, frame), values_of(right, frame))
        case Call(function="I", arguments=(inner,)):
            return values_of(inner, frame)
        case Call(function="ifelse", arguments=(test, yes, no)):
            return np.where(*(values_of(one, frame) for one in (test, yes, no)))
    return _atom(node, frame)


def _atom(node: Node, frame: pd.DataFrame) -> Any:
    match node:
        case Number(value=value) | Text(value=value):
            return value
        case Name(value="NA"):
            return np.nan
        case Name(value=column) if column in frame.columns:
            return frame[column]
    raise NotReadError(f"no way to compute {node}")
