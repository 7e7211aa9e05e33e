"""Weights written where the answers lie are those of memory, row by row."""

from __future__ import annotations

import sys
from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import socialpoll as sp
from tests.weighting.polls import QUESTIONNAIRE, REGION, SEX, answers

DESIGN = sp.SampleDesign(strata="area", weight="base", disposition="what", interviewed=("done",))
SCHOOLS = sp.Margin("school", {"low": 0.3, "middle": 0.4, "high": 0.3}, missing="own_class")
RECIPE = sp.Recipe(
    (
        sp.NonResponse(within="sex"),
        sp.Rake((sp.Margin("sex", SEX), sp.Margin("region", REGION), SCHOOLS), total=9000),
    )
)
SOURCES = ("parquet", "parquet of polars", "csv", "duckdb", "polars", "pandas")


@pytest.fixture(scope="module")
def frame():
    frame = answers(300)
    draw = np.random.default_rng(7)
    frame["base"] *= draw.choice([0, 1], len(frame), p=[0.1, 0.9])
    frame["area"] = draw.choice(["north", "south"], len(frame))
    frame.loc[::40, "school"] = None
    frame["what"] = draw.choice(["done", "no"], len(frame))
    frame["key"] = draw.permutation(len(frame))
    frame["note"] = "said nothing"
    return frame


@pytest.fixture(scope="module")
def expected(frame):
    return sp.weigh(sp.bind(frame, QUESTIONNAIRE, DESIGN), RECIPE)


@pytest.fixture(scope="module")
def sources(frame, tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    frame.to_parquet(folder / "answers.parquet", index=False)
    frame.to_csv(folder / "answers.csv", index=False)
    return {
        "parquet": (folder / "answers.parquet", "duckdb"),
        "parquet of polars": (str(folder / "answers.parquet"), "polars"),
        "csv": (folder / "answers.csv", "duckdb"),
        "duckdb": (duckdb.connect().read_parquet(str(folder / "answers.parquet")), "duckdb"),
        "polars": (pl.scan_parquet(folder / "answers.parquet"), "duckdb"),
        "pandas": (frame, "duckdb"),
    }


@pytest.fixture(scope="module")
def weights(sources):
    source, engine = sources["parquet"]
    return sp.weigh(sp.scan(source, QUESTIONNAIRE, DESIGN, engine=engine), RECIPE)


@pytest.mark.parametrize("name", SOURCES)
def test_each_row_has_the_weight_that_it_has_in_memory(sources, frame, expected, tmp_path, name):
    source, engine = sources[name]
    made = sp.weigh(sp.scan(source, QUESTIONNAIRE, DESIGN, engine=engine), RECIPE)

    path = made.write(tmp_path / "out" / "weights.parquet", columns=["key", "what"])

    table = pq.read_table(path)
    assert table.column_names == ["key", "what", "base_weight", "weight"]
    found = table.to_pandas().astype({"key": "int64"}).set_index("key").loc[frame["key"]]
    assert found["weight"].to_numpy() == pytest.approx(expected.values, rel=1e-12)
    assert found["base_weight"].tolist() == frame["base"].tolist()
    assert not found.loc[(found["what"] != "done").to_numpy(), "weight"].any()
    assert found["weight"].sum() == pytest.approx(9000, rel=1e-12)


def test_all_columns_stand_beside_the_weights_unless_some_are_named(weights, frame, tmp_path):
    path = weights.write(tmp_path / "weights.parquet")

    beside = [one for one in frame.columns if one != "base"]
    assert pq.read_schema(path).names == [*beside, "base_weight", "weight"]
    weights.write(path, columns=[])
    assert pq.read_schema(path).names == ["base_weight", "weight"]


def test_weights_in_memory_are_written_beside_coded_answers(expected, tmp_path):
    path = expected.write(tmp_path / "weights.parquet")

    found = pd.read_parquet(path)
    answers = expected.responses.frame
    assert found.columns.tolist() == ["row", *answers.columns, "base_weight", "weight"]
    pd.testing.assert_frame_equal(found[["row", "base_weight", "weight"]], expected.to_frame())
    assert found["region"].tolist() == answers["region"].tolist()
    expected.write(path, columns=["age_group"])
    assert pq.read_schema(path).names == ["row", "age_group", "base_weight", "weight"]


def test_columns_that_are_not_there_or_have_other_names_are_refused(weights, expected, tmp_path):
    path = tmp_path / "weights.parquet"
    for made, name in ((weights, "kee"), (expected, "regions")):
        with pytest.raises(sp.SocialpollError, match="no such column of the answers") as raised:
            made.write(path, columns=[name])
        assert "did you mean" in raised.value.allowed
    assert not path.exists()


def test_columns_named_as_those_of_the_weights_are_refused(frame, tmp_path):
    scan = sp.scan(frame.assign(Weight=1.0), QUESTIONNAIRE, DESIGN)

    with pytest.raises(sp.SocialpollError, match="name of one of the weights") as raised:
        sp.weigh(scan, RECIPE).write(tmp_path / "weights.parquet")
    assert raised.value.found == "'Weight'"
    own = replace(DESIGN, weight="weight")
    renamed = sp.scan(frame.rename(columns={"base": "weight"}), QUESTIONNAIRE, own)
    path = sp.weigh(renamed, RECIPE).write(tmp_path / "weights.parquet")
    assert pq.read_schema(path).names[-2:] == ["base_weight", "weight"]


def test_the_answers_are_never_written_over(weights, sources, frame, tmp_path):
    answers, _ = sources["parquet"]

    with pytest.raises(sp.SocialpollError, match="the answers themselves lie there"):
        weights.write(answers)
    assert len(pd.read_parquet(answers)) == len(frame)
    of_frame = sp.weigh(sp.scan(sources["polars"][0], QUESTIONNAIRE, DESIGN), RECIPE)
    with pytest.raises(sp.SocialpollError, match="the answers may lie in it"):
        of_frame.write(answers)


def test_answers_that_have_changed_are_told_and_nothing_is_written(frame, tmp_path):
    source, path = tmp_path / "answers.parquet", tmp_path / "made" / "weights.parquet"
    frame.to_parquet(source, index=False)
    made = sp.weigh(sp.scan(source, QUESTIONNAIRE, DESIGN), RECIPE)
    frame[10:].to_parquet(source, index=False)

    with pytest.raises(sp.SocialpollError, match="have changed since they were weighted") as raised:
        made.write(path)
    assert raised.value.found.startswith("290 rows")
    assert [*path.parent.iterdir()] == []


def test_what_needs_single_cases_says_where_they_can_be_had(weights):
    with pytest.raises(sp.SocialpollError, match=r"weights\.write"):
        weights.to_frame()
    with pytest.raises(sp.SocialpollError, match="write them beside the rows"):
        weights.explain(3)
    repeats = replace(weights.responses.repeats, records=None)
    stacked = replace(weights, responses=replace(weights.responses, repeats=repeats))
    with pytest.raises(sp.SocialpollError, match="single cases are not in memory"):
        stacked.write("weights.parquet")


def test_what_is_not_installed_is_named(expected, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(sp.SocialpollError, match="not installed") as raised:
        expected.write(tmp_path / "weights.parquet")
    assert "socialpoll[parquet]" in raised.value.advice
