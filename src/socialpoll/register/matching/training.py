"""What the agreement of two records is worth: learnt from pairs that are known, or from all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from socialpoll.register.matching.comparing import FOR_LEARNING, settings_of
from socialpoll.register.matching.declared import Matching
from socialpoll.register.matching.preparing import Ready

if TYPE_CHECKING:
    import duckdb

__all__ = ["ENOUGH", "RAREST", "silenced", "trained"]

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


@contextmanager
def _one_thread(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Use one thread for a while, so that sums are always made in the same order."""
    before = connection.sql("SELECT current_setting('threads')").fetchall()[0][0]
    connection.execute("SET threads = 1")
    try:
        yield
    finally:
        connection.execute(f"SET threads = {before}")


def trained(ready: Ready, pairs: str, how: Matching) -> dict[str, Any]:
    """Return the settings of Splink with all that they learnt.

    How often attributes of two different people agree is learnt from pairs drawn at random; how
    often those of one person do, from the pairs with one identifier, or where there are few by
    expectation and maximisation (Winkler 1988).

    Parameters
    ----------
    ready : Ready
    pairs : str
        Table of those with one identifier.
    how : Matching
    """
    with _one_thread(ready.connection):
        return _completed(_trained(ready, pairs, how), how)


def _trained(ready: Ready, pairs: str, how: Matching) -> dict[str, Any]:
    from splink import Linker, block_on
    from splink.backends.duckdb import DuckDBAPI

    connection, people, records = ready.connection, ready.people, ready.records
    database = DuckDBAPI(connection=connection)
    known = connection.table(pairs).filter("NOT contradicted")
    linker = Linker(
        [
            database.register(one, table_name=f"{one}_trained", dataset_display_name=one)
            for one in (people, records)
        ],
        settings_of(_prior(ready, len(known)), ready.common),
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
    return linker.misc.save_model_to_json()


def _prior(ready: Ready, linked: int) -> float:
    """Return the probability that a record and a person drawn at random go together.

    Of records with an identifier the share that was found is known; of the others it is taken to
    be the same, and without any to be one half.
    """
    records = ready.connection.table(ready.records)
    with_one = len(records.filter("identifier IS NOT NULL"))
    found = (linked + 1) / (with_one + 2)
    return found / max(len(ready.connection.table(ready.people)), 2)


def _completed(model: dict[str, Any], how: Matching) -> dict[str, Any]:
    """Return a model in which every level is worth something, those that were seldom seen too.

    A level on which no pair at all was seen, of one person or of two, speaks for nothing.
    """
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            if not level.get("is_null_level"):
                m, u = (level.get(f"{which}_probability") or 0.0 for which in "mu")
                unseen = not m and not u
                level["m_probability"] = max(m, RAREST)
                level["u_probability"] = RAREST if unseen else max(u, 1 / how.pairs)
    return model
