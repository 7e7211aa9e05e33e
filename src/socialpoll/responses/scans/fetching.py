"""Fetching what an engine was asked for, and telling in our own words that it could not answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from socialpoll.errors import BindingError, Problem

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["fetched", "schema_of"]

CAUSE = re.compile(r"^Caused by: (.+)$", re.MULTILINE)


def fetched(frame: nw.LazyFrame[Any]) -> nw.DataFrame[Any]:
    """Ask an engine, and return what it answers.

    Raises
    ------
    BindingError
        Where it fails: a file that is gone or damaged, a value that is not of the type it is said
        to be, a cluster that is no longer there.
    """
    with _told_in_our_words(frame.implementation):
        return frame.collect()


def schema_of(frame: nw.LazyFrame[Any]) -> nw.Schema:
    """Ask an engine for the names and types of columns; BindingError where it fails."""
    with _told_in_our_words(frame.implementation):
        return frame.collect_schema()


@contextmanager
def _told_in_our_words(engine: nw.Implementation) -> Iterator[None]:
    try:
        yield
    except _failures_of(engine) as failure:
        problem = Problem(
            "the engine could not count the answers",
            where=engine.name.lower(),
            found=_cause_of(failure),
            advice="look at whether all files are whole, and at what the frame is made of",
        )
        raise BindingError("the answers", [problem]) from failure


def _failures_of(engine: nw.Implementation) -> tuple[type[Exception], ...]:
    """Return what an engine raises where it fails, and nothing that would be a fault of ours."""
    if engine.is_duckdb():
        import duckdb

        return (duckdb.Error,)
    if engine.is_polars():
        import narwhals as nw
        import polars as pl

        return pl.exceptions.PolarsError, nw.exceptions.ComputeError, OSError
    if engine.is_pyspark():
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        return PySparkException, Py4JError
    if engine.is_pyspark_connect():
        from pyspark.errors import PySparkException

        return (PySparkException,)
    return ()


def _cause_of(failure: Exception) -> str:
    """Return the one line that says why."""
    causes = CAUSE.findall(str(failure))
    return causes[-1] if causes else str(failure).splitlines()[0]
