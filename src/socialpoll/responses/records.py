"""The rows that combinations of answers were counted from, where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from socialpoll.responses.sending import joined

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["Records", "free_names"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Records:
    """Rows where they lie, and how to tell of which combination each is.

    Attributes
    ----------
    frame : narwhals.LazyFrame
        The rows, with all their columns.
    keys : narwhals.DataFrame
        What stands in the columns that were grouped by: one row a combination, in their order. One
        column more is of the kind of base weight: none, or some.
    merged : mapping of str to narwhals.Expr
        What was grouped by where that is no column: values put together, the kind of base weight.
    weight : narwhals.Expr
        The base weight.
    """

    frame: nw.LazyFrame[Any]
    keys: nw.DataFrame[Any]
    merged: Mapping[str, nw.Expr]
    weight: nw.Expr

    def free_names(self, wanted: Sequence[str]) -> list[str]:
        """Return names like those wanted that no column of the rows has."""
        return free_names(wanted, self.frame.collect_schema().names())

    def scored(self, values: Floats, names: Sequence[str]) -> nw.LazyFrame[Any]:
        """Return the rows with their base weight times what their combination is given.

        Only the values go to where the rows lie, and nothing comes back.

        Parameters
        ----------
        values : float64 array (R, m)
            What a unit of base weight counts, by combination.
        names : sequence of str
            Of m new columns.

        Returns
        -------
        narwhals.LazyFrame
            All rows, with their own columns and the new ones; 0 in rows without base weight.
        """
        import narwhals as nw

        table = self.keys.with_columns(
            nw.new_series(name, column, nw.Float64(), backend=self.keys.implementation)
            for name, column in zip(names, values.T, strict=True)
        )
        found = joined(self.frame, table, self.keys.columns, self.merged)
        # A product with what is not there, or with 0, would not be 0 in every engine.
        some = self.weight > 0
        each = (nw.when(some).then(self.weight * nw.col(one)).otherwise(0.0) for one in names)
        return found.with_columns(one.alias(name) for one, name in zip(each, names, strict=True))


def free_names(wanted: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Return names like those wanted that no column has."""
    longest = max(map(len, taken), default=0)
    return [one + "_" * (longest + 1 - len(one)) for one in wanted]
