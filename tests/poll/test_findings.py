"""What a real look through a poll writes down of what it found."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import socialpoll as sp
from tests.poll.polls import QUESTIONNAIRE, answers, changed, write_poll

ITEMS = "".join(
    f'    {{ code = "i{place}", label = {{ en = "Item {place}", ar = "البند {place}" }} }},\n'
    for place in range(20)
)
GRID = f"""
[[questions]]
name = "rated"
kind = "grid"
text = {{ en = "How good?", ar = "ما مدى الجودة؟" }}
ordered = true
items = [
{ITEMS}]
options = [
    {{ code = "low", label = {{ en = "Low", ar = "منخفض" }} }},
    {{ code = "high", label = {{ en = "High", ar = "مرتفع" }} }},
]

[[questions]]
name = "income"
kind = "number"
text = {{ en = "Income?", ar = "الدخل؟" }}
label = {{ en = "Income", ar = "الدخل" }}
unit = {{ en = "rials", ar = "ريال" }}
maximum = 9999
sensitive = true
"""
CHECKS = '[checks]\nid = "case"\nduration = "minutes"\n[[weighting.steps]]'
COLUMNS = [f"rated_i{place}" for place in range(20)]


@pytest.fixture
def broken(tmp_path):
    """Return a poll in which much is wrong."""
    file = write_poll(tmp_path, changed(("[[weighting.steps]]", CHECKS)), QUESTIONNAIRE + GRID)
    table = tmp_path / "answers.csv"
    table.write_text(answers(), encoding="utf-8")
    frame = pd.read_csv(table, dtype=str)
    for place, column in enumerate(COLUMNS):
        frame[column] = [("low", "high")[(case >> place % 6) & 1] for case in range(60)]
    frame = frame.assign(income="500", case=[f"person-{case}" for case in range(60)], minutes="20")
    frame.loc[0, "sex"] = "=1+1"
    frame.loc[1, "hours"] = "25"
    frame.loc[2, "income"] = "98765"
    frame.loc[4, "case"] = "person-3"
    frame.loc[5, "minutes"] = "2.5"
    frame.loc[6, COLUMNS] = None
    frame.loc[7, COLUMNS] = "low"
    frame.loc[[9, 10], ["sex", "account", "hours", *COLUMNS]] = frame.loc[
        8, ["sex", "account", "hours", *COLUMNS]
    ].to_numpy()
    frame.loc[11, "region"] = "east"
    frame.to_csv(table, index=False)
    return sp.Poll.load(file)


def test_the_list_of_check_is_the_frame_of_the_findings(broken):
    pd.testing.assert_frame_equal(broken.check(), broken.findings().frame)


def test_every_rule_that_was_broken_is_found_with_its_cases(broken):
    found = broken.findings()

    assert {rule: found.cases[rule] for rule in found.cases if rule != "asked_blank"} == {
        "undeclared": 1,
        "out_of_range": 2,
        "straight_lining": 2,
        "speeding": 1,
        "duplicate_id": 2,
        "duplicate_answers": 3,
        "case_nonresponse": 1,
        "lonely_stratum": 1,
    }


def test_the_page_in_arabic_says_what_was_found_in_arabic(broken, tmp_path):
    content = sp.write_findings(broken.findings(), tmp_path / "f.html").read_text(encoding="utf-8")

    arabic, _ = re.split('<article class="edition" id="en"', content)
    assert "2.5 دقيقة" in arabic
    assert "عدد البنود: 20" in arabic
    assert "بلا إجابة: 20 من 24" in arabic
    assert "الصفوف 8، 9، 10" in arabic
    assert not re.search(r"\d (minutes|items|of|questions|other)|rows \d", arabic)


@pytest.mark.parametrize("name", ["f.html", "f.csv"])
def test_no_file_holds_an_id_or_an_answer_to_a_sensitive_question(broken, tmp_path, name):
    content = sp.write_findings(broken.findings(), tmp_path / name).read_text(encoding="utf-8-sig")

    assert "person-3" not in content
    assert "98765" not in content
    assert "=1+1" in content
    assert "25" in content


def test_answers_are_looked_at_though_base_weights_are_wrong(broken):
    table = pd.read_csv(broken.source, dtype=str)
    table.loc[20, "base"] = "-1"
    table.loc[21, "base"] = None
    table.to_csv(broken.source, index=False)

    found = broken.check()

    assert "1 row(s) have a base weight below 0" in set(found["what"])
    assert "1 row(s) have no base weight, or one that is no number" in set(found["what"])
    assert {"undeclared", "duplicate_id", "speeding"} < set(found["rule"])


def test_where_more_than_the_weights_is_wrong_with_the_design_that_alone_is_told(broken):
    table = pd.read_csv(broken.source, dtype=str)
    table.loc[20, ["base", "region"]] = None
    table.to_csv(broken.source, index=False)

    assert set(broken.check()["rule"]) == {""}


def test_answers_are_looked_at_though_columns_of_the_checks_are_missing_too(broken):
    table = pd.read_csv(broken.source, dtype=str)
    table.loc[20, "base"] = "-1"
    table.drop(columns="case").to_csv(broken.source, index=False)

    found = broken.check()

    assert found.loc[found["rule"] == "", "where"].tolist() == ["weight = 'base'", "checks.id"]
    assert {"undeclared", "out_of_range", "straight_lining"} < set(found["rule"])
    assert "duplicate_id" not in set(found["rule"])
