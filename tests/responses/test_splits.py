from __future__ import annotations

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import BindingError
from socialpoll.responses import BLANK, NOT_ASKED
from tests.responses.asking import findings, single


def poll(*, column="form", **more):
    versions = (
        sp.Version(code="a", label="A", questions=("old",)),
        sp.Version(code="b", label="B", questions=("new",)),
    )
    split = sp.Split(name="version", label="Version", column=column, versions=versions)
    return sp.Questionnaire(
        title="Poll",
        questions=(single("x", "y", name="old", **more), single("x", "y", name="new")),
        splits=(split,),
    )


ANSWERS = pd.DataFrame(
    {
        "form": ["a", "a", "b", "b", "b"],
        "old": ["x", None, None, None, "y"],
        "new": [None, None, "x", "y", "x"],
    }
)


def test_whoever_was_given_another_version_was_not_asked():
    responses = sp.bind(ANSWERS, poll())

    assert responses["version"].position.tolist() == [0, 0, 1, 1, 1]
    assert responses["old"].position.tolist() == [0, BLANK, NOT_ASKED, NOT_ASKED, 1]
    assert responses["new"].position.tolist() == [NOT_ASKED, NOT_ASKED, 0, 1, 0]


def test_an_answer_to_another_version_is_a_finding_and_stays_as_given():
    assert findings(sp.bind(ANSWERS, poll())) == [("old", 4, "", 1)]


def test_the_base_of_a_figure_is_of_one_version():
    found = sp.estimate(
        sp.bind(ANSWERS.iloc[:4], poll()), [sp.Share("old", base="asked"), "new"], by=["version"]
    ).frame
    overall = found[found["breakdown"] == "_T"].groupby("indicator")["n_base"].first()

    assert overall.to_dict() == {"old": 2, "new": 2}


def test_where_the_assignment_is_not_in_the_answers_a_blank_is_a_blank():
    responses = sp.bind(ANSWERS, poll(column=None))

    assert responses["old"].position.tolist() == [0, BLANK, BLANK, BLANK, 1]
    assert findings(responses) == []


def test_the_column_of_the_assignment_has_to_be_there():
    with pytest.raises(BindingError, match="there is no column 'form'"):
        sp.bind(ANSWERS.drop(columns="form"), poll())


def test_a_version_that_nobody_declared_is_a_finding():
    responses = sp.bind(ANSWERS.iloc[:1].assign(form="c"), poll())

    assert findings(responses)[0] == ("version", 0, "c", 1)


def test_an_experiment_is_a_comparison_of_its_versions():
    versions = tuple(sp.Version(code=code, label=code) for code in "ab")
    asked = sp.Questionnaire(
        title="Poll",
        questions=(single("x", "y"),),
        splits=(sp.Split(name="version", label="V", column="form", versions=versions),),
    )
    answers = pd.DataFrame({"form": ["a", "b"] * 50, "q": ["x", "y", "x", "x"] * 25})
    found = sp.estimate(sp.bind(answers, asked), ["q"], by=["version"]).frame

    shares = found[found["category"] == "x"].set_index("domain")["estimate"]
    assert shares.to_dict() == {"_T": 0.75, "a": 1.0, "b": 0.5}
