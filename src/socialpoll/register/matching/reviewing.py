"""Pairs of which people decide, written for them: the one file that has names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.checking import require_declared
from socialpoll.register.conforming import AS_WRITTEN, conformed
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.keeping import create
from socialpoll.register.keys import LinkageKey
from socialpoll.register.matching.links import Links
from socialpoll.register.needing import require_installed
from socialpoll.register.opening import database, opened, unquoted
from socialpoll.register.quoting import listed, named

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = ["DECISION", "PAIR", "write_review"]

PAIR = ("source", "record", "person")
DECISION = "decision"
SHOWN = ("identifier", "name", "birth_date")
"""Before what is compared beside."""
OF_RECORD, OF_PERSON = "record_", "person_"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With which a text begins that a spreadsheet would calculate."""
Sides: TypeAlias = tuple[object, ...]
"""What a table has of a record, in the order of what is shown."""


def write_review(
    links: Links,
    reference: AgencyTable,
    tables: Iterable[AgencyTable],
    layout: RegisterLayout,
    key: LinkageKey,
    *,
    to: str | Path,
) -> Path:
    """Write the pairs of role ``review`` side by side, for people to decide of.

    The file has names and identifiers as they stand in the tables, and only its owner may read it.
    Who decides writes ``same`` or ``other`` into the column ``decision``, and leaves it empty where
    unsure; then it may be given to :func:`read_review`.

    Parameters
    ----------
    links : Links
    reference : AgencyTable
    tables : iterable of AgencyTable
        Those of the links.
    layout : RegisterLayout
    key : LinkageKey
        Of the links.
    to : str or Path
        A CSV file. One that is there is not written over, since it may have decisions.

    Returns
    -------
    Path
        Of the file: the likeliest pairs first.

    Raises
    ------
    RegisterError
        The file is there or cannot be written; tables or the key are not those of the links.

    See Also
    --------
    read_review : Reads the decisions back.
    """
    declared = list(tables)
    pairs = links.frame[links.frame["role"] == "review"]
    pairs = pairs.sort_values(["probability", "source", "record"], ascending=[False, True, True])
    require_installed("duckdb")
    require_declared([reference, *declared], layout)
    records, people = _sides(pairs, reference, declared, layout, key)
    rows = [
        (*pair, probability, *records.get(pair[1], ()), *people.get(pair[2], ()), "")
        for *pair, probability in pairs[[*PAIR, "probability"]].itertuples(index=False, name=None)
    ]
    header = _header(layout)
    _require_both(rows, len(header))
    return _written(header, rows, Path(to))


def _sides(
    pairs: pd.DataFrame,
    reference: AgencyTable,
    tables: Sequence[AgencyTable],
    layout: RegisterLayout,
    key: LinkageKey,
) -> tuple[Mapping[str, Sides], Mapping[str, Sides]]:
    """Return what the tables have of the records of pairs, and the reference of their people."""
    wanted = {str(name): set(own) for name, own in pairs.groupby("source")["record"]}
    find = partial(_found, layout=layout, key=key)
    records: dict[str, Sides] = {}
    with database() as connection:
        (_, of_people), *agencies = opened(connection, [reference, *tables], layout)
        people = find(of_people, reference, "person", wanted=set(pairs["person"]))
        for table, relation in agencies:
            own = wanted.get(table.name, set())
            records |= find(relation, table, f"record:{table.name}", wanted=own)
    return records, people


def _found(
    relation: duckdb.DuckDBPyRelation,
    table: AgencyTable,
    kind: str,
    *,
    layout: RegisterLayout,
    key: LinkageKey,
    wanted: set[str],
) -> Mapping[str, Sides]:
    """Return what a table has of some records, by their pseudonyms."""
    ours = conformed(relation, table, layout)
    numbers = unquoted(table, ours.project("record").fetchall)
    of = {number: key.pseudonym(kind, number) for (number,) in numbers if number is not None}
    own = [number for number, pseudonym in of.items() if pseudonym in wanted]
    if not own:
        return {}
    shown = (named(AS_WRITTEN + one) if one in table.columns else "NULL" for one in _shown(layout))
    chosen = ours.filter(f"record IN {listed(own)}").project(", ".join(("record", *shown)))
    return {of[number]: tuple(told) for number, *told in unquoted(table, chosen.fetchall)}


def _require_both(rows: list[tuple[object, ...]], width: int) -> None:
    lacking = sum(len(row) != width for row in rows)
    if lacking:
        problem = Problem(
            "pairs are not in the tables",
            "links",
            f"{lacking} of {len(rows)}",
            advice="give the key and the tables of the links",
        )
        raise RegisterError("the pairs to be decided of", [problem])


def _shown(layout: RegisterLayout) -> tuple[str, ...]:
    return (*SHOWN, *layout.compared)


def _header(layout: RegisterLayout) -> tuple[str, ...]:
    sides = (before + one for before in (OF_RECORD, OF_PERSON) for one in _shown(layout))
    return (*PAIR, "probability", *sides, DECISION)


def _as_text(cell: object) -> object:
    """Return what is written of a cell: a text that a spreadsheet would calculate is quoted."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _written(header: tuple[str, ...], rows: list[tuple[object, ...]], path: Path) -> Path:
    failure = ""
    try:
        with open(create(path), "w", encoding="utf-8-sig", newline="") as file:  # noqa: PTH123 - of a handle
            writer = csv.writer(file)
            writer.writerow(header)
            for row in rows:
                writer.writerow([*row[: len(PAIR)], *map(_as_text, row[len(PAIR) :])])
    except OSError as error:
        failure = error.strerror or type(error).__name__
    if failure:
        problem = Problem(
            "the file cannot be written",
            path.name,
            failure,
            advice="name one that is not there, in a folder of yours",
        )
        raise RegisterError("the pairs to be decided of", [problem])
    return path
