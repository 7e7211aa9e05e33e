"""Combinations of columns are counted alike wherever they lie."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st
from pandas.testing import assert_frame_equal

from socialpoll.errors import BindingError, DesignError
from socialpoll.responses.scans.grouping import grouped_by, lazily
from tests.responses.scans.elsewhere import ENGINES, laid

FRAME = pd.DataFrame(
    {
        "n": ["b", "a", None, "a", "b", None, "a"],
        "w": [2.0, 10.0, np.nan, 10.0, 2.0, 1.0, 9.0],
        "weight": [1.0, 0.5, 2.0, 0.1, 4.0, 0.25, 0.0],
    }
)


def grouped(frame, weight="weight"):
    return grouped_by(lazily(frame), ["n", "w"], weight)


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    with laid(FRAME, tmp_path_factory.mktemp("grouping")) as sources:
        yield sources


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_missing_is_a_value_of_its_own_and_rows_come_in_one_order(sources, engine):
    found = grouped(sources[engine])

    assert found.frame["n"].fillna("-").tolist() == ["a", "a", "b", "-", "-"]
    assert found.frame["w"].fillna(-1).tolist() == [9, 10, 2, 1, -1]
    assert found.repeats.times.tolist() == [1, 2, 2, 1, 1]
    assert found.weight.tolist() == [0.0, 0.6, 5.0, 0.25, 2.0]
    assert np.allclose(found.repeats.dispersion, [0.0, 0.08, 4.5, 0.0, 0.0], rtol=1e-14)
    assert found.repeats.least.tolist() == [0.0, 0.1, 1.0, 0.25, 2.0]
    assert found.repeats.most.tolist() == [0.0, 0.5, 4.0, 0.25, 2.0]


def test_numbers_come_in_their_order_and_not_in_that_of_their_digits():
    found = grouped_by(lazily(pd.DataFrame({"x": [10, 9, 100, 9]})), ["x"])

    assert found.frame["x"].tolist() == [9, 10, 100]
    assert found.weight.tolist() == found.repeats.times.tolist() == [2, 1, 1]


def test_base_weights_of_zero_are_told_from_others():
    frame = pl.DataFrame({"x": ["a", "a", "a"], "weight": [0.0, 3.0, 0.0]})

    found = grouped_by(lazily(frame), ["x"], "weight")

    assert found.weight.tolist() == [0.0, 3.0]
    assert found.repeats.times.tolist() == [2, 1]


@pytest.mark.parametrize("weight", [None, float("nan"), -2.0, float("inf")])
def test_weights_that_can_be_none_are_kept_apart_as_what_they_are(weight):
    frame = pl.LazyFrame({"x": ["a"] * 4, "weight": [1.0, weight, weight, 2.0]})

    found = grouped_by(lazily(frame), ["x"], "weight")

    refused, fine = found.weight
    assert fine == 3.0
    assert found.repeats.times.tolist() == [2, 2]
    assert np.isnan(refused) if weight is None or np.isnan(weight) else refused in {-1.0, np.inf}
    assert np.isfinite(found.repeats.dispersion).all()


@settings(max_examples=10)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0.0, 0.1, 3.7])), min_size=1))
def test_sums_are_those_of_the_rows_whatever_their_order(rows):
    frame = pd.DataFrame(rows, columns=["x", "weight"])

    ways = [
        grouped_by(lazily(pl.from_pandas(one).lazy()), ["x"], "weight")
        for one in (frame, frame.iloc[::-1])
    ]

    assert_frame_equal(ways[0].frame, ways[1].frame)
    for way in ways:
        by_key = frame.groupby(["x", frame["weight"] > 0])["weight"]
        assert way.repeats.times.sum() == len(frame)
        assert np.allclose(np.sort(way.weight), np.sort(by_key.sum()), rtol=1e-14)
        squared = way.repeats.squared(way.weight)
        assert np.allclose(squared.sum(), (frame["weight"] ** 2).sum(), rtol=1e-14)


def test_weights_that_are_all_one_number_have_no_dispersion_to_speak_of():
    size = 20_000
    frame = pl.LazyFrame({"x": ["a"] * size, "weight": [0.1] * size})

    found = grouped_by(lazily(frame), ["x"], "weight")

    # Σw² - (Σw)²/n of sums would leave 1e-13 of it.
    assert found.repeats.dispersion[0] <= 1e-24 * size


def test_weights_that_are_words_are_refused():
    frame = pl.LazyFrame({"x": ["a"], "weight": ["1.5"]})

    with pytest.raises(DesignError, match="no numbers where they lie"):
        grouped_by(lazily(frame), ["x"], "weight")


def test_what_is_no_frame_is_refused():
    with pytest.raises(BindingError, match="no frame of answers"):
        lazily([{"x": 1}])
