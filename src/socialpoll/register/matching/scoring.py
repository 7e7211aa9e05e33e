"""Pairs of a person and a record with the weight of what they have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Self, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.register.matching.preparing import Ready

__all__ = ["LEAST_WEIGHT", "NO_PAIRS", "Pairs", "numbers_of", "scored"]

Ints: TypeAlias = npt.NDArray[np.int64]
Floats: TypeAlias = npt.NDArray[np.float64]
LEAST_WEIGHT = -10.0
"""Pairs of which less speaks for one person are of no use to tell one from the other."""


class Pairs(NamedTuple):
    """Pairs that were compared.

    Attributes
    ----------
    record, person : int64 array (n,)
        Numbers of both.
    weight : float64 array (n,)
        Logarithm to base 2 of the odds that they go together.
    """

    record: Ints
    person: Ints
    weight: Floats

    @classmethod
    def of(cls, told: Mapping[str, npt.NDArray[Any]]) -> Self:
        """Return pairs from columns of these names."""
        record, person = (told[one].astype(np.int64) for one in ("record", "person"))
        return cls(record, person, told["weight"].astype(np.float64))


NO_PAIRS = Pairs(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


def scored(ready: Ready, model: dict[str, Any]) -> Pairs:
    """Return the pairs for which more than a little speaks.

    Parameters
    ----------
    ready : Ready
    model : dict
        Settings of Splink that have learnt.
    """
    from splink import Linker
    from splink.backends.duckdb import DuckDBAPI

    connection, people, records = ready.connection, ready.people, ready.records
    database = DuckDBAPI(connection=connection)
    ends = [
        database.register(one, table_name=f"{one}_scored", dataset_display_name=one)
        for one in (people, records)
    ]
    linker = Linker(ends, model, log_level=None)
    found = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
    told = connection.table(found.physical_name).project(", ".join(numbers_of(people)))
    return Pairs.of(told.fetchnumpy())


def numbers_of(people: str) -> tuple[str, str, str]:
    """Return what of compared pairs comes back: the numbers of both and the weight, as SQL."""
    of_people = f"source_dataset_l = '{people}'"
    return (
        f"CASE WHEN {of_people} THEN unique_id_r ELSE unique_id_l END AS record",
        f"CASE WHEN {of_people} THEN unique_id_l ELSE unique_id_r END AS person",
        "match_weight AS weight",
    )
