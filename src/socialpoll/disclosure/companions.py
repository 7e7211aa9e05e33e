"""Numbers that go with the answers they are made of.

A mean of scores is one equation on the answers to its question, its error and design effect are
another on their squares, a quantile bounds sums of them. So a number is shown only beside answers
that are all shown; then it tells nothing that they do not, and sums of such numbers nothing that
sums of such answers do not. Where the answers of its own group are not tabulated, it goes with
those of every group that holds it or that it holds.

How many options of a question were chosen is another matter: its error tells how many chose
several, which the options do not, of a group and by subtraction of others. Where figures are not
rounded, such a number is shown only where no answer to its question is hidden anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.disclosure.roots import Term
from socialpoll.disclosure.subjects import Subject
from socialpoll.disclosure.telling import Teller

__all__ = ["Companions", "companions_of"]

Places = npt.NDArray[np.intp]
Truths = npt.NDArray[np.bool_]


class Companions(NamedTuple):
    """Pairs of rows: a number, and an answer to its question with which it is hidden."""

    number: Places
    answer: Places

    def closed(self, hidden: Truths) -> Truths:
        """Return what is hidden (rows,), with the numbers that go with it."""
        made = hidden.copy()
        made[self.number[hidden[self.answer]]] = True
        return made


def companions_of(
    rows: Sequence[Mapping[str, object]],
    subjects: Sequence[Subject],
    teller: Teller,
    *,
    exact: bool = False,
) -> Companions:
    """Find the answers that each number goes with; ``exact`` where figures are not rounded.

    Whatever the base or the weights: respondents of one domain under one condition, that of its
    routing among them, and one question, be it asked or seen through bands, groups, boxes or nets.
    """
    answers: dict[str, dict[Term, list[int]]] = {}
    numbers: list[tuple[int, Term, str]] = []
    for place, (row, subject) in enumerate(zip(rows, subjects, strict=True)):
        if teller.is_of_persons(row):
            name = teller.grains.source(teller.variable(row))
            whom = teller.whom(row, subject, name)
            answers.setdefault(name, {}).setdefault(whom, []).append(place)
            continue
        several = dict.fromkeys(teller.grains.source(name) for name in subject.questions)
        numbers += [(place, teller.whom(row, subject, name), name) for name in several]
    pairs = [
        (place, answer)
        for place, whom, name in numbers
        for answer in (
            _anywhere(answers.get(name, {}))
            if exact and teller.grains.several(name)
            else _with(whom, answers.get(name, {}))
        )
    ]
    made = np.array(pairs, dtype=np.intp).reshape(-1, 2)
    return Companions(made[:, 0], made[:, 1])


def _anywhere(answers: Mapping[Term, Sequence[int]]) -> Iterator[int]:
    for places in answers.values():
        yield from places


def _with(whom: Term, answers: Mapping[Term, Sequence[int]]) -> Iterator[int]:
    """Yield the answers of a group, or of all groups that hold it or that it holds."""
    if whom in answers:
        yield from answers[whom]
        return
    for other, places in answers.items():
        if whom.within(other) or other.within(whom):
            yield from places
