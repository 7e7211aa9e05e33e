"""Records of agencies matched with the people of a reference."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.checking import require_declared
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.keys import LinkageKey
from socialpoll.register.matching.declared import Matching
from socialpoll.register.matching.distributing import require_session, scored_on
from socialpoll.register.matching.identified import OTHER_IDENTIFIER
from socialpoll.register.matching.links import Links
from socialpoll.register.matching.preparing import Common, Ready, prepare
from socialpoll.register.matching.scoring import scored
from socialpoll.register.matching.telling import BY, ROLES, Score, Told, tell
from socialpoll.register.matching.training import silenced
from socialpoll.register.needing import require_installed
from socialpoll.register.opening import database, opened, unquoted
from socialpoll.register.quoting import named

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    from pyspark.sql import SparkSession

__all__ = ["link_records"]

Texts: TypeAlias = npt.NDArray[np.object_]

PEOPLE, RECORDS = "people", "records"
COLUMNS = ("source", "record", "person", "role", "by", "weight", "probability")
WORTH = ("source", "attribute", "level", "m", "u", "weight")


def link_records(
    reference: AgencyTable,
    tables: Iterable[AgencyTable],
    layout: RegisterLayout,
    key: LinkageKey,
    how: Matching | None = None,
    *,
    spark: SparkSession | None = None,
) -> Links:
    """Find out of whom the records of agencies are.

    First by identifiers, where they exist and names and dates of birth do not contradict them;
    then by names, date of birth, sex and place.

    Parameters
    ----------
    reference : AgencyTable
        A record a person.
    tables : iterable of AgencyTable
        Each is matched with the reference for itself.
    layout : RegisterLayout
    key : LinkageKey
        Of the pseudonyms; nothing else of a person leaves this function.
    how : Matching, optional
    spark : pyspark.sql.SparkSession, optional
        A session (Spark 4) in which pairs are compared, where one machine would take too long. It
        is sent parts of names, dates of birth, sex and places; tables are made ready, and what
        agreement is worth is learnt, on this machine.

    Returns
    -------
    Links
        The same in whatever order records and tables are, each time, on any number of cores, and
        with Spark or without.

    Raises
    ------
    RegisterError
        What is declared contradicts itself or the tables, a table cannot be read, there is too
        little to learn from, or the extra ``register`` is not installed.

    See Also
    --------
    check_sources : What is wrong in the tables, before.
    """
    import pandas as pd

    require_installed("duckdb", "splink")
    score: Score = scored
    if spark is not None:
        require_session(spark)
        score = partial(scored_on, spark)
    declared = sorted(tables, key=lambda table: table.name)
    require_declared([reference, *declared], layout)
    chosen = how or Matching()
    found: list[pd.DataFrame] = []
    worth: list[tuple[object, ...]] = []
    with database() as connection, silenced():
        (_, of_people), *agencies = opened(connection, [reference, *declared], layout)
        prepare(of_people, reference, layout, PEOPLE)
        _require_some(connection, reference)
        people = np.array(["", *key.pseudonyms("person", _records(connection, PEOPLE))], object)
        for table, relation in agencies:
            prepare(relation, table, layout, RECORDS)
            common = Common.of(layout, reference, table)
            ready = Ready(connection, PEOPLE, RECORDS, common)
            told = unquoted(table, partial(tell, ready, chosen, score))
            own = key.pseudonyms(f"record:{table.name}", _records(connection, RECORDS))
            found.append(_frame(table.name, own, people, told))
            worth += _worth(table.name, told.model, common)
            _forget(connection)
    return Links(_together(found), pd.DataFrame(worth, columns=list(WORTH)))


def _require_some(connection: duckdb.DuckDBPyConnection, reference: AgencyTable) -> None:
    if not len(connection.table(PEOPLE)):
        what, advice = "there is nobody in the reference", "declare the table of the people"
        raise RegisterError("the reference", [Problem(what, reference.name, advice=advice)])


def _records(connection: duckdb.DuckDBPyConnection, name: str) -> Texts:
    """Return the agency's own numbers of records, by ours."""
    found: Texts = (
        connection.table(name).order("unique_id").project("record").fetchnumpy()["record"]
    )
    return found


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop all tables but that of the people."""
    for kind in ("view", "table"):
        listed = connection.table_function(f"duckdb_{kind}s").filter("NOT internal")
        for (name,) in listed.project(f"{kind}_name").fetchall():
            if name != PEOPLE:
                connection.execute(f"DROP {kind} {named(name)}")


def _together(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    if not frames:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(frames, ignore_index=True)


def _frame(source: str, own: Sequence[str], people: Texts, told: Told) -> pd.DataFrame:
    """Return what is told of the records of a source, by their pseudonyms; ``people`` by number."""
    import pandas as pd

    person, role, by = people[told.person], np.array(ROLES)[told.role], np.array(BY)[told.by]
    columns = ([source] * len(own), own, person, role, by, told.weight, told.probability)
    frame = pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))
    return frame.sort_values("record", ignore_index=True)


def _worth(source: str, model: dict[str, Any], common: Common) -> Iterator[tuple[object, ...]]:
    """Yield what agreement is worth: attribute, level, m, u and weight."""
    for comparison in model.get("comparisons", ()):
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                m, u = level["m_probability"], level["u_probability"]
                label = level["label_for_charts"]
                yield source, comparison["output_column_name"], label, m, u, math.log2(m / u)
    if model and common.identifier:
        m, u = OTHER_IDENTIFIER, 1.0
        yield source, "identifier", "another one", m, u, math.log2(m / u)
