"""Points stand for cases: they weigh as much, and scores vary among the cases as they say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.responses.scans.points import Sums, points_of


def sums_of(weight, numbers, squared=()):
    """Return the sums of one combination of cases (n,) with numbers (n, k)."""
    centre = weight @ numbers / weight.sum()
    apart = numbers - centre
    functions = np.column_stack([np.ones(weight.size), apart, apart[:, squared] ** 2])
    weighed = weight[:, None] * functions
    return Sums(
        np.array([weight.size]),
        np.array([weight.size * weight.var()]),
        centre[None],
        weighed.sum(axis=0)[None],
        (weighed.T @ weighed)[None],
        (apart.T @ (weight[:, None] * apart))[None],
        squared,
    )


def spread_at(points, scores, mean):
    """Return what the points say of Σ (w ζ - m)², from their scores (P,) by weight."""
    totals = points.weight[0] * scores
    apart = points.own[0] @ totals - points.common[0] * mean
    return apart @ apart + points.left[0] * mean**2


def drawn(seed, cases, numbers):
    draw = np.random.default_rng(seed)
    weight = draw.choice([0.3, 1.0, 2.5], cases)
    mixed = draw.gamma(2, 1, (cases, numbers)) @ draw.normal(size=(numbers, numbers))
    return weight, mixed.round(2) + 100.0


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.integers(2, 30), st.integers(1, 4))
def test_weights_means_and_products_are_those_of_the_cases(seed, cases, numbers):
    weight, values = drawn(seed, cases, numbers)

    points = points_of(sums_of(weight, values))

    own, at = points.weight[0], points.values[0]
    assert len(own) == 2 * numbers
    assert own.sum() == pytest.approx(weight.sum(), rel=1e-14)
    assert own @ at == pytest.approx(weight @ values, rel=1e-12)
    products = values.T @ (weight[:, None] * values)
    assert at.T @ (own[:, None] * at) == pytest.approx(products, rel=1e-12)


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.integers(2, 30), st.integers(1, 3), st.integers(0, 2))
def test_whatever_is_made_of_sums_varies_as_among_the_cases(seed, cases, numbers, squares):
    weight, values = drawn(seed, cases, numbers)
    draw = np.random.default_rng(seed + 1)
    squared = tuple(range(min(squares, numbers)))
    slope, bend = draw.normal(size=numbers), draw.normal(size=numbers)
    bend[len(squared) :] = 0.0
    mean = draw.normal()

    def score(some):
        return 1.0 + (some - 100.0) @ slope + (some - 100.0) ** 2 @ bend

    points = points_of(sums_of(weight, values, squared))

    of_cases = np.sum((weight * score(values) - mean) ** 2)
    assert spread_at(points, score(points.values[0]), mean) == pytest.approx(of_cases, rel=1e-9)
    read = points.coefficients[0] @ score(points.values[0])
    apart = values - weight @ values / weight.sum()
    functions = np.column_stack([np.ones(cases), apart, apart[:, squared] ** 2])
    assert functions @ read == pytest.approx(score(values), rel=1e-8, abs=1e-8)


def test_what_is_the_same_of_all_cases_does_not_vary():
    weight = np.full(5, 2.0)
    points = points_of(sums_of(weight, np.arange(5.0)[:, None]))

    assert points.left[0] == 0.0
    assert spread_at(points, np.full(2, 3.0), 6.0) <= 1e-28


def test_numbers_that_are_one_another_s_are_told_apart_no_further():
    values = np.random.default_rng(2).gamma(2, 1, 50)
    points = points_of(sums_of(np.ones(50), np.column_stack([values, 2 * values])))

    ratio = points.values[0] @ [2.0, -1.0]

    assert np.abs(ratio).max() <= 1e-14
    assert spread_at(points, ratio, 0.0) <= 1e-26


def test_digits_are_kept_far_from_zero():
    weight = np.array([1.0, 2.0, 1.0, 1.0])
    near, far = (
        points_of(sums_of(weight, np.array([[0.0], [1.0], [3.0], [4.0]]) + offset))
        for offset in (0.0, 1e9)
    )

    assert far.values - 1e9 == pytest.approx(near.values, abs=1e-6)
    assert far.own == pytest.approx(near.own, rel=1e-7)
