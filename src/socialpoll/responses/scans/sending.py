"""Small tables that go to where answers lie, and are joined to them there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from socialpoll.errors import BindingError, Problem

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["joined", "sent"]


def sent(table: nw.DataFrame[Any], to: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a table in memory as a frame that can be joined to another.

    Parameters
    ----------
    table : narwhals.DataFrame
    to : narwhals.LazyFrame
        Of the engine, and of the session or database, that the table shall be of.

    Raises
    ------
    BindingError
        Where the engine takes no tables.
    """
    import narwhals as nw

    own = to.implementation
    if own.is_polars():
        return table.lazy(backend=own)
    if own.is_duckdb():
        return _held_by_duckdb(table, to)
    if own.is_sqlframe():
        return _told_to_sqlframe(table, to)
    if own.is_spark_like():
        return _sent_to_spark(table, to)
    if own in {nw.Implementation.PANDAS, nw.Implementation.PYARROW}:
        return table.lazy()
    allowed = "Polars, DuckDB, Spark, Arrow or pandas"
    what = "this engine takes no tables to be joined to answers"
    raise BindingError("the answers", [Problem(what, found=str(own.value), allowed=allowed)])


def _held_by_duckdb(table: nw.DataFrame[Any], to: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the table as a relation of the same database; the query finds it by its name."""
    import narwhals as nw

    held = table.to_arrow()
    relation = to.to_native().query("answers", "SELECT * FROM held")
    del held
    found: nw.LazyFrame[Any] = nw.from_native(relation).lazy()
    return found


def _sent_to_spark(table: nw.DataFrame[Any], to: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the table as a frame of the session, to which it goes as Arrow.

    Times without a zone stay such: as instants of the session's zone, hours that its clocks skip
    would be others.
    """
    import narwhals as nw
    from pyspark.sql.pandas.types import from_arrow_schema

    arrow = table.to_arrow()
    schema = from_arrow_schema(arrow.schema, prefer_timestamp_ntz=True)
    frame = to.to_native().sparkSession.createDataFrame(arrow, schema)
    found: nw.LazyFrame[Any] = nw.from_native(frame)
    return found


def _told_to_sqlframe(table: nw.DataFrame[Any], to: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return the table as literals, of which those that are missing have no type of their own."""
    import narwhals as nw

    session = to.to_native().sparkSession
    rows = [tuple(one) for one in table.rows()]
    found: nw.LazyFrame[Any] = nw.from_native(session.createDataFrame(rows, [*table.columns]))
    return found


def joined(
    frame: nw.LazyFrame[Any],
    table: nw.DataFrame[Any],
    on: Sequence[str],
    instead: Mapping[str, nw.Expr],
) -> nw.LazyFrame[Any]:
    """Return the rows of a frame with what a table holds for what stands in some columns.

    What is missing is a value like others. Rows of which the table knows nothing have nothing.

    Parameters
    ----------
    frame : narwhals.LazyFrame
    table : narwhals.DataFrame
        With these columns, each combination of what stands in them once, and others that the frame
        has not.
    on : sequence of str
    instead : mapping of str to narwhals.Expr
        What stands for columns of the frame.
    """
    import narwhals as nw

    schema, there = table.schema, frame.collect_schema().names()
    others = [one for one in table.columns if one not in on]
    gaps = [one for one in on if table[one].is_null().any()]
    names = _names(len(on) + len(gaps), [*there, *table.columns])
    keys = dict(zip(on, names, strict=False))
    missing = dict(zip(gaps, names[len(on) :], strict=True))
    left = [instead.get(one, nw.col(one)) for one in on]
    filling = partial(_filled, at=frame.implementation)
    keyed = frame.with_columns(
        *(
            (filling(column, schema[one]) if one in gaps else column).alias(keys[one])
            for one, column in zip(on, left, strict=True)
        ),
        *(_is_missing(instead.get(one, nw.col(one))).alias(missing[one]) for one in gaps),
    )
    # Filled before it goes, as far as may be: not every engine is sent what is missing as such.
    late = [one for one in gaps if _is_of_time(schema[one])]
    told = (_is_missing(nw.col(one)).alias(missing[one]) for one in gaps)
    filled = (filling(nw.col(one), schema[one]) for one in gaps if one not in late)
    small = sent(table.with_columns(*told).with_columns(*filled), frame).select(
        *(nw.col(one).alias(keys[one]) for one in on if one not in late),
        *(filling(nw.col(one), schema[one]).alias(keys[one]) for one in late),
        *missing.values(),
        *others,
    )
    return keyed.join(small, on=names, how="left").select(*there, *others)


def _is_missing(column: nw.Expr) -> nw.Expr:
    import narwhals as nw

    return column.is_null().cast(nw.Int8())


def _is_of_time(kind: nw.dtypes.DType) -> bool:
    """Say whether values are written as words in other ways by each engine."""
    import narwhals as nw

    return not (kind.is_numeric() or isinstance(kind, nw.Boolean | nw.String))


def _filled(column: nw.Expr, kind: nw.dtypes.DType, at: nw.Implementation) -> nw.Expr:
    """Return a column without anything missing, of which that is told beside it."""
    import narwhals as nw

    if kind.is_numeric():
        return column.fill_null(0)
    # Spark writes instants without their zone, so that two of an hour that comes again are alike.
    if (
        isinstance(kind, nw.Datetime)
        and kind.time_zone
        and (at.is_pyspark() or at.is_pyspark_connect())
    ):
        return column.cast(nw.Float64()).fill_null(0.0)
    if isinstance(kind, nw.Boolean):
        return column.cast(nw.Int8()).fill_null(0)
    if isinstance(kind, nw.String):
        return column.fill_null("")
    return column.cast(nw.String()).fill_null("")


def _names(several: int, taken: Sequence[str]) -> list[str]:
    longest = max(map(len, taken), default=0)
    return [f"k{number}".ljust(longest + 1, "_") for number in range(several)]
