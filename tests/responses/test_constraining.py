from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import QuestionnaireError
from socialpoll.responses import bind
from socialpoll.schema import Choices, Date, Order, Questionnaire, Sum
from tests.responses.asking import findings, missing, multiple, number, scale

MESSAGE = {"en": "Not so", "ar": "ليس كذلك"}


def asking(*questions, constraints):
    return Questionnaire(title="Poll", questions=questions, constraints=constraints)


hours = st.integers(0, 30)


@given(st.lists(st.tuples(hours, hours), min_size=1, max_size=9))
@settings(max_examples=25, deadline=None)
def test_sums_beyond_the_limit_are_counted_and_the_answers_kept(pairs):
    limit = Sum(of=("a", "b"), maximum=24, message=MESSAGE)
    asked = asking(number("a"), number("b"), constraints=(limit,))
    frame = pd.DataFrame(pairs, columns=["a", "b"])
    beyond = [row for row, pair in enumerate(pairs) if sum(pair) > 24]
    responses = bind(frame, asked)

    assert findings(responses) == ([("a", beyond[0], "", len(beyond))] if beyond else [])
    assert responses.frame.to_numpy().tolist() == frame.to_numpy().tolist()


def test_a_sum_of_decimals_that_meets_its_limit_is_within_it():
    limit = Sum(of=("a", "b"), minimum=0.3, maximum=0.3, message=MESSAGE)
    asked = asking(number("a"), number("b"), constraints=(limit,))

    assert findings(bind(pd.DataFrame({"a": [0.1], "b": [0.2]}), asked)) == []


def test_only_those_who_gave_all_answers_can_break_a_constraint():
    limit = Sum(of=("a", "b"), maximum=24, message=MESSAGE)
    asked = asking(number("a", missing=(missing(99),)), number("b"), constraints=(limit,))

    assert findings(bind(pd.DataFrame({"a": [99, 20], "b": [20, None]}), asked)) == []


def test_an_end_before_its_beginning_is_a_finding_with_the_words_of_the_constraint():
    first, last = (Date(name=name, text="?") for name in ("first", "last"))
    asked = asking(
        first, last, constraints=(Order(of=("first", "last"), message=MESSAGE, severity="note"),)
    )
    frame = pd.DataFrame(
        {"first": ["2026-01-02"] * 3, "last": ["2026-01-01", "2026-01-02", "2026-01-03"]}
    )
    found = bind(frame, asked).findings

    assert found[["severity", "row", "count", "what"]].to_numpy().tolist() == [
        ["note", 0, 1, "Not so"]
    ]


def test_scores_have_an_order():
    asked = asking(
        scale("low", "high", name="a"),
        scale("low", "high", name="b"),
        constraints=(Order(of=("a", "b"), message=MESSAGE),),
    )
    frame = pd.DataFrame({"a": ["low", "high", "high"], "b": ["high", "high", "low"]})

    assert findings(bind(frame, asked)) == [("a", 2, "", 1)]


def test_more_choices_than_allowed_are_a_finding():
    limit = Choices(of="q", minimum=1, maximum=2, message=MESSAGE)
    asked = asking(multiple("a", "b", "c", layout="cell"), constraints=(limit,))

    assert findings(bind(pd.DataFrame({"q": ["a b c", "a b", None]}), asked)) == [("q", 0, "", 1)]


@pytest.mark.parametrize(
    ("constraint", "where"),
    [
        (Sum(of=("a", "x"), maximum=1, message=MESSAGE), "of[2]"),
        (Sum(of=("a", "q"), maximum=1, message=MESSAGE), "of[2]"),
        (Sum(of=("a", "a"), maximum=1, message=MESSAGE), "of[2]"),
        (Sum(of=("a",), maximum=1, message=MESSAGE), "of"),
        (Sum(of=("a", "b"), message=MESSAGE), ""),
        (Sum(of=("a", "b"), minimum=2, maximum=1, message=MESSAGE), "minimum"),
        (Order(of=("a", "d"), message=MESSAGE), "of"),
        (Choices(of="a", maximum=1, message=MESSAGE), "of"),
        (Order(of=("a", "b"), message=" "), "message"),
    ],
)
def test_a_constraint_that_cannot_be_meant_is_refused_with_its_place(constraint, where):
    questions = number("a"), number("b"), multiple("x", "y"), Date(name="d", text="?")

    with pytest.raises(QuestionnaireError) as raised:
        asking(*questions, constraints=(constraint,))
    assert [one.where for one in raised.value.problems] == [
        f"constraints[1], {where}" if where else "constraints[1]"
    ]
