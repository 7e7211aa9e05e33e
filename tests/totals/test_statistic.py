"""Statistics: every Jacobian is the derivative of its value."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

from socialpoll.totals import Ratios, Shares, Sums

STATISTICS = [Shares(3), Shares(4), Ratios((0, 1, 2), 3), Ratios((3,), 0), Sums((0, 2))]
TOTALS = arrays.arrays(np.float64, (2, 4), elements=st.floats(0.5, 1e4))


@pytest.mark.parametrize("statistic", STATISTICS, ids=repr)
@given(totals=TOTALS)
def test_the_jacobian_is_the_numeric_derivative_of_the_value(statistic, totals):
    jacobian = statistic.jacobian(totals)
    for column in range(totals.shape[1]):
        step = np.zeros_like(totals)
        step[:, column] = totals[:, column] * 1e-6
        slope = (statistic.value(totals + step) - statistic.value(totals - step)) / (
            2 * step[:, [column]]
        )
        scale = np.abs(statistic.value(totals)).max() / totals[:, [column]]
        assert np.allclose(jacobian[:, column], slope, rtol=1e-5, atol=1e-5 * scale.max())


@pytest.mark.parametrize("statistic", [Shares(2), Ratios((0,), 1)], ids=repr)
def test_an_empty_base_has_no_value_and_no_slope(statistic):
    nothing = np.zeros((1, 2))
    assert np.isnan(statistic.value(nothing)).all()
    assert (statistic.jacobian(nothing) == 0).all()
