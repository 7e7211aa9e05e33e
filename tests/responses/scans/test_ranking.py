"""Weights at given ranks are found where they lie, in a few questions, and exactly."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import BindingError
from socialpoll.responses.scans import ranking
from socialpoll.responses.scans.grouping import grouped_by, lazily


def counted(source, weight="w"):
    return grouped_by(lazily(source), ["sex"], weight).repeats


def found(repeats, times, ranks):
    counted = (times > 0) & (repeats.least > 0)
    ends = (
        float((repeats.least * times)[counted].min()),
        float((repeats.most * times)[counted].max()),
    )
    count = int(repeats.times[counted].sum())
    return ranking.ranked(repeats.records, times, ranks, ends, count)


@settings(max_examples=25)
@given(
    st.lists(st.floats(1e-6, 1e9), min_size=1, max_size=40),
    st.floats(1e-3, 1e3),
    st.integers(0, 10**6),
)
def test_values_at_ranks_are_those_of_the_sorted_weights(values, factor, seed):
    sexes = np.random.default_rng(seed).choice(["f", "m"], len(values))
    frame = pl.DataFrame({"sex": sexes, "w": values})
    repeats = counted(frame.lazy())
    times = np.array([factor, 1.0])[: len(repeats.times)]
    of_sex = dict(zip(sorted({*sexes}), times, strict=True))

    ranks = [0, len(values) // 2, len(values) - 1]

    expected = np.sort(np.array(values) * [of_sex[one] for one in sexes])[ranks]
    assert found(repeats, times, ranks).tolist() == expected.tolist()


@pytest.mark.parametrize("lying", ["duckdb", "polars", "pandas"])
def test_every_engine_finds_the_same_in_three_questions_at_most(lying, monkeypatch):
    random = np.random.default_rng(6)
    weights = np.round(random.lognormal(0, 3, 4_000), 3) * random.choice([0, 1], 4_000)
    frame = pd.DataFrame({"sex": random.choice(["f", "m"], 4_000), "w": weights})
    sources = {
        "pandas": frame,
        "polars": pl.from_pandas(frame).lazy(),
        "duckdb": duckdb.sql("FROM frame"),
    }
    questions = []
    asking = ranking._counted
    monkeypatch.setattr(ranking, "_counted", lambda *asked: questions.append(1) or asking(*asked))
    repeats = counted(sources[lying])
    positive = np.sort(weights[weights > 0])
    ranks = [0, 17, positive.size // 2, positive.size // 2 + 1, positive.size - 1]

    assert found(repeats, np.ones(len(repeats.times)), ranks).tolist() == positive[ranks].tolist()
    assert len(questions) <= 3


def test_rows_without_weight_do_not_count_and_those_that_came_later_are_told():
    answers = [{"sex": "f", "w": 1.0}, {"sex": "m", "w": 2.0}, {"sex": "m", "w": 0.0}]
    repeats = counted(pd.DataFrame(answers))

    assert found(repeats, np.array([0.0, 3.0, 3.0]), [0]).tolist() == [6.0]
    with pytest.raises(BindingError, match="have changed since"):
        ranking.ranked(repeats.records, np.ones(3), [0], (1.0, 2.0), 3)
