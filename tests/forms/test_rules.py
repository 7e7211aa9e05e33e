from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import ExpressionError
from socialpoll.forms.constraints import constraint_written, limits_of, parted
from socialpoll.forms.reading_rules import RuleReading
from socialpoll.forms.rules import Rules
from socialpoll.responses import bind
from socialpoll.responses.constraining import constrain
from socialpoll.schema import (
    Choices,
    Date,
    FreeText,
    Multiple,
    Number,
    Order,
    Questionnaire,
    Scale,
    Single,
    Sum,
)
from tests.forms.answering import codes, is_true, lack

POLL = Questionnaire(
    title="Poll",
    questions=(
        Number(name="rooms", text="?", unit="rooms", missing=(lack(99),)),
        Number(name="beds", text="?", unit="beds"),
        Number(name="baths", text="?", unit="baths", missing=(lack(98), lack(99))),
        Date(name="begun", text="?"),
        Date(name="ended", text="?"),
        Multiple(name="apps", text="?", options=codes("a", "b", "c"), layout="cell"),
        Multiple(
            name="uses", text="?", options=codes("a", "b"), missing=(lack("dk"),), layout="cell"
        ),
        Scale(name="trust", text="?", options=codes("low", "high")),
        Single(name="sex", text="?", options=codes("m", "f")),
    ),
)
ASKED = {one.name: one for one in POLL.questions}
WRITE = Rules(POLL)
SAID = [
    Sum(of=("rooms", "beds"), minimum=2, maximum=100, message="-"),
    Sum(of=("baths", "rooms", "beds"), maximum=9, message="-"),
    Order(of=("beds", "rooms"), message="-"),
    Order(of=("baths", "beds", "rooms"), message="-"),
    Order(of=("ended", "begun"), message="-"),
    Choices(of="apps", minimum=2, message="-"),
    Choices(of="apps", minimum=1, maximum=2, message="-"),
    Choices(of="uses", minimum=2, maximum=2, message="-"),
    Choices(of="uses", maximum=1, message="-"),
    Choices(of="uses", minimum=0, maximum=0, message="-"),
]
numbers = st.sampled_from(["", "0", "1", "2.5", "7", "98", "99", "101"])
days = st.sampled_from(["", "2025-12-31", "2026-01-01"])
answers = st.fixed_dictionaries(
    {
        "rooms": numbers,
        "beds": numbers,
        "baths": numbers,
        "begun": days,
        "ended": days,
        "apps": st.sampled_from(["", "a", "a b", "c a b"]),
        "uses": st.sampled_from(["", "a", "b a", "dk"]),
        "trust": st.just("low"),
        "sex": st.just("m"),
    }
)


def read(question, text):
    earlier = {}
    for name, one in ASKED.items():
        if name == question:
            break
        earlier[name] = one
    return list(RuleReading(ASKED[question], earlier).rules(parted(text)[1]))


@settings(max_examples=40, deadline=None)
@given(row=answers)
def test_a_form_takes_the_answers_that_a_constraint_takes(row):
    columns = bind(pd.DataFrame([row], dtype="object").replace("", None), POLL).columns
    for constraint in SAID:
        written = WRITE.written(constraint)
        if row[written.at]:  # a form asks nothing of a blank
            taken = is_true(written.expression, row, of=written.at)
            assert taken == (not constrain(constraint, columns)), constraint


@pytest.mark.parametrize("constraint", SAID)
def test_a_constraint_comes_back_as_it_was_written(constraint):
    written = WRITE.written(constraint)
    (rule,) = read(written.at, written.expression)

    assert rule.constraint == constraint
    assert rule.whole


def test_limits_of_a_question_stand_beside_what_holds_it_to_others():
    own = "((. >= 0 and . <= 24) or . = 99)"
    rule = Sum(of=("rooms", "beds"), maximum=24, message="-")
    text = f"{own} and {WRITE.written(rule).expression}"

    assert (limits_of(text).maximum, limits_of(text).allowed) == (24, (99,))
    assert [one.constraint for one in read("beds", text)] == [rule]


@pytest.mark.parametrize(
    ("at", "text", "meant", "whole"),
    [
        ("beds", ". >= ${rooms}", Order(of=("rooms", "beds"), message="-"), False),
        ("beds", "${rooms} = '' or ${rooms} <= .", Order(of=("rooms", "beds"), message="-"), False),
        ("ended", "${begun} <= .", Order(of=("begun", "ended"), message="-"), False),
        ("beds", "100 >= . + ${rooms}", Sum(of=("beds", "rooms"), maximum=100, message="-"), False),
        (
            "beds",
            ". + ${rooms} = 100",
            Sum(of=("beds", "rooms"), minimum=100, maximum=100, message="-"),
            False,
        ),
        ("apps", "count-selected(.) < 3", Choices(of="apps", maximum=2, message="-"), True),
        (
            "apps",
            "2 <= count-selected(.) and count-selected(.) <= 3",
            Choices(of="apps", minimum=2, maximum=3, message="-"),
            True,
        ),
        (
            "uses",
            "count-selected(.) = 2",
            Choices(of="uses", minimum=2, maximum=2, message="-"),
            False,
        ),
    ],
)
def test_what_others_write_is_read_where_all_answers_are_given(at, text, meant, whole):
    (rule,) = read(at, text)

    assert rule.constraint == meant
    assert rule.whole is whole


@pytest.mark.parametrize(
    ("at", "text"),
    [
        ("beds", ". > ${rooms}"),
        ("beds", ". >= ${stairs}"),
        ("begun", ". >= ${rooms}"),
        ("beds", ". >= ${rooms} or . = 0"),
        ("beds", ". + ${rooms} < 9"),
        ("beds", ". + ${rooms} <= ${rooms}"),
        ("beds", "${rooms} = '' or (. + ${rooms} >= 9 and . + ${rooms} <= 3)"),
        ("beds", ". + ${rooms} + ${rooms} <= 9"),
        ("beds", "not(${rooms} = 3)"),
        ("baths", "${rooms} = '' or (${rooms} <= ${beds} and ${rooms} <= .)"),
        ("sex", ". = ${trust}"),
        ("apps", "count-selected(.) = ${rooms}"),
        ("apps", "count-selected(.) > 1 or selected(., 'a')"),
    ],
)
def test_what_has_no_counterpart_is_refused(at, text):
    with pytest.raises(ExpressionError):
        read(at, text)


@pytest.mark.parametrize(
    ("constraint", "why"),
    [
        (Choices(of="apps", minimum=2, message="-", severity="note"), "has no notes"),
        (Order(of=("trust", "rooms"), message="-"), "points of a scale"),
    ],
)
def test_a_form_can_neither_note_nor_compare_points_of_a_scale(constraint, why):
    with pytest.raises(ExpressionError, match=why):
        WRITE.written(constraint)


def test_days_and_words_have_limits():
    day = Date(name="d", text="?", earliest=dt.date(2026, 1, 1), latest=dt.date(2026, 3, 31))
    words = FreeText(name="w", text="?", longest=300)

    assert constraint_written(day) == ". >= date('2026-01-01') and . <= date('2026-03-31')"
    assert limits_of(constraint_written(day)).earliest == day.earliest
    assert limits_of(constraint_written(day)).latest == day.latest
    assert limits_of(constraint_written(words)).longest == words.longest
    assert is_true(constraint_written(words), {"w": "x" * 300}, of="w")
    assert not is_true(constraint_written(words), {"w": "x" * 301}, of="w")
