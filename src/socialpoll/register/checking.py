"""Mistakes of what is declared of a register, found before any table is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from socialpoll.errors import Problem, RegisterError, nearest
from socialpoll.register.coding import changeable
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.registers import DATE, PERSON, SOURCE

__all__ = ["DATABASE", "SUFFIXES", "require_declared"]

DATABASE = ".duckdb"
NO_DATABASE = "a table is named of what is no database"
SUFFIXES = (".csv", ".parquet", DATABASE)


def require_declared(tables: Sequence[AgencyTable], layout: RegisterLayout) -> None:
    """Raise RegisterError where a register is not declared as it must be: all mistakes at once."""
    problems = [*_of_layout(layout), *_of_names(tables)]
    for table in tables:
        problems += [*_of_data(table), *_of_attributes(table, layout), *_of_codes(table, layout)]
    if problems:
        raise RegisterError("what is declared of the register", problems)


def _of_layout(layout: RegisterLayout) -> Iterator[Problem]:
    where = "layout"
    for attribute, codes in layout.codes.items():
        given: object = codes
        if isinstance(given, str) or not codes:
            yield Problem("an attribute has no list of codes", f"{where}: {attribute}", repr(codes))
            continue
        twice = [code for code, times in Counter(codes).items() if times > 1]
        if twice:
            yield Problem("codes are there twice", f"{where}: {attribute}", ", ".join(twice))
    reserved = [name for name in layout.attributes if layout.attributes.count(name) > 1]
    if reserved:
        advice = "these have no codes; leave them out"
        yield Problem("a name is taken", where, ", ".join(sorted(set(reserved))), advice=advice)
    beside = {PERSON, *(f"{one}{end}" for one in changeable(layout) for end in (SOURCE, DATE))}
    if taken := sorted(beside.intersection(layout.attributes)):
        advice = "give it another name: a register has columns of these names itself"
        yield Problem("a name is taken", where, ", ".join(taken), advice=advice)
    yield from _of_places(layout)
    try:
        re.compile(layout.identifier)
    except re.error as error:
        yield Problem(
            "the pattern of identifiers is no regular expression",
            f"{where}: identifier",
            f"{layout.identifier!r} ({error})",
            advice="write '[0-9]{8}' for eight digits",
        )


def _of_places(layout: RegisterLayout) -> Iterator[Problem]:
    where = "layout: places"
    given: object = layout.places
    if isinstance(given, str):
        yield Problem("places are no list", where, repr(given), f"({given!r},)")
        return
    for place, times in Counter(layout.lived_in).items():
        if place not in layout.codes:
            allowed = nearest(place, layout.codes)
            yield Problem("a place is no attribute with codes", where, repr(place), allowed)
        elif times > 1:
            advice = "name each once, from coarse to fine"
            yield Problem("a place is there twice", where, repr(place), advice=advice)


def _of_names(tables: Sequence[AgencyTable]) -> Iterator[Problem]:
    if not tables:
        yield Problem("there are no tables", advice="declare an AgencyTable for each")
    for name, times in Counter(table.name for table in tables).items():
        advice = "give each a name of its own"
        if not name:
            yield Problem("a table has no name", advice=advice)
        elif times > 1:
            yield Problem("tables have one name", found=repr(name), advice=advice)


def _of_data(table: AgencyTable) -> Iterator[Problem]:
    if not isinstance(table.data, str | Path):
        yield from _of_relation(table)
    elif table.suffix not in SUFFIXES:
        allowed = nearest(table.suffix, SUFFIXES)
        yield Problem("the file is of no known kind", table.name, table.lies_in, allowed)
    elif not Path(table.data).is_file():
        yield Problem("there is no such file", table.name, str(table.data))
    elif len(table.separator) != 1:
        where = f"{table.name}: separator"
        yield Problem("cells have one sign between them", where, repr(table.separator))
    elif (table.suffix == DATABASE) != bool(table.table):
        what = NO_DATABASE if table.table else "no table is named"
        yield Problem(
            what, f"{table.name}: table", repr(table.table), "the name of a table of a database"
        )


def _of_relation(table: AgencyTable) -> Iterator[Problem]:
    import duckdb

    given: object = table.data
    if not isinstance(given, duckdb.DuckDBPyRelation):
        allowed = "a path, or a relation of DuckDB"
        yield Problem("that is no table", f"{table.name}: data", type(given).__name__, allowed)
    elif table.table:
        advice = "leave it out, or give the path of the database as data"
        yield Problem(NO_DATABASE, f"{table.name}: table", repr(table.table), advice=advice)


def _of_attributes(table: AgencyTable, layout: RegisterLayout) -> Iterator[Problem]:
    for attribute, columns in table.columns.items():
        where = f"{table.name}: columns"
        if attribute not in layout.attributes:
            allowed = nearest(attribute, layout.attributes)
            yield Problem("there is no such attribute", where, repr(attribute), allowed)
        elif not isinstance(columns, str) and attribute != "name":
            advice = "only names are joined of several columns"
            yield Problem("an attribute has one column", where, repr(attribute), advice=advice)
        elif not table.columns_of(attribute) or "" in table.columns_of(attribute):
            yield Problem("an attribute has no column", where, repr(attribute))
    if "record" not in table.columns:
        advice = "name the column in which the agency numbers its records"
        yield Problem(
            "no column tells the records apart", table.name, allowed="'record'", advice=advice
        )
    for attribute in table.authority:
        if attribute not in table.columns:
            allowed = nearest(attribute, table.columns)
            yield Problem(
                "authority over what the table does not have",
                f"{table.name}: authority",
                repr(attribute),
                allowed,
            )


def _of_codes(table: AgencyTable, layout: RegisterLayout) -> Iterator[Problem]:
    for attribute, codes in table.codes.items():
        where = f"{table.name}: codes of {attribute}"
        if attribute not in layout.codes or attribute not in table.columns:
            known = [name for name in table.columns if name in layout.codes]
            allowed = nearest(attribute, known)
            yield Problem("codes of what the table has none of", where, repr(attribute), allowed)
            continue
        if not codes:
            yield Problem("there are no codes", where, advice="leave them out where they are alike")
        for code, meant in codes.items():
            if meant not in layout.codes[attribute]:
                allowed = nearest(meant, layout.codes[attribute])
                yield Problem(
                    f"code {code!r} stands for one that there is not", where, repr(meant), allowed
                )
