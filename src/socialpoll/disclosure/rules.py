"""Reliability rules: which figures are good enough to be shown, and which need a warning."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

from socialpoll.errors import ReleaseError, nearest
from socialpoll.schema import Text
from socialpoll.schema.texts import as_text

__all__ = [
    "VERDICTS",
    "MinBase",
    "ReliabilityRule",
    "Row",
    "Ruling",
    "Verdict",
    "flaw_in_footnotes",
    "footnotes_of",
    "number_in",
    "respondents",
    "ruling_of",
]

Row: TypeAlias = Mapping[str, object]
Verdict: TypeAlias = Literal["publish", "flag", "suppress"]
VERDICTS: tuple[Verdict, ...] = ("publish", "flag", "suppress")
"""From the mildest to the strictest; of several rules the strictest verdict holds."""
FOOTNOTE_NAME = re.compile("[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict, and what must be told of the figure where it is shown.

    Parameters
    ----------
    verdict : {"publish", "flag", "suppress"}
    footnotes : tuple of str
        Of the rule's ``footnotes``; they go with a figure that is shown, and with no other.
    """

    verdict: Verdict
    footnotes: tuple[str, ...] = ()


class ReliabilityRule(Protocol):
    """A judge of estimates, one row at a time.

    A rule is any callable with a ``name``. It sees the row as a mapping of column to plain value
    (the columns of ``Estimates.frame``) and answers ``"publish"``, ``"flag"`` or ``"suppress"``.

    A rule that has something to tell of the figures it lets pass answers with a :class:`Ruling`,
    and has an attribute ``footnotes``: a mapping of plain names to their words by language.
    """

    @property
    def name(self) -> str:
        """Name for the methodology: ``"min_base"``."""
        ...

    def __call__(self, row: Row, /) -> Verdict | Ruling:
        """Judge one row."""
        ...


def footnotes_of(rule: object) -> Mapping[str, Text]:
    """Return the footnotes that a rule may give, by name; none where it has no such attribute."""
    footnotes: Mapping[str, object] = getattr(rule, "footnotes", {})
    return {name: dict(as_text(words)) for name, words in footnotes.items()}  # type: ignore[call-overload]


def flaw_in_footnotes(rule: object) -> str:
    """Say what is wrong with the footnotes of a rule; nothing where they can be printed.

    Examples
    --------
    >>> flaw_in_footnotes(MinBase())
    ''
    """
    footnotes = getattr(rule, "footnotes", {})
    if not isinstance(footnotes, Mapping):
        return f"'footnotes' is {footnotes!r}, not a mapping of names to words"
    for name, words in footnotes.items():
        if not isinstance(name, str) or not FOOTNOTE_NAME.fullmatch(name):
            return f"the name {name!r} of a footnote is not plain (small letters, digits, '_')"
        text = as_text(words)
        if not isinstance(text, Mapping) or not text or not all(map(_is_words, text.values())):
            return f"the footnote {name!r} has no words by language: {words!r}"
    return ""


def _is_words(value: object) -> bool:
    return isinstance(value, str) and value.strip() != ""


def ruling_of(rule: ReliabilityRule, row: Row) -> Ruling:
    """Have a rule judge a row.

    Parameters
    ----------
    rule : ReliabilityRule
    row : mapping
        A row of the estimates.

    Returns
    -------
    Ruling
        A bare verdict is one without footnotes.

    Raises
    ------
    ReleaseError
        The answer is no verdict, or names a footnote that the rule does not have.
    """
    answer = rule(row)
    ruling = answer if isinstance(answer, Ruling) else Ruling(answer)
    if ruling.verdict not in VERDICTS:
        raise ReleaseError(
            "a reliability rule gave an answer that is none",
            where=str(getattr(rule, "name", rule)),
            found=repr(ruling.verdict),
            allowed=", ".join(map(repr, VERDICTS)),
        )
    for one in ruling.footnotes:
        if one not in footnotes_of(rule):
            raise ReleaseError(
                "a reliability rule gave a footnote that it has no words for",
                where=str(getattr(rule, "name", rule)),
                found=repr(one),
                allowed=nearest(one, footnotes_of(rule)) or "none: it has no 'footnotes'",
            )
    return ruling


def number_in(row: Row, column: str) -> float:
    """Return a number of a row; NaN where there is none.

    Examples
    --------
    >>> number_in({"se": 0.02, "df": None}, "se"), number_in({"se": 0.02, "df": None}, "df")
    (0.02, nan)
    """
    value = row.get(column)
    return math.nan if value is None else float(str(value))


def respondents(row: Row) -> int:
    """Count the respondents behind a row: those in the base it was estimated on.

    Parameters
    ----------
    row : mapping
        A row of the estimates. ``n_base`` counts them; a row without it is judged by ``n_answered``
        where its base is ``answered``, else by ``n_asked``.

    Returns
    -------
    int
        0 where the count is not known.

    Examples
    --------
    >>> respondents({"base": "asked", "n_base": 120, "n_answered": 97})
    120
    >>> respondents({"base": "answered", "n_asked": 120, "n_answered": 97})
    97
    """
    fallback = "n_answered" if row["base"] == "answered" else "n_asked"
    number = number_in(row, "n_base" if "n_base" in row else fallback)
    return 0 if math.isnan(number) else int(number)


@dataclass(frozen=True, slots=True)
class MinBase:
    """Enough respondents in the base.

    Parameters
    ----------
    minimum : int
        With fewer respondents than this a domain is suppressed.
    flag_below : int
        With fewer than this it is flagged as of low reliability.

    Raises
    ------
    ReleaseError
        A limit is negative, or figures would be flagged only after they are suppressed.

    Examples
    --------
    >>> rule = MinBase(30, flag_below=100)
    >>> [rule({"base": "answered", "n_answered": n}) for n in (29, 30, 99, 100)]
    ['suppress', 'flag', 'flag', 'publish']
    """

    minimum: int = 30
    flag_below: int = 100

    def __post_init__(self) -> None:
        if self.minimum < 0 or self.flag_below < self.minimum:
            raise ReleaseError(
                "the limits of MinBase contradict each other",
                where="MinBase",
                found=f"minimum = {self.minimum}, flag_below = {self.flag_below}",
                allowed="0 <= minimum <= flag_below",
                advice="give flag_below = minimum to flag nothing",
            )

    @property
    def name(self) -> str:
        """The rule's name in the methodology."""
        return "min_base"

    def __call__(self, row: Row, /) -> Verdict:
        """Judge one row by the respondents in its base."""
        count = respondents(row)
        if count < self.minimum:
            return "suppress"
        return "flag" if count < self.flag_below else "publish"
