from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.disclosure import respondents
from socialpoll.errors import ReleaseError


def row(n, base="answered"):
    return {"base": base, "n_base": n, "n_asked": n + 40, "n_answered": n}


@pytest.mark.parametrize(
    ("n", "verdict"),
    [(0, "suppress"), (29, "suppress"), (30, "flag"), (99, "flag"), (100, "publish")],
)
def test_the_default_rule_suppresses_below_30_and_flags_below_100(n, verdict):
    assert sp.MinBase()(row(n)) == verdict


@given(st.integers(0, 500), st.integers(0, 100), st.integers(0, 100))
def test_more_respondents_are_never_judged_more_strictly(n, minimum, more):
    rule = sp.MinBase(minimum, minimum + more)
    order = ["suppress", "flag", "publish"]

    assert order.index(rule(row(n + 1))) >= order.index(rule(row(n)))


def test_a_rule_has_a_name_for_the_methodology():
    assert sp.MinBase().name == "min_base"


@pytest.mark.parametrize(("minimum", "flag_below"), [(-1, 100), (50, 30)])
def test_limits_that_contradict_each_other_are_refused(minimum, flag_below):
    with pytest.raises(ReleaseError, match="contradict") as caught:
        sp.MinBase(minimum, flag_below)

    assert str(minimum) in caught.value.found


def test_respondents_are_those_of_the_base_that_was_used():
    assert respondents(row(50)) == 50
    assert respondents({**row(50, "all"), "n_base": 400}) == 400


def test_without_a_count_of_the_base_the_columns_of_its_rule_are_used():
    counts = {"n_asked": 90, "n_answered": 50}

    assert respondents({"base": "answered", **counts}) == 50
    assert respondents({"base": "asked", **counts}) == 90


@pytest.mark.parametrize("nothing", [None, math.nan])
def test_an_unknown_count_is_no_respondents(nothing):
    assert respondents({"base": "answered", "n_base": nothing}) == 0
