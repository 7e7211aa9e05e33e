from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra.numpy import arrays

from socialpoll.weighting.diagnostics import spread_of


@given(arrays(float, st.integers(1, 30), elements=st.floats(0.01, 100)))
def test_the_effect_of_weights_is_one_plus_their_squared_variation(weights):
    spread = spread_of(weights)

    assert spread.deff == pytest.approx(1 + weights.var() / weights.mean() ** 2)
    assert spread.n_effective == pytest.approx(weights.sum() ** 2 / (weights**2).sum())
    assert (spread.smallest, spread.largest) == (weights.min(), weights.max())


@given(arrays(float, st.integers(1, 30), elements=st.floats(0.01, 100)))
def test_cases_of_weight_zero_do_not_count(weights):
    assert spread_of(np.append(weights, [0.0, 0.0])) == pytest.approx(spread_of(weights))


def test_equal_weights_lose_nothing():
    assert spread_of(np.full(7, 3.0)).deff == pytest.approx(1)


def test_no_weight_at_all_has_no_spread():
    spread = spread_of(np.zeros(3))

    assert (spread.n, spread.n_effective) == (0, 0)
    assert np.isnan(spread.deff)
