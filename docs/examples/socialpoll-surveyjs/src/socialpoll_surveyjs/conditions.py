"""What SurveyJS says in ``visibleIf``, as conditions of a questionnaire.

``{account} = 'yes' and {age} >= 18``: comparisons of one question with values, joined by ``and``,
``or`` and ``not``. Calculations, functions and comparisons of two questions have no counterpart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from socialpoll import All, Answered, Any, Is, Not, Within
from socialpoll.errors import ExpressionError
from socialpoll.schema import AnyQuestion, Condition, Grid, Number, Scale
from socialpoll.schema.conditions import Closed

__all__ = ["condition_of"]

Value = str | int | float | bool
TOKEN = re.compile(
    r"""\s*(?:
        \{(?P<name>[^}]+)\}
      | (?P<text>'[^']*'|"[^"]*")
      | (?P<number>-?\d+(?:\.\d+)?)
      | (?P<sign><=|>=|<>|!=|==|=|<|>|\(|\)|\[|\]|,)
      | (?P<word>[A-Za-z]+)
    )""",
    re.VERBOSE,
)
SAME, OTHER = {"=", "==", "equal"}, {"<>", "!=", "notequal"}
ORDER: Mapping[str, Closed] = {
    ">": "neither",
    "greater": "neither",
    "<": "neither",
    "less": "neither",
    ">=": "both",
    "greaterorequal": "both",
    "<=": "both",
    "lessorequal": "both",
}
"""Whether the limit belongs to the range."""
UPWARDS = {">", "greater", ">=", "greaterorequal"}


def condition_of(text: str, asked: Mapping[str, AnyQuestion]) -> Condition:
    """Return the condition that an expression states.

    Parameters
    ----------
    text : str
    asked : mapping of str to question
        Those before it, by their names in the form.

    Raises
    ------
    ExpressionError
        It has no counterpart.
    """
    reading = _Reading(text, tuple(_tokens(text)), asked)
    condition = reading.either()
    if reading.place < len(reading.tokens):
        raise reading.error(f"{reading.tokens[reading.place][1]!r} is not understood here")
    return condition


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    place, end = 0, len(text.rstrip())
    while place < end:
        found = TOKEN.match(text, place)
        if found is None:
            raise ExpressionError(
                "an expression that is not understood", where=text, found=text[place : place + 10]
            )
        kind = found.lastgroup or ""
        yield kind, found[kind]
        place = found.end()


@dataclass
class _Reading:
    """Reads an expression from left to right."""

    text: str
    tokens: tuple[tuple[str, str], ...]
    asked: Mapping[str, AnyQuestion]
    place: int = 0

    def either(self) -> Condition:
        """Read what is joined by "or"."""
        several = [self.both()]
        while self._takes("or"):
            several.append(self.both())
        return several[0] if len(several) == 1 else Any(*several)

    def both(self) -> Condition:
        """Read what is joined by "and"."""
        several = [self.one()]
        while self._takes("and"):
            several.append(self.one())
        return several[0] if len(several) == 1 else All(*several)

    def one(self) -> Condition:
        """Read one comparison, or what stands in parentheses."""
        if self._takes("not") or self._takes("!"):
            return Not(self.one())
        if self._takes("("):
            inner = self.either()
            self._expect(")")
            return inner
        kind, name = self._next()
        if kind != "name":
            raise self.error(f"{name!r} stands where a question is expected")
        return self._compared(name)

    def error(self, why: str) -> ExpressionError:
        """Return the error of this expression."""
        return ExpressionError("an expression without a counterpart", where=self.text, found=why)

    def _compared(self, name: str) -> Condition:
        question, variable = self._variable(name)
        _, sign = self._next()
        sign = sign.lower()
        if sign in {"empty", "notempty"}:
            answered = Answered(variable)
            return answered if sign == "notempty" else Not(answered)
        if sign in SAME | OTHER | {"contains", "contain", "notcontains", "anyof"}:
            condition = self._is(question, variable, self._values())
            negated = sign in OTHER or sign == "notcontains"
            return Not(condition) if negated else condition
        if sign == "allof":
            several = [self._is(question, variable, [one]) for one in self._values()]
            return several[0] if len(several) == 1 else All(*several)
        if sign in ORDER:
            return self._within(question, variable, sign)
        raise self.error(f"the operator {sign!r}")

    def _is(self, question: AnyQuestion, variable: str, values: list[Value]) -> Condition:
        if isinstance(question, Number):
            (value,) = values
            if not isinstance(value, int | float):
                raise self.error(f"{variable!r} is compared with {value!r}, which is no number")
            return Within(variable, float(value), float(value))
        choices = (*getattr(question, "options", ()), *question.missing)
        codes = {str(one.code): one.code for one in choices}
        strange = [one for one in map(_written, values) if one not in codes]
        if strange:
            raise self.error(f"{variable!r} has no choice {strange[0]!r}")
        return Is(variable, *(codes[_written(one)] for one in values))

    def _within(self, question: AnyQuestion, variable: str, sign: str) -> Condition:
        (value,) = self._values()
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(f"{variable!r} is compared with {value!r}, which is no number")
        if not isinstance(question, Number | Scale):
            raise self.error(f"{variable!r} has no numbers to be compared")
        low, high = (float(value), None) if sign in UPWARDS else (None, float(value))
        return Within(variable, low, high, ORDER[sign])

    def _variable(self, name: str) -> tuple[AnyQuestion, str]:
        """Return a question, and the variable that a name stands for: an item of a grid too."""
        if name in self.asked:
            question = self.asked[name]
            if isinstance(question, Grid):
                raise self.error(f"{name!r} is a matrix as a whole")
            return question, question.name
        table, point, row = name.rpartition(".")
        grid = self.asked.get(table)
        if point and isinstance(grid, Grid):
            for item, variable in zip(grid.items, grid.variables, strict=True):
                if str(item.code) == row:
                    return grid, variable.name
        raise self.error(f"{name!r} is no question before this one")

    def _values(self) -> list[Value]:
        if not self._takes("["):
            return [self._value()]
        values = [self._value()]
        while self._takes(","):
            values.append(self._value())
        self._expect("]")
        return values

    def _value(self) -> Value:
        kind, word = self._next()
        if kind == "text":
            return word[1:-1]
        if kind == "number":
            return float(word) if "." in word else int(word)
        if word.lower() in {"true", "false"}:
            return word.lower() == "true"
        raise self.error(f"{word!r} stands where a value is expected")

    def _next(self) -> tuple[str, str]:
        if self.place >= len(self.tokens):
            raise self.error("it ends too early")
        self.place += 1
        return self.tokens[self.place - 1]

    def _takes(self, word: str) -> bool:
        there = self.place < len(self.tokens) and self.tokens[self.place][0] in {"word", "sign"}
        if there and self.tokens[self.place][1].lower() == word:
            self.place += 1
            return True
        return False

    def _expect(self, sign: str) -> None:
        if not self._takes(sign):
            raise self.error(f"{sign!r} is missing")


def _written(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
