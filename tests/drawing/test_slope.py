from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.slope import Slope, spread
from socialpoll.report import Point, Series
from tests.drawing.made_charts import chart
from tests.exporters.made_report import edition, said, share

NEAR = 1e-9
"""What sums of shares may be off by."""
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


@given(st.floats(0, 1), st.floats(0, 1))
def test_small_changes_of_shares_look_small(one, other):
    pytest.importorskip("matplotlib")
    points = tuple(Point(said("w", "w"), share(value)) for value in (one, other))
    plot = Slope(chart("slope", [Series(said("a", "a"), points)]), Ruler(edition("en")))

    assert plot.scale.high - plot.scale.low >= 0.2 - NEAR
    assert plot.scale.low <= min(one, other) + NEAR
    assert max(one, other) <= plot.scale.high + NEAR
