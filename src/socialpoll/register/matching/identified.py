"""Records that have the identifier of a person of the reference, or of somebody else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from socialpoll.register.matching.preparing import NAME_PARTS, Ready
from socialpoll.register.matching.scoring import Pairs
from socialpoll.register.matching.training import RAREST

if TYPE_CHECKING:
    import duckdb

__all__ = ["OTHER_IDENTIFIER", "identify", "weighed_by_identifiers"]

OTHER_IDENTIFIER = RAREST
"""Probability that a record of a person has an identifier that is not the person's, nor nearly."""

LEAST_PARTS = 2
"""Parts of a name that two records of one person have in common, whatever slips there are."""


def _times(condition: str) -> str:
    """Return how many parts of a name meet a condition."""
    each = (f"CAST({condition.format(part)} AS INTEGER)" for part in NAME_PARTS)
    return " + ".join(f"coalesce({one}, 0)" for one in each)


BOTH_HAVE = _times("p.{0} IS NOT NULL AND r.{0} IS NOT NULL")
IN_COMMON = _times("p.{0} = r.{0}")
SAME_NAME = f"({BOTH_HAVE}) > 0 AND ({IN_COMMON}) >= least({BOTH_HAVE}, {LEAST_PARTS})"
SAME_DATE = "coalesce(p.birth_date = r.birth_date, false)"
NOTHING_KNOWN = f"(p.birth_date IS NULL OR r.birth_date IS NULL) AND ({BOTH_HAVE}) = 0"
CONTRADICTED = f"NOT ({SAME_NAME} OR {SAME_DATE} OR ({NOTHING_KNOWN}))"


def identify(connection: duckdb.DuckDBPyConnection, people: str, records: str, name: str) -> None:
    """Write down which records have the identifier of one person, and of one only.

    An identifier may be mistyped too, and then be another person's. A pair is contradicted where
    neither date of birth nor name is the same; people decide of it.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
    people, records : str
        Tables that are ready to be compared.
    name : str
        Of the new table: ``person`` and ``record``, the numbers of both, and whether the pair is
        ``contradicted``.
    """
    own = connection.table(people).filter("identifier IS NOT NULL")
    once = own.aggregate("identifier, count(*) AS times", "identifier").filter("times = 1")
    alone = own.set_alias("o").join(once.set_alias("n"), "o.identifier = n.identifier")
    person = alone.project("o.*").set_alias("p")
    pairs = person.join(connection.table(records).set_alias("r"), "p.identifier = r.identifier")
    columns = f"p.unique_id AS person, r.unique_id AS record, {CONTRADICTED} AS contradicted"
    pairs.project(columns).order("record").create(name)


def weighed_by_identifiers(ready: Ready, pairs: Pairs) -> Pairs:
    """Return pairs, of which those weigh less that have different identifiers.

    How often one person has two cannot be learnt from pairs that one identifier told of; it is
    taken to be as rare as what was never seen. An identifier with a slip, another sign or two
    exchanged, says nothing.

    Parameters
    ----------
    ready : Ready
    pairs : Pairs
    """
    import pyarrow as pa

    columns = {"at": np.arange(len(pairs.record)), "record": pairs.record, "person": pairs.person}
    connection = ready.connection
    both = connection.from_arrow(pa.table(columns)).set_alias("b")
    both = both.join(connection.table(ready.records).set_alias("r"), "b.record = r.unique_id")
    both = both.join(connection.table(ready.people).set_alias("p"), "b.person = p.unique_id")
    others = both.filter("damerau_levenshtein(r.identifier, p.identifier) > 1")
    places = others.project("b.at AS at").fetchnumpy()["at"].astype(np.int64)
    weight = pairs.weight.copy()
    weight[places] += math.log2(OTHER_IDENTIFIER)
    return pairs._replace(weight=weight)
