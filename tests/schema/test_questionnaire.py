from __future__ import annotations

import pickle

import pytest

from socialpoll.errors import UnknownNameError
from socialpoll.schema import All, Answered, Not, questions_of, say
from tests.schema.questionnaires import one_of_every_kind


def test_names_are_those_of_questions_and_then_of_derived_variables():
    assert one_of_every_kind().names == (
        "wording",
        "account",
        "age",
        "platforms",
        "hours",
        "busiest",
        "why_many",
        "why",
        "joined",
        "services_health",
        "services_roads",
        "trust",
        "age_group",
        "trusting",
        "any_platform",
        "satisfied",
        "roads",
    )


def test_a_variable_is_had_by_its_name():
    questionnaire = one_of_every_kind()

    assert questionnaire["hours"] is questionnaire.questions[3]
    assert questionnaire["age_group"] is questionnaire.derived[0]


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'hours'"):
        _ = one_of_every_kind()["hour"]


def test_the_heading_of_a_question_is_its_label_or_its_wording():
    questionnaire = one_of_every_kind()

    assert say(questionnaire["platforms"].heading, "ar") == "المنصات"
    assert say(questionnaire["age"].heading, "ar") == "Age?"


def test_a_questionnaire_can_be_pickled():
    questionnaire = one_of_every_kind()

    assert pickle.loads(pickle.dumps(questionnaire)) == questionnaire  # noqa: S301 - our own bytes


def test_a_condition_names_the_questions_it_speaks_of():
    condition = All(Answered("a"), Not(Answered("b")))

    assert list(questions_of(condition)) == ["a", "b"]
