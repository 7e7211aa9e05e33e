"""Tables of agencies where they lie, opened in a database that leaves nothing behind."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.quoting import named, quoted

if TYPE_CHECKING:
    import duckdb

__all__ = ["database", "opened", "unquoted"]

Done = TypeVar("Done")


@contextmanager
def database(threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Lend a database in memory.

    What does not fit spills into a folder of this user alone, which goes with the database. No
    extension is fetched from anywhere.

    Parameters
    ----------
    threads : int, optional
        As many as there are cores where absent.
    """
    import duckdb

    with TemporaryDirectory() as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
        }
        if threads is not None:
            settings["threads"] = threads
        with duckdb.connect(config=settings) as connection:
            connection.execute("SET enable_progress_bar = false")
            yield connection


def opened(
    connection: duckdb.DuckDBPyConnection, tables: Iterable[AgencyTable], layout: RegisterLayout
) -> list[tuple[AgencyTable, duckdb.DuckDBPyRelation]]:
    """Return tables, each with a relation that has all columns that were declared.

    Raises
    ------
    RegisterError
        Files that cannot be read; columns that are not there, or there twice; a pattern that the
        database does not have: all at once.
    """
    found = []
    problems = list(_of_pattern(connection, layout))
    for table in tables:
        try:
            relation = unquoted(table, partial(_read, connection, table))
            there = unquoted(table, partial(_header, table)) or relation.columns
        except RegisterError as error:
            problems += error.problems
            continue
        problems += _of_columns(table, there)
        found.append((table, relation))
    if problems:
        raise RegisterError("the tables of the agencies", problems)
    return found


def _of_pattern(connection: duckdb.DuckDBPyConnection, layout: RegisterLayout) -> Iterator[Problem]:
    """Yield what RE2 does not have and the regular expressions of Python have."""
    import duckdb

    try:
        connection.execute("SELECT regexp_full_match('', $1)", [layout.identifier]).fetchall()
    except duckdb.Error:
        yield Problem(
            "the pattern of identifiers looks ahead, behind or back",
            "layout: identifier",
            repr(layout.identifier),
            "a regular expression as RE2 has them",
            "write '[0-9]{8}' for eight digits",
        )


def _of_columns(table: AgencyTable, there: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with the columns of a table, of which there are some."""
    declared = {attribute: table.columns_of(attribute) for attribute in table.columns}
    if not any(column in there for columns in declared.values() for column in columns):
        # Without a header these are the cells of a person.
        advice = "look at whether the file has a header, and at the separator of its cells"
        found = f"{len(there)} others"
        yield Problem("none of its columns is there", table.name, found, advice=advice)
        return
    for name, times in Counter(there).items():
        if times > 1:
            advice = "keep one of them"
            yield Problem("columns have one name", table.name, repr(name), advice=advice)
    for attribute, columns in declared.items():
        for column in columns:
            if column not in there:
                where, allowed = f"{table.name}: {attribute}", nearest(column, there)
                yield Problem("there is no such column", where, repr(column), allowed)


def unquoted(table: AgencyTable, action: Callable[[], Done]) -> Done:
    """Do something with a table; what the database says where it fails may quote a person's name.

    Raises
    ------
    RegisterError
        The table cannot be read. It carries nothing of what the database said.
    """
    import duckdb

    kind = ""
    try:
        return action()
    except (duckdb.Error, csv.Error, UnicodeError, OSError) as failure:
        kind = type(failure).__name__
    problem = Problem(
        "the table cannot be read",
        table.name,
        f"{table.lies_in} ({kind})",
        advice="look at whether the file is whole, of its kind and, where it is CSV, in UTF-8",
    )
    raise RegisterError(f"the table {table.name}", [problem])


def _read(connection: duckdb.DuckDBPyConnection, table: AgencyTable) -> duckdb.DuckDBPyRelation:
    if not isinstance(table.data, str | Path):
        return connection.from_arrow(table.data.to_arrow_table())
    path = str(table.data)
    match table.suffix:
        case ".csv":
            return connection.read_csv(
                path,
                header=True,
                all_varchar=True,
                sep=table.separator,
                quotechar='"',
                escapechar='"',
                skiprows=0,
            )
        case ".parquet":
            return connection.read_parquet(path)
    alias = named(f"of {table.name}")
    connection.execute(f"ATTACH IF NOT EXISTS {quoted(path)} AS {alias} (READ_ONLY)")
    return connection.sql(f"FROM {alias}.{named(table.table)}")


def _header(table: AgencyTable) -> list[str]:
    """Return the columns of a text file as they are written: databases rename the second of two."""
    if not isinstance(table.data, str | Path) or table.suffix != ".csv":
        return []
    with Path(table.data).open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file, delimiter=table.separator), [])
