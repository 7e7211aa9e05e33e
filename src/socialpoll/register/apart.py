"""Records that must be told apart before anything is said of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.errors import Problem, RegisterError

if TYPE_CHECKING:
    import duckdb

    from socialpoll.register.declared import AgencyTable

__all__ = ["require_told_apart"]


def require_told_apart(relation: duckdb.DuckDBPyRelation, table: AgencyTable) -> None:
    """Raise RegisterError where records have no number, or that of another one.

    Parameters
    ----------
    relation : duckdb.DuckDBPyRelation
        The table in the layout of the register.
    table : AgencyTable
    """
    counts = "count(*), count(record), count(DISTINCT record)"
    ((records, with_one, different),) = relation.aggregate(counts).fetchall()
    if different < records:
        problem = Problem(
            "records cannot be told apart",
            f"{table.name}: record",
            f"{records - with_one} without a number, {with_one - different} with that of another",
            "a number that no other record has",
            "`check_sources` tells what else is wrong",
        )
        raise RegisterError(f"the table {table.name}", [problem])
