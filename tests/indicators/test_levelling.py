"""Ranks of figures, among which some are level."""

from __future__ import annotations

import numpy as np
from hypothesis import given, strategies as st

from socialpoll.indicators.levelling import ranking_of


def test_level_figures_share_the_first_of_their_ranks_and_keep_their_order():
    found = ranking_of(np.array([0.1, 0.3, 0.1, 0.2, 0.3]))

    assert found.order.tolist() == [1, 4, 3, 0, 2]
    assert found.rank.tolist() == [1, 1, 3, 4, 4]
    assert found.level_with.tolist() == [1, 1, 0, 1, 1]


def test_what_rounding_leaves_of_one_sum_is_level():
    found = ranking_of(np.array([0.1 + 0.2, 0.3, 0.3 + 1e-16]))

    assert found.order.tolist() == [0, 1, 2]
    assert found.rank.tolist() == [1, 1, 1]


def test_nothing_has_no_ranks():
    assert ranking_of(np.zeros(0)).order.size == 0


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_a_rank_is_one_more_than_the_number_of_larger_figures(numbers):
    found = ranking_of(np.array(numbers, dtype=float))

    for place, rank, others in zip(found.order, found.rank, found.level_with, strict=True):
        assert rank == 1 + sum(one > numbers[place] for one in numbers)
        assert others == numbers.count(numbers[place]) - 1
