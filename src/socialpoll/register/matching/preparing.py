"""Tables made ready to be compared: names in their parts and their form, records numbered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from socialpoll.register.apart import require_told_apart
from socialpoll.register.arabic import sql_name_parts, sql_normalised
from socialpoll.register.conforming import conformed
from socialpoll.register.declared import SEX, AgencyTable, RegisterLayout
from socialpoll.register.opening import unquoted
from socialpoll.register.quoting import named

if TYPE_CHECKING:
    import duckdb

__all__ = ["NAME_PARTS", "Common", "Ready", "prepare"]

NAME_PARTS = ("given", "father", "grandfather", "family")


@dataclass(frozen=True)
class Common:
    """What two tables both have, so that their records can be compared by it.

    Attributes
    ----------
    identifier, name, sex : bool
    places : mapping of str to str
        Attributes that say where somebody lives, from coarse to fine, with their columns.
    """

    identifier: bool
    name: bool
    sex: bool
    places: Mapping[str, str]

    @classmethod
    def of(cls, layout: RegisterLayout, *tables: AgencyTable) -> Common:
        """Return what all of some tables have."""

        def all_have(attribute: str) -> bool:
            return all(attribute in table.columns for table in tables)

        places = {one: column for one, column in _places(layout).items() if all_have(one)}
        sex = SEX in layout.codes and all_have(SEX)
        return cls(all_have("identifier"), all_have("name"), sex, places)


@dataclass(frozen=True)
class Ready:
    """Two tables that are ready to be compared.

    Attributes
    ----------
    connection : duckdb.DuckDBPyConnection
        The database in which they are.
    people, records : str
        Their names there.
    common : Common
    """

    connection: duckdb.DuckDBPyConnection = field(repr=False)
    people: str
    records: str
    common: Common


def _places(layout: RegisterLayout) -> dict[str, str]:
    """Return the columns of places: plain words, whatever the attributes are called."""
    return {one: f"place_{at}" for at, one in enumerate(layout.lived_in, start=1)}


def prepare(
    relation: duckdb.DuckDBPyRelation,
    table: AgencyTable,
    layout: RegisterLayout,
    name: str,
) -> None:
    """Write a table of the columns that are compared into the database of a relation.

    Records are numbered from 1 in the order of the agency's own numbers, so that the order of rows
    makes no difference.

    Parameters
    ----------
    relation : duckdb.DuckDBPyRelation
        The table as it is.
    table : AgencyTable
    layout : RegisterLayout
    name : str
        Of the new table: ``unique_id``, ``record``, ``identifier``, the parts of the name,
        ``birth_date`` as text, ``sex``, and the places as ``place_1`` and so on; NULL where the
        agency's has none.

    Raises
    ------
    RegisterError
        Records that cannot be told apart, or a table that cannot be read.
    """
    found = conformed(relation, table, layout)
    unquoted(table, partial(require_told_apart, found, table))
    own = {one: one for one in ("record", "identifier", SEX)} | _places(layout)
    columns = [f"{_or_null(one, table)} AS {named(name)}" for one, name in own.items()]
    columns += [
        f"CAST({_or_null('birth_date', table)} AS VARCHAR) AS birth_date",
        f"{sql_normalised(_or_null('name', table))} AS name",
    ]
    parts = [f"{part} AS {named(one)}" for one, part in sql_name_parts("name").items()]
    kept = (*map(named, own.values()), "birth_date")
    numbered = "row_number() OVER (ORDER BY record) AS unique_id"
    plain = found.project(", ".join(columns))
    ready = plain.project(", ".join([numbered, *kept, *parts])).order("unique_id")
    unquoted(table, lambda: ready.create(name))


def _or_null(attribute: str, table: AgencyTable) -> str:
    return named(attribute) if attribute in table.columns else "CAST(NULL AS VARCHAR)"
