"""Pairs compared by a cluster: Splink on Spark, with what was learnt on one machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.matching.comparing import settings_of
from socialpoll.register.matching.likeness import in_spark
from socialpoll.register.matching.preparing import NAME_PARTS, Ready
from socialpoll.register.matching.scoring import LEAST_WEIGHT, Pairs, numbers_of
from socialpoll.register.needing import require_installed

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["require_session", "scored_on"]

OURS, SPLINKS = "socialpoll_", "__splink__"
"""How the names of views begin that are made in a session."""
LEARNT = ("m_probability", "u_probability")


def require_session(session: object) -> None:
    """Raise RegisterError where something is no session of Spark that can be used."""
    require_installed("pyspark", extra="register,spark")
    from pyspark.sql import SparkSession

    if not isinstance(session, SparkSession):
        problem = Problem(
            "this is no session of Spark",
            "spark",
            type(session).__name__,
            "a SparkSession of Spark 4",
            "make one with `SparkSession.builder.getOrCreate()`",
        )
        raise RegisterError("where pairs are compared", [problem])


def scored_on(session: SparkSession, ready: Ready, model: dict[str, Any]) -> Pairs:
    """Return the pairs for which more than a little speaks, found by Spark.

    The cluster is sent the numbers of records, and what is compared; what comes back are numbers
    and weights, and nothing stays there.

    Parameters
    ----------
    session : pyspark.sql.SparkSession
    ready : Ready
    model : dict
        Settings of Splink that have learnt.

    Returns
    -------
    Pairs
        Those of :func:`~socialpoll.register.matching.scoring.scored`, weights to the last digits.

    Raises
    ------
    RegisterError
        Spark failed. It carries nothing of what Spark said, which may quote a name.
    """
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    kind = ""
    try:
        with _nothing_left(session):
            return _scored_on(session, ready, model)
    except (PySparkException, Py4JError) as failure:
        kind = type(failure).__name__
    problem = Problem(
        "Spark could not compare the pairs",
        "spark",
        kind,
        advice="look into the logs of the cluster; links without `spark` are the same",
    )
    raise RegisterError("where pairs are compared", [problem])


def _scored_on(session: SparkSession, ready: Ready, model: dict[str, Any]) -> Pairs:
    from splink import Linker
    from splink.backends.spark import SparkAPI

    database = SparkAPI(  # type: ignore[no-untyped-call]  # it says nothing of its arguments
        spark_session=session,
        break_lineage_method="persist",
        register_udfs_automatically=False,
    )
    ends = [
        database.register(
            _sent(session, ready, one), table_name=f"{OURS}{one}", dataset_display_name=one
        )
        for one in (ready.people, ready.records)
    ]
    linker = Linker(ends, _said_to_spark(model, ready), log_level=None)
    found = linker.inference.predict(threshold_match_weight=LEAST_WEIGHT)
    told = session.table(found.physical_name).selectExpr(*numbers_of(ready.people)).toArrow()
    return Pairs.of({name: np.asarray(told[name]) for name in told.column_names})


def _sent(session: SparkSession, ready: Ready, name: str) -> DataFrame:
    """Send what is compared of a table to the cluster: neither identifiers nor record numbers."""
    columns = ("unique_id", *NAME_PARTS, "birth_date", "sex", *ready.common.places.values())
    table = ready.connection.table(name).project(", ".join(columns)).to_arrow_table()
    return session.createDataFrame(table)


def _said_to_spark(model: dict[str, Any], ready: Ready) -> dict[str, Any]:
    """Return settings in the SQL of Spark with all that others have learnt."""
    prior = model["probability_two_random_records_match"]
    settings = settings_of(prior, ready.common, in_spark).create_settings_dict("spark")
    for here, there in zip(settings["comparisons"], model["comparisons"], strict=True):
        levels = zip(here["comparison_levels"], there["comparison_levels"], strict=True)
        for level, learnt in levels:
            level.update({name: learnt[name] for name in LEARNT if name in learnt})
    return settings


@contextmanager
def _nothing_left(session: SparkSession) -> Iterator[None]:
    """Take what a session is given away from it again: views, and what they keep in memory."""
    before = _views(session)
    try:
        yield
    finally:
        for name in _views(session) - before:
            session.table(name).unpersist()
            session.catalog.dropTempView(name)


def _views(session: SparkSession) -> set[str]:
    views = (one.name for one in session.catalog.listTables() if one.isTemporary)
    return {name for name in views if name.startswith((OURS, SPLINKS))}
