"""What a data file of SPSS cannot be given, as the commands that add it: sets of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from socialpoll.datafiles.filing import Filed
from socialpoll.datafiles.names import bytes_of, cut, names_in
from socialpoll.datafiles.spss import SPSS
from socialpoll.schema import Multiple, Questionnaire, say

__all__ = ["AnswerSet", "sets_of", "syntax_of"]

LONGEST_LABEL = 255
"""Bytes of the label of a set."""
PIECE = 100
"""Bytes of words in one line; SPSS reads no more than 256."""
LEAST = 2
"""Variables of a set."""
MARK = "\ufeff"
"""By which SPSS knows that syntax is in UTF-8."""


class AnswerSet(NamedTuple):
    """A question of several answers, and the variables of its options."""

    question: Multiple
    members: tuple[str, ...]

    def wording(self, language: str) -> str:
        """Return what was asked, in one line."""
        return " ".join(say(self.question.text, language).split())

    def is_cut(self, language: str) -> bool:
        """Say whether the wording is longer than the label of a set may be."""
        return bytes_of(self.wording(language)) > LONGEST_LABEL


def sets_of(questionnaire: Questionnaire, variables: Sequence[Filed]) -> list[AnswerSet]:
    """Return the sets of the questions that allow several answers.

    Missing codes are variables of their own and in no set; a set has two variables at least.
    """
    found = []
    for question in questionnaire.asked:
        if isinstance(question, Multiple) and len(question.options) >= LEAST:
            members = [one.name for one in variables if one.variable.question == question.name]
            found.append(AnswerSet(question, tuple(members[: len(question.options)])))
    return found


def syntax_of(sets: Sequence[AnswerSet], language: str) -> str:
    """Return syntax that declares sets, for the data file that is open.

    Parameters
    ----------
    sets : sequence of AnswerSet
    language : str
        Of the labels.

    Returns
    -------
    str
        Empty where there are no sets.
    """
    lines = list(_lines(sets, language))
    return MARK + "\n".join(["MRSETS", *lines, "  ."]) + "\n" if lines else ""


def _lines(sets: Sequence[AnswerSet], language: str) -> Iterator[str]:
    naming = replace(SPSS.naming, longest=SPSS.naming.longest - 1)
    names = names_in(naming, [one.question.name for one in sets])
    for name, one in zip(names, sets, strict=True):
        label = cut(one.wording(language), LONGEST_LABEL, bytes_of)
        yield f"  /MDGROUP NAME=${name}"
        yield "    LABEL=" + " +\n    ".join(f"'{piece}'" for piece in _pieces(label))
        yield "    CATEGORYLABELS=VARLABELS"
        yield "    VARIABLES=" + "\n      ".join(one.members)
        yield "    VALUE=1"


def _pieces(words: str) -> Iterator[str]:
    """Yield words in pieces that fit in a line, with the quotes in them doubled."""
    rest = words
    while rest:
        piece = cut(rest, PIECE, bytes_of)
        yield piece.replace("'", "''")
        rest = rest[len(piece) :]
