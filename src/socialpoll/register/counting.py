"""Counts of what is wrong in a table, made where it lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.register.conforming import AS_WRITTEN
from socialpoll.register.declared import AgencyTable, RegisterLayout
from socialpoll.register.quoting import named, quoted

if TYPE_CHECKING:
    import duckdb

__all__ = ["Counted", "counted"]

WRONG = {
    "record": "repeated",
    "identifier": "malformed",
    "name": "no_letter",
    "birth_date": "impossible",
}
"""What else there is to be wrong with an attribute; with all others, a code that is not known."""
LETTER = "[A-Za-z\u0621-\u063a\u0641-\u064a\u0671-\u06d3\ufb50-\ufdfb\ufe80-\ufefc]"
"""Latin or Arabic, in any shape."""


class Counted(NamedTuple):
    """How many records of a table a check found, of how many; ``usable`` are right."""

    source: str
    attribute: str
    check: str
    records: int
    of: int
    usable: int
    allowed: str

    @property
    def severity(self) -> str:
        """How bad that is."""
        if not self.of:
            return "error" if (self.attribute, self.check) == ("record", "missing") else "note"
        if self.records and (self.attribute == "record" or not self.usable):
            return "error"
        return "warning" if self.records and self.check != "missing" else "note"


def counted(
    relation: duckdb.DuckDBPyRelation, table: AgencyTable, layout: RegisterLayout
) -> list[Counted]:
    """Return what each check finds in a table.

    Parameters
    ----------
    relation : duckdb.DuckDBPyRelation
        The table in the layout of the register.
    table : AgencyTable
    layout : RegisterLayout
    """
    return list(_counted(relation, table, layout))


def _counted(
    relation: duckdb.DuckDBPyRelation, table: AgencyTable, layout: RegisterLayout
) -> Iterator[Counted]:
    attributes = [one for one in layout.attributes if one in table.columns]
    of, counts = _counts(relation, attributes)
    for attribute in attributes:
        missing, wrong = counts[attribute]
        usable = of - missing - wrong
        allowed = _allowed(attribute, table, layout)
        found = {"missing": missing, WRONG.get(attribute, "unknown"): wrong}
        if attribute in {"record", "identifier"}:
            found["repeated"] = _repeated(relation, attribute)
        for check, records in found.items():
            yield Counted(table.name, attribute, check, records, of, usable, allowed)


def _counts(
    relation: duckdb.DuckDBPyRelation, attributes: Sequence[str]
) -> tuple[int, Mapping[str, tuple[int, int]]]:
    """Return how many records there are, and of each attribute how many without and wrong ones."""
    sums = ["count(*)"]
    for attribute in attributes:
        written, value = named(AS_WRITTEN + attribute), named(attribute)
        if attribute == "name":
            value = f"regexp_extract({value}, {quoted(LETTER)})"
            value = f"nullif({value}, '')"
        sums += [
            f"count(*) FILTER (WHERE {written} IS NULL)",
            f"count(*) FILTER (WHERE {written} IS NOT NULL AND {value} IS NULL)",
        ]
    ((of, *counts),) = relation.aggregate(", ".join(sums)).fetchall()
    pairs = zip(counts[::2], counts[1::2], strict=True)
    return of, dict(zip(attributes, pairs, strict=True))


def _repeated(relation: duckdb.DuckDBPyRelation, attribute: str) -> int:
    """Return how many records have a value that another one has too."""
    value = named(attribute)
    times = relation.aggregate(f"{value}, count(*) AS times", value)
    several = times.filter(f"{value} IS NOT NULL AND times > 1")
    ((records,),) = several.aggregate("coalesce(sum(times), 0)").fetchall()
    return int(records)


def _allowed(attribute: str, table: AgencyTable, layout: RegisterLayout) -> str:
    match attribute:
        case "record":
            return "a value that no other record has"
        case "identifier":
            return layout.identifier
        case "name":
            return "Arabic or Latin letters"
        case _ if attribute in layout.keys:
            return "any value"
        case "birth_date":
            return f"{layout.earliest_birth} to {table.reference_date}, written {table.dates}"
    return ", ".join(table.codes.get(attribute, layout.codes[attribute]))
