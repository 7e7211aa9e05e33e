"""Patterns of ticks: what combinations of options reach, held against sets of words."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.totals import Basis, Mass, Patterns, Rows, combinations_of, exactly
from tests.indicators.test_mentioning import polled

CELLS = st.lists(
    st.sampled_from(["a", "b", "c", "a b", "a c", "b c", "a b c", "none", "dk", ""]),
    min_size=2,
    max_size=40,
)


def rows(cells, weight=None) -> Rows:
    responses = polled(cells, weight)
    return Rows(responses, Mass.of(responses.base_weight, responses.interviewed))


def occurring(counted: Rows, places, where=None) -> Patterns:
    measure = exactly(counted, "q", places, where=where)
    return Patterns.within(measure, counted.cells(Basis(measure, (), where))[0, :-1])


def test_combinations_come_in_the_order_of_the_options():
    assert combinations_of(3, 2).tolist() == [[0, 1], [0, 2], [1, 2]]
    assert combinations_of(4, 0).shape == (1, 0)
    assert combinations_of(2, 3).shape == (0, 3)


def test_a_pattern_stands_for_all_who_chose_so_and_none_of_the_options_is_no_pattern():
    found = occurring(rows(["a b", "b a", "c", "none", "dk", ""], [1, 2, 4, 8, 16, 32]), (0, 1))

    assert found.ticked.tolist() == [[True, True]]
    assert found.weight.tolist() == [3]


def test_a_condition_leaves_out_whom_it_is_not_true_of():
    found = occurring(rows(["a", "a", "b", "b"]), (0, 1, 2), sp.Is("sex", "f"))

    assert found.weight.tolist() == [1, 1]


@settings(max_examples=40, deadline=None)
@given(cells=CELLS, size=st.integers(1, 3), seed=st.integers(0, 99))
def test_a_combination_reaches_whoever_chose_any_of_it(cells, size, seed):
    weight = np.random.default_rng(seed).lognormal(0, 1, len(cells))
    found = occurring(rows(cells, weight), (0, 1, 2)).reached(size)

    expected = [
        sum(w for w, cell in zip(weight, cells, strict=True) if {*cell.split()} & {*one})
        for one in combinations("abc", size)
    ]
    assert found.tolist() == pytest.approx(expected)


def test_many_options_are_more_than_one_byte_and_many_rows_more_than_one_block(monkeypatch):
    random = np.random.default_rng(7)
    ticked = random.random((40, 19)) < 0.2
    patterns = Patterns(ticked, random.lognormal(0, 1, 40))
    whole = patterns.reached(3)
    monkeypatch.setattr("socialpoll.totals.patterns.AT_ONCE", 100)

    assert patterns.reached(3) == pytest.approx(whole)
    held = [ticked[:, one].any(axis=1) @ patterns.weight for one in combinations_of(19, 3)]
    assert whole == pytest.approx(np.array(held))
