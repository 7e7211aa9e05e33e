# ruff: noqa: PD011 - given weights have values that are not those of pandas
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import DesignError, WeightingError
from socialpoll.weighting.replicating.replication import (
    BalancedRepeated,
    Bootstrap,
    Jackknife,
    SuccessiveDifference,
)
from socialpoll.weighting.replicating.supplied import GivenReplicates


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda: Jackknife(groups=1, seed=1), "jackknife, groups"),
        (lambda: Jackknife(groups=2.5, seed=1), "jackknife, groups"),
        (lambda: Jackknife(groups=5), "jackknife, seed"),
        (lambda: Jackknife(seed=5), "jackknife, seed"),
        (lambda: Jackknife(groups=5, seed="x"), "jackknife, seed"),
        (lambda: Bootstrap(1, seed=1), "bootstrap, replicates"),
        (lambda: Bootstrap(seed=-1), "bootstrap, seed"),
        (lambda: Bootstrap(seed=None), "bootstrap, seed"),
        (lambda: Bootstrap(seed=True), "bootstrap, seed"),
        (lambda: BalancedRepeated(fay=1), "balanced_repeated, fay"),
        (lambda: BalancedRepeated(fay=-0.1), "balanced_repeated, fay"),
        (lambda: BalancedRepeated(fay=float("nan")), "balanced_repeated, fay"),
        (lambda: SuccessiveDifference(3), "successive_difference, replicates"),
    ],
)
def test_what_a_method_cannot_do_is_refused_where_it_is_declared(make, where):
    with pytest.raises(WeightingError) as caught:
        make()

    assert caught.value.where == where


def test_the_bootstrap_has_no_seed_of_its_own():
    with pytest.raises(TypeError, match="seed"):
        Bootstrap(100)


def test_declared_methods_are_equal_when_they_say_the_same():
    assert Bootstrap(200, seed=3) == Bootstrap(200, seed=3)
    assert Bootstrap(200, seed=3) != Bootstrap(200, seed=4)
    assert Jackknife() == Jackknife(mse=False)


def test_given_weights_are_read_from_a_frame_of_columns():
    frame = pd.DataFrame({"rep_1": [0, 2, 1], "rep_2": [2, 0, 1]})

    found = GivenReplicates(frame, 0.5)

    assert found.values.tolist() == [[0, 2], [2, 0], [1, 1]]
    assert found.rscales.tolist() == [1, 1]


def test_given_weights_are_copied_and_read_only():
    values = np.ones((3, 2))
    found = GivenReplicates(values, 0.5)
    values[0, 0] = 9

    assert found.values[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        found.values[0, 0] = 9


def test_every_problem_of_given_weights_is_told_at_once():
    values = np.array([[1.0, -2.0, 0.0], [np.nan, 1.0, 0.0]])

    with pytest.raises(DesignError) as caught:
        GivenReplicates(values, -1, [1.0, 1.0])

    assert [(one.where, one.what) for one in caught.value.problems] == [
        ("values", "2 value(s) are no number, or below 0"),
        ("values", "nobody counts in 1 replicate(s)"),
        ("rscales", "there is not one factor a replicate"),
        ("scale", "not a positive number"),
    ]
    assert caught.value.problems[0].found == "-2 in row 0, column 1"


@pytest.mark.parametrize(
    ("values", "where"),
    [(np.ones(3), "values"), (np.ones((3, 0)), "values"), ([["a"]], "values"), ("b", "values")],
)
def test_what_is_no_table_of_numbers_is_refused(values, where):
    with pytest.raises(DesignError) as caught:
        GivenReplicates(values, 1)

    assert {one.where for one in caught.value.problems} == {where}


@pytest.mark.parametrize("rscales", [[1.0, -1.0], [0.0, 0.0], [np.nan, 1.0], ["x", 1.0]])
def test_factors_must_be_numbers_from_0_and_not_all_0(rscales):
    with pytest.raises(DesignError) as caught:
        GivenReplicates(np.ones((3, 2)), 1, rscales)

    assert {one.where for one in caught.value.problems} == {"rscales"}


@pytest.mark.parametrize("scale", [0, -1, float("inf"), float("nan"), "1"])
def test_the_scale_must_be_a_positive_number(scale):
    with pytest.raises(DesignError) as caught:
        GivenReplicates(np.ones((3, 2)), scale)

    assert [one.where for one in caught.value.problems] == ["scale"]
