"""A small part of R's grammar, enough to read the calls and conditions of reference cases."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

__all__ = [
    "Binary",
    "Call",
    "ExpressionError",
    "Name",
    "Node",
    "Number",
    "Text",
    "Unary",
    "parse",
    "variables_of",
]

TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<name>`[^`]+`|[A-Za-z.][A-Za-z0-9._]*|<[a-z]+>)
    | (?P<operator>%in%|==|!=|<=|>=|&&|\|\||[-+*/^~<>&|!(),=:])
    )""",
    re.VERBOSE,
)
LEVELS = (
    ("~",),
    ("|", "||"),
    ("&", "&&"),
    ("==", "!=", "<", ">", "<=", ">="),
    ("+", "-"),
    ("*", "/"),
    ("%in%",),
    (":",),
    ("^",),
)
"""Operators of two operands, from the loosest; ``!`` binds between ``&`` and comparisons."""
NEGATION_LEVEL = 3
SIGN_LEVEL = 6


class ExpressionError(ValueError):
    """Something outside the part of the grammar that is read here."""


@dataclass(frozen=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True)
class Text:
    """A string."""

    value: str


@dataclass(frozen=True)
class Name:
    """A variable, a design, a constant."""

    value: str


@dataclass(frozen=True)
class Unary:
    """``!x``, ``-x``, ``~x``."""

    operator: str
    operand: Node


@dataclass(frozen=True)
class Binary:
    """``x == y``, ``x & y``, ``x + y`` …"""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Node, ...] = ()
    named: dict[str, Node] = field(default_factory=dict)


Node: TypeAlias = Number | Text | Name | Unary | Binary | Call


def parse(written: str) -> Node:
    """Read one expression.

    Raises
    ------
    ExpressionError
        The text is not an expression of this part of the grammar.
    """
    reader = _Reader(_tokens(written), written)
    node = reader.expression()
    if reader.rest:
        raise ExpressionError(f"{written!r} goes on after its end: {reader.rest[:3]}")
    return node


def variables_of(node: Node) -> list[str]:
    """Return the names that stand for variables, each once, in order."""
    match node:
        case Name(value=value):
            found = [] if value in {"NA", "TRUE", "FALSE", "Inf"} else [value]
        case Unary(operand=operand):
            found = variables_of(operand)
        case Binary(left=left, right=right):
            found = variables_of(left) + variables_of(right)
        case Call(arguments=arguments, named=named):
            found = [name for one in (*arguments, *named.values()) for name in variables_of(one)]
        case _:
            found = []
    return list(dict.fromkeys(found))


def _tokens(written: str) -> list[tuple[str, str]]:
    tokens: list[tuple[str, str]] = []
    place, end = 0, len(written.rstrip())
    while place < end:
        found = TOKEN.match(written, place)
        if found is None:
            raise ExpressionError(f"{written!r} cannot be read from {written[place:]!r}")
        kind = str(found.lastgroup)
        tokens.append((kind, found[kind]))
        place = found.end()
    return tokens


class _Reader:
    """Reads tokens from the left, one level of binding at a time."""

    def __init__(self, tokens: list[tuple[str, str]], written: str) -> None:
        self.rest = tokens
        self.written = written

    def expression(self, level: int = 0) -> Node:
        if level == len(LEVELS):
            return self.operand()
        for prefix, at in (("~", 0), ("!", NEGATION_LEVEL), ("-", SIGN_LEVEL)):
            if level == at and self.takes(prefix):
                return Unary(prefix, self.expression(at))
        node = self.expression(level + 1)
        while self.rest and self.rest[0] in [("operator", one) for one in LEVELS[level]]:
            _, operator = self.rest.pop(0)
            node = Binary(operator, node, self.expression(level + 1))
        return node

    def operand(self) -> Node:
        if self.takes("("):
            node = self.expression()
            self.must_take(")")
            return node
        if not self.rest:
            raise ExpressionError(f"{self.written!r} stops too early")
        kind, text = self.rest.pop(0)
        if kind == "number":
            return Number(float(text))
        if kind == "text":
            return Text(text[1:-1])
        if kind == "name":
            name = text.strip("`")
            return self.call(name) if self.takes("(") else Name(name)
        raise ExpressionError(f"{self.written!r} has {text!r} where a value should be")

    def call(self, function: str) -> Call:
        arguments: list[Node] = []
        named: dict[str, Node] = {}
        while not self.takes(")"):
            if len(self.rest) > 1 and self.rest[1] == ("operator", "="):
                name = self.rest.pop(0)[1].strip("`'\"")
                self.rest.pop(0)
                named[name] = self.expression()
            else:
                arguments.append(self.expression())
            if not self.takes(","):
                self.must_take(")")
                break
        return Call(function, tuple(arguments), named)

    def takes(self, operator: str) -> bool:
        if self.rest and self.rest[0] == ("operator", operator):
            self.rest.pop(0)
            return True
        return False

    def must_take(self, operator: str) -> None:
        if not self.takes(operator):
            raise ExpressionError(f"{self.written!r} lacks {operator!r}")
