"""Expressions of forms as trees: the part of XPath in which XLSForm routes and constrains.

An expression is cut into tokens and read by recursive descent; nothing is ever evaluated. What is
outside the part that questionnaires have words for is refused with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from socialpoll.errors import ExpressionError

__all__ = [
    "Added",
    "Both",
    "Call",
    "Compared",
    "Either",
    "Expression",
    "Itself",
    "Literal",
    "Reference",
    "parse",
]

LONGEST = 10_000
"""Characters of an expression."""
DEEPEST = 40
"""Brackets and functions within each other."""
TOKEN = re.compile(
    r"""\s*(?:
    (?P<reference>\$\{\s*[^\s{}]+\s*\})
  | (?P<literal>'[^']*'|"[^"]*")
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?![\w.]))
  | (?P<name>[A-Za-z][A-Za-z0-9_-]*)
  | (?P<sign><=|>=|!=|[=<>(),.+-])
    )\s*""",
    re.VERBOSE,
)
ARGUMENTS = {
    "selected": 2,
    "not": 1,
    "count-selected": 1,
    "string-length": 1,
    "date": 1,
    "true": 0,
    "false": 0,
}
"""Functions that have a counterpart, with the number of their arguments."""
COMPARISONS = frozenset({"=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class Reference:
    """``${question}``: what was answered to another question."""

    name: str


@dataclass(frozen=True, slots=True)
class Itself:
    """``.``: what is answered to this question."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Words in quotes, or a number."""

    value: str | float


@dataclass(frozen=True, slots=True)
class Call:
    """A function: ``selected(${q}, 'x')``, ``not(…)``, ``count-selected(.)``, ``true()``."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """Two or more numbers of which the sum counts."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """``left sign right``."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Both:
    """Two or more expressions that are all to be true."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Two or more expressions of which one is to be true."""

    parts: tuple[Expression, ...]


Expression: TypeAlias = Reference | Itself | Literal | Call | Added | Compared | Both | Either


@dataclass(frozen=True, slots=True)
class Token:
    """A word of an expression, and where it begins."""

    kind: str
    text: str
    place: int


def parse(text: str) -> Expression:
    """Read an expression.

    Parameters
    ----------
    text : str
        As a form holds it in ``relevant`` or ``constraint``.

    Returns
    -------
    Expression
        Its tree.

    Raises
    ------
    ExpressionError
        It is too long or too deep, is no expression, or uses what has no counterpart here:
        arithmetic, paths, other functions.

    References
    ----------
    W3C (1999), XML Path Language 1.0, section 3; https://xlsform.org/en/#relevant

    Examples
    --------
    >>> parse("${age} >= 18")
    Compared(sign='>=', left=Reference(name='age'), right=Literal(value=18.0))
    >>> parse("${age} * 2 > 18")
    Traceback (most recent call last):
    socialpoll.errors.ExpressionError: character 8: this has no counterpart; found '*'; ...
    """
    if len(text) > LONGEST:
        raise ExpressionError(
            "the expression is too long",
            found=f"{len(text)} characters",
            allowed=f"at most {LONGEST}",
        )
    return Parser(text).whole()


class Parser:
    """Reads the tokens of one expression from left to right."""

    def __init__(self, text: str) -> None:
        self.tokens = list(tokens(text))
        self.place = 0
        self.depth = 0

    def whole(self) -> Expression:
        """Return the expression that all tokens together are."""
        found = self.either()
        if self.now.kind != "end":
            self.refuse("an operator or the end is expected here")
        return found

    @property
    def now(self) -> Token:
        """The token that comes next."""
        return self.tokens[self.place]

    def either(self) -> Expression:
        """Read what ``or`` joins."""
        parts = [self.both()]
        while self.took("name", "or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self) -> Expression:
        """Read what ``and`` joins."""
        parts = [self.compared()]
        while self.took("name", "and"):
            parts.append(self.compared())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def compared(self) -> Expression:
        """Read a comparison, or what stands alone."""
        left = self.added()
        sign = self.now.text
        if self.now.kind != "sign" or sign not in COMPARISONS:
            return left
        self.place += 1
        return Compared(sign, left, self.added())

    def added(self) -> Expression:
        """Read what ``+`` joins."""
        parts = [self.operand()]
        while self.took("sign", "+"):
            parts.append(self.operand())
        return parts[0] if len(parts) == 1 else Added(tuple(parts))

    def operand(self) -> Expression:
        """Read a reference, a literal, a function, or an expression in brackets."""
        token = self.now
        self.place += 1
        match token.kind, token.text:
            case "reference" | "literal" | "number", text:
                return _leaf(token.kind, text)
            case "name", text:
                return self.call(text)
            case "sign", ".":
                return Itself()
            case "sign", "-" if self.now.kind == "number":
                self.place += 1
                return Literal(-float(self.tokens[self.place - 1].text))
            case "sign", "(":
                return self.bracketed()
        self.place -= 1
        return self.refuse("a question, a value or a bracket is expected here")

    def bracketed(self) -> Expression:
        """Read what stands in brackets, once the first is read."""
        self.deeper()
        found = self.either()
        self.expect(")")
        self.depth -= 1
        return found

    def call(self, name: str) -> Call:
        """Read the arguments of a function, once its name is read."""
        if name not in ARGUMENTS:
            self.place -= 1
            self.refuse("this has no counterpart")
        self.deeper()
        self.expect("(")
        arguments: list[Expression] = []
        if not self.took("sign", ")"):
            arguments.append(self.either())
            while self.took("sign", ","):
                arguments.append(self.either())
            self.expect(")")
        self.depth -= 1
        if len(arguments) != ARGUMENTS[name]:
            self.refuse(f"{name}() takes {ARGUMENTS[name]} and not {len(arguments)} arguments")
        return Call(name, tuple(arguments))

    def deeper(self) -> None:
        """Go into brackets, as far as is allowed."""
        self.depth += 1
        if self.depth > DEEPEST:
            self.refuse(f"brackets lie deeper than {DEEPEST} within each other")

    def took(self, kind: str, text: str) -> bool:
        """Step over a token if it comes next, and say whether it did."""
        found = (self.now.kind, self.now.text) == (kind, text)
        self.place += found
        return found

    def expect(self, sign: str) -> None:
        """Step over a sign that must come next."""
        if not self.took("sign", sign):
            self.refuse(f"{sign!r} is expected here")

    def refuse(self, what: str) -> NoReturn:
        """Say what is wrong with the token that comes next."""
        raise _refusal(what, self.now.place, self.now.text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of an expression, and at last one of kind ``end``."""
    place = 0
    rest = len(text.rstrip())
    while place < rest:
        found = TOKEN.match(text, place)
        if found is None or found.lastgroup is None:
            here = len(text) - len(text[place:].lstrip())
            raise _refusal("this has no counterpart", here, text[here])
        kind = found.lastgroup
        yield Token(kind, found[kind], found.start(kind))
        place = found.end()
    yield Token("end", "", len(text))


def _leaf(kind: str, text: str) -> Reference | Literal:
    if kind == "reference":
        return Reference(text[2:-1].strip())
    return Literal(text[1:-1] if kind == "literal" else float(text))


def _refusal(what: str, place: int, found: str) -> ExpressionError:
    return ExpressionError(
        what,
        where=f"character {place + 1}",
        found=repr(found) if found else "the end",
        allowed="comparisons, sums, and, or, brackets, not(), selected(), count-selected(), "
        "string-length() and date()",
    )
