"""Answers as a data file of Stata."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from string import ascii_lowercase

import numpy as np

from socialpoll.datafiles.filing import (
    Filed,
    Package,
    filed,
    number_of_missing,
    numbered,
    refusals,
    require,
    words_of,
)
from socialpoll.datafiles.made import made
from socialpoll.datafiles.names import Naming
from socialpoll.datafiles.variables import Value, Variable
from socialpoll.errors import Problem
from socialpoll.schema import AnyQuestion, Grid, Multiple, Scale

__all__ = ["STATA", "dta_of", "filed_for_stata"]


def _is_ordered(question: AnyQuestion) -> bool:
    return isinstance(question, Scale) or (isinstance(question, Grid) and question.ordered)


STATA = Package(
    name="Stata",
    naming=Naming(
        forbidden=re.compile(r"\W"),
        reserved=re.compile(r"byte|double|float|if|in|int|long|str\d+|strL|using|with"),
        longest=32,
        size=len,
        cased=True,
    ),
    label=80,
    value_label=32_000,
    title=80,
    words=2_000_000_000,
    lacks={
        "which codes are in an order is not in the file": _is_ordered,
        "the wording is not in the file, only the options, each a variable": lambda one: isinstance(
            one, Multiple
        ),
    },
)
BEGINS = dt.date(1960, 1, 1).toordinal()
"""The day from which Stata counts."""
LARGEST_CODE = 2_147_483_620
"""Whole numbers beyond it cannot have labels."""
SECOND = 1_000
"""In the milliseconds of Stata."""
FORMATS = {"days": "%tdCCYY-NN-DD", "clock": "%tcHH:MM:SS"}


def filed_for_stata(variables: Sequence[Variable]) -> tuple[Filed, ...]:
    """Return variables as Stata keeps them.

    Raises
    ------
    DataFileError
        With every variable that has answers which Stata cannot hold.
    """
    problems = [*refusals(variables, STATA)]
    for one in variables:
        problems += _too_many_missing(one)
    require(problems, STATA)
    return filed([_encoded(one) for one in variables], STATA)


def dta_of(variables: Sequence[Filed], title: str) -> bytes:
    """Return variables as the content of a ``.dta`` file, under a title of the file."""
    from pyreadstat import write_dta

    missing = {one.name: one.missing for one in variables if one.missing}
    return made(variables, title, partial(write_dta, missing_user_values=missing), STATA)


def _too_many_missing(one: Variable) -> Iterator[Problem]:
    if len(one.missing) > len(ascii_lowercase) and one.kind != "words":
        yield Problem(
            "more missing codes than Stata has letters for them",
            f"question {one.question!r}",
            str(len(one.missing)),
            f"at most {len(ascii_lowercase)}",
        )


def _encoded(variable: Variable) -> Filed:
    if variable.kind == "codes":
        if variable.is_words or any(abs(float(one)) > LARGEST_CODE for one in variable.labels):
            plain, codes = numbered(variable)
            return replace(_in_numbers(plain), codes=codes)
    elif variable.is_words:
        undeclared = tuple(str(one.code) for one in variable.missing)
        return Filed(variable=variable, column=words_of(variable), undeclared=undeclared)
    elif variable.kind == "days":
        return _in_numbers(replace(variable, answers=variable.answers - BEGINS))
    elif variable.kind == "clock":
        return _in_numbers(replace(variable, answers=variable.answers * SECOND))
    return _in_numbers(variable)


def _in_numbers(variable: Variable) -> Filed:
    letters = _letters(variable)
    column = np.where(variable.state < 0, np.nan, variable.answers)
    rows = {letter: variable.gave(place) for place, letter in enumerate(letters)}
    if any(one.any() for one in rows.values()):
        column = column.astype(np.object_)
        for letter, gave in rows.items():
            column[gave] = letter
    codes = [str(one.code) for one in variable.missing]
    shown = {code: f".{one}" for code, one in zip(codes, letters, strict=True)}
    return Filed(
        variable=variable,
        column=column,
        labels={
            **variable.labels,
            **_numbers_of_missing(variable),
            **dict(zip(letters, variable.lacking, strict=True)),
        },
        missing=letters,
        format=FORMATS.get(variable.kind, ""),
        lacking={code: letter for code, letter in shown.items() if code != letter},
    )


def _letters(variable: Variable) -> list[str]:
    """Return a letter for each missing code: its own where it is one of Stata's."""
    codes = [str(one.code) for one in variable.missing]
    own = [one[1] if re.fullmatch(r"\.[a-z]", one) else "" for one in codes]
    free = (one for one in ascii_lowercase if one not in own)
    return [letter or next(free) for letter in own]


def _numbers_of_missing(variable: Variable) -> dict[Value, str]:
    """Return labels of the numbers that missing codes have in the questionnaire.

    No case has them; they tell which code a letter stands for.
    """
    numbers = [number_of_missing(variable, place) for place in range(len(variable.missing))]
    return {
        number: label
        for number, label in zip(numbers, variable.lacking, strict=True)
        if number is not None and number.is_integer() and abs(number) <= LARGEST_CODE
    }
