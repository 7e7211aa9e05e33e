from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.errors import WeightingError
from socialpoll.weighting.solving.distances import Linear, Logit, Raking, Truncated

FAR = np.array([-1e300, -1e6, -800.0, 800.0, 1e6, 1e300])
lows, highs = st.floats(-1, 0.95), st.floats(1.05, 20)


@st.composite
def distances(draw):
    low, high = draw(lows), draw(highs)
    return draw(st.sampled_from([Linear(), Raking(), Logit(low, high), Truncated(low, high)]))


@given(distances())
def test_factors_start_from_one_with_a_slope_of_one(distance):
    assert distance.factor(np.zeros(1)) == pytest.approx([1])
    assert distance.slope(np.zeros(1)) == pytest.approx([1])


@given(distances(), st.floats(-3, 3))
def test_the_slope_is_the_derivative_of_the_factor(distance, u):
    around = np.array([u - 1e-5, u + 1e-5])
    ends = distance.factor(around)
    slopes = distance.slope(np.array([u, *around]))

    # At a bound of the truncated distance the slope jumps, and lies between those beside it.
    step = (ends[1] - ends[0]) / 2e-5
    jump = slopes.max() - slopes.min()
    assert step == pytest.approx(slopes[0], rel=1e-5, abs=1e-6 + jump)


@given(distances(), st.lists(st.floats(-50, 50), min_size=2, max_size=9))
def test_factors_never_fall(distance, drawn):
    u = np.sort(np.array(drawn))

    assert (np.diff(distance.factor(u)) >= 0).all()
    assert (distance.slope(u) >= 0).all()


@given(lows, highs, st.floats(-1e300, 1e300))
def test_bounded_factors_stay_within_their_bounds(low, high, u):
    for distance in (Logit(low, high), Truncated(low, high)):
        factor = distance.factor(np.array([u]))[0]
        assert low - 1e-12 <= factor <= high + 1e-12


@pytest.mark.parametrize("distance", [Raking(), Logit(0.5, 2), Truncated(0.5, 2)])
def test_far_out_nothing_overflows(distance):
    with np.errstate(invalid="raise", divide="raise"):
        factor, slope = distance.factor(FAR), distance.slope(FAR)

    assert np.isfinite(factor).all()
    assert np.isfinite(slope).all()


def test_the_logit_is_written_as_deville_and_sarndal_write_it():
    low, high = 0.4, 2.5
    u = np.linspace(-4, 4, 9)

    rate = (high - low) / ((1 - low) * (high - 1))
    power = np.exp(rate * u)
    written = low * (high - 1) + high * (1 - low) * power
    written /= high - 1 + (1 - low) * power
    slope = (written - low) * (high - written) / ((1 - low) * (high - 1))
    assert Logit(low, high).factor(u) == pytest.approx(written)
    assert Logit(low, high).slope(u) == pytest.approx(slope)


def test_wide_bounds_of_a_truncated_distance_are_the_linear_one():
    u = np.linspace(-3, 3, 7)

    distance = Truncated(-np.inf, np.inf)

    assert distance.factor(u).tolist() == Linear().factor(u).tolist()
    assert distance.slope(u).tolist() == Linear().slope(u).tolist()


@pytest.mark.parametrize("kind", [Logit, Truncated])
def test_bounds_by_row_hold_in_every_replicate(kind):
    low, high = np.array([0.2, 0.5]), np.array([1.5, 3.0])
    u = np.array([[-0.3, 2.0, 9.0], [-0.3, 2.0, 9.0]])

    together = kind(low, high)

    for row in range(2):
        alone = kind(low[row], high[row])
        assert together.factor(u)[row] == pytest.approx(alone.factor(u[row]))
        assert together.slope(u)[row] == pytest.approx(alone.slope(u[row]))
    assert together.factor(u[:, 1]) == pytest.approx(together.factor(u)[:, 1])


@pytest.mark.parametrize("kind", [Logit, Truncated])
def test_bounds_by_replicate_are_chosen_with_it(kind):
    low, high = np.array([[0.2, 0.5, 0.1]]), np.array([[1.5], [3.0]])
    u = np.array([[-0.3, 2.0, 9.0], [-0.3, 2.0, 9.0]])
    chosen = np.array([2, 0])

    some = kind(low, high).replicates(chosen)

    assert some.factor(u[:, chosen]).tolist() == kind(low, high).factor(u)[:, chosen].tolist()


@pytest.mark.parametrize("kind", [Logit, Truncated])
@pytest.mark.parametrize(("low", "high"), [(1, 2), (0.5, 1), (1.2, 2), (2, 0.5), (np.nan, 2)])
def test_bounds_have_one_between_them(kind, low, high):
    with pytest.raises(WeightingError, match="do not have 1 between them") as caught:
        kind(low, high)

    assert caught.value.allowed == "low < 1 < high"
    assert f"low {low:g}, high {high:g}" in caught.value.found


def test_rows_whose_bounds_are_wrong_are_counted():
    with pytest.raises(WeightingError, match=r"2 of 3 rows") as caught:
        Truncated(np.array([0.5, 1.1, 1.0]), np.array([2.0, 1.05, 1.0]))

    assert caught.value.found == "low 0.5 to 1.1, high 1 to 2"


def test_a_row_beyond_its_own_bounds_is_brought_to_them():
    distance = Truncated(np.array([0.2, 1.5]), np.array([0.8, 3.0]))

    assert distance.factor(np.zeros(2)).tolist() == [0.8, 1.5]


def test_a_row_may_stand_at_its_own_bound():
    distance = Truncated(np.array([0.5, 1.0]), np.array([1.0, 2.0]))

    assert distance.factor(np.array([0.3, -0.3])).tolist() == [1, 1]


def test_a_logit_needs_bounds_that_end():
    with pytest.raises(WeightingError, match="infinite"):
        Logit(0.5, np.inf)
