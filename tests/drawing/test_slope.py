from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from socialpoll.drawing.slope import spread

places = st.lists(st.floats(0, 10), min_size=1, max_size=8).map(sorted)


@given(places, st.floats(0.05, 1.0))
def test_places_end_up_apart_in_their_order_and_within_the_limits(wanted, apart):
    found = spread(wanted, apart, (0.0, 10.0))

    assert len(found) == len(wanted)
    assert all(later - earlier >= apart - 1e-6 for earlier, later in pairwise(found))
    assert found[0] >= -1e-6
    assert found[-1] <= 10 + 1e-6


@given(places)
def test_places_that_are_apart_already_stay(wanted):
    apart = min((later - earlier for earlier, later in pairwise(wanted)), default=1.0)

    assert spread(wanted, apart, (0.0, 10.0)) == pytest.approx(wanted, abs=1e-6)
