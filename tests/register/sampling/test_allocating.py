from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.register.sampling.allocating import allocated, shared_out


def taken(measure, available, size, least=2):
    return allocated(np.array(measure, float), np.array(available), size, least).tolist()


@pytest.mark.parametrize(
    ("available", "size", "numbers"),
    [
        ([500, 300, 200], 100, [50, 30, 20]),
        ([47_000, 16_000, 15_800, 12_000, 6_100, 3_100], 10, [5, 2, 1, 1, 1, 0]),
        ([10, 10, 10], 11, [4, 4, 3]),
    ],
)
def test_proportional_numbers_are_those_of_largest_remainders(available, size, numbers):
    assert taken(available, available, size, least=0) == numbers


def test_a_stratum_too_small_for_its_share_is_taken_whole_and_the_others_get_what_is_left():
    assert taken([1, 1, 1], [5, 100, 100], 50) == [5, 23, 22]


def test_each_stratum_has_at_least_what_was_asked_for_or_all():
    assert taken([900, 90, 9, 1], [900, 90, 9, 1], 100, least=5) == [85, 9, 5, 1]


def test_neymans_numbers_go_with_people_times_standard_deviation():
    assert taken([100 * 10, 200 * 5, 50 * 40], [100, 200, 50], 80) == [20, 20, 40]


def test_strata_that_do_not_vary_share_what_is_left_when_the_others_are_whole():
    assert taken([5, 0, 0], [5, 40, 40], 25) == [5, 10, 10]


strata = st.lists(st.tuples(st.floats(0.01, 1e6), st.integers(1, 10_000)), min_size=1, max_size=12)


@given(strata, st.integers(1, 4), st.floats(0, 1))
def test_numbers_sum_to_the_size_and_are_within_one_of_shares_within_limits(drawn, least, at):
    measure, available = np.array([m for m, _ in drawn]), np.array([a for _, a in drawn])
    low = np.minimum(available, least)
    size = int(low.sum() + round(at * (available - low).sum()))

    numbers = allocated(measure, available, size, least)

    shares = shared_out(measure, low.astype(float), available.astype(float), size)
    assert numbers.sum() == size
    assert (numbers >= low).all()
    assert (numbers <= available).all()
    assert np.abs(numbers - shares).max() < 1 + 1e-6
    inside = (shares > low * 1.000001) & (shares < available * 0.999999)
    ratio = (shares / measure)[inside]
    assert ratio == pytest.approx(np.full(ratio.size, ratio.mean() if ratio.size else 0), rel=1e-6)
