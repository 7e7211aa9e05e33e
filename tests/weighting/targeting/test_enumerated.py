# ruff: noqa: PD011 - targets have values that are not those of pandas
"""Targets counted from a population, unit by unit."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import TargetError


def refused(frame, of, **options):
    with pytest.raises(TargetError) as raised:
        sp.Targets.from_population(frame, of, **options)
    return [str(one) for one in raised.value.problems]


def test_units_are_counted_by_combination_in_the_order_they_occur():
    register = pd.DataFrame({"sex": ["m", "f", "f", "m", "f"], "region": [2, 1, 1, 2, 2]})

    targets = sp.Targets.from_population(
        register, ("sex", "region"), source="Register", date=dt.date(2024, 1, 1)
    )

    assert list(targets.values.items()) == [(("m", 2), 2.0), (("f", 1), 2.0), (("f", 2), 1.0)]
    assert (targets.source, targets.date) == ({"und": "Register"}, dt.date(2024, 1, 1))
    assert not targets.estimated


def test_a_column_can_say_how_many_units_a_row_stands_for():
    counted = pd.DataFrame({"sex": ["m", "f", "m"], "persons": ["3", 4, 2.0]})

    targets = sp.Targets.from_population(counted, "sex", count="persons")

    assert targets.values == {("m",): 5.0, ("f",): 4.0}


def test_one_code_written_in_two_ways_is_counted_once():
    register = pd.DataFrame({"region": [1, 1.0, "x ", "x"]}, dtype=object)

    assert sp.Targets.from_population(register, "region").values == {(1,): 2.0, ("x",): 2.0}


def test_categories_that_nobody_has_are_no_targets():
    register = pd.DataFrame({"sex": pd.Categorical(["m", "f"], categories=["m", "f", "x"])})

    assert sp.Targets.from_population(register, "sex").values == {("m",): 1.0, ("f",): 1.0}


def test_units_without_a_code_are_refused_with_their_rows():
    codes = ["m", None, " ", "f", np.nan, "m", pd.NA, None, None]
    register = pd.DataFrame({"sex": codes, "region": 1})

    (problem,) = refused(register, ("sex", "region"))

    assert "6 of 9 rows have no code of 'sex'; found rows 1, 2, 4, 6, 7 and 1 more" in problem
    assert "complete the register" in problem


def test_counts_that_are_no_numbers_are_refused_with_their_rows():
    counted = pd.DataFrame({"sex": list("mfmfm"), "n": [1, "many", -2, None, float("inf")]})

    (problem,) = refused(counted, "sex", count="n")

    assert "column n: a count that is no number of units; found rows 1, 2, 3, 4" in problem


def test_a_column_that_is_not_there_is_told_with_the_nearest():
    problems = refused(pd.DataFrame({"sex": ["m"], "n": [1]}), "sxe", count="count")

    assert (
        "there is no such column; found 'sxe'; allowed: did you mean 'sex'? (sex, n)"
        in (problems[0])
    )
    assert "found 'count'" in problems[1]


def test_a_population_of_nobody_is_refused():
    assert "there are no units" in refused(pd.DataFrame({"sex": []}), "sex")[0]


@given(
    units=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), min_size=1),
    seed=st.integers(0, 9),
)
def test_every_unit_is_counted_once_whatever_the_order_of_the_rows(units, seed):
    register = pd.DataFrame(units, columns=["one", "two"])

    targets = sp.Targets.from_population(register, ["one", "two"])
    shuffled = sp.Targets.from_population(
        register.sample(frac=1, random_state=seed), ["one", "two"]
    )

    assert sum(targets.values.values()) == len(units)
    assert dict(targets.values) == dict(shuffled.values)
