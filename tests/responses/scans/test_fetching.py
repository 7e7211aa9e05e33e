"""What an engine cannot answer is told as an error of answers, whatever engine it is."""

from __future__ import annotations

import duckdb
import pandas as pd
import polars as pl
import pytest

from socialpoll.errors import BindingError
from socialpoll.responses.scans.fetching import fetched
from socialpoll.responses.scans.grouping import lazily


def test_what_an_engine_answers_is_fetched():
    found = fetched(lazily(pl.LazyFrame({"sex": ["f", None]}))).to_pandas()

    assert found["sex"].fillna("-").tolist() == ["f", "-"]


@pytest.mark.parametrize(
    ("engine", "opened"),
    [("polars", pl.scan_parquet), ("duckdb", lambda path: duckdb.connect().read_parquet(path))],
)
def test_a_file_that_is_gone_is_told(tmp_path, engine, opened):
    path = tmp_path / "answers.parquet"
    pd.DataFrame({"sex": ["f", "m"]}).to_parquet(path, index=False)
    frame = lazily(opened(str(path)))
    path.unlink()

    with pytest.raises(BindingError, match="could not count the answers") as refused:
        fetched(frame)

    (problem,) = refused.value.problems
    assert problem.where == engine
    assert "answers.parquet" in problem.found


def test_a_file_that_never_was_is_told_before_anything_is_asked(tmp_path):
    with pytest.raises(BindingError, match=r"polars: .*absent\.parquet"):
        lazily(pl.scan_parquet(tmp_path / "absent.parquet"))


def test_values_that_are_not_what_they_are_said_to_be_are_told():
    words = duckdb.sql("SELECT CAST(x AS INTEGER) AS age FROM (VALUES ('20'), ('old')) t(x)")

    with pytest.raises(BindingError, match="'old'"):
        fetched(lazily(words))
