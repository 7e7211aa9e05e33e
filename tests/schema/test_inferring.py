from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import QuestionnaireError
from socialpoll.responses import bind
from socialpoll.schema import Number, Questionnaire, Single


def inferred(values, **more):
    frame = pd.DataFrame({"q": values})
    return Questionnaire.infer(frame, **more)["q"]


def codes_of(question):
    return [one.code for one in question.options]


@pytest.mark.parametrize(
    ("values", "code_type", "codes"),
    [
        ([3, 1, 2, 1], "integer", [1, 2, 3]),
        ([3.0, np.nan, 1.0], "integer", [1, 3]),
        (pd.array([1, None, 0], dtype="Int64"), "integer", [0, 1]),
        ([True, False, True], "string", ["False", "True"]),
        (["b", "a", None], "string", ["a", "b"]),
        (["b", "a", 1, 2.0], "string", ["1", "2", "a", "b"]),
        (pd.Categorical(["b"], categories=["c", "b", "a"]), "string", ["c", "b", "a"]),
        (pd.Categorical([1], categories=[3, 1]), "integer", [3, 1]),
    ],
)
def test_words_categories_and_few_whole_numbers_are_single_questions(values, code_type, codes):
    question = inferred(values)

    assert isinstance(question, Single)
    assert (question.code_type, codes_of(question)) == (code_type, codes)
    assert [one.label for one in question.options] == [{"und": str(code)} for code in codes]


@pytest.mark.parametrize("values", [[1.5, 2.0], range(21), np.arange(30.0)])
def test_other_numbers_are_number_questions(values):
    assert isinstance(inferred(values), Number)


def test_excluded_columns_are_no_questions():
    frame = pd.DataFrame({"id": ["x|1", "x|2"], "sex": ["m", "f"]})

    assert Questionnaire.infer(frame, exclude=["id"]).names == ("sex",)


def test_questions_are_in_the_order_of_the_columns():
    frame = pd.DataFrame({"b": [1], "a": [1.5], "c": ["x"]})

    assert Questionnaire.infer(frame).names == ("b", "a", "c")


@pytest.mark.parametrize(
    ("frame", "what"),
    [
        (pd.DataFrame({"q": [None, None]}), "a column without answers"),
        (pd.DataFrame({"q": ["", " "]}), "a column without answers"),
        (pd.DataFrame({"q": [dt.date(2019, 3, 3)]}), "a column of values that are no codes"),
        (pd.DataFrame({"q": pd.to_datetime(["2019-03-03"])}), "a column of type datetime64"),
        (
            pd.DataFrame({"q": [f"id{n}" for n in range(501)]}),
            "a column of free text or identifiers",
        ),
        (pd.DataFrame([[1, 2]], columns=["q", "q"]), "a column that is there more than once"),
        (pd.DataFrame({3: [1]}), "a column whose name is no string"),
        (pd.DataFrame({"q|x": [1]}), "a name that is not plain"),
        (pd.DataFrame({"q": ["a|b"]}), "a code that is not plain"),
    ],
)
def test_columns_that_are_no_questions_are_refused_with_the_reason(frame, what):
    with pytest.raises(QuestionnaireError) as raised:
        Questionnaire.infer(frame)

    assert raised.value.problems[0].what.startswith(what)


def test_every_column_that_is_no_question_is_told_at_once():
    frame = pd.DataFrame({"a": [None], "b": [dt.date(2019, 3, 3)], "c": [1]})

    with pytest.raises(QuestionnaireError) as raised:
        Questionnaire.infer(frame, exclude=["d"])

    assert len(raised.value.problems) == 3


values = st.one_of(
    st.lists(st.integers(-5, 5), min_size=1, max_size=9),
    st.lists(st.floats(-5, 5), min_size=1, max_size=9),
    st.lists(st.booleans(), min_size=1, max_size=9),
    st.lists(st.sampled_from(["a", "b", "01", "1", "1.0", " x"]), min_size=1, max_size=9),
    st.lists(st.sampled_from(["a", 1, 2.5, True, None]), min_size=1).filter(
        lambda one: any(map(bool, one))
    ),
)


@settings(max_examples=30)
@given(values)
def test_answers_fit_the_questionnaire_inferred_from_them(answers):
    frame = pd.DataFrame({"q": answers})

    responses = bind(frame, Questionnaire.infer(frame))

    assert "error" not in set(responses.findings["severity"])
