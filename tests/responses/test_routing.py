from __future__ import annotations

import pandas as pd
import pytest

from socialpoll.responses import BLANK, FIRST_MISSING, NOT_ASKED, SampleDesign, asked, bind, valid
from socialpoll.schema import Band, Bands, Is, Within
from tests.responses.asking import asking, findings, missing, multiple, number, single

FILTER = single("yes", "no", name="f")


def routed(question, values, filters=("yes", "no", "yes", "no")):
    frame = pd.DataFrame({"f": list(filters), "q": pd.Series(values, dtype=object)})
    return bind(frame, asking(FILTER, question))


def test_a_blank_of_who_was_routed_out_is_not_asked():
    responses = routed(single("a", asked_if=Is("f", "yes")), ["a", None, None, None])

    assert responses["q"].position.tolist() == [0, NOT_ASKED, BLANK, NOT_ASKED]
    assert asked(responses["q"]).tolist() == [True, False, True, False]


def test_a_blank_of_who_was_asked_is_a_note_with_its_count():
    responses = routed(single("a"), ["a", None, None, None])

    assert findings(responses, "note") == [("q", 1, "", 3)]
    assert findings(responses) == []


def test_an_answer_of_who_was_routed_out_is_kept_and_an_error():
    responses = routed(single("a", asked_if=Is("f", "yes")), ["a", "a", "a", "a"])

    assert valid(responses["q"]).all()
    assert findings(responses) == [("q", 1, "", 2)]


def test_a_dont_know_of_who_was_routed_out_is_an_error_too():
    question = single("a", asked_if=Is("f", "yes"), missing=(missing("dk"),))

    assert findings(routed(question, ["a", "dk", "dk", None])) == [("q", 1, "", 1)]


def test_a_code_for_not_asked_is_what_the_routing_expects():
    question = single("a", asked_if=Is("f", "yes"), missing=(missing("i", "not_asked"),))

    responses = routed(question, ["a", "i", "a", None])

    assert responses["q"].position.tolist() == [0, FIRST_MISSING, 0, NOT_ASKED]
    assert asked(responses["q"]).tolist() == [True, False, True, False]
    assert responses.findings.empty


def test_a_code_for_not_asked_of_who_should_have_been_asked_is_noted():
    question = single("a", asked_if=Is("f", "yes"), missing=(missing("i", "not_asked"),))

    responses = routed(question, ["i", "i", "a", "i"])

    assert findings(responses, "note") == [("q", 0, "", 1)]


def test_an_unreadable_answer_is_told_once_though_it_was_routed_out():
    responses = routed(single("a", asked_if=Is("f", "yes")), ["a", "x", "a", None])

    assert findings(responses) == [("q", 1, "x", 1)]


def test_options_left_unticked_by_who_was_routed_out_are_not_asked():
    question = multiple("a", asked_if=Is("f", "yes"), blank="none")
    frame = pd.DataFrame({"f": ["yes", "no", "no"], "q_a": [0, 0, None]})

    responses = bind(frame, asking(FILTER, question))

    assert responses["q"].state.tolist() == [0, NOT_ASKED, NOT_ASKED]
    assert responses.findings.empty


def test_who_gave_no_answer_to_the_filter_was_not_asked():
    responses = routed(single("a", asked_if=Is("f", "yes")), [None] * 4, ["yes", None, "dk", "no"])

    assert responses["q"].position.tolist() == [BLANK, NOT_ASKED, NOT_ASKED, NOT_ASKED]


def test_routing_may_go_by_a_derived_variable():
    group = Bands(
        name="g",
        of="age",
        label="G",
        bands=(
            Band(code="young", label="Y", maximum=29),
            Band(code="old", label="O", minimum=30),
        ),
    )
    questions = (number("age"), single("a", asked_if=Is("g", "young")))
    frame = pd.DataFrame({"age": [20, 30], "q": [None, None]})

    responses = bind(frame, asking(*questions, derived=(group,)))

    assert responses["q"].position.tolist() == [BLANK, NOT_ASKED]


@pytest.mark.parametrize("closed", ["both", "left", "right", "neither"])
def test_routing_may_go_by_a_range(closed):
    questions = (number("age"), single("a", asked_if=Within("age", 18, 20, closed)))
    frame = pd.DataFrame({"age": [18, 19, 20, 21, None], "q": [None] * 5})

    position = bind(frame, asking(*questions))["q"].position

    inside = [closed in {"both", "left"}, True, closed in {"both", "right"}, False, False]
    assert position.tolist() == [BLANK if one else NOT_ASKED for one in inside]


def test_a_case_without_an_interview_was_asked_nothing_and_leaves_no_finding():
    frame = pd.DataFrame({"q": ["a", None, None], "d": ["done", "refused", "done"]})
    design = SampleDesign(disposition="d", interviewed=("done",))

    responses = bind(frame, asking(single("a")), design)

    assert responses["q"].position.tolist() == [0, NOT_ASKED, BLANK]
    assert findings(responses, "note") == [("q", 2, "", 1)]
    assert len(responses) == 3


def test_a_case_without_an_interview_ticked_nothing_and_did_not_say_none():
    frame = pd.DataFrame({"q_a": [0, 0], "d": ["done", "refused"]})
    design = SampleDesign(disposition="d", interviewed=("done",))

    responses = bind(frame, asking(multiple("a", blank="none")), design)

    assert responses["q"].state.tolist() == [0, NOT_ASKED]
