"""Parquet files and folders that are written whole or not at all, and never over their source."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from socialpoll.errors import ExportError

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["require_apart", "store", "store_frame"]

Check: TypeAlias = Callable[[str], None]
"""Raises where what was written is not what it should be."""
SUFFIX = ".parquet"


def require_apart(path: str | Path, source: str | None) -> None:
    """Raise ExportError where a file would take the place of answers, or lie among them.

    Parameters
    ----------
    path : str or Path
        Where something shall be written.
    source : str or None
        File, folder or pattern of the answers; None where nothing is known of their files, and
        then nothing that is there may be replaced.
    """
    target = Path(path).absolute()
    if source is None:
        if target.exists():
            raise ExportError(
                "there is something already, and the answers may lie in it",
                where=str(path),
                advice="take another name, or remove it; of answers that are scanned from files "
                "by their path it is known whether they lie there",
            )
        return
    lying = Path(source).absolute()
    same = target == lying or (target.exists() and lying.exists() and target.samefile(lying))
    # The pattern as one that is met by more files than its own, rather than by fewer.
    among = fnmatch(target.as_posix(), lying.as_posix().replace("**/", "*"))
    if same or among or (lying.is_dir() and target.resolve().is_relative_to(lying.resolve())):
        raise ExportError(
            "the answers themselves lie there",
            where=str(path),
            found=f"answers in {source}",
            advice="write to another folder: what stands among answers is read as answers",
        )


def store(
    path: str | Path,
    write: Callable[[str], None],
    failures: tuple[type[Exception], ...],
    check: Check,
) -> None:
    """Write a Parquet file beside its place, check it, and put it there in one step.

    Parameters
    ----------
    path : str or Path
        ``.parquet``; a file that is there is replaced.
    write : callable
        Writes to a path.
    failures : tuple of exception types
        With which it fails.
    check : callable
        Is given the path of what was written.

    Raises
    ------
    ExportError
        Another ending, a folder that cannot be written to, or values that Parquet cannot hold;
        nothing is changed then.
    """
    target = Path(path)
    if target.suffix.lower() != SUFFIX:
        raise ExportError(
            "the file has another ending than its kind",
            where=str(path),
            found=repr(target.suffix),
            allowed=repr(SUFFIX),
        )
    beside = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write(str(beside))
        with beside.open("rb") as file:
            os.fsync(file.fileno())
        check(str(beside))
        beside.replace(target)
    except OSError as failure:
        raise _unwritten(str(path), failure) from failure
    except failures as failure:
        raise _unwritten(str(path), failure) from failure
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def store_frame(path: str | Path, frame: nw.LazyFrame[Any], check: Check) -> None:
    """Write the rows of a frame as Parquet, by the engine that it is of.

    As :func:`store`; a cluster writes a folder, which it commits itself, and replaces none.
    """
    if not frame.implementation.is_pyspark() and not frame.implementation.is_pyspark_connect():
        # A relation of DuckDB writes itself: it is of a database of its own.
        own = frame.implementation.is_duckdb()
        write = frame.to_native().write_parquet if own else frame.sink_parquet
        store(path, write, _failures(frame), check)
        return
    from pyspark.errors import PySparkException

    try:
        frame.to_native().write.mode("errorifexists").parquet(str(path))
        check(str(path))
    except PySparkException as failure:
        raise _unwritten(str(path), failure) from failure


def _failures(frame: nw.LazyFrame[Any]) -> tuple[type[Exception], ...]:
    """Return how an engine fails."""
    import narwhals as nw

    implementation = frame.implementation
    if implementation.is_polars():
        import polars as pl

        return nw.exceptions.NarwhalsError, pl.exceptions.PolarsError
    if implementation.is_duckdb() or implementation.is_sqlframe():
        import duckdb

        return (duckdb.Error,)
    import pyarrow as pa

    return (pa.ArrowException,)


def _unwritten(path: str, failure: Exception) -> ExportError:
    reason = getattr(failure, "strerror", None) or str(failure).splitlines()[0]
    return ExportError(
        "the Parquet file cannot be written",
        where=path,
        found=reason,
        advice="nothing was written; choose another folder, make room, or write fewer columns",
    )
