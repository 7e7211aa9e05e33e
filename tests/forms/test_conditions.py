from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import example, given, settings, strategies as st

from socialpoll.errors import ExpressionError
from socialpoll.forms.reading_conditions import condition_of
from socialpoll.forms.writing_conditions import Relevance
from socialpoll.responses import bind, mask
from socialpoll.schema import (
    All,
    Answered,
    Any,
    Band,
    Bands,
    Chosen,
    ClockBand,
    Code,
    Dated,
    Group,
    Grouping,
    Is,
    MadeMissing,
    Missing,
    Multiple,
    Not,
    Number,
    Questionnaire,
    Single,
    TimeOfDay,
    Within,
)
from tests.forms.answering import ASKED, POLL, codes, conditions, day, frame, is_true, rows

WRITE = Relevance(POLL)


@settings(max_examples=150)
@given(condition=conditions, answers=st.lists(rows, min_size=1, max_size=8))
def test_a_condition_is_written_as_an_expression_that_is_true_for_the_same_answers(
    condition, answers
):
    expression = WRITE.written(condition)

    found = [is_true(expression, row) for row in answers]

    assert found == mask(bind(frame(answers), POLL), condition).tolist()


@settings(max_examples=150)
@given(condition=conditions, answers=st.lists(rows, min_size=1, max_size=8))
@example(
    condition=All(Is("account", "yes"), Within("age", 18)),
    answers=[{"account": "yes", "area": "", "apps": "", "age": "50", "trust": "", "joined": ""}],
)
def test_an_expression_is_read_as_a_condition_that_is_true_for_the_same_answers(condition, answers):
    expression = WRITE.written(condition)
    if "false()" in expression:  # no point of the scale is in the range
        with pytest.raises(ExpressionError, match="no condition"):
            condition_of(expression, ASKED)
        return

    read = condition_of(expression, ASKED)
    responses = bind(frame(answers), POLL)
    assert mask(responses, read).tolist() == mask(responses, condition).tolist()


def test_a_missing_code_that_a_recode_took_over_is_written_however_it_was_named():
    lack = Missing(code=9, label="?", reason="refused", in_base=False)
    made = MadeMissing(code="na", label="?", reason="other", in_base=False, codes=(2,))
    poll = Questionnaire(
        title="Poll",
        questions=(
            Single(name="q", text="?", code_type="integer", options=codes(1, 2), missing=(lack,)),
        ),
        derived=(
            Grouping(
                name="g",
                of="q",
                label="G",
                groups=(Group(code="one", label="?", codes=(1,)),),
                missing=(made,),
            ),
        ),
    )
    written = [Relevance(poll).written(Is("g", code)) for code in ("one", "na", "9", 9)]

    assert written == ["${q} = '1'", "${q} = '2'", "${q} = '9'", "${q} = '9'"]


@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize("limits", [(0, 0), (None, 1), (1, 1), (2, 3), (2, None)])
def test_bands_of_several_answers_are_written_as_numbers_of_choices(exclusive, limits):
    low, high = limits
    nothing = Code(code="no", label="no", exclusive=exclusive)
    poll = Questionnaire(
        title="Poll",
        questions=(
            Multiple(name="q", text="?", options=(*codes("a", "b", "c"), nothing), layout="cell"),
            Single(name="last", text="?", options=codes("x")),
        ),
        derived=(
            Bands(
                name="g",
                of="q",
                label="G",
                bands=(Band(code="here", label="?", minimum=low, maximum=high),),
            ),
        ),
    )
    written = Relevance(poll).written(Is("g", "here"))
    cells = ["a", "b a", "a b c", "no", None]
    position = bind(pd.DataFrame({"q": cells, "last": "x"}), poll)["g"].position

    found = [is_true(written, {"q": one or ""}) for one in cells]
    assert found == (position == 0).tolist()


FOREIGN = [
    "${account} = 'yes'",
    '"yes" = ${account}',
    "${account} != 'yes'",
    "${area} >= 2",
    "2 > ${area}",
    "${area} = 2",
    "${area} != ''",
    "${account} = ''",
    "selected(${apps}, 'w') and not(selected(${apps}, 'y'))",
    "${apps} = 'w'",
    "${apps} != 't'",
    "count-selected(${apps}) > 0",
    "count-selected(${apps}) = 0 or ${age} > 17",
    "count-selected(${apps}) > 1",
    "count-selected(${apps}) <= 2",
    "count-selected(${apps}) < 2 and ${apps} != ''",
    "2 >= count-selected(${apps}) and count-selected(${apps}) >= 1",
    "count-selected(${apps}) = 2",
    "count-selected(${apps}) != 1",
    "${joined} > date('2025-12-31')",
    "date('2026-01-01') > ${joined} or ${joined} = date('2026-01-04')",
    "${joined} >= date('2026-01-01') and ${joined} < date('2026-01-04')",
    "not(${joined} <= date('2026-01-01'))",
    "${age} > 17 and ${age} < 60",
    "${age} != 30",
    "${age} = 50",
    "${age} >= 18 and true()",
    "not(${age} >= 18) and (selected(${trust}, 'low') or ${trust} = 'mid')",
]


@settings(max_examples=20)
@given(answers=st.lists(rows, min_size=1, max_size=12))
def test_what_others_write_is_read_as_they_mean_it(answers):
    responses = bind(frame(answers), POLL)
    for expression in FOREIGN:
        meant = [is_true(expression, row) for row in answers]
        assert mask(responses, condition_of(expression, ASKED)).tolist() == meant, expression


@pytest.mark.parametrize(
    "condition",
    [
        Is("account", "yes"),
        Is("apps", "w", "y"),
        Is("age", 50),
        Within("age", 18, 29, "left"),
        Within("age", 49, 51),
        Within("age", None, 29),
        Answered("trust"),
        Answered("apps"),
        Not(Answered("age")),
        Dated("joined", day(0)),
        Dated("joined", None, day(3)),
        Any(Dated("joined", day(0), day(3)), Not(Dated("joined", day(-9)))),
        Chosen("apps", 2),
        Chosen("apps", 1, 3),
        Chosen("apps", None, 2),
        All(Chosen("apps", 0, 1), Not(Chosen("apps", 2, 2)), Is("area", 1)),
        All(Is("account", "yes"), Within("age", 18)),
        Any(All(Is("area", 1, 2), Not(Is("apps", "w"))), Answered("trust")),
        All(Answered("account"), Not(Is("account", "no"))),
    ],
)
def test_what_a_form_can_say_comes_back_as_it_was_written(condition):
    read = condition_of(WRITE.written(condition), ASKED)

    assert WRITE.written(read) == WRITE.written(condition)
    assert read == condition


def test_an_expression_that_is_always_true_is_no_condition():
    assert condition_of("true() or ${age} = 1", ASKED) is None
    assert condition_of("true() and true()", ASKED) is None


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("${income} > 3", "no earlier question"),
        ("${account} = 'perhaps'", "no such choice"),
        ("${account} = ${trust}", "only a question and a value"),
        ("${age} = 'old'", "another kind"),
        ("${apps} > 'w'", "such a comparison"),
        ("${area} > 9", "no answer makes it true"),
        ("${age} < ''", "such a comparison"),
        ("count-selected(${area}) > 1", "options of a question"),
        ("count-selected(${apps}) < 0", "no answer makes it true"),
        ("count-selected(${apps}) = 1.5", "no answer makes it true"),
        ("${joined} >= '2026-01-01'", "another kind"),
        ("${joined} >= date('2026-02-30')", "no day"),
        ("${joined} > date('9999-12-31')", "no answer makes it true"),
        ("${joined} > date(${joined})", "only a question"),
        ("${age} = date('2026-01-01')", "another kind"),
        ("${age} + ${area} > 3", "only a question"),
        ("string-length(${account}) > 3", "only a question"),
        ("selected(${age}, '3')", "without options"),
        ("false()", "no condition"),
        ("not(true())", "no condition"),
        ("${age}", "no condition"),
        ("'yes'", "no condition"),
        (". > 3", "only a question"),
        ("", "expected here"),
    ],
)
def test_what_has_no_counterpart_is_refused_with_its_reason(expression, why):
    with pytest.raises(ExpressionError, match=why):
        condition_of(expression, ASKED)


def test_a_form_cannot_compare_times_nor_enter_words_as_numbers():
    bands = (ClockBand(code="day", label="Day", start="00:00", end="24:00"),)
    dk = Missing(code="dk", label="?", reason="dont_know", in_base=False)
    poll = Questionnaire(
        title="Poll",
        questions=(
            TimeOfDay(name="when", text="?", bands=bands),
            Number(name="age", text="?", unit="years", missing=(dk,)),
            Multiple(name="apps", text="?", options=codes("a"), blank="none"),
        ),
    )
    for condition in (Is("when", "day"), Is("age", "dk"), Answered("apps")):
        with pytest.raises(ExpressionError, match=f"question '{condition.question}'"):
            Relevance(poll).written(condition)
    assert Relevance(poll).written(Answered("when")) == "${when} != ''"
