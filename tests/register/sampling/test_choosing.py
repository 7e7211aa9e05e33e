from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.register.sampling.choosing import certainties, simple_random, systematic


def test_of_all_orders_of_chance_each_sample_comes_up_as_often():
    group = np.zeros(5, dtype=np.int64)
    orders = itertools.permutations(np.linspace(0.1, 0.9, 5))

    drawn = Counter(
        tuple(np.flatnonzero(simple_random(group, np.array([2]), np.array(one)))) for one in orders
    )

    assert len(drawn) == 10
    assert set(drawn.values()) == {12}


@given(st.lists(st.integers(0, 4), min_size=1, max_size=40), st.integers(0, 6), st.integers(0, 99))
def test_of_each_group_so_many_are_taken_as_were_asked_for_or_all(groups, take, seed):
    group = np.array(groups)
    uniforms = np.random.default_rng(seed).random(group.size)

    chosen = simple_random(group, np.full(5, take), uniforms)

    sizes = np.bincount(group, minlength=5)
    assert np.bincount(group[chosen], minlength=5).tolist() == np.minimum(sizes, take).tolist()


@given(st.lists(st.integers(1, 9), min_size=3, max_size=12), st.integers(1, 3), st.integers(0, 99))
def test_over_all_starts_units_come_up_by_size_and_the_estimated_total_is_the_total(
    sizes, number, seed
):
    size = np.repeat(np.array(sizes, dtype=float), number)
    interval = int(size.sum()) // number
    values = np.random.default_rng(seed).normal(size=size.size)
    probability = number * size / size.sum()
    if certainties(size, number).any():
        return
    samples = [systematic(size, number, (at + 0.5) / interval) for at in range(interval)]

    times = np.bincount(np.concatenate(samples), minlength=size.size)
    totals = [(values[one] / probability[one]).sum() for one in samples]

    assert times / interval == pytest.approx(probability)
    assert np.mean(totals) == pytest.approx(values.sum())
    assert all(np.unique(one).size == number for one in samples)


@pytest.mark.parametrize(
    ("size", "number", "certain"),
    [
        ([10, 1, 1, 1, 1], 2, [0]),
        ([100, 30, 5, 5, 5, 5], 3, [0, 1]),
        ([3, 3, 3], 3, [0, 1, 2]),
        ([0.1, 0.1, 0.1], 3, [0, 1, 2]),
        ([2, 2, 2, 2], 2, []),
    ],
)
def test_units_as_large_as_the_interval_are_certain_until_none_is(size, number, certain):
    assert np.flatnonzero(certainties(np.array(size, float), number)).tolist() == certain
