from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.schema import ClockBand
from socialpoll.schema.clock import DAY, band_of_minute, clock_time, minutes_after_midnight


def band(start, end):
    return ClockBand(code=start, label=start, start=start, end=end)


@given(st.integers(0, DAY))
def test_a_time_that_is_written_is_read_as_itself(minutes):
    assert minutes_after_midnight(clock_time(minutes)) == minutes


@pytest.mark.parametrize(
    "words", ["24:01", "25:00", "12:60", "12", "12.30", "noon", "-1:00", "1:2"]
)
def test_what_is_no_time_has_no_minutes(words):
    assert minutes_after_midnight(words) is None


def test_seconds_are_parts_of_a_minute():
    assert minutes_after_midnight("9:05:30") == 545.5


@given(st.lists(st.integers(0, DAY - 1), min_size=2, max_size=6, unique=True).map(sorted))
def test_bands_that_follow_each_other_around_the_clock_cover_every_minute_once(starts):
    around = zip(starts, [*starts[1:], starts[0]], strict=True)
    bands = [band(clock_time(start), clock_time(end)) for start, end in around]

    place = band_of_minute(bands)

    assert place.min() == 0
    lengths = np.diff([*starts, starts[0] + DAY])
    assert np.bincount(place).tolist() == lengths.tolist()


def test_a_band_holds_its_start_and_not_its_end():
    place = band_of_minute([band("22:00", "06:00"), band("06:00", "22:00")])

    assert place[[0, 359, 360, 1319, 1320, 1439]].tolist() == [0, 0, 1, 1, 0, 0]
