from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from socialpoll.errors import ExportError
from socialpoll.exporters.feed import CsvOptions, render
from tests.exporters.made_report import edition, figures, made_report


def files(*languages, report=None):
    documents = render(
        edition(*(languages or ("ar", "en")), report=report), CsvOptions(metadata=True)
    )
    return {one.name: one.content.decode() for one in documents}


@pytest.fixture(scope="module")
def made():
    return files()


@pytest.fixture(scope="module")
def described(made):
    return json.loads(made["social-media-2019.csv-metadata.json"])


def test_the_feed_is_the_same_with_metadata_and_without(made):
    (alone,) = render(edition("ar", "en"))

    assert made["social-media-2019.csv"] == alone.content.decode()


def test_the_columns_described_are_those_of_the_feed(made, described):
    first = next(csv.reader(io.StringIO(made["social-media-2019.csv"])))
    schema = described["tables"][0]["tableSchema"]

    assert [one["name"] for one in schema["columns"]] == first
    assert schema["primaryKey"] == first[3:12]


def test_columns_have_titles_in_every_language_and_their_datatypes(described):
    columns = {one["name"]: one for one in described["tables"][0]["tableSchema"]["columns"]}

    assert columns["DOMAIN"]["titles"] == {"ar": ["DOMAIN", "الفئة"], "en": ["DOMAIN", "Group"]}
    kinds = {
        "OBS_VALUE": "double",
        "N_BASE": "integer",
        "SYNTHETIC": "boolean",
        "RELEASE_DATE": "date",
        "EMBARGO": "dateTime",
        "DOMAIN": "string",
    }
    assert {name: columns[name]["datatype"] for name in kinds} == kinds


def test_who_published_what_and_when_is_told_in_the_terms_of_dublin_core(described):
    assert described["dc:title"] == [
        {"@value": 'وسائل التواصل الاجتماعي & "نحن"', "@language": "ar"},
        {"@value": 'Social media & "us"', "@language": "en"},
    ]
    assert described["dc:issued"] == {"@value": "2019-04-01", "@type": "xsd:date"}
    assert described["dc:license"][1] == {"@value": "CC BY 4.0", "@language": "en"}
    assert "synthetic" in json.dumps(described["dc:description"])
    assert "dc:replaces" not in described


def test_each_column_of_codes_has_a_table_of_their_words(made):
    groups = csv.DictReader(io.StringIO(made["social-media-2019-codes-domain.csv"]))

    known = {(one["BREAKDOWN"], one["DOMAIN"]): one for one in groups}
    assert known["governorate", "muscat"]["TITLE_AR"] == "مسقط"
    assert known["sex|age", "male|18-29"]["TITLE_EN"] == "Men, 18-29"
    assert len([name for name in made if "-codes-" in name]) == 12


def test_a_feed_in_one_language_has_titles_in_that_one():
    made = files("ar")

    (line, *_) = made["social-media-2019-codes-item.csv"].splitlines()
    assert line == "QUESTION,ITEM,TITLE_AR"


def test_a_column_of_an_unknown_name_can_be_described():
    rows = tuple({**one, "_my column": 0.5} for one in figures())

    made = files(report=replace(made_report(), figures=rows))

    described = json.loads(made["social-media-2019.csv-metadata.json"])
    columns = {one["name"]: one for one in described["tables"][0]["tableSchema"]["columns"]}
    assert columns["%5FMY%20COLUMN"]["datatype"] == "double"


def test_metadata_of_the_feed_for_spreadsheets_is_refused():
    with pytest.raises(ExportError, match=r"option 'metadata'.*profile 'machine'"):
        list(render(edition("ar"), CsvOptions(profile="excel", metadata=True)))
