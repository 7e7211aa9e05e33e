from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pytest

from socialpoll.demo import FOLDER
from socialpoll.demo.citizens import AGE_GROUPS, EDUCATION_GROUPS, SEXES, Citizens, age_group_of

MARGINS = {"sex": SEXES, "age_group": AGE_GROUPS, "education_group": EDUCATION_GROUPS}


def targets(name: str) -> dict[str, int]:
    with (FOLDER / "targets" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[name]: int(row["target"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def citizens() -> Citizens:
    return Citizens.read(FOLDER)


def test_all_targets_sum_to_the_same_population():
    totals = {sum(targets(name).values()) for name in ("governorate", *MARGINS)}

    assert totals == {1_560_260}


@pytest.mark.parametrize("name", MARGINS)
def test_targets_are_the_margins_of_the_census_table(name, citizens):
    sums: Counter[str] = Counter()
    for profile in citizens.profiles:
        sums[MARGINS[name][getattr(profile, name)]] += profile.persons

    assert sums == pytest.approx(targets(name), abs=1)


def test_every_governorate_has_its_citizens_and_the_composition_of_the_country(citizens):
    by_place = citizens.persons.sum(axis=(1, 2, 3, 4))
    shares = citizens.persons / by_place.reshape(-1, 1, 1, 1, 1)

    assert by_place == pytest.approx(list(citizens.governorates.values()))
    assert np.ptp(shares, axis=0) == pytest.approx(0, abs=1e-15)


def test_interviews_are_allocated_by_square_roots_and_none_is_lost(citizens):
    allocation = citizens.allocation(2500)
    persons = citizens.governorates

    assert sum(allocation.values()) == 2500
    assert min(allocation.values()) >= 60
    assert allocation["muscat"] / allocation["wusta"] == pytest.approx(
        (persons["muscat"] / persons["wusta"]) ** 0.5, rel=0.02
    )


@pytest.mark.parametrize(
    ("age", "uniform", "years"),
    [
        ("18-19", 0.0, 18),
        ("18-19", 0.5, 19),
        ("65-69", 1 - 2**-53, 69),
        ("70+", 0.0, 70),
        ("70+", 1 - 2**-53, 95),
    ],
)
def test_an_age_in_years_lies_within_its_group(age, uniform, years, citizens):
    profile = next(one for one in citizens.profiles if one.age == age)

    assert profile.years(uniform) == years


@pytest.mark.parametrize("years", [18, 19, 20, 29, 30, 49, 50, 69, 70, 99])
def test_every_age_is_of_one_row_of_the_census_for_each_sex_and_education(years, citizens):
    rows = [one for one in citizens.profiles if one.has(years)]
    kinds = [(one.sex, one.education) for one in rows]

    assert len(set(kinds)) == len(kinds)
    assert {one.sex for one in rows} == {0, 1}
    assert {one.age_group for one in rows} == {age_group_of(years)}
