"""The variables of a propensity as columns: indicators of categories, and numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from socialpoll.responses import Categorical, Numeric
from socialpoll.totals import Rows
from socialpoll.weighting.solving.raking import pivots

__all__ = ["Covariates", "covariates_of", "indicators"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Covariates:
    """Columns by group of cases that are alike in all variables.

    Attributes
    ----------
    group : int32 array (n,)
        Group of each case; G for cases out of scope.
    x : float64 array (G, p)
        Of full rank; the first column is 1.
    """

    group: npt.NDArray[np.int32]
    x: Floats


def covariates_of(rows: Rows, names: tuple[str, ...], among: npt.NDArray[np.bool_]) -> Covariates:
    """Return the columns of variables among some cases; numbers are centred and scaled.

    Centring and scaling change no fitted probability.
    """
    columns = [rows.responses.columns[name] for name in names]
    categories = tuple(
        name for name, one in zip(names, columns, strict=True) if isinstance(one, Categorical)
    )
    cells = rows.distinct(categories, among)
    sizes = [len(getattr(rows.responses.columns[name], "categories", ())) for name in categories]
    x = indicators(cells.position, sizes)
    numbers = [one.values[among] for one in columns if isinstance(one, Numeric)]
    if not numbers:
        of_case = np.where(among, cells.cell, len(x)).astype(np.int32)
        return Covariates(of_case, x[:, pivots(x.T @ x)])
    table, first, group = np.unique(
        np.column_stack([cells.cell[among], *numbers]), axis=0, return_index=True,
        return_inverse=True,
    )  # fmt: skip
    spread = table[:, 1:].std(axis=0)
    scaled = (table[:, 1:] - table[:, 1:].mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    of_row = np.full(among.size, len(table), dtype=np.int32)
    of_row[among] = group.ravel()
    x = np.hstack([x[cells.cell[among][first]], scaled])
    return Covariates(of_row, x[:, pivots(x.T @ x)])


def indicators(position: npt.NDArray[np.integer], sizes: list[int]) -> Floats:
    """Return 1 and an indicator of every category but the first of each variable (C, 1 + Σ)."""
    blocks = [np.ones((len(position), 1))]
    for place, size in enumerate(sizes):
        blocks.append((position[:, [place]] == np.arange(1, size)).astype(np.float64))
    return np.hstack(blocks)
