"""An audience of which too little is known, or may be told, gets a refusal in place of advice."""

from __future__ import annotations

import pytest

from tests.audience.handmade import FEMALE, busiest, planned, reached


def audience(*parts, **outreach):
    return planned(*parts, **outreach).audiences[0]


def advice_of(one):
    return (one.chosen, one.rival, one.steps, one.losses, one.first, one.times, one.verdict)


NO_ADVICE = (None, None, (), (), None, None, "")


def test_hidden_figures_are_refused_and_nothing_is_told_of_their_base():
    rows, _ = reached(status="suppressed")

    made = audience((rows, []), busiest(0.3, 0.6), times="busiest")

    assert (made.refusal, made.base) == ("suppressed", None)
    assert advice_of(made) == NO_ADVICE


@pytest.mark.parametrize(("n", "refusal"), [(99, "small base"), (100, ""), (101, "")])
def test_a_base_below_the_smallest_is_refused_and_told(n, refusal):
    made = audience(reached(n=n))

    assert (made.refusal, made.base) == (refusal, n)
    assert (advice_of(made) == NO_ADVICE) == bool(refusal)


def test_the_smallest_base_is_the_one_that_the_outreach_asks_for():
    assert audience(reached(n=30), minimum_base=30).refusal == ""
    assert audience(reached(n=400), minimum_base=401).refusal == "small base"


def test_nobody_in_the_base_is_a_small_base():
    rows, _ = reached(status="not_available")
    empty = [{**one, "n_base": None} for one in rows]

    assert audience((empty, [])).refusal == "small base"


def test_a_chosen_set_of_low_reliability_is_refused():
    made = audience(reached(status="low_reliability"), busiest(0.3, 0.6), times="busiest")

    assert made.refusal == "low reliability"
    assert advice_of(made) == NO_ADVICE


def test_a_small_base_goes_before_low_reliability():
    assert audience(reached(status="low_reliability", n=50)).refusal == "small base"


@pytest.mark.parametrize("status", ["usual", "low_reliability"])
def test_an_audience_of_whom_nobody_uses_any_platform_is_told_so(status):
    rows, choices = reached(status=status)
    nobody = [{**one, "estimate": 0.0, "ci_low": 0.0, "caveat": "zero cases"} for one in rows]

    made = audience((nobody, choices))

    assert (made.refusal, made.base, made.caveat) == ("nobody", 400, "zero cases")
    assert advice_of(made) == NO_ADVICE


def test_few_who_are_rounded_to_none_are_somebody():
    rows, choices = reached()
    few = [{**one, "estimate": 0.0, "ci_low": 0.0, "ci_high": 0.003} for one in rows]

    assert audience((few, choices)).refusal == ""


def test_low_reliability_of_another_set_is_no_reason():
    rows, choices = reached()
    odd, _ = reached(status="low_reliability")

    assert audience(([*odd[:2], *rows[2:]], choices)).refusal == ""


def test_a_choice_that_is_not_told_though_figures_are_precise_is_suppressed():
    rows, choices = reached()
    kept = [one for one in choices if one["role"] != "chosen"]

    assert audience((rows, kept)).refusal == "suppressed"


def test_a_choice_whose_set_is_hidden_is_suppressed():
    rows, choices = reached()
    hidden, _ = reached(status="suppressed")
    both = [other if one["item"] == "whatsapp|youtube" else one
            for one, other in zip(rows, hidden, strict=True)]  # fmt: skip

    assert audience((both, choices)).refusal == "suppressed"


def test_figures_without_precision_and_without_a_choice_say_so():
    bare = [{**one, "ci_low": None, "ci_high": None} for one in reached()[0]]

    assert audience((bare, [])).refusal == "no precision"


def test_figures_without_precision_are_given_and_nothing_is_claimed_of_them():
    rows, choices = reached(p=None, optimism=None)
    bare = [{**one, "ci_low": None, "ci_high": None} for one in rows]
    untested = [{**one, "p_adjusted": None, "alike": None} for one in choices]

    made = audience((bare, untested))

    assert made.refusal == ""
    assert (made.chosen.observed, made.chosen.expected, made.chosen.low) == (0.93, 0.93, None)
    assert (made.first, made.verdict) == (None, "")
    assert {one.tells for one in (*made.steps, *made.losses)} == {None}


def test_the_refusal_of_one_group_is_none_of_another():
    made = planned(reached(), reached(n=40, **FEMALE))

    assert [one.refusal for one in made.audiences] == ["", "small base"]
