"""What documents of a poll are to show of its release, and where: for readers of any format.

A cell that was read says by its row, its column and its caption which answer and which group it is
of. Nothing of the release is missing there, and no number is added.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import NamedTuple

import pandas as pd

import socialpoll as sp
from socialpoll.schema.categories import categories_of
from tests.disclosure.reading import Piece

__all__ = ["NO_ANSWER", "Compared", "Labels", "compared", "with_sections"]

QUOTED = re.compile("[“«](.+)[”»]")
SHORTHAND = re.compile(r"\[[^z]\]")
"""Without the mark of a cell that no table has a figure for, which not every format writes."""
LETTER = re.compile(r" \([A-Z]\)$")
EVERYBODY, NO_ANSWER = "_T", "_Z"
OF_THE_PLAN = "outreach_"


@dataclass(frozen=True)
class Labels:
    """What answers and groups are called in the leading language of a brief."""

    poll: sp.Poll
    language: str

    def of(self, question: str, code: str) -> str:
        *before, last = [self._of_one(question, one) for one in code.split("|")]
        if self.language == "ar":
            return " أو ".join([*before, last])
        return f"{', '.join(before)} or {last}" if before else last

    def _of_one(self, question: str, code: str) -> str:
        known = categories_of(self.poll.questionnaire, question)
        several = (*known.codes, *known.missing)
        (label,) = (one.label for one in several if str(one.code) == code)
        return label[self.language]

    def answer(self, row) -> str:
        code = row.category if row.item == NO_ANSWER else row.item
        return "" if code == NO_ANSWER else self.of(row.question, code)

    def group(self, row) -> str:
        if row.domain == EVERYBODY:
            return ""
        pairs = zip(row.breakdown.split("|"), row.domain.split("|"), strict=True)
        return {"ar": "، ", "en": ", "}[self.language].join(self.of(*pair) for pair in pairs)


def with_sections(release: sp.Release) -> sp.Release:
    """Return a release without the figures of which only the plan tells."""
    figures = release.figures
    return replace(release, figures=figures[~figures["indicator"].str.startswith(OF_THE_PLAN)])


class Compared(NamedTuple):
    """What was read of all indicators, beside their release."""

    missing: list[object]
    added: list[Piece]
    numbers: dict[tuple[str, str, str], set[str]]
    """By indicator, answer and group: all numbers and shorthand that were read of them."""


def compared(
    poll: sp.Poll,
    release: sp.Release,
    languages: Sequence[str],
    cells: Mapping[str, Iterable[Piece]],
) -> Compared:
    """Return what is missing and what is added in cells, by the indicator that they are of.

    Parameters
    ----------
    poll : Poll
    release : Release
    languages : sequence of str
        Of the document; its labels are those of the first one, or of the last one beside it.
    cells : mapping of str to iterable of Piece
        By indicator.
    """
    first, *_, last = [Labels(poll, one) for one in (languages[0], *languages)]
    missing, added, numbers = [], [], {}
    for indicator, rows in release.figures.groupby("indicator", sort=False):
        known = {(first.answer(row), first.group(row)): row for row in rows.itertuples()}
        assert len(known) == len(rows)
        several = [(one, row) for row in rows.itertuples() for one in (first, last)]
        answers = {one.answer(row): first.answer(row) for one, row in several}
        groups = {one.group(row): first.group(row) for one, row in several}
        found = defaultdict(list)
        for one in cells[indicator]:
            # In two languages, labels stand in the last column again.
            if one.words not in {*answers, *groups}:
                found[place_of(one, answers, groups)].append(one)
        for row in promised_of(rows).itertuples():
            place = first.answer(row), first.group(row)
            missing += [(place, row)] if is_missing(row, found[place]) else []
        added += list(strangers(known, found))
        numbers |= {(indicator, *place): told_in(several) for place, several in found.items()}
    return Compared(missing, added, numbers)


def told_in(cells: Iterable[Piece]) -> set[str]:
    return {told for one in cells for told in (*one.numbers, *SHORTHAND.findall(one.words))}


def written(value: float, unit: str) -> str:
    """Return a figure as it is printed, without sign and unit."""
    if unit == "share":
        return f"{100 * value:.1f}"
    return f"{value:,.0f}" if unit == "persons" else f"{value:.1f}"


def numbers_of(row) -> set[str]:
    """Return all numbers that a brief may print of a figure."""
    if row.flag == "suppressed":
        return set()
    values = (row.estimate, row.ci_low, row.ci_high)
    counts = (row.n_base, row.n_effective)
    return {
        *(written(one, row.unit) for one in values if pd.notna(one)),
        *(f"{floor(one + 0.5):,}" for one in counts if pd.notna(one)),
    }


def promised_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that tables show: of two answers, groups are compared by the first."""
    answers = rows["category"].unique()
    second = answers[1:] if len(answers) == 2 else ()
    return rows[(rows["domain"] == EVERYBODY) | ~rows["category"].isin(second)]


def place_of(cell: Piece, answers: dict[str, str], groups: dict[str, str]) -> tuple[str, str]:
    """Return the answer and the group that a cell says it is of, by its row and its column.

    An answer that a whole table is of stands in its caption.
    """
    lines = [line for text in (cell.row, *cell.above) for line in text.split("\n")]
    heads = {LETTER.sub("", line).partition(": ")[0] for line in lines}
    (group,) = {groups[one] for one in heads if one in groups} or {""}
    (answer,) = {answers[one] for one in heads if one in answers} or {""}
    (quoted,) = QUOTED.findall(cell.caption) or [""]
    return answer or answers.get(quoted, ""), group


def is_missing(row, cells: list[Piece]) -> bool:
    """Say whether a figure, or the shorthand in its place, is not read where it belongs.

    The banner, which stands under headings of its own, shows some of them again.
    """
    cells = [one for one in cells if not one.group]
    if row.flag == "suppressed":
        return not any(one.words == "[c]" for one in cells)
    mark = "u]" if row.flag == "low reliability" else ""
    figures = [one for one in cells if one.numbers[:1] == [written(row.estimate, row.unit)]]
    # A figure with a word stands in both languages, a line each.
    lines = {line for one in figures for line in one.words.split("\n")}
    return mark not in {line.partition(" [")[2] for line in lines}


def strangers(known: dict[tuple[str, str], object], found: dict[tuple[str, str], list[Piece]]):
    """Yield the cells with a number that is none of what is known of their place."""
    for (answer, group), cells in found.items():
        rows = [row for (of, among), row in known.items() if of in (answer, "") and among == group]
        if not answer:
            # Bases stand once for all answers of a group.
            rows = [row for (_, among), row in known.items() if among == group]
        told = set().union(*map(numbers_of, rows))
        yield from (one for one in cells if not set(one.numbers) <= told)
