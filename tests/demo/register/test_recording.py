"""The errors of the agencies are as common as they are supposed to be, and of no other kind."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from socialpoll.demo.register import supposed
from socialpoll.demo.register.layouts import LAYOUTS, NAME_COLUMNS, REFERENCE
from socialpoll.demo.register.people import SEXES

AGENCIES = [layout.name for layout in LAYOUTS]


def about(share: float, count: int):
    """A share of so many, within four standard errors."""
    return pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / count))


def true_name(records: pd.DataFrame) -> pd.Series:
    parts = [records[f"true_{name}"] for name in NAME_COLUMNS]
    return parts[0].str.cat(parts[1:], sep=" ")


def written_name(records: pd.DataFrame) -> pd.Series:
    if "name" not in records:
        return records["first_name"].str.cat([records[name] for name in NAME_COLUMNS[1:]], sep=" ")
    return records["name"].str.replace(r" بن(ت)? ", " ", regex=True)


def written_date(records: pd.DataFrame) -> pd.Series:
    dates = records["birth_date"]
    form = "%d/%m/%Y" if isinstance(dates.iloc[0], str) else None
    return pd.to_datetime(dates, format=form)


@pytest.mark.parametrize("name", AGENCIES)
def test_of_ten_records_one_has_no_identifier_and_the_others_have_the_right_one(records, name):
    of = records(name)
    has = of["identifier"].notna()

    assert (~has).mean() == about(0.10, len(of))
    assert (of["identifier"] == of["true_identifier"])[has].all()


@pytest.mark.parametrize("name", AGENCIES)
def test_8_percent_of_the_records_have_a_slip_in_the_name(records, name):
    of = records(name)

    assert (written_name(of) != true_name(of)).mean() == about(0.08, len(of))


@pytest.mark.parametrize("name", AGENCIES)
def test_3_percent_of_the_records_have_a_slip_in_the_date_of_birth(records, name):
    of = records(name)
    wrong = written_date(of) != pd.to_datetime(of["true_birth_date"])

    assert wrong.mean() == about(0.03, len(of))
    assert written_date(of).max() <= pd.Timestamp(supposed.TABLE_DATES[name])


@pytest.mark.parametrize("name", AGENCIES)
def test_2_percent_of_those_whom_an_agency_knows_are_there_twice(records, name):
    times = records(name)["person"].value_counts()

    assert (times > 1).mean() == about(0.02, len(times))
    assert times.max() == 2


def test_5_percent_of_the_people_have_moved_since_the_reference(people, records):
    moved = people["moved_to"].notna()
    households = people["household"].nunique()
    latest = records("civil_status")

    # Whole households move, so that there are fewer of those who decide than of people.
    assert moved.mean() == about(0.05, households)
    assert (people["moved_to"] != people["governorate"])[moved].all()
    lives = latest["true_moved_to"].fillna(latest["true_governorate"])
    assert (latest["governorate"] == lives).all()
    where = latest["true_moved_to_wilayat"].fillna(latest["true_wilayat"])
    assert (latest["wilayat"] == where).all()


def test_an_older_table_knows_fewer_of_the_moves(table, records):
    codes = dict(zip(LAYOUTS[2].governorates, REFERENCE.governorates, strict=True))
    of = records("education")
    moved_before = pd.to_datetime(of["true_moved_on"]) <= pd.Timestamp(LAYOUTS[2].date)
    where = of["true_moved_to"].where(moved_before, of["true_governorate"])

    assert (of["governorate"].map(codes) == where).all()
    assert "wilayat" not in of
    assert 0 < moved_before.sum() < of["true_moved_to"].notna().sum()


def test_the_reference_has_no_errors(records):
    of = records("reference")

    assert (written_name(of) == true_name(of)).all()
    for told in ("identifier", "birth_date", "sex", "governorate", "wilayat", "household", "block"):
        assert (of[told] == of[f"true_{told}"]).all()


@pytest.mark.parametrize("layout", LAYOUTS, ids=AGENCIES)
def test_an_agency_writes_sex_in_its_own_codes(records, layout):
    of = records(layout.name)

    assert (of["sex"].map(dict(zip(layout.sexes, SEXES, strict=True))) == of["true_sex"]).all()


def test_education_knows_adults_only(records):
    of = records("education")
    age = (pd.Timestamp(LAYOUTS[2].date) - pd.to_datetime(of["true_birth_date"])).dt.days / 365.2425

    assert age.min() >= 18
    assert of["education"].notna().all()


@pytest.mark.parametrize("name", ["reference", *AGENCIES])
def test_no_table_tells_of_whom_a_record_is(table, name):
    assert "person" not in table(name)
    assert table(name)["record"].is_unique
