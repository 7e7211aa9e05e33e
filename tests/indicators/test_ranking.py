"""Quantile rules: closed forms, and the unweighted rules of numpy as their special case."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.indicators.ranking import RULES, value_at

NUMPY = {
    "math": "inverted_cdf",
    "school": "averaged_inverted_cdf",
    "hf4": "interpolated_inverted_cdf",
    "hf5": "hazen",
    "hf6": "weibull",
    "hf7": "linear",
    "hf8": "median_unbiased",
    "hf9": "normal_unbiased",
}
PARTS = np.arange(1, 16) / 16
values = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=30).map(sorted)


@pytest.mark.parametrize("rule", RULES)
@given(value=values, weight=st.sampled_from([0.25, 1.0, 8.0]))
def test_equal_weights_give_the_quantiles_of_numpy(rule, value, weight):
    ordered = np.array(value)
    found = value_at(ordered, np.full(ordered.size, weight), PARTS, rule)
    assert found == pytest.approx(np.quantile(ordered, PARTS, method=NUMPY[rule]), abs=1e-9)


@given(value=values, counts=st.data())
def test_a_weight_of_two_is_the_same_answer_given_twice(value, counts):
    times = counts.draw(
        st.lists(st.integers(1, 4), min_size=len(value), max_size=len(value)).map(np.array)
    )
    repeated = np.repeat(np.array(value), times)
    for rule in ("math", "school"):
        once = value_at(np.array(value), times.astype(float), PARTS, rule)
        assert once.tolist() == value_at(repeated, np.ones(repeated.size), PARTS, rule).tolist()


@pytest.mark.parametrize("rule", RULES)
def test_no_quantile_falls_where_p_rises(rule):
    weight = np.array([3.0, 1.0, 7.0, 2.0, 5.0])
    found = value_at(np.array([1.0, 2.0, 2.0, 4.0, 9.0]), weight, np.linspace(0, 1, 101), rule)
    assert (np.diff(found) >= 0).all()
    assert (found[0], found[-1]) == (1.0, 9.0)


def test_an_exact_tie_takes_the_lower_answer_or_the_mean_of_both():
    value, weight, half = np.array([1.0, 2.0, 6.0]), np.array([1.0, 2.0, 3.0]), np.array([0.5])
    assert value_at(value, weight, half, "math").tolist() == [2.0]
    assert value_at(value, weight, half, "school").tolist() == [4.0]


def test_a_tie_is_one_though_weights_are_not_exact_numbers():
    value, weight = np.arange(10.0), np.full(10, 0.1)
    assert value_at(value, weight, np.array([0.3, 0.7]), "math").tolist() == [2.0, 6.0]


def test_nothing_stands_in_an_empty_distribution_or_where_nothing_is_asked():
    nothing = np.zeros(0)
    assert np.isnan(value_at(nothing, nothing, np.array([0.5]), "math")).all()
    one = value_at(np.array([3.0]), np.array([2.0]), np.array([np.nan, 0.5]), "hf7")
    assert np.isnan(one[0])
    assert one[1] == 3.0
