from __future__ import annotations

import pytest

from tests.disclosure.programme import Programme
from tests.disclosure.sums import Sums


def test_limits_of_whole_numbers_lie_within_those_of_real_ones():
    sums = Sums()
    sums.know([2.0, 0.0], 1.0, 3.0)
    sums.know([1.0, 1.0], 4.0, 4.0)

    assert Programme(sums, whole=True).interval([1.0, 0.0]) == pytest.approx((1, 1))
    assert Programme(sums).interval([1.0, 0.0]) == pytest.approx((0.5, 1.5))
    assert Programme(sums, whole=True).interval([0.0, 1.0]) == pytest.approx((3, 3))
