from __future__ import annotations

import pytest

import socialpoll as sp
from tests.poll.polls import answers, changed, write_poll


def findings(folder, *changes: tuple[str, str], table: str | None = None) -> list[dict]:
    file = write_poll(folder, changed(*changes))
    if table is not None:
        (folder / "answers.csv").write_text(table, encoding="utf-8")
    return sp.Poll.load(file).check().to_dict("records")


def test_a_sound_poll_has_nothing_wrong_but_that_it_is_small(poll_file):
    found = sp.Poll.load(poll_file).check()

    assert found["severity"].tolist() == ["warning"]
    assert found["where"].tolist() == ["weighting.steps[1], use, heavy"]
    assert found["what"].tolist() == ["few respondents in a level (n = 24; fewer than 30)"]
    assert list(found.columns) == [
        "severity",
        "rule",
        "where",
        "what",
        "found",
        "count",
        "advice",
    ]


def test_answers_that_are_no_codes_are_errors_with_their_question_and_count(tmp_path):
    [one] = findings(tmp_path, table=answers().replace("female", "f"))

    assert (one["severity"], one["found"], one["count"]) == ("error", "f", 30)
    assert one["where"].startswith("question sex, row 1")
    assert one["advice"]


def test_a_column_that_is_missing_is_an_error(tmp_path):
    [one] = findings(tmp_path, table=answers().replace("account", "acount"))

    assert one["severity"] == "error"
    assert "there is no column 'account'" in one["what"]
    assert "acount" in one["advice"]


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    [one] = findings(tmp_path, table="")

    assert one["what"] == "the file is empty"


def test_what_the_reader_says_of_the_file_is_a_note(tmp_path):
    table = answers().replace("hours\n", "hours,\n").replace("\n", ",\n").replace(",,\n", ",\n")

    *_, one = findings(tmp_path, table=table)

    assert (one["severity"], one["where"]) == ("note", "answers.csv")


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (('exporter = "csv"', 'exporter = "cvs"'), "exports[1]", "there is no exporter 'cvs'"),
        (
            ('exporter = "csv"', 'exporter = "csv"\noptions = { depht = 1 }'),
            "exports[1]",
            "there is no option 'depht'",
        ),
        (
            ('exporter = "csv"', 'exporter = "csv"\nlanguages = ["ar+en"]'),
            "exports[1]",
            "does not put two languages into one document",
        ),
        (("total = 1000", "total = 2000"), "", "total"),
        (('"account", ["sex"', '"hours", ["sex"'), "", "hours"),
        (('share = "account"', 'share = "hours"\nname = "h"'), "", "no shares"),
        (("flag_below = 10", 'flag_below = 10\nrules = ["strict"]'), "", "no rule 'strict'"),
    ],
)
def test_a_mistake_that_would_stop_a_run_is_an_error(tmp_path, change, where, what):
    errors = [one for one in findings(tmp_path, change) if one["severity"] == "error"]

    assert errors
    assert where in errors[0]["where"]
    assert what in f"{errors[0]['what']} {errors[0]['found']} {errors[0]['advice']}"


def test_findings_of_the_exports_and_of_the_answers_are_told_together(tmp_path):
    found = findings(
        tmp_path,
        ('exporter = "csv"', 'exporter = "cvs"'),
        table=answers().replace("female", "f"),
    )

    assert [one["severity"] for one in found] == ["error", "error"]


def test_what_the_weighting_says_is_told(tmp_path):
    found = findings(tmp_path, ("total = 1000", "total = 1002"))

    assert [one["severity"] for one in found] == ["warning", "note"]
    assert found[1]["where"].startswith("weighting.steps[1], sex")


def test_what_will_go_badly_is_told_beside_what_stops_the_run(tmp_path):
    found = findings(tmp_path, ("total = 1000", "total = 2000"))

    assert [one["severity"] for one in found] == ["error", "warning"]
    assert found[1]["where"] == "weighting.steps[1], use, heavy"
