"""Coded answers as a frame of codes again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from socialpoll.responses.columns import (
    FIRST_MISSING,
    Clock,
    Column,
    Days,
    Numeric,
    Positions,
    Ticks,
    Words,
)
from socialpoll.schema.clock import clock_time

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import CodeValue, Missing

__all__ = ["answers_frame"]


def answers_frame(columns: Mapping[str, Column], rows: int) -> pd.DataFrame:
    """Return a new frame of codes; NA where there is neither an answer nor a typed missing code."""
    import pandas as pd

    series = (pair for name, column in columns.items() for pair in _series(name, column))
    return pd.DataFrame(dict(series), index=pd.RangeIndex(rows))


def _series(name: str, column: Column) -> Iterator[tuple[str, object]]:
    match column:
        case Ticks():
            for place, option in enumerate(column.options):
                chosen = np.where(column.state < 0, column.state, column.ticked[:, place])
                yield f"{name}_{option.code}", _codes(chosen, [0, 1], column.missing)
        case Numeric():
            yield name, _numbers(column)
        case Clock():
            yield name, _times(column)
        case Days() | Words():
            yield name, _said(column)
        case _:
            codes = [one.code for one in column.categories]
            yield name, _codes(column.position, codes, column.missing)


def _codes(position: Positions, codes: list[CodeValue], missing: tuple[Missing, ...]) -> object:
    """Return a categorical of codes: those of answers first, then those of missing answers."""
    import pandas as pd

    place = np.where(position >= 0, position, -1)
    typed = position <= FIRST_MISSING
    place[typed] = len(codes) + (FIRST_MISSING - position[typed])
    categories: pd.Index[Any] = pd.Index([*codes, *(one.code for one in missing)])
    return pd.Categorical.from_codes(place, categories)


def _numbers(column: Numeric) -> npt.NDArray[np.float64] | npt.NDArray[np.object_]:
    values: npt.NDArray[Any] = np.where(column.state < 0, np.nan, column.values)
    if any(isinstance(one.code, str) for one in column.missing):
        values = values.astype(np.object_)
    for place, one in enumerate(column.missing):
        values[column.state == FIRST_MISSING - place] = one.code
    return values


def _said(column: Days | Words) -> npt.NDArray[np.object_]:
    """Return days and words as they are, or the codes of missing ones."""
    if isinstance(column, Words):
        said = column.words.copy()
    else:
        distinct, of_row = np.unique(column.day, return_inverse=True)
        days = [dt.date.fromordinal(max(1, int(one))) for one in distinct]
        said = np.array(days, dtype=np.object_)[of_row]
    said[column.state < 0] = None
    for place, one in enumerate(column.missing):
        said[column.state == FIRST_MISSING - place] = one.code
    return said


def _times(column: Clock) -> npt.NDArray[np.object_]:
    distinct, of_row = np.unique(column.minutes, return_inverse=True)
    written = np.array([clock_time(one) for one in distinct], dtype=np.object_)[of_row]
    written[column.position < 0] = None
    for place, one in enumerate(column.missing):
        written[column.position == FIRST_MISSING - place] = one.code
    return written
