"""What the agreement of two records is worth: learnt from pairs that are known, or from all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from socialpoll.register.matching.comparing import FOR_LEARNING, settings_of
from socialpoll.register.matching.declared import Matching

if TYPE_CHECKING:
    import duckdb

__all__ = ["ENOUGH", "silenced", "trained"]

ENOUGH = 500
"""Pairs with one identifier from which it is learnt how often attributes of one person agree."""
PAIRS_AT_A_TIME = 5_000_000
RAREST = 1e-3
"""Of a level on which no pair of one person was seen."""


@contextmanager
def silenced() -> Iterator[None]:
    """Keep Splink from writing to logs for a while."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def trained(
    connection: duckdb.DuckDBPyConnection, people: str, records: str, pairs: str, how: Matching
) -> dict[str, Any]:
    """Return the settings of Splink with all that they learnt.

    How often attributes of two different people agree is learnt from pairs drawn at random; how
    often those of one person do, from the pairs with one identifier, or where there are few by
    expectation and maximisation (Winkler 1988).

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        With one thread, so that sums are always made in the same order.
    people, records : str
        Tables that are ready to be compared.
    pairs : str
        Table of those with one identifier.
    how : Matching
    """
    from splink import Linker, block_on
    from splink.backends.duckdb import DuckDBAPI

    database = DuckDBAPI(connection=connection)
    known = connection.table(pairs).filter("NOT contradicted")
    linker = Linker(
        [
            database.register(one, table_name=f"{one}_trained", dataset_display_name=one)
            for one in (people, records)
        ],
        settings_of(_prior(connection, people, records, len(known))),
        log_level=None,
    )
    linker.training.estimate_u_using_random_sampling(
        max_pairs=how.pairs, seed=how.seed, num_chunks=-(-how.pairs // PAIRS_AT_A_TIME)
    )
    if len(known) >= ENOUGH:
        ends = (f"'{people}'", "person", f"'{records}'", "record")
        names = ("source_dataset_l", "unique_id_l", "source_dataset_r", "unique_id_r")
        columns = (f"{end} AS {name}" for end, name in zip(ends, names, strict=True))
        known.project(", ".join(columns)).create(f"{pairs}_known")
        labels = database.register(f"{pairs}_known")
        linker.training.estimate_m_from_pairwise_labels(labels)  # type: ignore[no-untyped-call]  # it says nothing of its argument
    else:
        for block in FOR_LEARNING:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*block))
    return _completed(linker.misc.save_model_to_json(), how)


def _prior(connection: duckdb.DuckDBPyConnection, people: str, records: str, linked: int) -> float:
    """Return the probability that a record and a person drawn at random go together.

    Of records with an identifier the share that was found is known; of the others it is taken to
    be the same, and without any to be one half.
    """
    with_one = len(connection.table(records).filter("identifier IS NOT NULL"))
    found = (linked + 1) / (with_one + 2)
    return found / max(len(connection.table(people)), 2)


def _completed(model: dict[str, Any], how: Matching) -> dict[str, Any]:
    """Return a model in which every level is worth something, those that were never seen too."""
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                level["m_probability"] = max(level.get("m_probability") or 0.0, RAREST)
                level["u_probability"] = max(level.get("u_probability") or 0.0, 1 / how.pairs)
    return model
