from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import BindingError
from socialpoll.responses import SampleDesign, bind, choices
from tests.responses.asking import asking, multiple, number, numbers, single


def problems_of(frame, questionnaire):
    with pytest.raises(BindingError) as raised:
        bind(frame, questionnaire)
    return raised.value.problems


def test_every_column_that_is_missing_is_told_at_once_with_its_nearest():
    questionnaire = asking(single("a", name="sex"), multiple("x", "y", name="p"), number("age"))

    problems = problems_of(pd.DataFrame({"sx": ["a"], "p_x": [1], "p_z": [0]}), questionnaire)

    assert [(one.where, one.what) for one in problems] == [
        ("question 'sex'", "there is no column 'sex'"),
        ("question 'p'", "there is no column 'p_y'"),
        ("question 'age'", "there is no column 'age'"),
    ]
    assert problems[0].allowed.startswith("did you mean 'sx'?")


def test_a_column_that_is_there_twice_is_refused_only_where_it_is_used():
    frame = pd.DataFrame([["a", 1, 2]], columns=["q", "x", "x"])

    assert len(bind(frame, asking(single("a")))) == 1
    (problem,) = problems_of(frame, asking(number("x")))
    assert problem.what == "column 'x' is there 2 times"


def test_a_frame_without_rows_is_refused():
    (problem,) = problems_of(pd.DataFrame({"q": []}), asking(single("a")))

    assert problem.what == "there is not one row of answers"


@pytest.mark.parametrize("answers", [{"q": ["a"]}, [["a"]], None])
def test_what_is_no_frame_is_refused(answers):
    (problem,) = problems_of(answers, asking(single("a")))

    assert problem.allowed == "a pandas DataFrame"


@pytest.mark.parametrize("wave", ["", "_T", "a|b"])
def test_the_name_of_a_wave_must_be_plain(wave):
    with pytest.raises(BindingError, match="name of the wave"):
        bind(pd.DataFrame({"q": ["a"]}), asking(single("a")), wave=wave)


def test_a_wave_is_kept_and_told():
    responses = bind(pd.DataFrame({"q": ["a"]}), asking(single("a")), wave="2019-03")

    assert responses.wave == "2019-03"
    assert responses.methodology.fact("responses", "cases")["wave"] == "2019-03"


def test_columns_are_in_the_order_of_the_questionnaire():
    questionnaire = asking(number("b"), number("a"))

    assert list(bind(pd.DataFrame({"a": [1], "b": [2]}), questionnaire).columns) == ["b", "a"]


def test_the_frame_is_not_changed():
    frame = pd.DataFrame({"q": ["a", None, "x"], "w": [1, 2, 3]}, index=[5, 5, 7])
    before = frame.copy(deep=True)

    bind(frame, asking(single("a")), SampleDesign(weight="w"))

    pd.testing.assert_frame_equal(frame, before)


def test_later_changes_of_the_frame_do_not_reach_the_answers():
    frame = pd.DataFrame({"q": [1.0, 2.0], "w": [1.0, 2.0]})
    responses = bind(frame, asking(number()), SampleDesign(weight="w"))

    frame.loc[:, :] = 9

    assert numbers(responses["q"]) == [1, 2]
    assert responses.base_weight.tolist() == [1, 2]


def test_rows_are_counted_from_0_whatever_the_index():
    frame = pd.DataFrame({"q": ["a", "x"]}, index=["first", "second"])

    findings = bind(frame, asking(single("a"))).findings

    assert findings["row"].tolist() == [1]


def test_errors_come_before_notes_among_the_findings():
    frame = pd.DataFrame({"p": [None, "a"], "q": ["a", "x"]})
    questionnaire = asking(single("a", name="p"), single("a"))

    findings = bind(frame, questionnaire).findings

    assert findings["severity"].tolist() == ["error", "note"]
    assert list(findings.columns) == [
        "severity",
        "row",
        "question",
        "value",
        "count",
        "what",
        "advice",
        "rule",
    ]


def test_answers_of_many_rows_are_looked_at_once_a_value(monkeypatch):

    asked_for = []
    original = choices.key_of
    monkeypatch.setattr(choices, "key_of", lambda *both: asked_for.append(both) or original(*both))
    frame = pd.DataFrame({"q": np.tile(np.array(["a", "b"], dtype=object), 50_000)})

    bind(frame, asking(single("a", "b")))

    assert len(asked_for) < 10
