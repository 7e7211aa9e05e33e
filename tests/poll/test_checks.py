from __future__ import annotations

import json
from dataclasses import replace

import jsonschema
import pytest

import socialpoll as sp
from socialpoll.errors import BindingError, PollFileError, UncleanError
from socialpoll.poll.json_schema import json_schema_of
from tests.poll.polls import QUESTIONNAIRE, answers, changed, write_poll

TIMED = """
[checks]
id = "case"
duration = "minutes"
"""


def poll(folder, checks="", table=None, questionnaire=QUESTIONNAIRE):
    text = changed(("[[weighting.steps]]", f"{checks}\n[[weighting.steps]]"))
    file = write_poll(folder, text, questionnaire)
    if table is not None:
        (folder / "answers.csv").write_text(table, encoding="utf-8")
    return sp.Poll.load(file)


def timed(minutes=(*[20] * 59, 2), case=range(60)):
    """Return answers with an id and a duration a case."""
    head, *rows = answers().splitlines()
    more = zip(rows, case, minutes, strict=True)
    return "\n".join([f"{head},case,minutes", *(",".join(map(str, one)) for one in more)])


def told(poll):
    found = poll.check()
    return found.loc[found["rule"] != "", ["severity", "rule", "where", "found", "count"]]


def the_problem(folder, checks):
    with pytest.raises(PollFileError) as caught:
        poll(folder, checks)
    (problem,) = caught.value.problems
    return problem


def test_a_poll_without_checks_has_those_that_python_has(tmp_path):
    assert poll(tmp_path).checks == sp.Checks()


def test_checks_are_those_that_python_would_write(tmp_path):
    checks = """
[checks]
id = "case"
duration = "seconds"
duration_in = "seconds"
fast_below = 0.5
severity = { asked_blank = "off", speeding = "error" }
"""

    assert poll(tmp_path, checks).checks == sp.Checks(
        id="case",
        duration="seconds",
        duration_in="seconds",
        fast_below=0.5,
        severity={"asked_blank": "off", "speeding": "error"},
    )


def test_a_battery_is_read_as_a_list_of_questions(tmp_path):
    renamed = QUESTIONNAIRE.replace('name = "account"', 'name = "other"').replace(
        '{ code = "yes"', '{ code = "male"'
    )
    questionnaire = renamed.replace('{ code = "no"', '{ code = "female"')
    text = changed(
        (
            "[[weighting.steps]]",
            '[checks]\nstraight_items = [["sex", "other"]]\n[[weighting.steps]]',
        ),
        ('share = "account"', 'share = "other"'),
        ('"account", ["sex", "account"]', '"other", ["sex", "other"]'),
    )

    read = sp.Poll.load(write_poll(tmp_path, text, questionnaire))

    assert read.checks.straight_items == (("sex", "other"),)


@pytest.mark.parametrize(
    ("checks", "where", "what"),
    [
        ("colour = 1", "checks.colour", "unknown key 'colour'"),
        ("fast_below = 2", "checks.fast_below", "a threshold out of its limits"),
        ("straight_least = 2.5", "checks.straight_least", "of the wrong kind"),
        ('duration_in = "days"', "checks.duration_in", "no such choice"),
        ('severity = { speding = "off" }', "checks.severity", "there is no rule 'speding'"),
        ('severity = { speeding = "bad" }', "checks.severity.speeding", "no such choice"),
        ('end = "ended"', "checks.start", "their start"),
        ('straight_items = [["sex", "hours"]]', "checks.straight_items[1]", "hours"),
        ('straight_items = [["sex", "age"]]', "checks.straight_items[1]", "no question 'age'"),
    ],
)
def test_a_mistake_in_the_checks_is_told_with_its_key(tmp_path, checks, where, what):
    problem = the_problem(tmp_path, f"[checks]\n{checks}")

    assert problem.where == f"poll.toml, {where}"
    assert what in problem.what


def test_mistakes_in_checks_and_in_design_are_told_at_once(tmp_path):
    text = changed(
        ("[design]\n", '[checks]\nfast_below = 9\n[design]\nlonely = "skip"\n'),
    )

    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write_poll(tmp_path, text))

    assert {one.where for one in caught.value.problems} == {
        "poll.toml, checks.fast_below",
        "poll.toml, design.lonely",
    }


def test_the_schema_of_poll_files_knows_the_checks():
    schema = json_schema_of("poll")
    table = {"id": "case", "fast_below": 0.5, "severity": {"speeding": "off"}}

    def mistakes(checks):
        found = jsonschema.Draft202012Validator(schema).iter_errors({"checks": checks})
        return [one for one in found if list(one.absolute_path)[:1] == ["checks"]]

    assert mistakes(table) == []
    assert mistakes({"colour": 1})
    assert mistakes({"severity": {"speeding": "bad"}})


def test_findings_are_listed_with_their_rule_and_where_they_are(tmp_path):
    found = told(poll(tmp_path, TIMED, timed(case=[*range(59), 0])))

    assert found.to_numpy().tolist() == [
        ["error", "duplicate_id", "row 0 (from 0)", "0", 2],
        ["warning", "speeding", "row 59 (from 0)", "2 minutes", 1],
    ]


def test_what_is_off_is_not_told_and_what_is_a_note_is_one(tmp_path):
    severity = 'severity = { speeding = "note", duplicate_id = "off" }'

    found = told(poll(tmp_path, TIMED + severity, timed(case=[0] * 60)))

    assert found[["severity", "rule"]].to_numpy().tolist() == [["note", "speeding"]]


def test_a_run_stops_where_the_poll_says_that_a_finding_is_an_error(tmp_path):
    severe = poll(tmp_path, TIMED + 'severity = { speeding = "error" }', timed())

    with pytest.raises(UncleanError, match="interviews shorter than"):
        severe.run(tmp_path / "out")
    with pytest.raises(UncleanError, match="interviews shorter than"):
        severe.responses()

    assert not (tmp_path / "out").exists()


def test_a_run_goes_on_where_the_poll_says_that_a_finding_is_none(tmp_path):
    table = answers().replace("north,1.5,male,yes,0\n", "north,1.5,male,YES,0\n", 1)
    strict, lenient = (
        poll(tmp_path / name, checks, table)
        for name, checks in (
            ("strict", ""),
            ("lenient", '[checks.severity]\nundeclared = "warning"'),
        )
    )

    with pytest.raises(UncleanError, match="code"):
        strict.run(tmp_path / "out")
    run = lenient.run(tmp_path / "out")

    # The answer is as unreadable as it was: it is in no base.
    figures = run.release.figures
    everybody = figures[(figures["indicator"] == "account") & (figures["breakdown"] == "_T")]
    assert set(everybody["n_answered"]) == {59}


def test_a_column_that_the_checks_name_and_the_answers_lack_is_told(tmp_path):
    lacking = poll(tmp_path, TIMED)

    with pytest.raises(BindingError) as caught:
        lacking.responses()

    assert {one.where for one in caught.value.problems} == {"checks.id", "checks.duration"}
    assert "there is no column 'case'" in set(lacking.check()["what"])


def test_the_manifest_counts_findings_and_cases_by_rule_and_holds_no_answer(tmp_path):
    checked = poll(tmp_path, TIMED, timed(minutes=[20] * 58 + [1.25, 2.125]))

    run = checked.run(tmp_path / "out")

    assert run.manifest["checks"] == [
        {"rule": "speeding", "severity": "warning", "findings": 1, "cases": 2}
    ]
    written = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(written)["checks"] == run.manifest["checks"]
    assert "1.25" not in written


def test_checks_change_no_figure(tmp_path):
    plain, timely = poll(tmp_path / "a", "", timed()), poll(tmp_path / "b", TIMED, timed())

    assert plain.weights().id == timely.weights().id
    assert plain.release().figures.equals(timely.release().figures)


def test_a_constraint_has_its_own_severity_unless_the_poll_says_otherwise(tmp_path):
    order = """
[[constraints]]
kind = "order"
of = ["hours", "age"]
severity = "note"
message = { en = "More hours than years", ar = "الساعات أكثر من السنوات" }

[[questions]]
name = "age"
kind = "number"
text = { en = "Age?", ar = "العمر؟" }
unit = { en = "years", ar = "سنة" }
"""
    head, *rows = answers().splitlines()
    table = "\n".join([f"{head},age", *(f"{row},{case}" for case, row in enumerate(rows))])
    files = poll(tmp_path, "", table.replace(",4,4", ",4,1"), QUESTIONNAIRE + order)

    strict = replace(files, checks=sp.Checks(severity={"constraint": "error"}))

    assert told(files)[["severity", "rule", "count"]].to_numpy().tolist() == [
        ["note", "constraint", 1]
    ]
    assert told(strict)["severity"].tolist() == ["error"]
