"""The rules that the figures of a release are held to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from socialpoll.disclosure.rules import (
    MinBase,
    ReliabilityRule,
    Row,
    Ruling,
    flaw_in_footnotes,
    footnotes_of,
    ruling_of,
)
from socialpoll.errors import ReleaseError
from socialpoll.indicators import KEYS
from socialpoll.schema import Text

__all__ = ["appointed"]


def appointed(rules: Sequence[ReliabilityRule]) -> tuple[ReliabilityRule, ...]:
    """Return the rules that hold; each judges a figure once, whoever asks it.

    Raises
    ------
    ReleaseError
        One of them is no rule, or has footnotes that cannot be printed.
    """
    given = rules or (MinBase(),)
    _check_rules(given)
    return tuple(one if isinstance(one, MinBase) else Remembering(one) for one in given)


@dataclass(frozen=True)
class Remembering:
    """A rule that judges every figure once, however often it is asked.

    Parameters
    ----------
    rule : ReliabilityRule
    """

    rule: ReliabilityRule
    _rulings: dict[tuple[object, ...], Ruling] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """Name of the rule."""
        return self.rule.name

    @property
    def footnotes(self) -> Mapping[str, Text]:
        """Those of the rule."""
        return footnotes_of(self.rule)

    def __call__(self, row: Row, /) -> Ruling:
        """Judge one row of figures that are told apart by their keys."""
        key = tuple(row[name] for name in KEYS)
        if key not in self._rulings:
            self._rulings[key] = ruling_of(self.rule, row)
        return self._rulings[key]


def _check_rules(rules: Sequence[object]) -> None:
    for rule in rules:
        if not callable(rule) or not isinstance(getattr(rule, "name", None), str):
            raise ReleaseError(
                "this is not a reliability rule",
                where="rules",
                found=repr(rule),
                allowed="a callable of one row, with a name, such as MinBase(30)",
            )
        flaw = flaw_in_footnotes(rule)
        if flaw:
            raise ReleaseError(
                "the footnotes of a rule cannot be printed", where="rules", found=flaw
            )
