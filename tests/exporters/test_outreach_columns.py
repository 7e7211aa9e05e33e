from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO

import pytest

from socialpoll.exporters.feed import CsvOptions, render
from socialpoll.exporters.outreach_columns import outreach_columns
from socialpoll.report import Report, report_from_json, report_to_json
from tests.exporters.made_report import FORMULA, LABELS, edition, made_report

EVERYBODY = {
    "wave": "2019-03",
    "breakdown": "_T",
    "domain": "_T",
    "base": 1204,
    "refusal": "",
    "platforms": "whatsapp|youtube",
    "cost": None,
    "reach": 0.965,
    "optimism": 0.002,
    "expected": 0.963,
    "ci_low": 0.951,
    "ci_high": 0.974,
    "verdict": "met",
    "first": False,
    "rival": "whatsapp|x",
    "loss_of": "whatsapp",
    "loss": 0.213,
    "loss_low": 0.18,
    "loss_high": 0.24,
    "loss_tells": True,
    "times": "18|12",
    "times_share": 0.41,
    "times_alone": False,
    "days": "",
    "caveat": "",
    "at_most": None,
    "shared_reach": None,
    "shared_loss": None,
    "shared_tells": None,
}
SMALL = {
    **dict.fromkeys(EVERYBODY),
    "wave": "2019-03",
    "breakdown": "governorate",
    "domain": "musandam",
    "base": 60,
    "refusal": "small base",
}
WORDS = {
    "outreach:platforms": {
        "whatsapp|youtube": {"en": "WhatsApp and YouTube", "ar": "واتساب ويوتيوب"},
        "whatsapp": {"en": "WhatsApp", "ar": "واتساب"},
        "whatsapp|x": {"en": FORMULA, "ar": FORMULA},
    },
    "outreach:times": {"18|12": {"en": "evening or noon", "ar": "المساء أو الظهر"}},
    "outreach:verdict": {"met": {"en": "yes", "ar": "نعم"}},
    "outreach:refusal": {"small base": {"en": "too few", "ar": "عدد قليل"}},
}


def planned() -> Report:
    return replace(made_report(), outreach=(EVERYBODY, SMALL), labels=LABELS | WORDS)


def files(report: Report | None = None, **options) -> dict[str, bytes]:
    shown = edition("ar", "en", report=planned() if report is None else report)
    return {one.name: one.content for one in render(shown, CsvOptions(**options))}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_plan_is_a_table_beside_the_figures():
    made = files()

    assert list(made) == ["social-media-2019.csv", "social-media-2019-outreach.csv"]
    assert made["social-media-2019.csv"] == files(made_report())["social-media-2019.csv"]


def test_a_report_without_a_plan_has_no_such_table():
    assert list(files(made_report())) == ["social-media-2019.csv"]


def test_each_audience_is_a_row_with_its_codes_numbers_and_publication():
    everybody, small = rows_of(files()["social-media-2019-outreach.csv"])

    assert (everybody["PLATFORMS"], everybody["EXPECTED"]) == ("whatsapp|youtube", "0.963")
    assert (everybody["CI_LOWER"], everybody["N_BASE"]) == ("0.951", "1204")
    assert (everybody["FIRST"], everybody["LOSS_TELLS"]) == ("false", "true")
    assert (everybody["COST"], everybody["FORMATS"]) == ("", "")
    assert {one["RELEASE_DATE"] for one in (everybody, small)} == {"2019-04-01"}
    assert (small["DOMAIN"], small["REFUSAL"], small["EXPECTED"]) == ("musandam", "small base", "")


def test_spreadsheets_have_words_beside_the_codes_and_nothing_to_calculate():
    content = files(profile="excel")["social-media-2019-outreach.csv"]
    everybody, small = rows_of(content)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert everybody["PLATFORMS_AR"] == "واتساب ويوتيوب"
    assert everybody["RIVAL_EN"] == f"'{FORMULA}"
    assert everybody["LOSS_OF_EN"] == "WhatsApp"
    assert everybody["TIMES_EN"] == "evening or noon"
    assert everybody["VERDICT_AR"] == "نعم"
    assert (small["DOMAIN_AR"], small["REFUSAL_EN"]) == ("مسندم", "too few")
    assert small["PLATFORMS_EN"] == ""


def test_columns_that_nobody_knows_come_last():
    strange = replace(planned(), outreach=({**EVERYBODY, "colour": "red"},))

    assert [one.heading for one in outreach_columns(strange)][-2:] == ["SHARED_TELLS", "COLOUR"]


@pytest.fixture(scope="module")
def described() -> dict:
    made = files(metadata=True)
    tables = json.loads(made["social-media-2019.csv-metadata.json"])["tables"]
    return next(one for one in tables if one["url"] == "social-media-2019-outreach.csv")


def test_metadata_describe_the_columns_of_the_table(described):
    first = next(csv.reader(StringIO(files()["social-media-2019-outreach.csv"].decode())))
    columns = {one["name"]: one for one in described["tableSchema"]["columns"]}

    assert list(columns) == first
    assert columns["EXPECTED"]["titles"]["en"] == ["EXPECTED", "Potential reach"]
    assert columns["EXPECTED"]["titles"]["ar"] == ["EXPECTED", "نسبة الوصول المحتملة"]
    assert (columns["EXPECTED"]["datatype"], columns["FIRST"]["datatype"]) == ("double", "boolean")
    assert columns["PLATFORMS"]["separator"] == "|"
    assert "separator" not in columns["LOSS_OF"]
    assert described["tableSchema"]["primaryKey"] == ["WAVE", "BREAKDOWN", "DOMAIN"]


def test_an_independent_reader_finds_the_plan_by_its_metadata(tmp_path):
    from csvw import TableGroup

    known = {"wave": {"2019-03": {"en": "2019"}}, "breakdown": {"governorate": {"en": "G"}}}
    for name, content in files(
        replace(planned(), labels=LABELS | WORDS | known), metadata=True
    ).items():
        (tmp_path / name).write_bytes(content)

    group = TableGroup.from_file(tmp_path / "social-media-2019.csv-metadata.json")
    (table,) = (one for one in group.tables if "outreach" in str(one.url))
    everybody, small = table.iterdicts()

    assert everybody["PLATFORMS"] == ["whatsapp", "youtube"]
    assert (everybody["EXPECTED"], everybody["FIRST"]) == (0.963, False)
    assert (small["PLATFORMS"], small["CI_LOWER"]) == ([], None)


def test_a_report_with_a_plan_goes_to_json_and_back():
    assert report_from_json(report_to_json(planned())) == planned()
