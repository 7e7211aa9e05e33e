"""Trimming: limits by rule, and what was cut off shared out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import StepError
from socialpoll.weighting.solving.trimming import Limits, limits_of, trimmed
from tests.weighting.chains import RESPONSE, bound

ONE = np.zeros(6, dtype=np.int32)
WEIGHTS = np.array([1.0, 2.0, 3.0, 4.0, 5.0, 15.0])


def cut(weights, limits, sharing, copies=None, group=None):
    group = np.zeros(len(weights), dtype=np.int32) if group is None else group
    copies = np.ones(len(weights)) if copies is None else copies
    return trimmed(weights, copies, limits, sharing, group)


def test_limits_by_percentile_are_those_of_numpy():
    found = limits_of("percentile", 5, 95, WEIGHTS, np.ones(6))
    assert (found.low, found.high) == pytest.approx(tuple(np.percentile(WEIGHTS, [5, 95])))


def test_limits_by_median_and_interquartile_range():
    # Median 3.5, quartiles 2.25 and 4.75.
    found = limits_of("median_iqr", 1, 2, WEIGHTS, np.ones(6))
    assert (found.low, found.high) == pytest.approx((3.5 - 2.5, 3.5 + 2 * 2.5))


def test_limits_relative_to_the_mean():
    found = limits_of("ratio_to_mean", 0.5, 2, WEIGHTS, np.ones(6))
    assert (found.low, found.high) == pytest.approx((2.5, 10.0))


@pytest.mark.parametrize("rule", ["median_iqr", "percentile", "ratio_to_mean"])
def test_a_case_of_two_copies_sets_limits_as_two_cases_do(rule):
    copies = np.array([1.0, 2.0, 0.0, 1.0, 3.0, 1.0])
    apart = np.repeat(WEIGHTS, copies.astype(int))
    found = limits_of(rule, 0.5, 2, WEIGHTS * copies, copies)
    expected = limits_of(rule, 0.5, 2, apart, np.ones(apart.size))
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_the_excess_is_shared_in_proportion_until_nobody_is_beyond():
    # 15 is cut to 6; 9 go to the others, who weigh 15: times 1.6. 5 becomes 8, beyond 6, is held
    # too; then 30 - 12 = 18 are left for 1, 2, 3 and 4: times 1.8, and 4 is beyond; then 30 - 18 =
    # 12 for 1, 2 and 3: times 2, and 3 comes to the limit itself.
    made = cut(WEIGHTS, Limits(0, 6), "proportional")
    assert made.weights == pytest.approx([2, 4, 6, 6, 6, 6])
    assert made.held.tolist() == [False, False, False, True, True, True]


def test_additive_sharing_is_done_once_and_may_lift_others_beyond():
    made = cut(WEIGHTS, Limits(0, 6), "additive")
    assert made.weights == pytest.approx([2.8, 3.8, 4.8, 5.8, 6.8, 6])


def test_strict_additive_sharing_goes_on_until_nobody_is_beyond():
    # 9 over five: 2.8 3.8 4.8 5.8 6.8; .8 of the fifth over four: 3 4 5 6.
    made = cut(WEIGHTS, Limits(0, 6), "additive_strict")
    assert made.weights == pytest.approx([3, 4, 5, 6, 6, 6])


def test_without_sharing_the_sum_falls():
    assert cut(WEIGHTS, Limits(2, 6), "none").weights == pytest.approx([2, 2, 3, 4, 5, 6])


def test_groups_keep_their_sums():
    group = np.array([0, 0, 0, 1, 1, 1], dtype=np.int32)
    made = cut(WEIGHTS, Limits(0, 10), "proportional", group=group)
    assert made.weights[:3].tolist() == [1, 2, 3]
    assert made.weights[3:].sum() == pytest.approx(24)


def test_limits_hold_for_each_copy_of_a_case():
    copies = np.array([1.0, 1, 1, 1, 1, 3])
    assert cut(WEIGHTS, Limits(0, 6), "none", copies).weights == pytest.approx(WEIGHTS)


def test_a_class_in_which_all_are_held_is_not_sound():
    assert not cut(WEIGHTS, Limits(0, 0.5), "proportional").sound


@given(
    weights=st.lists(st.floats(0.1, 100), min_size=3, max_size=30),
    sharing=st.sampled_from(["proportional", "additive_strict"]),
)
def test_sums_stay_and_limits_hold(weights, sharing):
    values = np.array(weights)
    high = 1.5 * values.mean()
    made = cut(values, Limits(0, high), sharing)
    assert made.sound
    assert made.weights.sum() == pytest.approx(values.sum())
    assert (made.weights <= high * (1 + 1e-9)).all()


def test_a_trim_step_says_how_many_it_held_and_at_which_limit():
    weights = sp.weigh(bound(), sp.Recipe((*RESPONSE, sp.Trim(upper=1.3, rule="ratio_to_mean"))))
    said = weights.methodology.fact("weighting", "trim")
    before = weights.mass.entering(len(weights.mass.steps) - 1)
    assert said["upper_weight"] == pytest.approx(1.3 * before[before > 0].mean())
    assert said["trimmed"] == np.count_nonzero(np.isclose(weights.values, said["upper_weight"]))
    assert weights.values.sum() == pytest.approx(before.sum())


def test_trimming_that_changes_nothing_is_said():
    weights = sp.weigh(bound(), sp.Recipe((sp.Trim(upper=1e9),)))
    assert "no weight is beyond the limits" in weights.findings["what"].iloc[0]


def test_trimming_where_everybody_is_held_is_refused_with_advice():
    with pytest.raises(StepError, match="nobody can take what was cut off"):
        sp.weigh(bound(), sp.Recipe((sp.Trim(upper=0.001),)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "trimming without a limit"),
        ({"upper": 5, "rule": "iqr"}, "no such choice of 'rule'"),
        ({"upper": 120, "rule": "percentile"}, "at most 100"),
        ({"upper": 1, "lower": 2}, "the lower limit is not below the upper one"),
        ({"upper": -1}, "above 0"),
        ({"upper": 1, "sharing": "all"}, "no such choice of 'sharing'"),
    ],
)
def test_limits_that_make_no_sense_are_refused_when_they_are_declared(changes, said):
    with pytest.raises(sp.SocialpollError, match=said):
        sp.Trim(**changes)
