"""Spark compares pairs as DuckDB does; what it takes a Java for is tried before a release."""

from __future__ import annotations

import pandas as pd
import pytest

from socialpoll.demo.register.declared import LAYOUT, declared_tables
from socialpoll.demo.register.recording import slips
from socialpoll.errors import RegisterError
from socialpoll.register import link_records
from socialpoll.register.arabic import normalise_name
from socialpoll.register.matching.distributing import _sent
from socialpoll.register.matching.likeness import in_duckdb, in_spark
from socialpoll.register.matching.preparing import Common, Ready, prepare
from socialpoll.register.opening import database, opened
from tests.register.linked import FEW_PAIRS, KEY

pytest.importorskip("pyspark", reason="the extra 'spark' is not installed")
duckdb = pytest.importorskip("duckdb", reason="the extra 'register' is not installed")

# Spark has not heard yet of the pandas that it works with.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")


@pytest.fixture(scope="module")
def session():
    from tests.responses.scans.elsewhere import local_spark

    with local_spark() as spark:
        yield spark


class Sent:
    """Stands for a session: keeps what it is sent."""

    def createDataFrame(self, table):  # noqa: N802 - Spark's word
        return table


def test_only_numbers_and_what_is_compared_are_sent(folder):
    health = declared_tables(folder)["health"]
    with database() as connection:
        ((_, relation),) = opened(connection, [health], LAYOUT)
        prepare(relation, health, LAYOUT, "records")
        ready = Ready(connection, "people", "records", Common.of(LAYOUT, health))
        sent = _sent(Sent(), ready, "records").to_pandas()

    own = pd.read_parquet(folder / "health.parquet")
    parts = ["given", "father", "grandfather", "family", "birth_date", "sex"]
    assert list(sent) == ["unique_id", *parts, "place_1", "place_2"]
    assert sent["unique_id"].tolist() == list(range(1, len(own) + 1))
    cells = set(sent.astype(str).to_numpy().ravel())
    assert cells.isdisjoint({*own["record"], *own["identifier"].dropna()})


def test_what_is_no_session_is_refused(folder):
    tables = declared_tables(folder)

    with pytest.raises(RegisterError, match="this is no session of Spark") as caught:
        link_records(tables["reference"], [tables["health"]], LAYOUT, KEY, spark="local[2]")
    assert (caught.value.where, caught.value.found) == ("spark", "str")


@pytest.mark.spark
def test_links_are_the_same_and_nothing_is_left_in_the_session(folder, linked, session):
    tables = declared_tables(folder)
    session.range(3).createOrReplaceTempView("of_somebody_else")
    links = link_records(
        tables["reference"], [tables["health"]], LAYOUT, KEY, FEW_PAIRS, spark=session
    )

    pd.testing.assert_frame_equal(links.frame, linked.frame, rtol=0, atol=1e-9)
    pd.testing.assert_frame_equal(links.worth, linked.worth, check_exact=True)
    assert [one.name for one in session.catalog.listTables()] == ["of_somebody_else"]
    assert session.sparkContext._jsc.getPersistentRDDs().size() == 0


@pytest.mark.spark
def test_names_are_as_alike_to_spark_as_to_duckdb(session):
    words = sorted({word for name in slips().spellings for word in normalise_name(name).split()})
    with duckdb.connect() as connection:
        some = connection.from_df(pd.DataFrame({"word": words[:215]}))
        pairs = some.project("word AS one").cross(some.project("word AS other"))
        alike = pairs.project(f"one, other, {in_duckdb('one', 'other')} AS here").to_arrow_table()
    both = session.createDataFrame(alike).selectExpr("here", f"{in_spark('one', 'other')} AS there")
    told = both.toArrow().to_pandas()

    assert len(told) > 40_000
    assert (told["here"] > 0.88).sum() > 400
    assert told["here"].to_numpy() == pytest.approx(told["there"].to_numpy(), abs=1e-12)


@pytest.mark.spark
def test_a_session_that_fails_is_an_error_that_quotes_nothing(folder):
    from tests.responses.scans.elsewhere import local_spark

    with local_spark() as stopped:
        pass
    tables = declared_tables(folder)
    with pytest.raises(RegisterError, match="Spark could not compare the pairs") as caught:
        link_records(tables["reference"], [tables["health"]], LAYOUT, KEY, FEW_PAIRS, spark=stopped)
    assert caught.value.__cause__ is caught.value.__context__ is None
