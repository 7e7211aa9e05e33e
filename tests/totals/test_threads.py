"""Figures do not depend on how many threads the linear algebra may use."""

from __future__ import annotations

import pytest
from threadpoolctl import threadpool_info, threadpool_limits

import socialpoll as sp
from socialpoll.totals import one_thread
from tests.indicators import polls


def threads() -> set[int]:
    return {one["num_threads"] for one in threadpool_info() if one["user_api"] == "blas"}


def test_within_it_there_is_one_thread_and_behind_it_what_was_before():
    with threadpool_limits(limits=2, user_api="blas"):
        before = threads()
        with one_thread():
            assert threads() == {1}
        assert threads() == before


@pytest.mark.parametrize("design", [polls.CLUSTERED, polls.ELEMENTS])
def test_one_and_two_threads_give_the_same_figures_to_the_last_bit(design):
    weights = sp.rake(polls.bound(4, design, size=600), {"sex": {"m": 0.4, "f": 0.6}}, total=1000)
    frames = []
    for limit in (1, 2):
        with threadpool_limits(limits=limit, user_api="blas"):
            frames.append(sp.estimate(weights, ["trust", "apps", "hours"], by="area").frame)
    assert frames[0].equals(frames[1])
