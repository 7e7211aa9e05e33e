"""Checks of cases against each other: ids that are there twice, answers that are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.responses.answered import state_of, valid
from socialpoll.responses.checks.rules import MOST_TOLD, found
from socialpoll.responses.columns import Clock, Days, Numeric, Ticks, Words as Verbatim

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from socialpoll.responses.checks.declared import Checks
    from socialpoll.responses.checks.fieldwork import Fieldwork
    from socialpoll.responses.columns import Column, Truths
    from socialpoll.responses.findings import Finding
    from socialpoll.responses.responses import Responses

__all__ = ["near_duplicates", "same_answers", "same_ids"]

Words = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]
MOST_PAIRS = 300_000
"""Pairs of cases that are compared at most; a note tells where there are more."""


def same_ids(fieldwork: Fieldwork) -> Iterator[Finding]:
    """Tell of ids that several cases have."""
    ids = fieldwork.ids
    if ids is None:
        return
    times = np.bincount(ids.of_row[~ids.blank], minlength=len(ids.labels))
    several = np.flatnonzero(times > 1)
    for one in several[:MOST_TOLD]:
        what = f"an id that {times[one]} cases have"
        yield from found("duplicate_id", ids.of_row == one, what, value=ids.labels[one])
    more = np.isin(ids.of_row, several[MOST_TOLD:])
    value = f"{len(several) - MOST_TOLD} other ids"
    yield from found("duplicate_id", more, "further ids that several cases have", value=value)


def same_answers(responses: Responses, checks: Checks) -> Iterator[Finding]:
    """Tell of interviews with the same answers to every question."""
    answers, rows = _comparable(responses, checks)
    if len(rows) < 2:  # noqa: PLR2004 - a pair
        return
    digest = _digest(answers, rows)
    _, of_row, times = np.unique(digest, return_inverse=True, return_counts=True)
    groups = np.flatnonzero(times > 1)
    ordered = sorted((rows[of_row == one] for one in groups[:MOST_TOLD]), key=lambda one: one[0])
    for same in ordered:
        what = f"{len(same)} interviews with the same answers to every question"
        yield from found("duplicate_answers", _at(same, responses), what, value=_listed(same))
    more = _at(rows[np.isin(of_row, groups[MOST_TOLD:])], responses)
    value = f"{len(groups) - MOST_TOLD} other groups"
    yield from found(
        "duplicate_answers", more, "further interviews of the same answers", value=value
    )


def near_duplicates(responses: Responses, checks: Checks) -> Iterator[Finding]:
    """Tell of interviews whose answers differ in a few questions at most.

    Questions are dealt into one block more than answers may differ: two cases that differ in no
    more have at least one block in common (the pigeonhole principle), and only such are compared.
    """
    most = checks.near_differences
    if not most:
        return
    answers, rows = _comparable(responses, checks)
    pairs, left = _candidates(answers, rows, most + 1)
    differ = np.zeros(len(pairs), dtype=np.int16)
    for one in answers:
        differ += one[pairs[:, 0]] != one[pairs[:, 1]]
    near = np.unique(pairs[(differ > 0) & (differ <= most)])
    what = f"interviews whose answers differ from another one's in at most {most} questions"
    yield from found("near_duplicates", _at(near, responses), what)
    what = "interviews of which so many are partly alike that not all were compared"
    yield from found("near_duplicates", _at(left, responses), what)


def _comparable(responses: Responses, checks: Checks) -> tuple[list[Words], Rows]:
    """Return the answers to each question as words of 64 bits, and the cases that are compared."""
    columns = [responses.columns[one.name] for one in responses.questionnaire.asked]
    if len(columns) < checks.same_least:
        return [], np.zeros(0, dtype=np.intp)
    number = np.zeros(len(responses), dtype=np.int32)
    for one in columns:
        number += valid(one)
    rows = np.flatnonzero(responses.interviewed & (number >= checks.same_least))
    return ([_words(one) for one in columns] if len(rows) else []), rows


def _words(column: Column) -> Words:
    words = state_of(column).astype(np.int64).astype(np.uint64)
    match column:
        case Ticks():
            for option in range(column.ticked.shape[1]):
                words = _mixed(words) + column.ticked[:, option].astype(np.uint64)
        case Numeric():
            words = _mixed(words) ^ (column.values + 0.0).view(np.uint64)
        case Clock():
            words = _mixed(words) ^ (column.minutes + 0.0).view(np.uint64)
        case Days():
            words = _mixed(words) ^ column.day.astype(np.uint64)
        case Verbatim():
            _, alike = np.unique(column.words.astype(str), return_inverse=True)
            words = _mixed(words) ^ alike.astype(np.uint64)
    return words


def _digest(answers: Sequence[Words], rows: Rows) -> Words:
    digest = np.zeros(len(rows), dtype=np.uint64)
    for one in answers:
        digest = _mixed(digest ^ one[rows])
    return digest


def _mixed(words: Words) -> Words:
    """Scatter words, one to one, by the finaliser of SplitMix64 (Steele et al. 2014)."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ (words >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ (words >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Words = words ^ (words >> np.uint64(31))
    return mixed


def _candidates(answers: Sequence[Words], rows: Rows, blocks: int) -> tuple[Rows, Rows]:
    """Return pairs of cases with a block in common, and the cases of groups left out."""
    pairs = [np.zeros((0, 2), dtype=np.intp)]
    left = [np.zeros(0, dtype=np.intp)]
    room = MOST_PAIRS
    for block in range(blocks):
        digest = _digest(answers[block::blocks], rows)
        order = np.argsort(digest, kind="stable")
        edges = np.flatnonzero(np.diff(digest[order])) + 1
        starts, ends = np.append(0, edges), np.append(edges, len(order))
        several = np.flatnonzero(ends - starts > 1)
        for group in several[np.argsort((ends - starts)[several], kind="stable")]:
            members = np.sort(rows[order[starts[group] : ends[group]]])
            number = len(members) * (len(members) - 1) // 2
            if number > room:
                left.append(members)
                continue
            room -= number
            first, second = np.triu_indices(len(members), 1)
            pairs.append(np.column_stack([members[first], members[second]]))
    return np.concatenate(pairs), np.concatenate(left)


def _at(rows: Rows, responses: Responses) -> Truths:
    cases = np.zeros(len(responses), dtype=np.bool_)
    cases[rows] = True
    return cases


def _listed(rows: Rows, most: int = 5) -> str:
    more = f" and {len(rows) - most} more" if len(rows) > most else ""
    return f"rows {', '.join(map(str, rows[:most].tolist()))}{more}"
