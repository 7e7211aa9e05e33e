from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, strategies as st

from socialpoll.register.ages import completed_years

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31))


def birthdays_passed(born: dt.date, on: dt.date) -> int:
    """Count birthdays one by one: the first of March where there is no 29 February."""
    years = 0
    while True:
        year = born.year + years + 1
        common = dt.date(year, 3, 1) - dt.timedelta(1) == dt.date(year, 2, 28)
        moved = (born.month, born.day) == (2, 29) and common
        if (dt.date(year, 3, 1) if moved else born.replace(year=year)) > on:
            return years
        years += 1


@given(DAYS, DAYS)
def test_ages_are_the_birthdays_that_have_passed(one, other):
    born, on = sorted((one, other))
    found = completed_years(np.array([born], dtype="datetime64[D]"), on)

    assert found[0] == birthdays_passed(born, on)


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2004-02-29", dt.date(2022, 2, 28), 17),
        ("2004-02-29", dt.date(2022, 3, 1), 18),
        ("2004-02-29", dt.date(2024, 2, 28), 19),
        ("2004-02-29", dt.date(2024, 2, 29), 20),
        ("2003-12-31", dt.date(2004, 1, 1), 0),
        ("1969-12-31", dt.date(1970, 12, 30), 0),
    ],
)
def test_years_are_completed_by_the_calendar(born, on, age):
    assert completed_years(np.array([born], dtype="datetime64[ns]"), on)[0] == age


def test_who_is_not_born_is_below_0_and_who_is_not_known_has_no_age():
    born = np.array(["2023-07-01", "NaT"], dtype="datetime64[s]")
    later, unknown = completed_years(born, dt.date(2023, 6, 30))

    assert later == -1
    assert np.isnan(unknown)
