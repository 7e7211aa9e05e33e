from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from socialpoll.drawing.scale import Scale, reach, round_limits
from socialpoll.report import Figure, Point, Said

values = st.floats(-1000, 1000, allow_nan=False).map(lambda value: round(value, 3))


@given(values, values)
def test_round_limits_hold_both_values_and_few_steps(one, other):
    low, high = sorted((one, other))

    bottom, top, step = round_limits(low, high, "decimal")

    assert bottom <= low + step * 1e-6
    assert top >= high - step * 1e-6
    assert bottom < top
    assert (top - bottom) / step <= 7 + 1e-6


@given(st.floats(0, 1), st.floats(0, 1))
def test_an_axis_of_shares_ends_at_all_of_them(one, other):
    bottom, top, _ = round_limits(*sorted((one, other)), "percent")

    assert bottom >= 0
    assert top <= 1 or bottom == 1


def test_values_stand_between_the_ends_of_their_axis():
    scale = Scale(low=0.0, high=1.0, step=0.25, start=2.0, length=4.0)

    assert [scale.place(value) for value in (0.0, 0.5, 1.0)] == [2.0, 4.0, 6.0]
    assert scale.ticks() == (0.0, 0.25, 0.5, 0.75, 1.0)


@pytest.mark.parametrize("status", ["c", ""])
def test_what_is_not_shown_does_not_stretch_the_axis(status):
    nothing = Said({"und": ""})
    value = 0.9 if status == "c" else None
    hidden = Point(nothing, Figure(value, "percent", 1, status), 0.85, 0.95)
    shown = Point(nothing, Figure(0.2, "percent"), 0.1, 0.3)

    assert reach([shown, hidden]) == (0.1, 0.3)
    assert reach([hidden]) == (0.0, 1.0)
