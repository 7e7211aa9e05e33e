"""Answers that Spark counts have the figures of the same answers in memory.

What is asked as of Spark, and answered by DuckDB by way of SQL, is tried with every change; Spark
itself takes a Java and minutes.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlframe.duckdb import DuckDBSession

import socialpoll as sp
from socialpoll.demo import FOLDER, POLL_FILE
from socialpoll.errors import BindingError, ExportError
from socialpoll.responses.scans.grouping import grouped_by, lazily
from socialpoll.responses.scans.sending import joined
from tests.indicators.polls import questionnaire
from tests.indicators.test_summed import ASKED, CLUSTERED, in_clusters, poll
from tests.indicators.test_tallied import DESIGNS, assert_alike, rounded
from tests.responses.asking import asking, number, single
from tests.responses.scans.elsewhere import local_spark

NAMES = ("sex", "age", "account", "platforms", "hours")
SEXES, ACCOUNTS = {"male": 0.6, "female": 0.4}, {"yes": 0.7, "no": 0.3}
SPARKS = ["spark by duckdb", pytest.param("spark", marks=pytest.mark.spark)]

# It has not heard yet of the pandas that it works with.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support:FutureWarning")


@pytest.fixture(scope="module", params=SPARKS)
def session(request):
    if request.param == "spark":
        with local_spark() as session:
            yield session
    else:
        yield DuckDBSession()


@pytest.fixture(scope="module")
def lying(session, tmp_path_factory):
    """Return what makes a frame of Spark of one of pandas."""

    def laid(frame):
        path = tmp_path_factory.mktemp("spark") / "answers.parquet"
        pyarrow.parquet.write_table(
            frame if isinstance(frame, pa.Table) else pa.Table.from_pandas(frame), path
        )
        return session.read.parquet(str(path))

    return laid


@pytest.fixture(scope="module")
def frame():
    return pd.read_csv(FOLDER / "responses.csv")


@pytest.fixture(scope="module")
def sources(lying, frame):
    """Return some questions of the bundled poll, where they lie and in memory."""
    poll = sp.Poll.load(POLL_FILE)
    asked = replace(
        poll.questionnaire,
        questions=tuple(one for one in poll.questionnaire.questions if one.name in NAMES),
        derived=tuple(one for one in poll.questionnaire.derived if one.of in NAMES),
        constraints=(),
    )
    return sp.scan(lying(frame), asked, poll.design), sp.bind(frame, asked, poll.design)


def test_figures_of_the_bundled_poll_and_their_differences_are_those_in_memory(sources):
    indicators = ["platforms", sp.Mean("hours"), sp.Quantile("hours", 0.5, rule="school")]

    found, expected = (
        sp.estimate(sp.rake(one, {"sex": SEXES, "account": ACCOUNTS}), indicators, "age_group")
        for one in sources
    )

    assert_alike(found.frame, expected.frame)
    differences = [sp.compare(one, within="age_group").comparisons for one in (found, expected)]
    assert len(differences[1]) > 5
    assert_alike(*differences, without=())


def test_what_is_said_of_the_answers_as_a_whole_is_what_any_engine_says(sources, frame):
    scan, cases = sources
    elsewhere = sp.scan(frame, scan.questionnaire, scan.design)

    assert len(scan) == len(cases)
    assert scan.digest == elsewhere.digest
    assert scan.methodology == cases.methodology
    assert scan.findings.empty


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000), st.sampled_from(DESIGNS))
def test_polls_of_any_design_have_the_same_figures(lying, seed, design):
    frame, asked = rounded(seed, 60), questionnaire()
    indicators = ["trust", "apps", sp.Total("hours")]

    counted = sp.scan(lying(frame), asked, design).tally(["trust", "apps", "hours", "sex"])

    found, expected = (
        sp.estimate(one, indicators, by="sex") for one in (counted, sp.bind(frame, asked, design))
    )
    assert_alike(found.frame, expected.frame)


def test_columns_of_every_kind_are_read_as_in_memory(lying):
    day, noon = dt.date(2026, 1, 2), dt.datetime(2026, 1, 2, 12, 30)  # noqa: DTZ001
    table = pa.table(
        {
            "uses": [True, False, None, True],
            "born": [day, None, dt.date(1999, 5, 6), day],
            "seen": pa.array([noon, None, noon, noon], pa.timestamp("us")),
            "heard": pa.array([noon, None, noon, noon], pa.timestamp("us", "UTC")),
            "paid": [Decimal("1.50"), None, Decimal("2.00"), Decimal("1.50")],
            "rooms": pa.array([1, 2, None, 1], pa.int8()),
            "hours": [1.0, float("nan"), None, 1.0],
            "w.1": [Decimal("1.5"), Decimal("1.5"), Decimal("2.5"), Decimal("2.5")],
        }
    )
    asked = asking(
        single(0, 1, name="uses"),
        *(sp.Date(name=name, text="?") for name in ("born", "seen", "heard")),
        *(number(name) for name in ("paid", "rooms", "hours")),
    )
    design = sp.SampleDesign(weight="w.1")
    cases = sp.bind(table.to_pandas(), asked, design)

    counted = sp.scan(lying(table), asked, design).tally(asked.names)

    assert sorted(counted.base_weight.tolist()) == [1.5, 2.5, 4.0]
    assert counted.repeats.times.sum() == 4
    told = [{*map(str, one.frame.to_numpy().tolist())} for one in (counted, cases)]
    assert told[0] == told[1]
    assert len(told[0]) == 3


def test_rows_have_what_their_combination_is_given(lying):
    noon, later = dt.datetime(2026, 1, 2, 12, 30), dt.datetime(2026, 1, 2, 12, 31)  # noqa: DTZ001
    some = [noon, None, later, noon]
    answers = pa.table(
        {
            "a.b": ["x", "", None, "x"] * 5,
            "uses": [True, None, False, True] * 5,
            "age": [20.0, None, float("nan"), 20.0] * 5,
            "seen": pa.array(some * 5, pa.timestamp("us")),
            "heard": pa.array([noon] + some[1:] * 6 + [later], pa.timestamp("us", "UTC")),
            "w": np.arange(20.0),
        }
    )
    grouped = grouped_by(lazily(lying(answers)), answers.column_names[:-1], "w")
    values = np.arange(1.0, 1.0 + len(grouped.weight))

    scored = grouped.repeats.records.scored(values[:, None], ["z"])

    n, total = scored.select(nw.len().alias("n"), nw.col("z").sum()).collect().to_pandas().iloc[0]
    assert n == 20
    assert total == pytest.approx(grouped.weight @ values, rel=1e-12)


@pytest.fixture(scope="module")
def clustered():
    return in_clusters(poll(1, 60)).assign(key=np.arange(60))


@pytest.fixture(scope="module")
def in_samples(lying, clustered):
    """Return a sample of clusters, of a number few cases have in common, there and in memory."""
    return [
        sp.scan(lying(clustered), ASKED, CLUSTERED),
        sp.bind(clustered, ASKED, CLUSTERED),
    ]


def test_numbers_of_many_values_vary_between_clusters_as_in_memory(in_samples):
    found, expected = (sp.estimate(one, sp.Mean("minutes")).frame for one in in_samples)

    assert_alike(found, expected)


def test_weights_are_written_beside_the_rows_that_they_are_of(in_samples, tmp_path):
    found, expected = (sp.rake(one, {"sex": {"m": 0.4, "f": 0.6}}, total=1e6) for one in in_samples)

    path = found.write(tmp_path / "weights.parquet", columns=["key"])

    table = pyarrow.parquet.read_table(path).to_pandas().sort_values("key")
    assert table["key"].tolist() == [*range(60)]
    assert table["weight"].tolist() == pytest.approx(
        expected.to_frame()["weight"].tolist(), rel=1e-12
    )
    with pytest.raises(ExportError, match="there is something already"):
        found.write(path)


@pytest.mark.spark
@pytest.mark.parametrize("session", SPARKS[1:], indirect=True)
def test_waves_change_as_those_in_memory(in_samples, clustered):
    earlier = sp.bind(clustered.iloc[:40], ASKED, CLUSTERED)

    found, expected = (
        sp.estimate(sp.stack({"2019": earlier, "2020": one}), ["uses", sp.Mean("minutes")], "sex")
        for one in in_samples
    )

    assert_alike(found.frame, expected.frame)
    assert_alike(sp.change(found), sp.change(expected), without=())


@pytest.mark.spark
@pytest.mark.parametrize("session", SPARKS[1:], indirect=True)
@pytest.mark.parametrize(
    "times",
    [
        "transform(sequence(1, 3), x -> make_timestamp_ntz(2026, 3, 29, x, 30, 0))",
        "array(timestamp_seconds(1792888200), timestamp_seconds(1792891800), NULL)",
    ],
    ids=["skipped", "twice"],
)
def test_hours_that_clocks_skip_or_have_twice_are_told_apart(session, times):
    summer = session.newSession()
    summer.conf.set("spark.sql.session.timeZone", "Europe/Berlin")
    answers = lazily(summer.sql(f"SELECT explode({times}) AS at"))
    table = answers.collect()
    table = table.with_columns(nw.new_series("z", [1.0, 2.0, 4.0], backend="pyarrow"))

    found = joined(answers, table, ["at"], {}).select(nw.len().alias("n"), nw.col("z").sum())

    assert found.collect().rows() == [(3, 7.0)]


@pytest.mark.spark
@pytest.mark.parametrize("session", SPARKS[1:], indirect=True)
def test_values_that_are_not_what_they_are_said_to_be_are_told(session):
    words = session.createDataFrame([("20",), ("old",)], "age string")
    ages = words.selectExpr("cast(age AS int) AS age")

    with pytest.raises(BindingError, match=r"value 'old'"):
        sp.scan(ages, asking(number("age"))).tally(["age"])


@pytest.mark.spark
@pytest.mark.parametrize("session", SPARKS[1:], indirect=True)
def test_files_that_are_gone_are_told(session, tmp_path):
    np.savetxt(tmp_path / "answers.csv", [20, 30], header="age", comments="", fmt="%d")
    ages = session.read.csv(str(tmp_path / "answers.csv"), header=True, inferSchema=True)
    (tmp_path / "answers.csv").unlink()

    with pytest.raises(BindingError, match=r"answers\.csv"):
        sp.scan(ages, asking(number("age"))).tally(["age"])
