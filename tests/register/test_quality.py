from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

import socialpoll.register as reg
from socialpoll.demo.register.declared import LAYOUT as LAYOUT_OF_DEMO
from socialpoll.errors import RegisterError
from tests.register.handmade import COLUMNS, LAYOUT, csv_of, numbered, table_of

duckdb = pytest.importorskip("duckdb", reason="the extra 'register' is not installed")

CHANGES = [
    {},
    {"civil_no": ""},
    {"civil_no": " "},
    {"civil_no": "1234567"},
    {"civil_no": "1234567a"},
    {"civil_no": "١٢٣٤٥٦٧٨"},
    {"civil_no": "12345678"},
    {"name": ""},
    {"name": "…"},
    {"born": "1990-02-30"},
    {"born": "17/05/1990"},
    {"born": "1899-12-31"},
    {"born": "2023-07-01"},
    {"born": "2023-06-30"},
    {"born": "١٩٩٠-٠٥-١٧"},
    {"sex": "M"},
    {"place": "Muscat"},
    {"place": " muscat "},
]
FOUND = {
    ("record", "missing"): 0,
    ("record", "repeated"): 0,
    ("identifier", "missing"): 2,
    ("identifier", "malformed"): 2,
    ("identifier", "repeated"): 2,
    ("name", "missing"): 1,
    ("name", "no_letter"): 1,
    ("birth_date", "missing"): 0,
    ("birth_date", "impossible"): 4,
    ("sex", "missing"): 0,
    ("sex", "unknown"): 1,
    ("governorate", "missing"): 0,
    ("governorate", "unknown"): 1,
}


def counts(quality: reg.SourceQuality) -> dict[tuple[str, str], int]:
    rows = quality.frame.set_index(["attribute", "check"])["records"]
    return dict(rows.items())


@pytest.fixture
def records() -> list[dict[str, str]]:
    return numbered(CHANGES)


def parquet(folder, records):
    path = folder / "health.parquet"
    frame = pd.DataFrame(records)
    frame.to_parquet(path)
    return table_of(path)


def csv(folder, records):
    return table_of(csv_of(folder / "health.csv", records))


def database(folder, records):
    path = folder / "health.duckdb"
    frame = pd.DataFrame(records)
    with duckdb.connect(str(path)) as connection:
        connection.register("made", frame)
        connection.execute('CREATE TABLE "the people" AS FROM made')
    return table_of(path, table="the people")


@pytest.mark.parametrize("write", [csv, parquet, database])
def test_every_check_counts_what_is_wrong_whatever_the_table_lies_in(tmp_path, records, write):
    quality = reg.check_sources([write(tmp_path, records)], LAYOUT)

    assert counts(quality) == FOUND
    assert set(quality.frame["of"]) == {len(CHANGES)}
    quality.require_clean()


def test_the_order_of_records_makes_no_difference(tmp_path, records):
    shuffled = records[1::2] + records[::2]
    one, other = (
        reg.check_sources([table_of(csv_of(tmp_path / f"{at}.csv", several))], LAYOUT)
        for at, several in enumerate((records, shuffled))
    )

    pd.testing.assert_frame_equal(one.frame, other.frame)


def test_dates_of_a_database_need_no_pattern(tmp_path, records):
    path = tmp_path / "health.parquet"
    frame = pd.DataFrame(records[:3]).assign(
        born=pd.to_datetime(["1990-05-17", None, "1890-01-01"])
    )
    frame.to_parquet(path)
    found = counts(reg.check_sources([table_of(path, dates="%d/%m/%Y")], LAYOUT))

    assert found["birth_date", "missing"] == found["birth_date", "impossible"] == 1


def test_codes_of_an_agency_are_those_that_it_declares(tmp_path):
    changes = [{"sex": "1"}, {"sex": "2"}, {"sex": "male"}]
    data = csv_of(tmp_path / "health.csv", numbered(changes))
    codes = {"sex": {"1": "male", "2": "female"}}
    quality = reg.check_sources([table_of(data, codes=codes)], LAYOUT)

    assert counts(quality)["sex", "unknown"] == 1
    (allowed,) = quality.frame.query("check == 'unknown' and attribute == 'sex'")["allowed"]
    assert allowed == "1, 2"


def test_a_record_that_is_there_twice_makes_a_table_useless(tmp_path):
    data = csv_of(tmp_path / "health.csv", numbered([{"no": "1"}, {"no": "1"}, {"no": ""}]))
    quality = reg.check_sources([table_of(data)], LAYOUT)

    with pytest.raises(RegisterError) as caught:
        quality.require_clean()
    told = [(one.what, one.where, one.found) for one in caught.value.problems]
    assert told == [
        ("records have no value", "health: record", "1 of 3"),
        ("records have the value of another one", "health: record", "2 of 3"),
    ]


def test_a_table_that_is_empty_or_of_which_an_attribute_fits_nowhere_cannot_be_used(tmp_path):
    empty = table_of(csv_of(tmp_path / "empty.csv", []), name="empty")
    data = csv_of(tmp_path / "swapped.csv", numbered([{}, {}]))
    columns = COLUMNS | {"sex": "place", "governorate": "sex"}
    swapped = table_of(data, name="swapped", columns=columns)

    with pytest.raises(RegisterError) as caught:
        reg.check_sources([empty, swapped], LAYOUT).require_clean()
    assert [(one.where, one.found) for one in caught.value.problems] == [
        ("empty", ""),
        ("swapped: sex", "2 of 2"),
        ("swapped: governorate", "2 of 2"),
    ]


def test_the_synthetic_register_has_the_faults_that_it_was_given(tables):
    quality = reg.check_sources(tables.values(), LAYOUT_OF_DEMO)
    share = quality.frame.set_index(["source", "attribute", "check"])["share"]

    assert set(quality.frame["source"]) == set(tables)
    quality.require_clean()
    for name in ("civil_status", "health", "education"):
        assert share[name, "identifier", "missing"] == pytest.approx(0.10, abs=0.012)
        # Of 2 in 100 who are there twice, both records have an identifier in 0.9² of cases.
        assert share[name, "identifier", "repeated"] == pytest.approx(0.032, abs=0.006)
    clean = quality.frame.query("source == 'reference' and attribute != 'education'")
    assert clean["records"].sum() == 0
    assert share["reference", "education", "unknown"] == 0


def test_text_files_of_the_synthetic_register_say_what_its_parquet_files_say(tables, tmp_path):
    two = [tables["health"], tables["education"]]
    for table in two:
        pd.read_parquet(table.data).to_csv(tmp_path / f"{table.name}.csv", index=False)
    as_text = [replace(one, data=tmp_path / f"{one.name}.csv") for one in two]

    pd.testing.assert_frame_equal(
        reg.check_sources(as_text, LAYOUT_OF_DEMO).frame,
        reg.check_sources(two, LAYOUT_OF_DEMO).frame,
    )
