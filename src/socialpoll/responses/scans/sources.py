"""Where answers lie: files, folders of files, or frames of an engine."""

from __future__ import annotations

from glob import has_magic
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args
from uuid import uuid4

from socialpoll.errors import BindingError, Problem, nearest
from socialpoll.responses.scans.addressing import names_in
from socialpoll.responses.scans.grouping import lazily
from socialpoll.responses.scans.spelling import plainly_numbers

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import duckdb
    import narwhals as nw
    import polars as pl

__all__ = ["SUFFIXES", "EngineName", "files_of", "opened"]

EngineName: TypeAlias = Literal["duckdb", "polars"]
"""What counts the rows of files."""
SUFFIXES = (".parquet", ".csv")
"""Of files that an engine reads."""


def opened(
    source: object, engine: EngineName, weight: str | None, numbers: Collection[str] = ()
) -> nw.LazyFrame[Any]:
    """Return what lies somewhere as a frame of which nothing but the names of columns is read.

    CSV files do not tell what is a number. Of them columns of numbers are gone through: those in
    which nothing else stands are read as such.

    Parameters
    ----------
    source : path, pattern of paths, folder of Parquet files, or frame
        What stands in CSV files is read as words, for the questionnaire to say what they mean.
    engine : {"duckdb", "polars"}
        What counts the rows of files; frames have their own.
    weight : str, optional
        Column of the base weight, which is a number in CSV files too.
    numbers : collection of str
        Columns in which numbers are expected.

    Raises
    ------
    BindingError
        No such file, engine or kind of file; a file that cannot be read; columns that are there
        twice.
    """
    if engine not in get_args(EngineName):
        what, allowed = "there is no such engine for files", nearest(engine, get_args(EngineName))
        raise _refused(Problem(what, "engine", repr(engine), allowed))
    if not isinstance(source, str | Path):
        return lazily(source)
    files = files_of(source)
    suffix = Path(files[0]).suffix.lower()
    if suffix not in SUFFIXES or any(Path(one).suffix.lower() != suffix for one in files):
        what = "answers are counted where they lie in Parquet or in CSV files"
        raise _refused(Problem(what, str(source), files[0], ", ".join(SUFFIXES)))
    if suffix == ".csv":
        return _csv_of(files, engine, weight, numbers)
    return lazily(_parquet_of(files, engine))


def files_of(source: str | Path) -> list[str]:
    """Return the files of a path: itself, those that its pattern names, or those in a folder.

    Raises
    ------
    BindingError
        There are none.
    """
    path, name = Path(source), str(source)
    if path.is_dir():
        found = sorted(str(one) for one in path.rglob("*.parquet"))
    elif path.exists() or not has_magic(name):
        found = [name] if path.exists() else []
    else:
        found = _matching(path)
    if not found:
        what, allowed = "there are no answers", "a file, a pattern, or a folder of Parquet files"
        raise _refused(Problem(what, "source", name, allowed))
    return found


def _matching(pattern: Path) -> list[str]:
    """Return the files that a pattern names, from its first part that is none of a plain path."""
    first = next(at for at, part in enumerate(pattern.parts) if has_magic(part))
    folder = Path(*pattern.parts[:first])
    return sorted(str(one) for one in folder.glob(str(Path(*pattern.parts[first:]))))


def _parquet_of(files: Sequence[str], engine: EngineName) -> duckdb.DuckDBPyRelation | pl.LazyFrame:
    if engine == "polars":
        import polars as pl

        lazy = pl.scan_parquet(list(files), hive_partitioning=True, glob=False)
        try:
            lazy.collect_schema()
        except (pl.exceptions.PolarsError, OSError) as failure:
            raise _unreadable(files, failure) from None
        return lazy
    import duckdb

    try:
        return _database().read_parquet(list(files), hive_partitioning=True)
    except duckdb.Error as failure:
        raise _unreadable(files, failure) from None


def _database() -> duckdb.DuckDBPyConnection:
    """Return a database in memory that puts aside what does not fit there, and takes it away.

    By itself DuckDB would do so in the working folder.
    """
    import duckdb

    aside = Path(gettempdir()) / f"socialpoll-{uuid4().hex}"
    return duckdb.connect(config={"temp_directory": str(aside)})


def _csv_of(
    files: Sequence[str], engine: EngineName, weight: str | None, numbers: Collection[str]
) -> nw.LazyFrame[Any]:
    if engine == "polars":
        return _csv_of_polars(files, weight, numbers)
    import duckdb

    database = _database()
    try:
        header = database.read_csv(files[0], header=False, all_varchar=True).limit(1).fetchall()
        _require_once([str(one) for row in header for one in row], files[0])
        found = database.read_csv(list(files), header=True, all_varchar=True)
        read = _numbers(lazily(found), weight, numbers)
    except duckdb.Error as failure:
        raise _unreadable(files, failure) from None
    quoted = ('"' + one.replace('"', '""') + '"' for one in read)
    # A cast alone is handed to the reader of the file, which fails where there is no number.
    casts = ", ".join(f"TRY_CAST(trim({one}) AS DOUBLE) AS {one}" for one in quoted)
    return lazily(found.project(f"* REPLACE ({casts})") if casts else found)


def _csv_of_polars(
    files: Sequence[str], weight: str | None, numbers: Collection[str]
) -> nw.LazyFrame[Any]:
    import narwhals as nw
    import polars as pl

    try:
        header = pl.read_csv(files[0], has_header=False, n_rows=1, infer_schema=False, glob=False)
        _require_once([str(one) for one in header.row(0)], files[0])
        lazy = pl.scan_csv(list(files), infer_schema=False, glob=False)
        read = _numbers(lazily(lazy), weight, numbers)
    except (pl.exceptions.PolarsError, nw.exceptions.NarwhalsError, OSError) as failure:
        raise _unreadable(files, failure) from None
    trimmed = (pl.col(one).str.strip_chars() for one in read)
    return lazily(lazy.with_columns(one.cast(pl.Float64, strict=False) for one in trimmed))


def _numbers(frame: nw.LazyFrame[Any], weight: str | None, numbers: Collection[str]) -> list[str]:
    """Return the columns that are read as numbers: the weight whatever stands there."""
    plain = plainly_numbers(frame, [one for one in numbers if one != weight])
    return plain + [one for one in names_in(frame) if one == weight]


def _require_once(header: Sequence[str], file: str) -> None:
    """Raise BindingError where columns of a file are there twice: engines give them new names."""
    twice = sorted({one for one in header if header.count(one) > 1})
    if twice:
        advice = "keep the one that holds the answers"
        raise _refused(
            *(
                Problem(f"column {one!r} is there {header.count(one)} times", file, advice=advice)
                for one in twice
            )
        )


def _unreadable(files: Sequence[str], failure: Exception) -> BindingError:
    where = files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
    what, advice = "the file cannot be read", "look at whether it is whole, and of its kind"
    return _refused(Problem(what, where, str(failure).splitlines()[0], advice=advice))


def _refused(*problems: Problem) -> BindingError:
    return BindingError("the answers", problems)
