"""Bounds that cannot hold, and those that would."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.weighting.solving import bounds
from socialpoll.weighting.solving.bounds import Tightest, nearest_reachable, tightest_bounds
from socialpoll.weighting.solving.calibrating import solve
from socialpoll.weighting.solving.distances import Logit, Truncated

ONES = np.ones(8)
HALVES = np.eye(2)[[0, 0, 0, 0, 1, 1, 1, 1]]
SLOPE = np.column_stack([np.ones(3), [-1.0, 0, 1]])


def met_by(weights, x, target):
    """Whether calibration gets there, by both distances that have bounds."""

    def meets(low, high):
        distances = (Truncated(low, high), Logit(low, high))
        return all(bool(solve(weights, x, target, one).converged) for one in distances)

    return meets


def tightest(weights, x, target, low, high):
    return tightest_bounds(
        weights, x, np.array(target), (low, high), meets=met_by(weights, x, np.array(target))
    )


def test_targets_beyond_the_bounds_are_missed_by_what_is_beyond():
    # Of 4 and 4 bounds make 3.6 to 4.4: 5 is missed by .6 of 5, 3 by .6 of 3.
    found = nearest_reachable(ONES, HALVES, np.array([5.0, 3]), 0.9, 1.1)

    assert found.error == pytest.approx(0.2)
    assert found.missed == pytest.approx([-0.12, 0.2], abs=1e-7)


def test_targets_within_the_bounds_are_not_missed():
    found = nearest_reachable(ONES, HALVES, np.array([4.3, 3.7]), 0.9, 1.1)

    assert found.error == 0
    assert found.missed.tolist() == [0, 0]


def test_contradictory_targets_are_missed_half_each():
    # The same four cases cannot be 3 and 5: at 3.75 both are a quarter off.
    found = nearest_reachable(np.ones(4), np.ones((4, 2)), np.array([3.0, 5]), 0, 10)

    assert found.missed == pytest.approx([0.25, -0.25], abs=1e-7)


def test_both_bounds_move_from_the_centre_by_the_same_factor():
    # 5 of 4 needs 1.25, and 3 of 4 needs .75: neither bound alone will do.
    assert tightest(ONES, HALVES, [5, 3], 0.9, 1.1) == Tightest(None, None, (0.75, 1.25))


def test_the_upper_bound_alone_is_raised_where_that_does():
    # g = (a, 2.6 - 2a, a + .4): from a = .8 on the first is no lower, and the last is 1.2.
    found = tightest(np.ones(3), SLOPE, [3, 0.4], 0.8, 1.1)

    assert found.high_at_low == pytest.approx(1.2, rel=2e-3)
    assert found.high_at_low >= 1.2
    assert found.low_at_high is None


def test_the_lower_bound_alone_is_lowered_where_that_does():
    # The first two of (a, 2.6 - 2a, a + .4) are both as high as they can be at a = 2.6 / 3.
    found = tightest(np.ones(3), SLOPE, [3, 0.4], 0.9, 1.3)

    assert found.low_at_high == pytest.approx(2.6 / 3, rel=2e-3)
    assert found.low_at_high <= 2.6 / 3
    assert found.high_at_low is None


def test_no_bounds_do_where_targets_contradict_one_another():
    found = tightest(np.ones(4), np.ones((4, 2)), [3, 5], 0.5, 2)

    assert found == Tightest(None, None, None)
    assert not found.found


def test_bounds_of_weights_are_weights():
    # Weights 10 and 30 that sum to 60 where none is above 25: 30 each is the least.
    weights = np.array([10.0, 30])
    x, target = np.ones((2, 1)), np.array([60.0])

    def meets(low, high):
        distance = Truncated(low / weights, high / weights)
        return bool(solve(weights, x, target, distance).converged)

    nearest = nearest_reachable(np.ones(2), x, target, 5, 25)
    found = tightest_bounds(np.ones(2), x, target, (5, 25), meets=meets, centre=20)

    assert nearest.missed == pytest.approx([-10 / 60])
    assert found.high_at_low == pytest.approx(30, rel=2e-3)
    assert found.high_at_low >= 30
    # From 20 to 25 twice, and from 20 to 5 twice, but not below 0.
    assert found.both == pytest.approx((0, 30), rel=2e-3)


def test_rows_that_are_alike_are_taken_together_without_loss():
    random = np.random.default_rng(1)
    weights, rows = random.lognormal(0, 0.5, 60), random.integers(0, 6, 60)
    cells = np.hstack([np.eye(3)[np.arange(6) // 2], np.eye(2)[np.arange(6) % 2]])
    target = cells[rows].T @ (weights * random.uniform(0.5, 2, 6)[rows])
    # A number that tells all rows apart, and that nobody needs to change.
    marks = np.column_stack([cells[rows], 1e-9 * random.random(60)])
    wanted = np.append(target, marks[:, -1] @ weights)

    together = nearest_reachable(weights, cells[rows], target, 0.9, 1.1)
    apart = nearest_reachable(weights, marks, wanted, 0.9, 1.1)

    assert together.error == pytest.approx(apart.error, rel=1e-6)
    assert together.error > 0.01


def test_too_large_a_sample_has_no_answer(monkeypatch):
    monkeypatch.setattr(bounds, "LARGEST", 3)
    monkeypatch.setattr(bounds, "EASIER", 1)

    assert nearest_reachable(ONES, HALVES, np.array([5.0, 3]), 0.9, 1.1) is None
    assert tightest(ONES, HALVES, [5, 3], 0.9, 1.1) is None


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 2**32 - 1), st.integers(4, 60))
def test_tightest_bounds_are_met_and_tighter_ones_are_not(seed, rows):
    random = np.random.default_rng(seed)
    weights = random.lognormal(0, 0.5, rows)
    x = np.column_stack(
        [np.ones(rows), random.integers(0, 2, rows), random.lognormal(3, 0.3, rows)]
    )
    factor = 1 + random.normal(0.2, 0.3) * (x[:, 2] > np.median(x[:, 2]))
    factor *= weights.sum() / (weights @ factor)
    target = x.T @ (weights * factor)
    low, high = 0.97, 1.03
    meets = met_by(weights, x, target)

    found = tightest_bounds(weights, x, target, (low, high), meets=meets)

    pairs = [
        (low, found.high_at_low),
        (found.low_at_high, high),
        found.both or (None, None),
    ]
    for lower, upper in pairs:
        if lower is None or upper is None:
            continue
        assert meets(lower, upper)
        widened = upper > high, lower < low
        tighter = (
            lower + 0.12 * (1 - lower) if widened[1] else lower,
            upper - 0.12 * (upper - 1) if widened[0] else upper,
        )
        if any(widened):
            assert nearest_reachable(weights, x, target, *tighter).error > 0
