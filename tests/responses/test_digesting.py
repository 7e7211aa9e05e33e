from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.responses import SampleDesign, bind
from tests.responses.asking import asking, clock, missing, multiple, number, single

QUESTIONS = asking(
    single(1, 2, name="sex", missing=(missing(9),)),
    number("age"),
    multiple("a", "b", name="p"),
    clock("time"),
)
DESIGN = SampleDesign(strata="h", clusters="c", weight="w", fpc="n", fpc_as="count")
FRAME = pd.DataFrame(
    {
        "sex": [1, 2, 9],
        "age": [20, 30, 40],
        "p_a": [1, 0, 1],
        "p_b": [1, 1, 0],
        "time": ["12:00", "23:00", "24:00"],
        "h": ["a", "b", "b"],
        "c": [1, 2, 3],
        "w": [1.0, 2.0, 3.0],
        "n": [10, 20, 20],
    }
)


def digest(frame=FRAME, questionnaire=QUESTIONS, design=DESIGN, **more):
    return bind(frame, questionnaire, design, **more).digest


@pytest.mark.parametrize(
    "frame",
    [
        FRAME.set_axis([7, 7, 1]),
        FRAME.assign(unused=["x", None, 3]),
        FRAME[FRAME.columns[::-1]],
        FRAME.astype(str),
        FRAME.astype({"sex": float, "p_a": bool, "h": "category"}),
        FRAME.assign(time=["12:00", " 23:00", "00:00"]),
    ],
    ids=["index", "unused column", "order of columns", "words", "types", "spelling"],
)
def test_the_digest_depends_on_what_was_answered_and_not_on_how_it_was_written(frame):
    assert digest(frame) == digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"sex": [1, 2, 1]},
        {"age": [20, 30, 41]},
        {"p_a": [1, 1, 1]},
        {"time": ["12:01", "23:00", "24:00"]},
        {"h": ["a", "b", "c"]},
        {"c": [1, 2, 2]},
        {"w": [1, 2, 4]},
        {"n": [11, 20, 20]},
    ],
)
def test_the_digest_tells_every_change(changed):
    assert digest(FRAME.assign(**changed)) != digest()


def test_the_digest_tells_questionnaire_design_wave_and_the_order_of_rows():
    others = [
        digest(questionnaire=asking(*QUESTIONS.questions[:-1])),
        digest(design=SampleDesign(strata="h", clusters="c", weight="w")),
        digest(wave="2019-03"),
        digest(FRAME.iloc[::-1]),
    ]

    assert len({digest(), *others}) == 5


def test_a_design_of_one_stage_is_the_same_however_it_was_written():
    written = SampleDesign(strata=("h",), clusters=["c"], weight="w", fpc=["n"], fpc_as="count")

    assert digest(design=written) == digest()


@settings(max_examples=30)
@given(st.lists(st.sampled_from([1, 2, 9, None, 7]), min_size=1, max_size=9))
def test_answers_made_from_the_frame_of_answers_are_the_same_unless_unreadable(values):
    questionnaire = asking(single(1, 2, name="sex", missing=(missing(9),)))
    first = bind(pd.DataFrame({"sex": pd.Series(values, dtype=object)}), questionnaire)

    second = bind(first.frame, questionnaire)

    assert (second.digest == first.digest) == (7 not in values)


def test_the_digest_depends_on_outcomes_and_not_on_how_they_were_declared():
    frame = FRAME.assign(d=["done", "no", "no"])

    def made(**outcomes):
        design = SampleDesign(disposition="d", interviewed="done", outcomes=outcomes)
        return digest(frame, design=design)

    assert made(done="interview", no="refusal") == made(no="refusal", done="interview")
    assert made(done="interview", no="refusal") != made(done="interview", no="noncontact")
    assert made(done="interview", no="refusal") != made()
