from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import EstimationError
from socialpoll.indicators import Mean, Share, estimate
from socialpoll.responses import BLANK, FIRST_MISSING, UNREADABLE, bind
from socialpoll.schema import Answered, Date, FreeText, Is
from tests.responses.asking import answers, asking, findings, missing, single


def text(**more):
    return FreeText(name="q", text="Q?", **more)


said = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(str.strip).filter(bool)


@given(st.lists(said, min_size=1, max_size=9))
@settings(max_examples=25, deadline=None)
def test_words_are_kept_as_they_were_said_without_the_blanks_around_them(several):
    column = answers(text(), [f" {one} " for one in several])["q"]

    assert column.words.tolist() == several
    assert column.state.tolist() == [0] * len(several)


def test_words_that_are_too_long_are_a_finding_that_does_not_repeat_them():
    responses = answers(text(longest=5), ["سبب", "secret", "five5"])

    assert responses["q"].state.tolist() == [0, UNREADABLE, 0]
    assert responses["q"].words.tolist() == ["سبب", "", "five5"]
    assert findings(responses) == [("q", 1, "6 characters", 1)]
    assert (
        not responses.findings.astype(str)
        .apply(lambda one: one.str.contains("secret"))
        .any(axis=None)
    )


def test_blanks_and_missing_codes_are_no_words():
    column = answers(text(missing=(missing(99),)), ["a", None, 99, "99", " "])["q"]

    assert column.state.tolist() == [0, BLANK, FIRST_MISSING, FIRST_MISSING, BLANK]
    assert column.words.tolist() == ["a", "", "", "", ""]


def test_two_ways_of_parting_the_same_letters_have_two_digests():
    assert answers(text(), ["ab", "c"]).digest != answers(text(), ["a", "bc"]).digest
    assert answers(text(), ["ab", "c"]).digest == answers(text(), [" ab", "c "]).digest


def test_the_frame_gives_words_back():
    responses = answers(text(missing=(missing("dk"),)), ["a", None, "dk"])

    assert responses.frame["q"].fillna("").tolist() == ["a", "", "dk"]


def test_arrays_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        answers(text(), ["a"])["q"].words[0] = "b"


def test_who_said_something_is_asked_on():
    asked = asking(text(), single("yes", "no", name="more", asked_if=Answered("q")))
    responses = bind(pd.DataFrame({"q": ["a", None], "more": ["yes", "no"]}), asked)

    assert findings(responses) == [("more", 1, "", 1)]


@pytest.mark.parametrize("open_question", [text(), Date(name="q", text="Q?")])
@pytest.mark.parametrize("indicator", ["q", Share("q"), Mean("q")])
def test_no_figure_is_made_of_words_or_days(open_question, indicator):
    responses = answers(open_question, [None, None])

    with pytest.raises(EstimationError, match="no figure is made of it"):
        estimate(responses, indicator)


@pytest.mark.parametrize("open_question", [text(), Date(name="q", text="Q?")])
def test_no_figure_is_broken_down_by_words_or_days(open_question):
    asked = asking(single("yes", "no", name="sex"), open_question)
    responses = bind(pd.DataFrame({"sex": ["yes", "no"], "q": [None, None]}), asked)

    with pytest.raises(EstimationError, match="does not put each case into one category"):
        estimate(responses, "sex", by="q")


def test_a_condition_on_words_can_only_name_missing_codes():
    asked = asking(
        text(missing=(missing("dk"),)), single("yes", "no", name="more", asked_if=Is("q", "dk"))
    )
    responses = bind(pd.DataFrame({"q": ["a", "dk"], "more": [None, "no"]}), asked)

    assert len(responses.findings) == 0
