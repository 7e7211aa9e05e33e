"""What records say of the people that they are of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.apart import require_told_apart
from socialpoll.register.coding import NOTHING, Ints, numbered
from socialpoll.register.conforming import conformed
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.keys import LinkageKey
from socialpoll.register.matching.links import LINKED
from socialpoll.register.opening import database, opened, unquoted
from socialpoll.register.registers import PERSON
from socialpoll.register.updating.settling import UNRANKED, Said, Truths

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from socialpoll.register.matching import Links
    from socialpoll.register.registers import Register

__all__ = ["NOBODY", "Stated", "day_of", "said_of", "stated"]

NOBODY = -1
ADVICE = "give the tables, the reference and the key of which the links were made"


@dataclass(frozen=True, eq=False)
class Stated:
    """What the records of a table say, a place a record.

    Attributes
    ----------
    table : AgencyTable
    person : int64 array (n,)
        Place of the person in the register, ``NOBODY`` for a record of which it is not known.
    undecided : bool array (n,)
        Whether people have to decide of a record.
    says : mapping of str to int64 array (n,)
        Attribute to what the record says, or ``NOTHING``.
    """

    table: AgencyTable
    person: Ints
    undecided: Truths = field(repr=False)
    says: Mapping[str, Ints] = field(repr=False)


def stated(
    register: Register,
    links: Links,
    tables: Sequence[AgencyTable],
    key: LinkageKey,
    attributes: Sequence[str],
) -> list[Stated]:
    """Read what tables say of the people of a register.

    Parameters
    ----------
    register : Register
    links : Links
    tables : sequence of AgencyTable
    key : LinkageKey
        Of register and links.
    attributes : sequence of str
        Those that are read.

    Raises
    ------
    RegisterError
        Links, tables, register and key do not belong together; a table cannot be read.
    """
    import pandas as pd

    people = pd.Index(register.frame[PERSON])
    found, problems = [], list(_of_links(links, tables, people))
    if links.frame.duplicated(["source", "record"]).any():
        raise RegisterError("the links of the register", problems)
    with database() as connection:
        for table, relation in opened(connection, tables, register.layout):
            own = tuple(one for one in attributes if one in table.columns)
            ours = conformed(relation, table, register.layout)
            read = partial(_read, ours, table, own, register.layout)
            records, values = unquoted(table, read)
            pseudonyms = pd.Index(key.pseudonyms(f"record:{table.name}", records))
            links_of = links.frame[links.frame["source"] == table.name].set_index("record")
            problems += _of_records(table, links_of.index, pseudonyms)
            ordered = links_of.reindex(pseudonyms)
            is_of = ordered["role"].isin(LINKED).to_numpy()
            place = people.get_indexer(ordered[PERSON])
            undecided = (ordered["role"] == "review").to_numpy()
            found.append(Stated(table, np.where(is_of, place, NOBODY), undecided, values))
    if problems:
        raise RegisterError("the links of the register", problems)
    return found


def _read(
    relation: duckdb.DuckDBPyRelation,
    table: AgencyTable,
    attributes: tuple[str, ...],
    layout: RegisterLayout,
) -> tuple[list[str], Mapping[str, Ints]]:
    require_told_apart(relation, table)
    return numbered(relation, attributes, layout)


def _of_links(links: Links, tables: Sequence[AgencyTable], people: pd.Index) -> Iterable[Problem]:
    """Yield what is wrong with links, whatever the tables have."""
    names = [table.name for table in tables]
    linked = links.frame[links.frame["role"].isin(LINKED)]
    strange = int((~linked[PERSON].isin(people)).sum())
    if strange:
        found = f"{strange} of {len(linked)} linked records"
        yield Problem("people of the links are not in the register", "links", found, advice=ADVICE)
    twice = int(links.frame.duplicated(["source", "record"]).sum())
    if twice:
        found, advice = f"{twice} of {len(links.frame)} records", "leave one link of each in"
        yield Problem("records are linked twice", "links", found, advice=advice)
    for name in sorted(set(links.frame["source"]) - set(names)):
        advice = "give all tables of the links, or links of fewer"
        yield Problem("a table of the links is not given", "tables", repr(name), advice=advice)


def _of_records(table: AgencyTable, of_links: pd.Index, of_table: pd.Index) -> Iterable[Problem]:
    without, gone = len(of_table.difference(of_links)), len(of_links.difference(of_table))
    if without or gone:
        found = f"{without} of {len(of_table)} records without links, {gone} links without records"
        yield Problem("links and records do not fit", table.name, found, advice=ADVICE)


def day_of(table: AgencyTable) -> int:
    """Return the date of a table as days since 1970-01-01."""
    return int(np.datetime64(table.reference_date, "D").astype(np.int64))


def said_of(attribute: str, told: Sequence[Stated]) -> Said:
    """Return all that tables say of an attribute of people, table by table."""
    parts = [
        _of_table(attribute, one, number)
        for number, one in enumerate(told)
        if attribute in one.says
    ]
    if not parts:
        return Said(*(np.empty(0, np.int64) for _ in Said._fields))
    return Said(*map(np.concatenate, zip(*parts, strict=True)))


def _of_table(attribute: str, told: Stated, number: int) -> Said:
    value = told.says[attribute]
    rows = np.flatnonzero((told.person != NOBODY) & (value != NOTHING))
    rank = told.table.authority.get(attribute, UNRANKED)
    alike = (np.full(len(rows), one, np.int64) for one in (rank, day_of(told.table), number))
    return Said(told.person[rows], value[rows], *alike)
