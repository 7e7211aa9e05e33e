"""What rules tell of the figures that they let pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.disclosure.rules import ReliabilityRule, Row, Ruling, footnotes_of, ruling_of
from socialpoll.indicators import KEYS
from socialpoll.schema import Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FOOTNOTE", "Remembering", "footnotes_in", "with_footnotes"]

FOOTNOTE = "footnote"
"""The column that holds what is told of a figure: codes of the release's footnotes, by ``; ``."""
BETWEEN = "; "
JUDGED = ("usual", "low_reliability")
"""Situations of figures that are shown because rules let them pass."""


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


def with_footnotes(
    shown: pd.DataFrame,
    rows: Iterable[Row],
    situations: Sequence[str],
    rules: Sequence[ReliabilityRule],
) -> pd.DataFrame:
    """Add the footnotes of the figures that rules let pass; the others have none.

    Parameters
    ----------
    shown : pandas.DataFrame
        Figures with nothing left of what is hidden.
    rows : iterable of mapping
        The same figures as the rules see them.
    situations : sequence of str
        Of the same rows.
    rules : sequence of ReliabilityRule
    """
    telling = [rule for rule in rules if footnotes_of(rule)]
    told = [
        BETWEEN.join(_codes(row, telling)) if situation in JUDGED else ""
        for row, situation in zip(rows, situations, strict=True)
    ]
    return shown.assign(**{FOOTNOTE: told})


def _codes(row: Row, rules: Iterable[ReliabilityRule]) -> list[str]:
    return [code_of(rule, one) for rule in rules for one in ruling_of(rule, row).footnotes]


def code_of(rule: ReliabilityRule, footnote: str) -> str:
    """Return the code of a rule's footnote: of two rules, one may have what the other has."""
    return f"{rule.name}.{footnote}"


def footnotes_in(shown: pd.DataFrame, rules: Sequence[ReliabilityRule]) -> dict[str, Text]:
    """Return the words of the footnotes that figures have, by code, in the order of the rules."""
    used = {code for codes in shown[FOOTNOTE] for code in codes.split(BETWEEN)}
    known = {
        code_of(rule, name): words for rule in rules for name, words in footnotes_of(rule).items()
    }
    return {code: words for code, words in known.items() if code in used}
