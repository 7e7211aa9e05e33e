"""What the files of a run may say in English: the numbers of shown figures, each beside its words.

Nothing that a report is made of is read here, but the released figures, which the attacker knows,
and the words of the questionnaire.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

import socialpoll as sp
from tests.disclosure.reading import DIGITS, NUMBER, Piece

LANGUAGE = "en"
QUOTED = re.compile(r"“([^”]*)”")
LETTER = re.compile(r" \([A-Z]+\)$")
NUMBERED = re.compile(r"^(Figure|Table) \d+\.|\(part \d+ of \d+\)")
Row = Mapping[str, object]


@dataclass(frozen=True, eq=False)
class Sayings:
    """What may be said of the figures of a release.

    Parameters
    ----------
    release : Release
    facts : mapping of str to sequence of str
        Numbers that may stand in a row of the account of the method, by its name.
    sentences : sequence of str
        Patterns of whole sentences with numbers that tell nothing of anybody.
    written : sequence of str
        What those who publish wrote themselves.
    """

    release: sp.Release
    facts: Mapping[str, Sequence[str]]
    sentences: Sequence[str]
    written: Sequence[str] = ()

    @cached_property
    def rows(self) -> list[dict[str, object]]:
        """Return the shown rows."""
        figures = self.release.figures
        return figures[figures["flag"] != "suppressed"].to_dict("records")

    @cached_property
    def variables(self) -> dict[str, object]:
        """Return questions and derived variables by name."""
        asked = self.release.questionnaire
        return {one.name: one for one in (*asked.questions, *asked.derived)}

    # -- words

    def title(self, row: Row) -> str:
        """Return the words of an indicator."""
        own = self.release.titles.get(str(row["indicator"]))
        one = self.variables[str(row["question"])]
        return (own or one.label or one.text)[LANGUAGE]

    def answer(self, row: Row) -> str:
        """Return the words of an answer or option; nothing where a row has none."""
        code = str(row["category"] if row["item"] == "_Z" else row["item"])
        return "" if code == "_Z" else self._label(str(row["question"]), code)

    def groups(self, row: Row) -> tuple[str, ...]:
        """Return the words of a domain, one for each variable of its breakdown."""
        if row["breakdown"] == "_T":
            return ()
        pairs = zip(str(row["breakdown"]).split("|"), str(row["domain"]).split("|"), strict=True)
        return tuple(self._label(name, code) for name, code in pairs)

    def _label(self, name: str, code: str) -> str:
        one = self.variables[name]
        codes = [
            *getattr(one, "options", ()),
            *getattr(one, "bands", ()),
            *getattr(one, "groups", ()),
            *getattr(one, "missing", ()),
        ]
        return {str(each.code): each.label[LANGUAGE] for each in codes}[code]

    @cached_property
    def domains(self) -> frozenset[str]:
        """Return the words of all domains, shown or not."""
        figures = self.release.figures.to_dict("records")
        return frozenset(word for row in figures for word in self.groups(row))

    @cached_property
    def words(self) -> list[str]:
        """Return all words with digits in them that are not figures, the longest first."""
        told = {*texts_in(self.release.questionnaire), *texts_in(self.release.titles)}
        told |= set(self.written)
        words = (one for one in told if DIGITS.search(one) and not NUMBER.fullmatch(one))
        return sorted(words, key=len, reverse=True)

    # -- cells

    def in_cell(self, piece: Piece) -> list[str]:
        """Return the numbers of a cell that no shown figure has that its words are of."""
        words = self.plain(piece.words)
        if self._of(piece):
            fitting = [row for row in self._of(piece) if self._fits(row, piece)]
            allowed = {one for row in fitting for one in _numbers(row, _head(piece))}
        else:
            allowed = set(self.facts.get(piece.row, ()))
            words = self._without_sentences(words)
        return [one for one in NUMBER.findall(words) if one not in allowed]

    def plain(self, words: str) -> str:
        """Return a text without marks of footnotes and without words that have digits."""
        words = re.sub(r"\[\d+\]", "", words)
        for one in self.words:
            words = words.replace(one, " ")
        return words

    def _of(self, piece: Piece) -> list[Row]:
        """Return the rows of the indicator that a table, or a part of it, is of."""
        head = " ".join((piece.caption, *piece.under, piece.group))
        return [row for row in self.rows if self.title(row) in head]

    def _fits(self, row: Row, piece: Piece) -> bool:
        pieces, groups, answer = self._pieces(piece), self.groups(row), self.answer(row)
        named = {*pieces, *QUOTED.findall(piece.caption)}
        here = set(groups) <= pieces and len(pieces & self.domains) == len(set(groups))
        return here and (not answer or answer in named or "base" in _head(piece))

    def _pieces(self, piece: Piece) -> set[str]:
        found: set[str] = set()
        for one in (piece.row, *piece.above):
            whole = LETTER.sub("", one)
            found |= {whole, whole.split(": ")[0], *whole.split(", ")}
        return found

    # -- prose

    def in_prose(self, piece: Piece) -> str:
        """Return what is left of a text with a number when all is gone that may be said."""
        left = NUMBERED.sub("", piece.words)
        for atom in self._atoms(piece):
            left = left.replace(atom, " ")
        left = self._without_sentences(self.plain(left))
        return left if DIGITS.search(left) else ""

    def _without_sentences(self, words: str) -> str:
        for pattern in self.sentences:
            words = re.sub(pattern, " ", words)
        return words

    def _atoms(self, piece: Piece) -> list[str]:
        context = " ".join((*piece.under, piece.words))
        rows = [row for row in self.rows if self.title(row) in context]
        found = {atom for row in rows for atom in self._said(row, piece.words)}
        return sorted(found, key=len, reverse=True)

    def _options(self, row: Row) -> Sequence[object]:
        return getattr(self.variables[str(row["question"])], "options", ())

    def _said(self, row: Row, text: str) -> Iterator[str]:
        """Yield the ways in which one figure is said."""
        if pd.isna(row["estimate"]):
            return
        answer, groups = self.answer(row), ", ".join(self.groups(row))
        # Of a text about one answer no other answer is meant.
        quoted = set(QUOTED.findall(text)) & {self.answer(one) for one in self.rows}
        about = not answer or not groups or answer in quoted or answer in text
        name = (groups or "Overall") if not answer or groups else answer
        if groups and quoted and answer and answer not in quoted:
            about = False
        if about:
            for number in _said_as(row):
                yield f"{name} ({number})"
                yield f"{name} ({number} "
                yield f"{name} {number}"
                yield f"{name}: {number}"
                yield f"“{answer}” ({number})"
        if groups:
            if (answer and f"{groups}: {answer}" in text) or not quoted:
                for number in _said_as(row):
                    yield f"{answer} {number}"
            return
        low, high = (_written(row, row[one]) for one in ("ci_low", "ci_high"))
        for number in _said_as(row):
            yield f"Overall: {number}"
            yield f"Overall {number}"
            yield f"{number} of respondents answered “{answer}”"
            yield f"{number} of those asked answered “{answer}”"
            yield f"{number} “{answer}”"
            for unit in ("", " hours", " minutes"):
                level = f"95% confidence interval: {low} to {high}"
                yield f"the mean was {number}{unit} ({level})"
            on = f"on a scale from 1 to {len(self._options(row))}"
            yield f"the mean score was {number} {on} ({level})"
        yield f"({int(row['n_base']):,}, unweighted)"


def numbers_of(row: Row) -> set[str]:
    """Return the numbers by which a picture may show a figure."""
    base = f"{int(row['n_base']):,}"
    return {base} if pd.isna(row["estimate"]) else {base, _written(row, row["estimate"])}


def _said_as(row: Row) -> list[str]:
    """Return a figure as tables and as sentences print it."""
    if row["statistic"] in ("share", "share_of_responses"):
        return [f"{_written(row, row['estimate'])}%", f"{100 * row['estimate_prose']:.0f}%"]
    return [_written(row, row["estimate"])]


def _written(row: Row, value: object) -> str:
    if row["statistic"] in ("share", "share_of_responses"):
        return f"{100 * float(value):.1f}"
    if row["unit"] == "persons":
        return f"{float(value):,.0f}"
    return f"{float(value):,.1f}"


def _head(piece: Piece) -> str:
    return " ".join((piece.row, *piece.above))


def _numbers(row: Row, head: str) -> set[str]:
    """Return the numbers that a figure has beneath these words."""
    if "Effective base" in head:
        return {f"{float(row['n_effective']):,.0f}"}
    if "base" in head:
        return {f"{int(row['n_base']):,}"}
    if pd.isna(row["estimate"]):
        return set()
    if "interval" in head:
        return {_written(row, row[one]) for one in ("ci_low", "ci_high")}
    return {_written(row, row["estimate"])}


def texts_in(value: object) -> Iterator[str]:
    """Yield all texts for people in declared records."""
    if isinstance(value, Mapping):
        for one in value.values():
            yield from [one] if isinstance(one, str) else texts_in(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from texts_in(one)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from texts_in(getattr(value, name))
