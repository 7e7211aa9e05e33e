from __future__ import annotations

import itertools

import pytest

from socialpoll.register.matching.comparing import DAY_AND_MONTH, TYPED, settings_of
from socialpoll.register.matching.preparing import Common

duckdb = pytest.importorskip("duckdb", reason="the extra 'register' is not installed")
pytest.importorskip("splink", reason="the extra 'register' is not installed")

PLACES = {"governorate": "place_1", "wilayat": "place_2"}
NOTHING, OTHER = "nothing", "other"


@pytest.fixture
def database():
    with duckdb.connect() as connection:
        yield connection


def comparisons(common: Common) -> dict[str, list[dict[str, object]]]:
    settings = settings_of(0.1, common).create_settings_dict("duckdb")
    return {one["output_column_name"]: one["comparison_levels"] for one in settings["comparisons"]}


def expected(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> str:
    known = [left is not None and right is not None for left, right in zip(one, other, strict=True)]
    same = [has and left == right for has, left, right in zip(known, one, other, strict=True)]
    if not any(known):
        return NOTHING
    if same[1]:
        return "same wilayat"
    if same[0]:
        return "same governorate" + ("" if known[1] else ", nothing finer known")
    return OTHER


def test_places_are_compared_by_the_finest_that_is_the_same(database):
    levels = comparisons(Common(identifier=True, name=True, sex=True, places=PLACES))["place"]
    cases = [
        f"WHEN {level['sql_condition']} THEN "
        f"'{NOTHING if level.get('is_null_level') else level['label_for_charts']}'"
        for level in levels[:-1]
    ]
    homes = list(itertools.product(["muscat", "dhofar", None], ["seeb", "salalah", None]))
    for one, other in itertools.product(homes, homes):
        names = ("place_1_l", "place_2_l", "place_1_r", "place_2_r")
        columns = ", ".join(f"CAST(? AS VARCHAR) AS {name}" for name in names)
        pair = database.sql(f"SELECT {columns}", params=[*one, *other])
        level = pair.project(f"CASE {' '.join(cases)} ELSE '{OTHER}' END")
        assert level.fetchall() == [(expected(one, other),)]


@pytest.mark.parametrize(("sex", "last"), [(False, "birth_date"), (True, "sex")])
def test_what_tables_do_not_both_have_is_not_compared(sex, last):
    common = Common(identifier=True, name=True, sex=sex, places={})

    assert list(comparisons(common))[-1] == last


def test_a_slip_in_a_date_is_one_of_damerau_or_day_and_month_exchanged(database):
    date = "CAST(DATE '1999-12-25' + 11 * CAST(n AS INT) AS VARCHAR)"
    dates = database.sql("FROM range(150) r(n)")
    one, other = (dates.project(f"{date} AS birth_date_{end}") for end in "lr")
    days = database.sql("FROM range(-95, 95) s(d)")
    near = "CAST(CAST(birth_date_l AS DATE) + CAST(d AS INT) AS VARCHAR) AS birth_date_r"
    pairs = one.cross(other).union(one.cross(days).project(f"birth_date_l, {near}"))
    slips = f"damerau_levenshtein(birth_date_l, birth_date_r) = 1 OR {DAY_AND_MONTH}"
    told = pairs.filter("birth_date_l <> birth_date_r").project(f"{TYPED} AS one, {slips} AS other")

    assert told.filter("one").count("*").fetchall()[0][0] > 1_000
    assert told.filter("one <> other").fetchall() == []
