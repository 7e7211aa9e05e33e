"""How similar strata are: one place on a scale each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem
from socialpoll.responses.corrections import listed
from socialpoll.responses.levels import Codes, levels_in
from socialpoll.schema.keys import number_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["similarity_of"]


def similarity_of(
    column: pd.Series, stratum: Codes, labels: tuple[str, ...]
) -> tuple[npt.NDArray[np.float64], list[Problem]]:
    """Return the place of each stratum (strata,), and the strata without exactly one.

    Where every value is a number, strata are as far apart as their numbers; words are as far apart
    as their places in order.
    """
    levels = levels_in(column)
    numbers = [number_of(label) for label in levels.labels]
    if all(isinstance(one, float) for one in numbers):
        scale = np.array(numbers, dtype=np.float64)
    else:
        scale = np.arange(len(levels.labels), dtype=np.float64)
    by_row = np.append(scale, np.nan)[levels.of_row]
    lowest = np.full(len(labels), np.inf)
    highest = np.full(len(labels), -np.inf)
    known = ~np.isnan(by_row)
    np.minimum.at(lowest, stratum[known], by_row[known])
    np.maximum.at(highest, stratum[known], by_row[known])
    blank = np.unique(stratum[~known])
    several = np.flatnonzero(lowest < highest)
    problems = [
        Problem(what, found=listed(which, lambda one: repr(labels[one])), advice=advice)
        for which, what, advice in (
            (blank, "strata have cases without a value", "give every case that of its stratum"),
            (several, "strata have more than one value", "it must be constant within each stratum"),
        )
        if which.size
    ]
    return lowest, problems
