from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import ExpressionError
from socialpoll.forms.constraints import Limits, constraint_written, limits_of
from socialpoll.forms.messages import messages_of
from socialpoll.report.language import Language
from socialpoll.report.writing import written
from socialpoll.schema import Code, Date, Duration, FreeText, Missing, Multiple, Number, Single
from tests.forms.answering import codes, is_true, lack

DAY = dt.date(2026, 1, 1)
limits = st.none() | st.integers(-999, 999) | st.floats(-1e9, 1e9).map(lambda one: round(one, 6))


@settings(max_examples=100)
@given(
    pair=st.tuples(limits, limits).filter(lambda two: None in two or two[0] <= two[1]),
    missing=st.lists(st.integers(-99, 2000), max_size=2, unique=True),
    answer=st.integers(-1000, 2000),
)
def test_a_form_takes_the_numbers_that_a_question_takes(pair, missing, answer):
    low, high = pair
    question = Number(
        name="n",
        text="?",
        unit="u",
        minimum=low,
        maximum=high,
        missing=tuple(map(lack, missing)),
    )
    expression = constraint_written(question)
    inside = (low is None or low <= answer) and (high is None or answer <= high)

    if expression:
        taken = is_true(expression, {"n": str(answer)}, of="n")
        assert taken == (inside or answer in missing)
        again = limits_of(expression)
        assert (again.minimum, again.maximum) == pair
        assert set(again.allowed) <= set(missing)
    else:
        assert pair == (None, None)


@pytest.mark.parametrize(
    ("ticked", "taken"),
    [("a b", True), ("none", True), ("none a", False), ("dk none", False), ("", True)],
)
def test_exclusive_options_and_missing_codes_stand_alone(ticked, taken):
    question = Multiple(
        name="m",
        text="?",
        options=(*codes("a", "b"), Code(code="none", label="None", exclusive=True)),
        missing=(lack("dk"),),
    )
    expression = constraint_written(question)

    assert is_true(expression, {"m": ticked}, of="m") is taken
    assert limits_of(expression) == Limits(exclusive=("none", "dk"))


@pytest.mark.parametrize(
    "text",
    [
        "not(selected(., 'x') and count-selected(.) > 1)",
        "not(count-selected(.) >= 2 and selected(., 'x'))",
        "count-selected(.) = 1 or not(selected(., 'x'))",
        "not(selected(.,'x')) or count-selected(.) <= 1",
    ],
)
def test_the_usual_spellings_of_an_exclusive_option_are_known(text):
    assert limits_of(text) == Limits(exclusive=("x",))


def test_limits_may_be_written_from_either_side_and_meet():
    assert limits_of("18 <= . and . <= 99 and . <= 65") == Limits(18, 65)


def test_of_whole_numbers_more_than_0_is_from_1():
    assert limits_of(". > 0 and . < 10", whole=True) == Limits(1, 9)
    with pytest.raises(ExpressionError, match="such a limit"):
        limits_of(". > 0 and . < 10")


@pytest.mark.parametrize(
    "text",
    [
        ". != 3",
        ". > today()",
        "string-length(.) < 1",
        "string-length(.) > 5",
        ". >= date('2026-02-30')",
        "regex(., '[0-9]+')",
        ". >= 0 or . <= -5",
        "selected(., 'a')",
        "not(selected(., 'x') and selected(., 'y'))",
        ". <= today()",
    ],
)
def test_a_constraint_without_counterpart_is_refused(text):
    with pytest.raises(ExpressionError):
        limits_of(text)


def test_single_choices_need_no_constraint():
    assert constraint_written(Single(name="s", text="?", options=codes("a"))) == ""
    assert messages_of(Single(name="s", text="?", options=codes("a"))) == ()


def test_whoever_breaks_a_constraint_is_told_so_in_both_languages():
    refused = Missing(
        code=99, label={"en": "Refused", "ar": "رفض"}, reason="refused", in_base=False
    )
    question = Duration(name="h", text="?", missing=(refused,))

    said = {
        tag: " ".join(written(one, Language(tag)) for one in messages_of(question))
        for tag in ("en", "ar")
    }

    assert said == {
        "en": "Enter a number from 0 to 24. Or enter 99 for: Refused.",
        "ar": "أدخل رقماً من 0 إلى 24. أو أدخل 99 للإجابة: رفض.",
    }


@pytest.mark.parametrize(
    ("question", "english", "arabic"),
    [
        (FreeText(name="w", text="?", longest=300), "characters: 300.", "بالأحرف: 300."),
        (
            Date(name="d", text="?", earliest=DAY, latest=DAY),
            "Enter a date from 1 January 2026 to 1 January 2026.",
            "أدخل تاريخاً من 1 يناير 2026 إلى 1 يناير 2026.",
        ),
        (Date(name="d", text="?", earliest=DAY), "not before 1 January 2026.", "لا يسبق 1 يناير"),
        (Date(name="d", text="?", latest=DAY), "not after 1 January 2026.", "لا يتجاوز 1 يناير"),
    ],
)
def test_limits_of_days_and_of_words_are_said_in_both_languages(question, english, arabic):
    for tag, words in (("en", english), ("ar", arabic)):
        assert words in " ".join(written(one, Language(tag)) for one in messages_of(question))
