from __future__ import annotations

import json

from socialpoll.report import report_from_json, report_json_schema, report_to_json
from socialpoll.report.measured import plain_rows
from tests.report.outreach.made import GROUPS, composed, plan, whole


def test_a_report_has_every_row_of_its_plan_as_plain_values():
    assert whole().outreach == plain_rows(plan().frame)
    everybody = whole().outreach[0]
    assert (everybody["platforms"], everybody["expected"]) == ("whatsapp|youtube|instagram", 0.97)
    assert len(whole().outreach) == 1 + len(GROUPS)


def test_a_report_of_a_group_has_its_row_and_that_of_everybody():
    rows = composed(group=("sex", "female")).outreach

    assert [(one["breakdown"], one["domain"]) for one in rows] == [("_T", "_T"), ("sex", "female")]
    only_sex = tuple(one for one in plan().audiences if one.breakdown != "area")
    assert composed(plan(audiences=only_sex), group=("area", "muscat")).outreach == ()


def test_every_code_of_a_plan_has_words_in_all_languages():
    columns = {"platforms": "platforms", "rival": "platforms", "loss_of": "platforms"}
    columns |= {one: one for one in ("refusal", "verdict", "times", "formats", "languages")}
    found = [
        (words, row[column])
        for row in whole().outreach
        for column, words in columns.items()
        if row[column]
    ]

    assert len(found) > 20
    for words, code in found:
        assert set(whole().labels[f"outreach:{words}"][code]) == {"en", "ar"}
    assert whole().labels["outreach:formats"]["video|image"]["en"] == "Video or Images"


def test_the_rows_of_a_plan_go_to_json_and_back_as_its_schema_says():
    import jsonschema

    written = report_to_json(whole())

    assert report_from_json(written) == whole()
    jsonschema.validate(json.loads(written), report_json_schema())
