"""Tables made ready to be compared: names in their parts and their form, records numbered."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from socialpoll.register.apart import require_told_apart
from socialpoll.register.arabic import sql_name_parts, sql_normalised
from socialpoll.register.conforming import conformed
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.opening import unquoted
from socialpoll.register.quoting import named

if TYPE_CHECKING:
    import duckdb

__all__ = ["NAME_PARTS", "prepare"]

NAME_PARTS = ("given", "father", "grandfather", "family")
COMPARED = ("sex", "governorate")
"""Attributes with codes that are compared, where tables have them."""


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
        ``birth_date`` as text, ``sex``, ``governorate``; NULL where the agency's has none.

    Raises
    ------
    RegisterError
        Records that cannot be told apart, or a table that cannot be read.
    """
    found = conformed(relation, table, layout)
    unquoted(table, partial(require_told_apart, found, table))
    columns = [
        f"{_or_null(one, table)} AS {named(one)}" for one in ("record", "identifier", *COMPARED)
    ]
    columns += [
        f"CAST({_or_null('birth_date', table)} AS VARCHAR) AS birth_date",
        f"{sql_normalised(_or_null('name', table))} AS name",
    ]
    parts = [f"{part} AS {named(one)}" for one, part in sql_name_parts("name").items()]
    kept = ("record", "identifier", *COMPARED, "birth_date")
    numbered = "row_number() OVER (ORDER BY record) AS unique_id"
    plain = found.project(", ".join(columns))
    ready = plain.project(", ".join([numbered, *kept, *parts])).order("unique_id")
    unquoted(table, lambda: ready.create(name))


def _or_null(attribute: str, table: AgencyTable) -> str:
    return named(attribute) if attribute in table.columns else "CAST(NULL AS VARCHAR)"
