"""A register as the reference alone has it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.apart import require_told_apart
from socialpoll.register.checking import require_declared
from socialpoll.register.coding import changeable, decoded, numbered
from socialpoll.register.conforming import conformed
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.keys import LinkageKey
from socialpoll.register.needing import require_installed
from socialpoll.register.opening import database, opened, unquoted
from socialpoll.register.quoting import named
from socialpoll.register.registers import (
    DATE,
    PERSON,
    SOURCE,
    Register,
    sources_of,
    typed,
    version_of,
)

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

__all__ = ["open_register"]


def open_register(reference: AgencyTable, layout: RegisterLayout, key: LinkageKey) -> Register:
    """Take the people of a reference into a register.

    Parameters
    ----------
    reference : AgencyTable
        A record a person.
    layout : RegisterLayout
    key : LinkageKey
        Of the pseudonyms; that of the links by which the register shall be updated.

    Returns
    -------
    Register
        Without names, identifiers and the agency's numbers of records.

    Raises
    ------
    RegisterError
        What is declared contradicts itself or the table, it cannot be read, nobody is in it,
        records cannot be told apart, or the extra ``register`` is not installed.

    See Also
    --------
    update_register : What other tables say of the same people.
    """
    require_installed("duckdb")
    require_declared([reference], layout)
    with database() as connection:
        ((_, relation),) = opened(connection, [reference], layout)
        ours = conformed(relation, reference, layout)
        unquoted(reference, partial(require_told_apart, ours, reference))
        frame = unquoted(reference, partial(_frame, ours, reference, layout, key))
    if not len(frame):
        what, advice = "there is nobody in the reference", "declare the table of the people"
        raise RegisterError("the reference", [Problem(what, reference.name, advice=advice)])
    sources = sources_of([reference], changeable(layout))
    return Register(frame, sources, layout, reference.reference_date, version_of(frame, sources))


def _frame(
    relation: duckdb.DuckDBPyRelation,
    table: AgencyTable,
    layout: RegisterLayout,
    key: LinkageKey,
) -> pd.DataFrame:
    """Return the people of a table, in the order of their pseudonyms."""
    import pandas as pd

    attributes = tuple(one for one in changeable(layout) if one in table.columns)
    keys = [one for one in layout.keys if one in table.columns]
    ordered = relation.order("record")
    records, values = numbered(ordered, attributes, layout)
    columns: dict[str, object] = {PERSON: key.pseudonyms("person", records)}
    date = pd.Timestamp(table.reference_date).as_unit("s")
    for one in attributes:
        value = decoded(values[one], one, layout)
        there = value.notna()
        source = pd.Series([table.name] * len(value), dtype="category")
        columns |= {
            one: value,
            f"{one}{SOURCE}": source.where(there),
            f"{one}{DATE}": pd.Series(date, index=value.index).where(there),
        }
    for one in keys:
        ((_, told),) = ordered.project(named(one)).fetchnumpy().items()
        columns[one] = _pseudonyms(told.tolist(), one, key)
    return typed(pd.DataFrame(columns)).sort_values(PERSON, ignore_index=True)


def _pseudonyms(values: list[str | None], kind: str, key: LinkageKey) -> list[str | None]:
    """Return the pseudonyms of values, each made once."""
    known = {one: key.pseudonym(kind, one) for one in set(values) - {None} if one is not None}
    return [None if one is None else known[one] for one in values]
