"""Values that become the same, put together where answers lie: an age is counted by its band."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.responses.answered import state_of
from socialpoll.responses.columns import UNREADABLE, Column, Ticks
from socialpoll.responses.constraining import variables_of
from socialpoll.responses.deriving import derive
from socialpoll.responses.needing import columns_of
from socialpoll.responses.reading import read_one
from socialpoll.responses.scans.addressing import address_of
from socialpoll.responses.scans.fetching import fetched
from socialpoll.schema import questions_of

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

    from socialpoll.schema import OneAnswer, Questionnaire

__all__ = ["merging", "only_derived_from"]

Class: TypeAlias = tuple[float, ...]
MOST_VALUES = 100_000
"""Different values up to which it is looked at what they become."""
MOST_CONDITIONS = 200
"""Runs of numbers, or classes of words, that an engine is told of."""
MOST_WORDS = 2_000
"""Different words up to which an engine is told of each."""
EXACT = 2.0**53


def only_derived_from(
    questionnaire: Questionnaire,
    names: Iterable[str],
    wanted: Collection[str],
    design: Collection[str],
) -> dict[str, tuple[str, ...]]:
    """Return questions that are wanted for variables derived from them alone, with these.

    Not those that say of whom another was asked, that are bound to others by a constraint, or whose
    column has another use.

    Parameters
    ----------
    questionnaire : Questionnaire
    names : iterable of str
        Variables that are asked for.
    wanted : collection of str
        These, and what they need.
    design : collection of str
        Columns of the sample design.
    """
    used = set(names)
    asked = [one for one in questionnaire.asked if one.name in wanted]
    for one in asked:
        used |= set() if one.asked_if is None else set(questions_of(one.asked_if))
    for constraint in questionnaire.constraints:
        used |= set(variables_of(constraint))
    columns = [column for one in asked for column in columns_of(one)]
    found = {}
    for one in asked:
        own = columns_of(one)
        alone = len(own) == 1 and columns.count(own[0]) == 1 and own[0] not in design
        if alone and one.name not in used:
            found[one.name] = tuple(
                derived.name
                for derived in questionnaire.derived
                if derived.of == one.name and derived.name in wanted
            )
    return found


def merging(
    frame: nw.LazyFrame[Any], questionnaire: Questionnaire, name: str, derived: Collection[str]
) -> nw.Expr | None:
    """Return the column of a question with one value for all that become the same.

    The engine tells the different values; they are read as any answers. Values that cannot be read
    are kept apart, so that they can be told of.

    Parameters
    ----------
    frame : narwhals.LazyFrame
    questionnaire : Questionnaire
    name : str
        A question of one column.
    derived : collection of str
        What is derived from it and wanted.

    Returns
    -------
    narwhals.Expr or None
        None where nothing is gained, or the engine would have to be told too much.
    """
    import narwhals as nw

    question = next(one for one in questionnaire.asked if one.name == name)
    (named,) = columns_of(question)
    column = address_of(named)
    kind = frame.collect_schema()[column]
    if not (kind.is_integer() or kind.is_float() or kind == nw.String):
        return None
    # Which values there are: asked as counts, for some engines rank the rows to find `unique` ones.
    values_of = frame.group_by(column).agg(nw.len().alias(f"{column}_n")).select(column)
    every = fetched(values_of.head(MOST_VALUES + 1)).rename({column: named}).to_pandas()
    found = every.dropna().sort_values(named).reset_index(drop=True)
    if not 1 < len(found) <= MOST_VALUES:
        return None
    values = found[named].tolist()
    if kind.is_integer() and max(map(abs, values)) > EXACT:
        return None
    made = _becoming(found, questionnaire, question, derived)
    if kind == nw.String:
        return _of_words(column, values, made)
    return _of_numbers(column, [int(one) if kind.is_integer() else one for one in values], made)


def _becoming(
    found: pd.DataFrame, questionnaire: Questionnaire, question: OneAnswer, derived: Collection[str]
) -> list[Class]:
    """Return what each value becomes."""
    read, _ = read_one(found, question)
    wanted = [one for one in questionnaire.derived if one.name in derived]
    columns: list[Column] = [derive(one, question, read)[0] for one in wanted]
    parts = [np.minimum(state_of(read), 0), *(part for one in columns for part in _told(one))]
    lost = np.any([state_of(one) == UNREADABLE for one in (read, *columns)], axis=0)
    # Each that is lost is a class of its own.
    alone = np.where(lost, np.arange(len(found)) + 1, 0)
    return [tuple(row) for row in np.column_stack([alone, *parts]).tolist()]


def _told(column: Column) -> Iterable[npt.NDArray[Any]]:
    yield state_of(column)
    if isinstance(column, Ticks):
        yield from column.ticked.T


def _of_numbers(column: str, values: Sequence[float], made: Sequence[Class]) -> nw.Expr | None:
    """Return the first number of each class, told of runs of numbers from one to another."""
    import narwhals as nw

    first = _first_of(values, made)
    own = found = nw.col(column)
    told = 0
    for one, run in groupby(zip(values, made, strict=True), itemgetter(1)):
        several = [value for value, _ in run]
        if several == [first[one]]:
            continue
        told += 1
        inside = (own >= several[0]) & (own <= several[-1])
        found = nw.when(inside).then(nw.lit(first[one])).otherwise(found)
    return found if 0 < told <= MOST_CONDITIONS else None


def _of_words(column: str, values: Sequence[str], made: Sequence[Class]) -> nw.Expr | None:
    """Return the first word of each class, told of all its words."""
    import narwhals as nw

    members: dict[Class, list[str]] = {}
    for value, one in zip(values, made, strict=True):
        members.setdefault(one, []).append(value)
    several = [words for words in members.values() if len(words) > 1]
    if not several or len(values) > MOST_WORDS or len(several) > MOST_CONDITIONS:
        return None
    own = found = nw.col(column)
    for words in several:
        found = nw.when(own.is_in(words)).then(nw.lit(words[0])).otherwise(found)
    return found


def _first_of(values: Sequence[float], made: Sequence[Class]) -> Mapping[Class, float]:
    first: dict[Class, float] = {}
    for value, one in zip(values, made, strict=True):
        first.setdefault(one, value)
    return first
