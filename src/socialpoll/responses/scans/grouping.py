"""The distinct combinations of columns that lie elsewhere, counted where they lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from socialpoll.errors import BindingError, DesignError, Problem
from socialpoll.responses.counting import Repeats
from socialpoll.responses.distinct import distinct
from socialpoll.responses.levels import rank_of
from socialpoll.responses.scans.addressing import address_of, addressed
from socialpoll.responses.scans.extents import Extents, ExtentsAsked
from socialpoll.responses.scans.fetching import fetched
from socialpoll.responses.scans.glancing import too_many
from socialpoll.responses.scans.records import Records, free_names

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

    from socialpoll.responses.scans.summing import Summed

__all__ = ["Grouped", "grouped_by", "lazily"]

Floats = npt.NDArray[np.float64]
ABSENT, NEGATIVE, INFINITE, ZERO, POSITIVE = range(5)
"""Kinds of base weights; within a combination all are of one."""
AS_READ = np.array([np.nan, -1.0, np.inf])
"""What stands for the sum of base weights of a kind that is refused."""


@dataclass(frozen=True, eq=False)
class Grouped:
    """Distinct combinations, and how many rows each has.

    Attributes
    ----------
    frame : pandas.DataFrame
        One row a combination, one column a column that was grouped by; in an order that depends
        on nothing but what stands there.
    weight : float64 array (R,)
        Sum of the base weights; NaN, negative or infinite where those of its rows are.
    repeats : Repeats
    extents : Extents or None
        Of numbers of which only sums matter.
    """

    frame: pd.DataFrame
    weight: Floats
    repeats: Repeats
    extents: Extents | None = None


def lazily(source: object) -> nw.LazyFrame[Any]:
    """Return a frame of any kind that narwhals knows, with its columns at their addresses.

    Raises
    ------
    BindingError
        Where it is no such frame, or one with columns of the same name.
    """
    import narwhals as nw

    try:
        frame: nw.LazyFrame[Any] = nw.from_native(cast("Any", source)).lazy()
    except nw.exceptions.DuplicateError:
        twice = [str(one) for one, n in Counter(cast("Any", source).columns).items() if n > 1]
        what, advice = "columns are there several times", "keep those that hold the answers"
        problem = Problem(what, found=", ".join(map(repr, twice)), advice=advice)
        raise BindingError("the answers", [problem]) from None
    except TypeError:
        found = type(source).__name__
        allowed = "a frame of Polars, DuckDB, Spark, Arrow or pandas"
        problem = Problem("this is no frame of answers", found=found, allowed=allowed)
        raise BindingError("the answers", [problem]) from None
    return addressed(frame)


def grouped_by(
    frame: nw.LazyFrame[Any],
    columns: Sequence[str],
    weight: str | None = None,
    *,
    at_most: int | None = None,
    merged: Mapping[str, nw.Expr] = MappingProxyType({}),
    numbers: Sequence[Summed] = (),
) -> Grouped:
    """Count the rows of every combination of columns, and sum their base weights.

    The frame is asked one question, and answers with a row for each combination, however many
    rows it has. What is missing is a value of its own. Base weights of 0 are told from others, as
    they count in no base. How they vary is asked for as a variance, which keeps the digits that
    sums of squares lose.

    Parameters
    ----------
    frame : narwhals.LazyFrame
    columns : sequence of str
        None of them twice.
    weight : str, optional
        Column of the base weight; 1 for every row where absent.
    at_most : int, optional
        How many combinations there may be. More than these are never fetched.
    merged : mapping of str to narwhals.Expr
        What is grouped by in place of columns, with values put together.
    numbers : sequence of Summed
        Numbers of which only sums matter; their valid values are put together.

    Returns
    -------
    Grouped

    Raises
    ------
    BindingError
        Where the engine fails.
    CombinationsError
        Where there are more combinations.
    DesignError
        Where base weights are of no kind of numbers.
    """
    import narwhals as nw

    keys = [address_of(one) for one in columns]
    of = _Columns(*free_names(_Columns._fields, keys))
    extents = ExtentsAsked(numbers, keys)
    instead = {address_of(column): one for column, one in merged.items()}
    instead |= {one.column: one.grouped for one in numbers}
    weighted = nw.lit(1.0) if weight is None else _numbers(frame, weight)
    kind = _kind(weighted)
    fine = nw.when(kind >= ZERO).then(weighted).otherwise(0.0)
    rows = frame.with_columns(kind.alias(of.kind), fine.alias(of.w), *extents.of_row(), **instead)
    counted = _counted(rows, keys, of, extents)
    found = fetched(counted if at_most is None else counted.head(at_most + 1))
    if at_most is not None and len(found) > at_most:
        raise too_many(frame, columns, at_most)
    table = found.to_pandas()
    order = _order(table, [*keys, of.kind])
    table = table.iloc[order].reset_index(drop=True)
    values = found.select(*keys, of.kind)[order.tolist()]
    records = Records(frame, values, {**instead, of.kind: kind}, weighted)
    named_again = table[keys].set_axis(list(columns), axis="columns")
    return Grouped(named_again, of.weight(table), of.repeats(table, records), extents.read(table))


class _Columns(NamedTuple):
    """Names of columns for what is counted, which are those of no other."""

    kind: str
    w: str
    n: str
    total: str
    spread: str
    least: str
    most: str

    def weight(self, table: pd.DataFrame) -> Floats:
        """Return the sums of base weights (R,), as they are read of a case."""
        kinds = table[self.kind].to_numpy(dtype=np.int64)
        sums = table[self.total].to_numpy(dtype=np.float64)
        return np.where(kinds < ZERO, AS_READ[np.minimum(kinds, INFINITE)], sums)

    def repeats(self, table: pd.DataFrame, records: Records) -> Repeats:
        """Return what each combination stands for."""
        times = table[self.n].to_numpy(dtype=np.int64)
        variance, least, most = (
            table[name].to_numpy(dtype=np.float64) for name in (self.spread, self.least, self.most)
        )
        return Repeats(times, times * variance, least, most, records)


def _counted(
    rows: nw.LazyFrame[Any], keys: Sequence[str], of: _Columns, extents: ExtentsAsked
) -> nw.LazyFrame[Any]:
    import narwhals as nw

    w = nw.col(of.w)
    return (
        rows.select(*keys, of.w, of.kind, *extents.number, *extents.weighed(of.w))
        .group_by(*keys, of.kind)
        .agg(
            nw.len().alias(of.n),
            w.sum().alias(of.total),
            w.var(ddof=0).alias(of.spread),
            w.min().alias(of.least),
            w.max().alias(of.most),
            *extents.of_combination(),
        )
    )


def _numbers(frame: nw.LazyFrame[Any], weight: str) -> nw.Expr:
    import narwhals as nw

    address = address_of(weight)
    kind = frame.collect_schema()[address]
    if not kind.is_numeric():
        what = "the base weights are no numbers where they lie"
        advice = "read the column as numbers"
        where = f"weight = {weight!r}"
        raise DesignError("the sample design", [Problem(what, where, str(kind), advice=advice)])
    return nw.col(address).cast(nw.Float64())


def _kind(weight: nw.Expr) -> nw.Expr:
    import narwhals as nw

    absent = weight.is_null() | weight.is_nan()
    positive = nw.when(weight > 0).then(nw.lit(POSITIVE)).otherwise(nw.lit(ZERO))
    finite = nw.when(weight < 0).then(nw.lit(NEGATIVE)).otherwise(positive)
    known = nw.when(weight == np.inf).then(nw.lit(INFINITE)).otherwise(finite)
    return nw.when(absent).then(nw.lit(ABSENT)).otherwise(known)


def _order(table: pd.DataFrame, columns: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return rows in the order of what stands in some columns, as no engine promises one."""
    return np.asarray(np.lexsort([_places(table[name]) for name in reversed(columns)]))


def _places(series: pd.Series) -> npt.NDArray[np.intp]:
    """Return the place of each value among the distinct ones; what is missing comes last."""
    values = distinct(series)
    ranks = [rank_of(str(one)) for one in values.found]
    order = sorted(range(len(ranks)), key=ranks.__getitem__)
    # The last place is read by rows without a value, which stand at -1.
    place = np.full(len(ranks) + 1, len(ranks), dtype=np.intp)
    place[np.array(order, dtype=np.intp)] = np.arange(len(ranks))
    return np.asarray(place[values.of_row])
