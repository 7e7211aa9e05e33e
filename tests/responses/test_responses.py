from __future__ import annotations

import pickle

import pytest

from socialpoll.errors import UncleanError, UnknownNameError
from tests.responses.asking import answers, number, single


def test_clean_answers_are_returned_as_they_are():
    responses = answers(single("a"), ["a", None])

    assert responses.require_clean() is responses


def test_unclean_answers_are_refused_with_every_error_and_no_note():
    responses = answers(number(maximum=9), ["1", "x", "y", "y", "10", None])

    with pytest.raises(UncleanError) as raised:
        responses.require_clean()

    assert [(one.where, one.found) for one in raised.value.problems] == [
        ("question 'q', row 1", "'x'"),
        ("question 'q', 2 rows, first row 2", "'y'"),
        ("question 'q', row 4", "'10'"),
    ]


def test_the_answers_to_a_variable_are_had_by_its_name():
    responses = answers(single("a"), ["a"])

    assert responses["q"] is responses.columns["q"]
    with pytest.raises(UnknownNameError, match="did you mean 'q'"):
        _ = responses["qq"]


def test_there_are_as_many_responses_as_cases():
    assert len(answers(single("a"), ["a", "a", None])) == 3


def test_responses_are_shown_by_their_size_and_not_by_their_answers():
    assert repr(answers(single("a"), ["a", "a", None])) == "<Responses of 3 cases, variables: 1>"


def test_responses_can_be_pickled():
    responses = answers(single("a"), ["a"])

    again = pickle.loads(pickle.dumps(responses))  # noqa: S301 - our own bytes

    assert again.digest == responses.digest
    assert again["q"].position.tolist() == [0]
