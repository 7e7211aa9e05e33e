"""Reading answers: every question by its kind, then who was asked, then what is derived."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from socialpoll.responses.answered import state_of
from socialpoll.responses.choices import read_choices
from socialpoll.responses.columns import Clock, Column, Days, Numeric, Ticks, Words
from socialpoll.responses.constraining import constrain, variables_of
from socialpoll.responses.days import read_days
from socialpoll.responses.deriving import derive
from socialpoll.responses.distinct import frozen
from socialpoll.responses.measures import read_measures
from socialpoll.responses.routing import route
from socialpoll.responses.ticks import read_ticks
from socialpoll.responses.times import read_times
from socialpoll.responses.verbatim import read_words
from socialpoll.schema import Date, FreeText, Multiple, Scale, Single, TimeOfDay

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import pandas as pd

    from socialpoll.responses.columns import Truths
    from socialpoll.responses.findings import Finding
    from socialpoll.schema import OneAnswer, Questionnaire

__all__ = ["read_answers", "read_one"]

MANY = 50_000
"""Rows from which on threads are worth their start."""
AT_ONCE = 4
"""Questions that are read at a time."""


def read_answers(
    frame: pd.DataFrame,
    questionnaire: Questionnaire,
    interviewed: Truths,
    among: Collection[str] | None = None,
) -> tuple[dict[str, Column], list[Finding]]:
    """Read questions in the order they were asked, and after each what is derived from it.

    Parameters
    ----------
    frame : pandas.DataFrame
        With the columns of these questions.
    questionnaire : Questionnaire
    interviewed : bool array (n,)
        A case without an interview was asked nothing.
    among : collection of str, optional
        The variables to read, with all that they are made from; every one where absent.

    Returns
    -------
    tuple of (dict of str to Column, list of Finding)
        Columns in the order of the questionnaire's names.
    """
    wanted = questionnaire.names if among is None else among
    questions = [one for one in questionnaire.asked if one.name in wanted]
    columns: dict[str, Column] = {}
    findings: list[Finding] = []
    for question, (column, found) in zip(questions, _each_read(frame, questions), strict=True):
        findings += found
        findings += route(question, column, columns, interviewed)
        columns[question.name] = _frozen(column)
        for derived in questionnaire.derived:
            if derived.of == question.name and derived.name in wanted:
                made, noticed = derive(derived, question, column)
                findings += noticed
                columns[derived.name] = _frozen(made)
    for constraint in questionnaire.constraints:
        if columns.keys() >= set(variables_of(constraint)):
            findings += constrain(constraint, columns)
    return {name: columns[name] for name in questionnaire.names if name in columns}, findings


def _each_read(
    frame: pd.DataFrame, questions: Sequence[OneAnswer]
) -> Iterable[tuple[Column, list[Finding]]]:
    """Read questions in order; of many rows several at a time, as no answer depends on another."""
    if len(frame) < MANY:
        return [read_one(frame, question) for question in questions]
    with ThreadPoolExecutor(min(len(questions), os.cpu_count() or 1, AT_ONCE) or 1) as pool:
        return list(pool.map(partial(read_one, frame), questions))


def read_one(frame: pd.DataFrame, question: OneAnswer) -> tuple[Column, list[Finding]]:
    """Read the answers to one question, whoever was asked it."""
    match question:
        case Single() | Scale():
            return read_choices(frame, question)
        case Multiple():
            return read_ticks(frame, question)
        case TimeOfDay():
            return read_times(frame, question)
        case FreeText():
            return read_words(frame, question)
        case Date():
            return read_days(frame, question)
        case _:
            return read_measures(frame, question)


def _frozen(column: Column) -> Column:
    frozen(state_of(column))
    match column:
        case Clock(minutes=array) | Numeric(values=array) | Days(day=array) | Words(words=array):
            frozen(array)
        case Ticks(ticked=ticked):
            frozen(ticked)
    return column
