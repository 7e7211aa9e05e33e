"""The rows that combinations of answers were counted from, where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from socialpoll.responses.scans.sending import joined

if TYPE_CHECKING:
    import narwhals as nw

    from socialpoll.responses.scans.pointing import Laid

__all__ = ["Records", "free_names"]

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Records:
    """Rows where they lie, and how to tell of which combination each is.

    Attributes
    ----------
    frame : narwhals.LazyFrame
        The rows, with all their columns.
    keys : narwhals.DataFrame
        What stands in the columns that were grouped by: one row a combination, in their order, or
        as many as it has points. One column more is of the kind of base weight: none, or some.
    merged : mapping of str to narwhals.Expr
        What was grouped by where that is no column: values put together, the kind of base weight.
    weight : narwhals.Expr
        The base weight.
    laid : Laid or None
        Where combinations were given points that stand for numbers: how these are read.
    """

    frame: nw.LazyFrame[Any]
    keys: nw.DataFrame[Any]
    merged: Mapping[str, nw.Expr]
    weight: nw.Expr
    laid: Laid | None = None

    def free_names(self, wanted: Sequence[str]) -> list[str]:
        """Return names like those wanted that no column of the rows has."""
        return free_names(wanted, self.frame.collect_schema().names())

    def scored(self, values: Floats, names: Sequence[str]) -> nw.LazyFrame[Any]:
        """Return the rows with their base weight times what their combination is given.

        Only the values go to where the rows lie, and nothing comes back.

        Parameters
        ----------
        values : float64 array (R, m)
            What a unit of base weight counts, by combination; where these have points that stand
            for numbers, at each of them.
        names : sequence of str
            Of m new columns.

        Returns
        -------
        narwhals.LazyFrame
            All rows, with their own columns and the new ones; 0 in rows without base weight.
        """
        import narwhals as nw

        if self.laid is None:
            known = dict(zip(names, values.T, strict=True))
            counts = [nw.col(name) for name in names]
        else:
            known, counts = self.laid.scoring(values, self.frame.collect_schema().names())
        found = self.placed(known)
        # A product with what is not there, or with 0, would not be 0 in every engine.
        some = self.weight > 0
        each = (nw.when(some).then(self.weight * one).otherwise(0.0) for one in counts)
        scored = found.with_columns(one.alias(name) for one, name in zip(each, names, strict=True))
        return scored.select(*self.frame.collect_schema().names(), *names)

    def placed(
        self, known: Mapping[str, npt.NDArray[Any]], among: Truths | None = None
    ) -> nw.LazyFrame[Any]:
        """Return the rows, with what is known of the combination of each in new columns.

        Parameters
        ----------
        known : mapping of str to array
            By combination.
        among : bool array (R,), optional
            The combinations of which it is known; rows of others have nothing there.
        """
        import narwhals as nw

        keys = self.keys if self.laid is None else self.keys[self.laid.first.tolist()]
        # All combinations are known: what is the same in all of them does not tell them apart.
        on = [one for one in keys.columns if keys[one].n_unique() > 1]
        keys = keys.select(*(on or keys.columns[:1]))
        if among is not None:
            keys = keys[np.flatnonzero(among).tolist()]
        table = keys.with_columns(
            nw.new_series(name, values, backend=keys.implementation)
            for name, values in known.items()
        )
        return joined(self.frame, table, keys.columns, self.merged)


def free_names(wanted: Sequence[str], taken: Sequence[str]) -> list[str]:
    """Return names like those wanted that no column has."""
    longest = max(map(len, taken), default=0)
    return [one + "_" * (longest + 1 - len(one)) for one in wanted]
