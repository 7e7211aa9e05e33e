from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE
from socialpoll.schema import Date
from tests.responses.asking import answers, asking, findings, missing


def date(**more):
    return Date(name="q", text="Q?", **more)


def days(column):
    return [dt.date.fromordinal(one) if one else None for one in column.day.tolist()]


@given(st.lists(st.dates(), min_size=1, max_size=9))
@settings(max_examples=20, deadline=None)
def test_a_day_is_read_as_it_is_written_in_iso_form_or_as_a_date(several):
    written = pd.Series([str(one) for one in several])

    assert days(answers(date(), written)["q"]) == several
    assert days(answers(date(), pd.Series(several, dtype=object))["q"]) == several


@given(
    st.dates(dt.date(1000, 1, 1)),
    st.sampled_from([("DD/MM/YYYY", "%d/%m/%Y"), ("MM/DD/YYYY", "%m/%d/%Y")]),
)
@settings(max_examples=20, deadline=None)
def test_a_day_is_read_in_the_declared_form_and_no_other(day, form):
    declared, written = form
    words = [f"{day:{written}}", str(day)]

    assert days(answers(date(format=declared), words)["q"]) == [day, day]
    assert answers(date(), words[:1])["q"].state.tolist() == [UNREADABLE]


@pytest.mark.parametrize(
    "value", ["2026-02-30", "24/11/2026", "26-11-24", "today", 20261124, "2026-11-24T09:30:00"]
)
def test_what_is_no_day_is_unreadable_and_a_finding(value):
    responses = answers(date(), pd.Series(["2026-11-24", value], dtype=object))

    assert responses["q"].state.tolist() == [0, UNREADABLE]
    assert findings(responses) == [("q", 1, str(value), 1)]


def test_moments_are_days_at_midnight_only():
    moments = pd.to_datetime(pd.Series(["2026-11-24 00:00", "2026-11-24 09:30"]))

    assert answers(date(), moments)["q"].state.tolist() == [0, UNREADABLE]
    assert days(answers(date(), ["2026-11-24T00:00:00"])["q"]) == [dt.date(2026, 11, 24)]


def test_days_outside_the_limits_are_findings_and_the_limits_are_allowed():
    asked = date(earliest=dt.date(2026, 1, 2), latest=dt.date(2026, 1, 4))
    responses = answers(asked, [f"2026-01-0{day}" for day in range(1, 6)])

    assert responses["q"].state.tolist() == [UNREADABLE, 0, 0, 0, UNREADABLE]
    assert findings(responses) == [("q", 0, "2026-01-01", 1), ("q", 4, "2026-01-05", 1)]


def test_blanks_and_missing_codes_have_no_day():
    asked = date(missing=(missing(99), missing("dk")))
    column = answers(asked, ["2026-01-02", None, 99, "dk", ""])["q"]

    assert column.state.tolist() == [0, BLANK, FIRST_MISSING, FIRST_MISSING - 1, BLANK]
    assert column.day.tolist()[1:] == [0, 0, 0, 0]


def test_the_frame_gives_days_back_and_binding_it_again_changes_nothing():
    responses = answers(date(missing=(missing("dk"),)), ["2026-01-02", None, "dk"])
    again = answers(date(missing=(missing("dk"),)), responses.frame["q"])

    assert responses.frame["q"].tolist() == [dt.date(2026, 1, 2), None, "dk"]
    assert again.digest == responses.digest


def test_another_day_is_another_digest():
    assert answers(date(), ["2026-01-02"]).digest != answers(date(), ["2026-01-03"]).digest


def test_arrays_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        answers(date(), ["2026-01-02"])["q"].day[0] = 1


def test_a_column_of_no_days_at_all_is_a_column_of_blanks():
    column = answers(date(), [None, None])["q"]

    assert column.state.tolist() == [BLANK, BLANK]
    assert asking(date()).names == ("q",)
