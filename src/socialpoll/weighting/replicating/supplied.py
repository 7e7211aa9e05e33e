"""Replicate weights that came with the data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
import numpy.typing as npt

from socialpoll.errors import DesignError, Problem

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["GivenReplicates"]

Floats = npt.NDArray[np.float64]
TABLE = 2
"""Dimensions: cases and replicates."""


@dataclass(frozen=True, eq=False)
class GivenReplicates:
    """Replicate weights that came with the data.

    Parameters
    ----------
    values : float array (n, R) or pandas.DataFrame
        One row a case, in the order of the data; one column a replicate.
    scale : float
        What the sum of squared deviations is multiplied by.
    rscales : array of float (R,), optional
        What each squared deviation is multiplied by; 1 where absent.
    mse : bool
        Whether deviations are taken from the estimate of the full sample, or from the mean of the
        replicates whose factor is not 0.
    combined : bool
        Whether the values are weights, or multipliers of the base weights.

    Raises
    ------
    DesignError
        Values that are no table of weights, a replicate in which nobody counts, or factors that do
        not fit; every problem at once.
    """

    method: ClassVar[Literal["given"]] = "given"
    values: Floats
    scale: float
    rscales: Floats
    mse: bool = False
    combined: bool = True

    def __init__(
        self,
        values: npt.ArrayLike | pd.DataFrame,
        scale: float,
        rscales: Sequence[float] | npt.ArrayLike | None = None,
        *,
        mse: bool = False,
        combined: bool = True,
    ) -> None:
        problems: list[Problem] = []
        table = _floats(values, "values", problems)
        if not problems:
            problems.extend(_value_problems(table))
        columns = table.shape[1] if table.ndim == TABLE and table.size else None
        if rscales is None:
            factors = np.ones(columns or 0)
        else:
            factors = _floats(rscales, "rscales", problems)
        if not any(one.where == "rscales" for one in problems):
            problems.extend(_factor_problems(factors, columns))
        problems.extend(_scale_problems(scale))
        if problems:
            raise DesignError("the replicate weights", problems)
        table.flags.writeable = factors.flags.writeable = False
        object.__setattr__(self, "values", table)
        object.__setattr__(self, "scale", float(scale))
        object.__setattr__(self, "rscales", factors)
        object.__setattr__(self, "mse", mse)
        object.__setattr__(self, "combined", combined)


def _floats(values: npt.ArrayLike | pd.DataFrame, name: str, problems: list[Problem]) -> Floats:
    try:
        return np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        problems.append(Problem("something that is not a table of numbers", name))
        return np.zeros(0)


def _value_problems(table: Floats) -> list[Problem]:
    if table.ndim != TABLE or not table.size:
        what = "there is not one row a case and one column a replicate"
        return [Problem(what, "values", f"shape {table.shape}", "shape (n, R)")]
    problems = []
    wrong = ~(np.isfinite(table) & (table >= 0))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        found = f"{table[row, column]:g} in row {row}, column {column}"
        what = f"{np.count_nonzero(wrong)} value(s) are no number, or below 0"
        problems.append(Problem(what, "values", found))
    empty = np.flatnonzero(~(table > 0).any(axis=0))
    if empty.size:
        what = f"nobody counts in {empty.size} replicate(s)"
        problems.append(Problem(what, "values", f"column {empty[0]}"))
    return problems


def _factor_problems(rscales: Floats, columns: int | None) -> list[Problem]:
    if columns is None:
        return []
    if rscales.shape != (columns,):
        found = f"shape {rscales.shape}"
        what = "there is not one factor a replicate"
        return [Problem(what, "rscales", found, f"{columns} factors")]
    if not (np.isfinite(rscales).all() and (rscales >= 0).all() and rscales.any()):
        return [Problem("factors that are no numbers, below 0, or all 0", "rscales")]
    return []


def _scale_problems(scale: object) -> list[Problem]:
    if (
        isinstance(scale, int | float | np.floating)
        and not isinstance(scale, bool)
        and 0 < scale < np.inf
    ):
        return []
    return [Problem("not a positive number", "scale", repr(scale))]
