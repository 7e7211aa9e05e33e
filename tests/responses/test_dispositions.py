"""Dispositions as declared: which outcome each stands for, and what cannot be declared."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import DesignError
from socialpoll.responses import SampleDesign, bind
from socialpoll.responses.dispositions import OUTCOMES, aapor_outcome
from tests.responses.asking import asking, single

Q = asking(single("a"))
WORDS = {"done": "interview", "half": "partial", "no": "refusal", "away": "noncontact"}


def bound(dispositions, **design):
    frame = pd.DataFrame({"d": dispositions, "q": "a"})
    return bind(frame, Q, SampleDesign(disposition="d", **design))


def problems_of(dispositions, **design):
    with pytest.raises(DesignError) as raised:
        bound(dispositions, **design)
    return raised.value.problems


def named(responses):
    return [OUTCOMES[place] for place in responses.outcome]


def test_every_case_has_the_outcome_declared_for_its_disposition():
    responses = bound(["away", "done", "half", "no"], outcomes=WORDS)

    assert named(responses) == ["noncontact", "interview", "partial", "refusal"]
    assert responses.outcome.dtype == np.int8
    assert not responses.outcome.flags.writeable


def test_without_outcomes_nothing_is_said_of_any_case():
    assert bound(["done"], interviewed="done").outcome is None


def test_complete_and_partial_interviews_are_interviews_where_nothing_else_is_said():
    assert bound(["done", "half", "no"], outcomes=WORDS).interviewed.tolist() == [True, True, False]


def test_interviews_that_are_named_are_the_interviews():
    responses = bound(["done", "half", "no"], outcomes=WORDS, interviewed="done")

    assert responses.interviewed.tolist() == [True, False, False]
    assert named(responses) == ["interview", "partial", "refusal"]


def test_outcomes_are_kept_as_pairs_so_that_a_design_can_be_hashed():
    design = SampleDesign(disposition="d", outcomes=WORDS)

    assert design.outcomes == tuple(WORDS.items())
    assert hash(design) == hash(SampleDesign(disposition="d", outcomes=list(WORDS.items())))


@pytest.mark.parametrize("values", [[1, 2], [1.0, 2.0], ["1", "2"], pd.array([1, 2], "Int64")])
@pytest.mark.parametrize(
    "declared", [{1: "interview", 2: "other"}, {"1": "interview", "2": "other"}]
)
def test_a_disposition_is_the_same_as_a_number_and_as_words(values, declared):
    assert named(bound(values, outcomes=declared)) == ["interview", "other"]


def test_dispositions_without_an_outcome_are_all_told_with_their_counts_and_the_nearest():
    first, second = problems_of(["done", "not", "hafl", "not"], outcomes=WORDS)

    assert (first.what, first.found) == ("disposition 'hafl' has no outcome", "1 case(s)")
    assert first.allowed.startswith("did you mean 'half'?")
    assert (second.what, second.found) == ("disposition 'not' has no outcome", "2 case(s)")


@pytest.mark.parametrize(
    ("design", "where", "what"),
    [
        ({"outcomes": WORDS | {"out": "refusd"}}, "outcomes, 'out'", "no such outcome"),
        ({"outcomes": {1: "interview", "1": "refusal"} | WORDS}, "outcomes, '1'", "two outcomes"),
        ({"outcomes": "apor"}, "outcomes", "no such choice"),
        ({"outcomes": ("done", "half")}, "outcomes", "no such choice"),
        ({"outcomes": 3}, "outcomes", "no such choice"),
        ({"outcomes": WORDS, "interviewed": ("done", "no")}, "interviewed", "'refusal'"),
        ({"outcomes": WORDS, "interviewed": ("done", "dnoe")}, "interviewed", "has no outcome"),
    ],
)
def test_what_contradicts_itself_is_told_by_its_field(design, where, what):
    (problem,) = [one for one in problems_of(["done"], **design) if one.where == where]

    assert what in problem.what


def test_an_interview_that_aapor_calls_a_refusal_is_a_contradiction():
    (problem,) = problems_of([1.1, 2.1], outcomes="aapor", interviewed=("1.1", "2.1"))

    assert "'2.1' is among the interviews, but its outcome is 'refusal'" in problem.what


def test_outcomes_without_a_column_of_dispositions_are_an_error():
    with pytest.raises(DesignError, match="no column of dispositions"):
        bind(pd.DataFrame({"q": ["a"]}), Q, SampleDesign(outcomes="aapor"))


def test_outcomes_without_any_interview_are_an_error():
    (problem,) = problems_of(["no", "away"], outcomes=WORDS)

    assert problem.what == "no case is an interview"


@pytest.mark.parametrize(
    ("codes", "outcome"),
    [
        ((1.1, 1.10, "1.1", "1.10", "110", 110, " 1.1 "), "interview"),
        ((1.2, "1.20", 120), "partial"),
        ((2.1, 2.11, "2.111", "2.12", 210, "2112"), "refusal"),
        ((2.2, "2.21", 2.25, 220), "noncontact"),
        ((2.0, "2.0", "2.3", 2.31, "2.332", 230, 236), "other"),
        ((3.1, "3.11", 310, 317), "unknown_household"),
        ((3.0, 3.2, "3.21", 3.3, "3.4", "3.9", 390, 3.91), "unknown_other"),
        ((4.0, 4.1, "4.7", 410, "4.313", 480), "ineligible"),
        ((1.0, "1", 1.3, 2.4, 5.1, "0.1", "11", "1.", "1,1", "-1.1", "done", "", None), None),
    ],
)
def test_codes_of_aapor_stand_for_the_group_of_their_first_two_digits(codes, outcome):
    assert [aapor_outcome(one) for one in codes] == [outcome] * len(codes)


@pytest.mark.parametrize(
    "values",
    [
        [1.1, 1.2, 2.1, 3.2],
        ["1.1", "1.20", "2.112", "3.2"],
        [110, 120, 2111, 320],
        pd.array([1.1, 1.2, 2.1, 3.2], dtype="Float64"),
    ],
)
def test_codes_of_aapor_are_read_from_every_type_of_column(values):
    responses = bound(values, outcomes="aapor")

    assert named(responses) == ["interview", "partial", "refusal", "unknown_other"]
    assert responses.interviewed.tolist() == [True, True, False, False]


def test_one_code_of_aapor_may_name_the_interviews():
    responses = bound([1.1, 1.2, 2.1], outcomes="aapor", interviewed=1.1)

    assert responses.interviewed.tolist() == [True, False, False]


def test_a_code_that_aapor_has_not_is_told_with_what_to_do():
    (problem,) = problems_of(["1.1", "9.9"], outcomes="aapor")

    assert problem.what == "disposition '9.9' has no outcome"
    assert "declare a table" in problem.advice


def test_the_methodology_counts_the_cases_of_each_outcome():
    cases = bound(["no", "done", "no"], outcomes=WORDS).methodology.fact("responses", "cases")

    assert cases["outcomes"] == OUTCOMES
    assert cases["outcome_counts"] == ("1", "0", "2", "0", "0", "0", "0", "0")
