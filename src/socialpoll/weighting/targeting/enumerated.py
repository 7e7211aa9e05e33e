"""A population unit by unit: its combinations of codes, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, TargetError, nearest
from socialpoll.schema import CodeValue
from socialpoll.weighting.targeting.codes import Combination, as_code, as_number, rows_named
from socialpoll.weighting.targeting.tabulated import Tabulated

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["in_population"]

Floats = npt.NDArray[np.float64]
SUBJECT = "the population frame"


def in_population(frame: pd.DataFrame, of: tuple[str, ...], count: str | None) -> Tabulated:
    """Count the units of a frame by combination of codes; TargetError where it cannot be done."""
    _require_columns(frame, (*of, *([] if count is None else [count])))
    columns = [_coded(frame[name]) for name in of]
    units = np.ones(len(frame)) if count is None else _counts(frame[count])
    problems = [
        one for name, coded in zip(of, columns, strict=True) for one in _blanks(name, coded)
    ]
    if count is not None:
        problems += _count_problems(count, units)
    if problems:
        raise TargetError(SUBJECT, problems)
    return Tabulated(of, _summed(columns, units))


def _require_columns(frame: pd.DataFrame, names: tuple[str, ...]) -> None:
    known = list(frame.columns)
    problems = [
        Problem(
            "there is no such column" if name not in known else "a column is there twice",
            where=SUBJECT,
            found=repr(name),
            allowed=nearest(name, known),
        )
        for name in names
        if known.count(name) != 1
    ]
    if not len(frame):
        problems.append(Problem("there are no units", where=SUBJECT, found="0 rows"))
    if problems:
        raise TargetError(SUBJECT, problems)


class _Coded(NamedTuple):
    """The codes of one column, and the place of each row among them; -1 where there is none."""

    codes: list[CodeValue]
    place: npt.NDArray[np.intp]


def _coded(column: pd.Series[Any]) -> _Coded:
    import pandas as pd

    raw, distinct = pd.factorize(column)
    written = [as_code(one) for one in distinct]
    codes = [one for one in dict.fromkeys(written) if one != ""]
    number = {code: place for place, code in enumerate(codes)}
    # One place more, at the end, is that of a blank.
    place = np.array([*(number.get(one, -1) for one in written), -1], dtype=np.intp)
    return _Coded(codes, place[raw])


def _counts(column: pd.Series[Any]) -> Floats:
    numbers = (as_number(one) for one in column.tolist())
    return np.array([np.nan if one is None else one for one in numbers], dtype=np.float64)


def _blanks(name: str, coded: _Coded) -> Iterator[Problem]:
    rows = np.flatnonzero(coded.place < 0)
    if rows.size:
        yield Problem(
            f"{rows.size} of {coded.place.size} rows have no code of {name!r}",
            where=SUBJECT,
            found=rows_named(rows),
            allowed="a code in every row: a unit that is left out is missing from the population",
            advice="complete the register, or leave these units out of the frame yourself and say "
            "so in the source",
        )


def _count_problems(count: str, units: Floats) -> Iterator[Problem]:
    rows = np.flatnonzero(~(np.isfinite(units) & (units >= 0)))
    if rows.size:
        yield Problem(
            "a count that is no number of units",
            where=f"{SUBJECT}, column {count}",
            found=rows_named(rows),
            allowed="0 or more in every row",
        )


def _summed(columns: Sequence[_Coded], units: Floats) -> dict[Combination, float]:
    shape = [len(one.codes) for one in columns]
    cell = np.ravel_multi_index([one.place for one in columns], shape)
    occurring, first, place = np.unique(cell, return_index=True, return_inverse=True)
    sums = np.bincount(place.ravel(), weights=units)
    found = {}
    for one in np.argsort(first):
        at = np.unravel_index(occurring[one], shape)
        codes = tuple(column.codes[k] for column, k in zip(columns, at, strict=True))
        found[codes] = float(sums[one])
    return found
