"""A table of targets to be filled in, and read when it is."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.errors import TargetError
from tests.weighting.polls import QUESTIONNAIRE, answers, bound


def lines(file):
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened))


def refused(make):
    with pytest.raises(TargetError) as raised:
        make()
    return [str(one) for one in raised.value.problems]


def labelled():
    sex = sp.Single(
        name="sex",
        text="Sex",
        options=(
            sp.Code(code="male", label={"en": "Men, all", "ar": "ذكور"}),
            sp.Code(code="female", label={"en": "Women", "ar": "إناث"}),
        ),
    )
    return replace(QUESTIONNAIRE, questions=(sex, *QUESTIONNAIRE.questions[1:]))


def test_there_is_a_row_a_combination_in_the_order_of_the_questionnaire(tmp_path):
    file = sp.write_targets_template(labelled(), ("sex", "region"), tmp_path / "t.csv")

    assert lines(file)[:3] == [
        ["sex", "region", "label_en", "label_ar", "target"],
        ["male", "1", "Men, all|1", "ذكور|1", ""],
        ["male", "2", "Men, all|2", "ذكور|2", ""],
    ]
    assert [row[:2] for row in lines(file)[1:]] == [
        [sex, region] for sex in ("male", "female") for region in "123"
    ]


def test_responses_add_their_interviews_whatever_these_weigh(tmp_path):
    frame = answers()
    frame.loc[frame["region"] == 3, "base"] = 0.0

    file = sp.write_targets_template(bound(frame), "region", tmp_path / "t.csv")

    assert [(row[0], row[3]) for row in lines(file)] == [
        ("region", "n"),
        ("1", "120"),
        ("2", "60"),
        ("3", "60"),
    ]


def test_a_template_that_is_filled_in_is_read_as_targets(tmp_path):
    file = sp.write_targets_template(bound(), ("sex", "region"), tmp_path / "t.csv")
    table = lines(file)
    with file.open("w", encoding="utf-8", newline="") as opened:
        numbered = [[*row[:-1], str(10 * n)] for n, row in enumerate(table[1:], start=1)]
        csv.writer(opened).writerows([table[0], *numbered])

    targets = sp.Targets.from_csv(file)

    assert targets.variables == ("sex", "region")
    assert targets.values["female", "3"] == 60
    assert sp.rake(bound(), {("sex", "region"): targets}).values.sum() == pytest.approx(210)


def test_rows_that_were_not_filled_in_are_all_named(tmp_path):
    file = sp.write_targets_template(labelled(), "sex", tmp_path / "t.csv")

    (problem,) = refused(lambda: sp.Targets.from_csv(file))

    assert "column target: 2 rows have no target; found blanks in line 2 (male), line 3" in problem
    assert "0 where there is nobody" in problem


def test_a_template_is_written_whole_or_not_at_all(tmp_path):
    (tmp_path / "t.csv").mkdir()

    (problem,) = refused(lambda: sp.write_targets_template(labelled(), "sex", tmp_path / "t.csv"))

    assert "the file cannot be written" in problem
    assert [one.name for one in tmp_path.iterdir()] == ["t.csv"]


def test_derived_variables_have_templates_too(tmp_path):
    file = sp.write_targets_template(bound(), "age_group", tmp_path / "t.csv")

    assert [row[0] for row in lines(file)] == ["age_group", "18-39", "40+"]


def test_variables_that_cannot_be_weighted_by_are_refused_at_once(tmp_path):
    names = ("sx", "age", "apps")

    problems = refused(lambda: sp.write_targets_template(bound(), names, tmp_path / "t.csv"))

    assert "found 'sx'; allowed: did you mean 'sex'?" in problems[0]
    assert "variable age: a variable that cannot be weighted by; found number" in problems[1]
    assert "variable apps: a variable that cannot be weighted by; found multiple" in problems[2]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["n", "target", "label_x"])
def test_a_variable_with_the_name_of_another_column_is_refused(name, tmp_path):
    asked = sp.Questionnaire(
        title="t",
        questions=(
            sp.Single(
                name=name,
                text="?",
                options=(sp.Code(code="a", label="A"), sp.Code(code="b", label="B")),
            ),
        ),
    )

    (problem,) = refused(lambda: sp.write_targets_template(asked, name, tmp_path / "t.csv"))

    assert "the name of another column of the table" in problem
