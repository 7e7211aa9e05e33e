"""Answers as a data file of SPSS."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from socialpoll.datafiles.filing import (
    Filed,
    Package,
    filed,
    number_of_missing,
    numbered,
    refusals,
    require,
    words_of,
    written,
)
from socialpoll.datafiles.made import made
from socialpoll.datafiles.names import Naming, bytes_of
from socialpoll.datafiles.variables import EXACT, Variable
from socialpoll.errors import Problem

__all__ = ["SPSS", "filed_for_spss", "sav_of"]

SPSS = Package(
    name="SPSS",
    naming=Naming(
        forbidden=re.compile(r"[^\w.$#@]|\.$"),
        reserved=re.compile("ALL|AND|BY|EQ|GE|GT|LE|LT|NE|NOT|OR|TO|WITH", re.IGNORECASE),
        longest=64,
        size=bytes_of,
        cased=False,
    ),
    label=256,
    value_label=120,
    title=64,
    words=32_767,
)
BEGINS = dt.date(1582, 10, 14).toordinal()
"""The day from which SPSS counts seconds."""
DAY = 86_400
MOST_MISSING = 3
"""Single values that a variable may declare missing; beyond them there is one range."""
MISSING_WORDS = 8
"""Bytes of words that may be declared missing."""
WIDEST = 40
"""Digits that SPSS shows of a number."""

Missings = list[Any]
"""Single values, and a range as a mapping with ``lo`` and ``hi``."""


def filed_for_spss(variables: Sequence[Variable]) -> tuple[Filed, ...]:
    """Return variables as SPSS keeps them.

    Raises
    ------
    DataFileError
        With every variable that has answers which SPSS cannot hold.
    """
    problems = [*refusals(variables, SPSS)]
    for one in variables:
        problems += [*_too_early(one), *_too_low(one)]
    require(problems, SPSS)
    return filed([_encoded(one) for one in variables], SPSS)


def sav_of(variables: Sequence[Filed], title: str) -> bytes:
    """Return variables as the content of a ``.sav`` file, under a title of the file."""
    from pyreadstat import write_sav

    write = partial(
        write_sav,
        missing_ranges={one.name: one.missing for one in variables if one.missing},
        variable_measure={one.name: one.variable.measure for one in variables},
    )
    return made(variables, title, write, SPSS)


def _too_early(one: Variable) -> Iterator[Problem]:
    if one.kind == "days" and (one.given < BEGINS).any():
        yield Problem(
            "a day before the calendar of SPSS begins",
            f"question {one.question!r}",
            str(dt.date.fromordinal(int(one.given.min()))),
            f"from {dt.date.fromordinal(BEGINS)} on",
        )


def _too_low(one: Variable) -> Iterator[Problem]:
    if one.kind == "numbers" and one.missing and (one.given < -EXACT).any():
        yield Problem(
            "numbers so far below 0 that none is left for missing codes",
            f"question {one.question!r}",
            f"{one.given.min():g}",
            f"from {-EXACT} on",
        )


def _encoded(variable: Variable) -> Filed:
    if variable.is_words and variable.kind != "codes":
        return _in_words(variable)
    if variable.is_words:
        if _can_be_words(variable):
            return _in_words(variable)
        plain, codes = numbered(variable)
        return replace(_in_numbers(plain), codes=codes)
    if variable.kind == "days":
        return _in_numbers(replace(variable, answers=(variable.answers - BEGINS) * DAY))
    return _in_numbers(variable)


def _can_be_words(variable: Variable) -> bool:
    """Say whether words can be codes, with all missing ones declared.

    Those of other alphabets cannot: pyreadstat makes room for the characters of a code that nobody
    gave, and not for its bytes.
    """
    missing = [str(one.code) for one in variable.missing]
    short = all(bytes_of(one) <= MISSING_WORDS for one in missing)
    ascii_only = all(str(one).isascii() for one in (*variable.labels, *missing))
    return short and ascii_only and len(missing) <= MOST_MISSING


def _in_words(variable: Variable) -> Filed:
    told = zip((str(one.code) for one in variable.missing), variable.lacking, strict=True)
    lacking = dict(told) if _can_be_words(variable) else {}
    return Filed(
        variable=variable,
        column=words_of(variable),
        labels={**variable.labels, **lacking},
        missing=list(lacking),
        undeclared=tuple(str(one.code) for one in variable.missing if str(one.code) not in lacking),
    )


def _in_numbers(variable: Variable) -> Filed:
    numbers, declared = _missing_numbers(variable)
    values = np.where(variable.state < 0, np.nan, variable.answers)
    for place, number in enumerate(numbers):
        values[variable.gave(place)] = number
    codes = zip((str(one.code) for one in variable.missing), map(written, numbers), strict=True)
    return Filed(
        variable=variable,
        column=values,
        labels={**variable.labels, **dict(zip(numbers, variable.lacking, strict=True))},
        missing=declared,
        format=_format(variable, numbers),
        lacking={code: number for code, number in codes if code != number},
    )


def _missing_numbers(variable: Variable) -> tuple[list[float], Missings]:
    """Return a number for each missing code, and how SPSS declares them.

    Codes that are no numbers, or that SPSS cannot declare together, get the next ones below all
    others, which it can.
    """
    taken = np.array([*np.unique(variable.given), *variable.labels], dtype=np.float64)
    known = [number_of_missing(variable, place) for place in range(len(variable.missing))]
    free = _below([*taken, *(one for one in known if one is not None)], known.count(None))
    numbers = [free.pop(0) if one is None else one for one in known]
    declared = _declared(numbers, taken)
    if declared is None:
        numbers = _below(list(taken), len(known))
        declared = _declared(numbers, taken) or []
    return numbers, declared


def _below(taken: Sequence[float], several: int) -> list[float]:
    """Return whole numbers below 0 and below all others."""
    highest = math.floor(min((0.0, *taken))) - 1
    return [float(highest - one) for one in range(several)]


def _declared(numbers: Sequence[float], taken: npt.NDArray[Any]) -> Missings | None:
    """Return single values, or a range and perhaps one more; None where answers are within it."""
    several = sorted(numbers)
    if len(several) <= MOST_MISSING:
        return [*several]
    for within, alone in (
        (several, []),
        (several[:-1], several[-1:]),
        (several[1:], several[:1]),
    ):
        if not ((taken >= within[0]) & (taken <= within[-1])).any():
            return [{"lo": within[0], "hi": within[-1]}, *alone]
    return None


def _format(variable: Variable, missing: Sequence[float]) -> str:
    if variable.kind == "days":
        return "SDATE10"
    if variable.kind == "clock":
        return "TIME8" if (variable.given % 60).any() else "TIME5"
    shown = [*np.unique(variable.given), *variable.labels, *missing]
    digits = max((len(f"{float(one):.0f}") for one in shown), default=1)
    if all(float(one).is_integer() for one in shown):
        return f"F{min(digits, WIDEST)}.0"
    return f"F{min(digits + 3, WIDEST)}.2"
