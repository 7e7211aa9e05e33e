"""What rules tell of the figures that they let pass."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from socialpoll.disclosure.rules import ReliabilityRule, Row, footnotes_of, ruling_of
from socialpoll.disclosure.screening import plain_rows
from socialpoll.schema import Text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FOOTNOTE", "footnotes_in", "with_footnotes"]

FOOTNOTE = "footnote"
"""The column that holds what is told of a figure: codes of the release's footnotes, by ``; ``."""
BETWEEN = "; "
JUDGED = ("usual", "low_reliability")
"""Situations of figures that are shown because rules let them pass."""


def with_footnotes(
    shown: pd.DataFrame,
    figures: pd.DataFrame,
    situations: Sequence[str],
    rules: Sequence[ReliabilityRule],
) -> pd.DataFrame:
    """Add the footnotes of the figures that rules let pass; the others have none.

    Parameters
    ----------
    shown : pandas.DataFrame
        Figures with nothing left of what is hidden.
    figures : pandas.DataFrame
        The same, as they were estimated.
    situations : sequence of str
        Of the same rows.
    rules : sequence of ReliabilityRule
    """
    telling = [rule for rule in rules if footnotes_of(rule)]
    told = [""] * len(shown)
    if telling:
        told = [
            BETWEEN.join(_codes(row, telling)) if situation in JUDGED else ""
            for row, situation in zip(plain_rows(figures), situations, strict=True)
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
