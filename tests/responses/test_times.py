from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE
from tests.responses.asking import answers, clock, findings, missing


@pytest.mark.parametrize(
    ("value", "band", "minutes"),
    [
        ("06:00", 0, 360),
        ("21:59", 0, 1319),
        ("22:00", 1, 1320),
        ("05:59:30", 1, 359.5),
        ("00:00", 1, 0),
        ("24:00", 1, 0),
        (" 7:05 ", 0, 425),
        (dt.time(23, 30), 1, 1410),
        (dt.time(12, 0, 30), 0, 720.5),
    ],
)
def test_a_time_has_a_band_and_minutes(value, band, minutes):
    column = answers(clock(), [value])["q"]

    assert column.position.tolist() == [band]
    assert column.minutes.tolist() == [minutes]


@pytest.mark.parametrize("value", ["25:00", "24:01", "noon", "7", 7, 0.5])
def test_what_is_no_time_is_unreadable_and_a_finding(value):
    responses = answers(clock(), pd.Series(["12:00", value], dtype=object))

    assert responses["q"].position.tolist() == [0, UNREADABLE]
    assert findings(responses) == [("q", 1, str(value), 1)]


def test_blanks_and_missing_codes_have_no_minutes():
    column = answers(clock(missing=(missing(99), missing("dk"))), ["23:00", None, 99, "dk"])["q"]

    assert column.position.tolist() == [1, BLANK, FIRST_MISSING, FIRST_MISSING - 1]
    assert column.minutes.tolist() == [1380, 0, 0, 0]


def test_arrays_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        answers(clock(), ["12:00"])["q"].minutes[0] = 1
