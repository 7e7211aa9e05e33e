"""What is said of every question of a scan: how it is coded, answered, and what does not fit."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from socialpoll.errors import CombinationsError
from socialpoll.responses.answered import state_of
from socialpoll.responses.columns import Clock, Days, Numeric, Ticks
from socialpoll.responses.constraining import variables_of
from socialpoll.responses.findings import Finding, findings_frame
from socialpoll.responses.needing import needed, raw_columns
from socialpoll.responses.reading import read_answers
from socialpoll.schema import FreeText, Multiple, Scale, Single
from socialpoll.schema.categories import codes_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from socialpoll.responses.columns import Column
    from socialpoll.responses.design import SampleDesign
    from socialpoll.responses.responses import Responses
    from socialpoll.schema import OneAnswer, Questionnaire

__all__ = ["Tallying", "digest_of_scan", "findings_of_scan", "without_answers"]

MOST = 200_000
"""Combinations of answers to one question that are looked through."""
AT_ONCE = 20_000
"""Combinations of answers to several questions that are counted together."""
SEVERITIES = ("error", "warning", "note")


class Tallying(Protocol):
    """Answers that are counted where they lie."""

    @property
    def questionnaire(self) -> Questionnaire:
        """What was asked."""
        ...

    @property
    def design(self) -> SampleDesign:
        """How the sample was drawn."""
        ...

    @property
    def wave(self) -> str | None:
        """Name of the wave."""
        ...

    def tally(self, names: Iterable[str], *, most: int) -> Responses:
        """Return the combinations of answers to some variables."""
        ...

    def narrowed(self, question: OneAnswer) -> Tallying | None:
        """Return the same with one number for all within the range of a question."""
        ...


def without_answers(questionnaire: Questionnaire, rows: int) -> dict[str, Column]:
    """Return every variable as it is coded, in rows of which none has an answer."""
    import pandas as pd

    names = raw_columns(questionnaire, questionnaire.names, ())
    frame = pd.DataFrame(index=pd.RangeIndex(rows), columns=list(names), dtype=object)
    columns, _ = read_answers(frame, questionnaire, np.zeros(rows, dtype=np.bool_))
    return columns


def findings_of_scan(scan: Tallying) -> pd.DataFrame:
    """Return the findings about each question, counted in cases; none names a row."""
    import pandas as pd

    each = {**dict(_each_tallied(scan)), **dict(_each_bound(scan))}
    parts = [one.findings for one in each.values() if one is not None]
    parts.append(findings_frame(_not_looked_through(name) for name in each if each[name] is None))
    found = pd.concat([one for one in parts if len(one)] or parts[-1:], ignore_index=True)
    found = found.drop(columns="row").drop_duplicates(ignore_index=True)
    worst = np.argsort([SEVERITIES.index(one) for one in found["severity"]], kind="stable")
    return found.iloc[worst].reset_index(drop=True)


def digest_of_scan(scan: Tallying) -> str:
    """Return the SHA-256 of questionnaire, design and the distribution of each question alone.

    Numbers of cases, and the smallest and largest base weights, are the same whatever engine finds
    them; sums of weights are not, to the last digit.
    """
    digest = hashlib.sha256()
    head = {
        "questionnaire": scan.questionnaire.digest,
        "wave": scan.wave,
        "design": asdict(scan.design),
    }
    digest.update(json.dumps(head, sort_keys=True, ensure_ascii=False).encode())
    for name, counted in _each_tallied(scan):
        digest.update(f"{name}\0".encode())
        if counted is not None:
            digest.update(_distribution(counted, name))
    return digest.hexdigest()


def _each_tallied(scan: Tallying) -> Iterator[tuple[str, Responses | None]]:
    """Yield each question with its tally, and what is derived from it; None where it is too long.

    Free texts are as many as cases, and are left out. Of a number that makes too many combinations,
    those within its range are one.
    """
    for pack in _packed(scan):
        _tallied(scan, pack)
    for question in scan.questionnaire.asked:
        if isinstance(question, FreeText):
            continue
        derived = _derived_from(scan.questionnaire, question.name)
        found = _tallied(scan, [question.name, *derived])
        if found is not None:
            yield question.name, found
            continue
        narrowed = scan.narrowed(question)
        yield question.name, None if narrowed is None else _tallied(narrowed, [question.name])
        yield from ((name, _tallied(scan, [name])) for name in derived)


def _packed(scan: Tallying) -> Iterator[list[str]]:
    """Yield questions that are best counted together: the engine goes through all rows once."""
    room = AT_ONCE / len(scan.tally((), most=MOST))
    pack: list[str] = []
    for question in scan.questionnaire.asked:
        own = [question.name, *_derived_from(scan.questionnaire, question.name)]
        if _combinations(scan.questionnaire, own) > room:
            continue
        if _combinations(scan.questionnaire, [*pack, *own]) > room:
            yield pack
            pack = []
        pack += own
    yield pack


def _combinations(questionnaire: Questionnaire, names: Iterable[str]) -> float:
    """Return how many combinations variables can make, if all their answers are declared."""
    wanted = needed(questionnaire, names)
    return math.prod(_answers(one) for one in questionnaire.asked if one.name in wanted)


def _answers(question: OneAnswer) -> float:
    """Return how many different answers a question has, none among them."""
    match question:
        case Single() | Scale():
            return len(codes_of(question)) + len(question.missing) + 1
        case Multiple():
            return float(2 ** len(question.options) + len(question.missing))
    return math.inf


def _derived_from(questionnaire: Questionnaire, name: str) -> list[str]:
    return [one.name for one in questionnaire.derived if one.of == name]


def _each_bound(scan: Tallying) -> Iterator[tuple[str, Responses | None]]:
    """Yield the questions of each constraint with their tally; None where it is too long."""
    for one in scan.questionnaire.constraints:
        yield ", ".join(variables_of(one)), _tallied(scan, variables_of(one))


def _tallied(scan: Tallying, names: Iterable[str]) -> Responses | None:
    try:
        return scan.tally(names, most=MOST)
    except CombinationsError:
        return None


def _distribution(counted: Responses, name: str) -> bytes:
    """Return who gave each answer, in which stratum and of how many clusters, as bytes."""
    repeats = counted.repeats
    if repeats is None:
        raise TypeError(name)
    design = [counted.stages[0].stratum, counted.interviewed, counted.base_weight > 0]
    keys = np.column_stack([*design, *_said(counted.columns[name])]).astype(np.float64)
    found, place = np.unique(keys, axis=0, return_inverse=True)
    of_row = place.ravel()
    times = np.bincount(of_row, weights=repeats.times)
    least, most = np.full(len(found), np.inf), np.zeros(len(found))
    np.minimum.at(least, of_row, repeats.least)
    np.maximum.at(most, of_row, repeats.most)
    told = np.column_stack([found, times, least, most]).astype("<f8").tobytes()
    if repeats.clusters is None:
        return told
    return told + repeats.clusters.number.astype("<i8").tobytes()


def _said(column: Column) -> list[npt.NDArray[Any]]:
    """Return the state and the answer of each row; NaN, which is no number, as 0."""
    match column:
        case Ticks(ticked=answer) | Clock(minutes=answer) | Numeric(values=answer):
            return [state_of(column), np.nan_to_num(answer.astype(np.float64))]
        case Days(day=answer):
            return [state_of(column), answer.astype(np.int64)]
    return [state_of(column)]


def _not_looked_through(name: str) -> Finding:
    return Finding(
        severity="warning",
        row=0,
        question=name,
        value="",
        count=0,
        what="the answers differ too much from each other to be looked through",
        advice="look through a part of them in memory",
        rule="not_looked_through",
    )
