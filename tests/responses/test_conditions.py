from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from socialpoll.errors import UnknownNameError
from socialpoll.responses import bind, mask
from socialpoll.schema import All, Answered, Any, Chosen, Code, Date, Dated, Is, Not, Scale, Within
from tests.responses.asking import asking, clock, missing, multiple, number, single


@pytest.fixture(scope="module")
def responses():
    trust = Scale(
        name="trust",
        text="?",
        options=(Code(code="low", label="L", score=-2), Code(code="high", label="H", score=2)),
    )
    frame = pd.DataFrame(
        {
            "sex": [1, 2, 9, None],
            "age": [17, 18, 999, None],
            "p_a": [1, 0, 1, 0],
            "p_b": [1, 1, 0, 0],
            "time": ["12:00", "23:00", None, "24:00"],
            "trust": ["low", "high", None, "high"],
        }
    )
    questionnaire = asking(
        single(1, 2, name="sex", missing=(missing(9),)),
        number("age", missing=(missing(999),)),
        multiple("a", "b", name="p"),
        clock("time"),
        trust,
    )
    return bind(frame, questionnaire)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Is("sex", 1), [1, 0, 0, 0]),
        (Is("sex", "1", 2.0), [1, 1, 0, 0]),
        (Is("sex", 9), [0, 0, 1, 0]),
        (Is("p", "a"), [1, 0, 1, 0]),
        (Is("p", "a", "b"), [1, 1, 1, 0]),
        (Is("age", 17), [1, 0, 0, 0]),
        (Is("age", 0), [0, 0, 0, 0]),
        (Is("age", 999), [0, 0, 1, 0]),
        (Is("time", "night"), [0, 1, 0, 1]),
        (Within("age", 18), [0, 1, 0, 0]),
        (Within("age", None, 18), [1, 1, 0, 0]),
        (Within("age", 17, 18, "right"), [0, 1, 0, 0]),
        (Within("trust", 1), [0, 1, 0, 1]),
        (Within("trust", -2, 0), [1, 0, 0, 0]),
        (Answered("sex"), [1, 1, 0, 0]),
        (Answered("p"), [1, 1, 1, 0]),
        (Not(Is("sex", 1)), [0, 1, 1, 1]),
        (All(Answered("sex"), Not(Is("p", "a"))), [0, 1, 0, 0]),
        (Any(Is("sex", 1), Is("time", "night")), [1, 1, 0, 1]),
    ],
)
def test_a_condition_is_true_where_it_says(responses, condition, expected):
    found = mask(responses, condition)

    assert found.dtype == np.bool_
    assert found.tolist() == list(map(bool, expected))


def test_columns_serve_as_well_as_responses(responses):
    found = mask(responses.columns, Is("sex", 1))

    assert found.tolist() == mask(responses, Is("sex", 1)).tolist()


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        (Is("sx", 1), "did you mean 'sex'"),
        (Is("sex", 3), r"'sex' has no code 3; found 3; allowed: 1, 2, 9"),
        (Is("p", "c"), r"'p' has no code 'c'; found 'c'; allowed: a, b"),
        (Is("age", "young"), "'age' has no code 'young'"),
        (Within("sex", 1), "'sex' has no numbers to compare"),
        (Within("p", 1), "'p' has no numbers to compare"),
        (Not(All(Answered("sex"), Answered("agee"))), "did you mean 'age'"),
        (All(), "asks for nothing"),
        (Is("sex"), "asks for nothing"),
    ],
)
def test_what_nobody_declared_is_told_with_what_is_near(responses, condition, message):
    with pytest.raises(UnknownNameError, match=message):
        mask(responses, condition)


simple = st.sampled_from([Is("sex", 1), Is("p", "b"), Answered("age"), Within("age", 18)])


@given(st.lists(simple, min_size=1, max_size=4))
def test_all_is_not_any_not(responses, several):
    left = mask(responses, All(*several))
    right = mask(responses, Not(Any(*map(Not, several))))

    assert left.tolist() == right.tolist()


def test_a_mask_can_be_written_without_changing_the_answers(responses):
    mask(responses, Answered("sex"))[:] = False

    assert mask(responses, Answered("sex")).any()


def test_days_and_numbers_of_choices_are_compared_with_both_limits_inside():
    asked = asking(Date(name="d", text="D?"), multiple("a", "b", "c", name="m", layout="cell"))
    frame = pd.DataFrame(
        {"d": ["2026-01-01", "2026-01-02", "2026-01-03", None], "m": ["a", "a b", "a b c", None]}
    )
    answered = bind(frame, asked)

    def of(condition):
        return mask(answered, condition).tolist()

    assert of(Dated("d", dt.date(2026, 1, 2))) == [False, True, True, False]
    assert of(Dated("d", latest=dt.date(2026, 1, 2))) == [True, True, False, False]
    assert of(Chosen("m", 2)) == [False, True, True, False]
    assert of(Chosen("m", 1, 2)) == [True, True, False, False]
    with pytest.raises(UnknownNameError, match="no choices to compare"):
        of(Chosen("d", 1))
