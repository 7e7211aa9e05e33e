"""The levels of design columns: strata and clusters as numbers from 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.responses.columns import Truths
from socialpoll.responses.distinct import Distinct, distinct, is_numeric
from socialpoll.schema.keys import key_of, number_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Codes", "Levels", "levels_in", "numbers_in", "paired", "rank_of"]

Codes = npt.NDArray[np.int32]
ROOM_TO_COUNT = 4_000_000
EXACT = 2.0**53


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of a column.

    Attributes
    ----------
    of_row : int32 array (n,)
        Level of each row, in the order of ``labels``; -1 where there is none.
    labels : tuple of str
        Numbers in their order, then words in theirs.
    """

    of_row: Codes
    labels: tuple[str, ...]

    @property
    def blank(self) -> npt.NDArray[np.bool_]:
        """Rows without a level, bool array (n,)."""
        return self.of_row < 0


def levels_in(series: pd.Series) -> Levels:
    """Find the levels of a column; numbers and the same numbers read as words are one level."""
    values = distinct(series)
    used = np.bincount(values.of_row[values.of_row >= 0], minlength=len(values.found)) > 0
    if is_numeric(series):
        return _levels_of_numbers(values, used)
    keys = [key_of(value, "string") for value in values.found]
    names = {str(key) for key, there in zip(keys, used, strict=True) if key is not None and there}
    ordered = sorted(names, key=rank_of)
    place = {label: number for number, label in enumerate(ordered)}
    table = np.array([*(place.get(str(key), -1) for key in keys), -1], dtype=np.int32)
    return Levels(table[values.of_row], tuple(ordered))


def _levels_of_numbers(values: Distinct, used: Truths) -> Levels:
    """Do by arrays what is done for words one by one, for there may be many clusters."""
    numbers = np.array(values.found)
    if numbers.dtype.kind == "f":
        whole = (numbers == np.floor(numbers)) & (np.abs(numbers) < EXACT)
        numbers = numbers.astype(np.int64) if whole.all() else numbers
    places = np.argsort(numbers, kind="stable")
    places = places[used[places]]
    table = np.full(len(numbers) + 1, -1, dtype=np.int32)
    table[places] = np.arange(len(places))
    return Levels(table[values.of_row], tuple(map(str, numbers[places].tolist())))


def rank_of(label: str) -> tuple[bool, float, str]:
    """Return what labels are ordered by: numbers in their order, then words in theirs."""
    number = number_of(label)
    return (False, number, label) if isinstance(number, float) else (True, 0.0, label)


def paired(outer: Codes, inner: Codes) -> tuple[Codes, Codes]:
    """Give every pair of two codes a number from 0, in the order of the pairs.

    Parameters
    ----------
    outer, inner : int32 array (n,)
        Not negative.

    Returns
    -------
    tuple of int32 array (n,), int32 array (pairs,)
        The number of each row's pair, and the outer code of each pair.
    """
    width = int(inner.max(initial=0)) + 1
    keys = outer.astype(np.int64) * width + inner
    size = int(keys.max(initial=0)) + 1
    if size > ROOM_TO_COUNT + 4 * keys.size:
        present, of_row = np.unique(keys, return_inverse=True)
    else:
        there = np.zeros(size, dtype=np.bool_)
        there[keys] = True
        present, of_row = np.flatnonzero(there), (np.cumsum(there) - 1)[keys]
    return of_row.astype(np.int32), (present // width).astype(np.int32)


def numbers_in(series: pd.Series) -> npt.NDArray[np.float64]:
    """Return a column as numbers, float64 array (n,); NaN where there is none."""
    if is_numeric(series):
        return series.to_numpy(dtype=np.float64, na_value=np.nan, copy=True)
    values = distinct(series)
    numbers = [number_of(value) for value in values.found]
    table = [*(one if isinstance(one, float) else np.nan for one in numbers), np.nan]
    by_value = np.array(table, dtype=np.float64)
    found: npt.NDArray[np.float64] = by_value[values.of_row]
    return found
