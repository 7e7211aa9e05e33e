"""Releases of drawn polls are attacked: routed questions, waves, and what was published before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import ReleaseError
from tests.disclosure.attacking import Attack, Bound
from tests.disclosure.handmade import codes, filled
from tests.disclosure.routed_families import Drawn, drawn
from tests.disclosure.test_attacker import ANSWER, AREA, COUNTS, FEW

KEPT = sp.MinBase(0, 0)
SEEDS = st.integers(0, 10_000)


def cells(threshold: int = 5, **others) -> sp.Policy:
    return sp.Policy(name="cells", threshold=threshold, **others)


@settings(FEW, max_examples=6)
@given(seed=SEEDS)
def test_no_small_count_is_found_in_a_routed_poll(seed):
    poll = drawn(seed)

    assert poll.holes() == []


@settings(FEW, max_examples=4)
@given(seed=SEEDS)
def test_no_small_count_is_found_from_an_earlier_release_and_a_later_one(seed):
    assert drawn(seed, earlier=1).holes() == []


@settings(FEW, max_examples=4)
@given(seed=SEEDS)
def test_no_small_count_is_found_where_earlier_figures_are_not_estimated_again(seed):
    assert found_or_refused(drawn(seed, earlier=1)) == []


def found_or_refused(poll: Drawn) -> list[Bound]:
    try:
        return poll.holes(again=False)
    except ReleaseError as refused:
        if refused.where != "policy.already_published":
            raise
        return []


@pytest.mark.parametrize(
    ("seed", "tells"),
    [
        (2042, "the error of how many options were chosen"),
        (2055, "quartiles"),
        pytest.param(2092, "the error of a net score", marks=pytest.mark.slow),
        (3165, "an option that excludes others, by a coarser breakdown"),
        (9004, "a net score by a breakdown, of a question that was put to a part"),
    ],
)
def test_what_was_told_is_taken_into_account(seed, tells):
    assert drawn(seed, earlier=1).holes() == []


@settings(FEW, max_examples=3)
@given(seed=SEEDS)
def test_no_small_count_is_found_in_a_poll_of_two_waves(seed):
    poll = drawn(seed, waves=True)

    assert {row["wave"] for one in poll.several for row in one.frame.to_dict("records")} == {
        "2019",
        "2021",
    }
    assert poll.holes() == []


def with_a_net(*of: str) -> sp.Responses:
    net = sp.Net(code="any", label="any", codes=of)
    nets = sp.Nets(name="either", of="q", label="either", nets=(net,))
    asked = sp.Questionnaire(title="t", questions=(AREA, ANSWER), derived=(nets,))
    return sp.bind(filled(COUNTS, ("area", "q")), asked)


def found_after(responses: sp.Responses) -> list[object]:
    """Return what is found when nets are released after the answers that they are made of."""
    first, second = (sp.estimate(responses, [name], by="area") for name in ("q", "either"))
    before = sp.release(first, KEPT, policy=cells())
    after = sp.release([first, second], KEPT, policy=cells(already_published=(before,)))

    return Attack([first, second], after, 5, (before,), complete=["area"]).holes()


def test_a_net_of_what_was_hidden_before_tells_nothing():
    assert found_after(with_a_net("y", "n")) == []


def test_a_later_release_does_not_tell_what_an_earlier_one_hides():
    # Of area a the earlier release shows answer x, and hides y, which three gave.
    assert found_after(with_a_net("y", "x")) == []


def test_what_was_hidden_before_must_be_estimated_again_where_its_question_is():
    responses = with_a_net("y", "x")
    first, second = (sp.estimate(responses, [name], by="area") for name in ("q", "either"))
    before = sp.release(first, KEPT, policy=cells())

    with pytest.raises(ReleaseError, match="not estimated now") as caught:
        sp.release(second, KEPT, policy=cells(already_published=(before,)))
    assert caught.value.found == "q by area"
    others = sp.estimate(responses, ["area"])
    assert sp.release(others, KEPT, policy=cells(already_published=(before,))) is not None


def test_an_earlier_figure_of_a_part_is_known_to_be_of_a_part(tmp_path):
    counts = {("a", "m", "y"): 3, ("a", "m", "n"): 40, ("a", "f", "y"): 30, ("a", "f", "n"): 20}
    counts |= {("b", "m", "y"): 31, ("b", "m", "n"): 22, ("b", "f", "y"): 9, ("b", "f", "n"): 12}
    questions = (
        sp.Single(name="area", text="area", options=codes("ab")),
        sp.Single(name="sex", text="sex", options=codes("mf")),
        sp.Single(name="q", text="q", options=codes("yn")),
    )
    asked = sp.Questionnaire(title="t", questions=questions)
    responses = sp.bind(filled(counts, ("area", "sex", "q")), asked)
    of_women = sp.Share("q", name="of_women")
    first = sp.estimate(responses, [of_women], by="area", where=sp.Is("sex", "f"))
    before = sp.release(first, KEPT, policy=cells())
    second = sp.estimate(responses, ["q"], by=[("area", "sex")])
    policy = cells(already_published=(sp.Release.load(before.save(tmp_path / "before.json")),))

    with pytest.raises(ReleaseError, match="not estimated now") as caught:
        sp.release(second, KEPT, policy=policy)
    assert caught.value.found == "of_women by _T, of_women by area"
    after = sp.release([first, second], KEPT, policy=policy)
    conditions = {"of_women": sp.Is("sex", "f")}
    attack = Attack([first, second], after, 5, (before,), conditions, ["area", "sex"])
    assert attack.holes() == []


def test_a_group_that_chose_nothing_can_be_released_of_a_poll_with_routing():
    options = (*codes("uv"), sp.Code(code="x", label="x", exclusive=True))
    ticks = {("a", 1, 0, 0): 20, ("a", 0, 1, 0): 20, ("a", 1, 1, 0): 10, ("b", 0, 0, 1): 12}
    area = sp.Single(name="area", text="area", options=codes("ab"))
    ticked = sp.Multiple(name="m", text="m", options=options, asked_if=sp.Is("area", "a", "b"))
    asked = sp.Questionnaire(title="t", questions=(area, ticked))
    responses = sp.bind(filled(ticks, ("area", "m_u", "m_v", "m_x")), asked)
    estimates = sp.estimate(responses, [sp.Share("m", of="responses")], by="area")

    assert sp.release(estimates, KEPT, policy=cells()).figures["estimate"].notna().any()


def test_a_release_of_waves_is_of_everybody_in_each():
    several = drawn(3, waves=True).several
    release = sp.release(several, KEPT, policy=cells())

    assert release.partial == ()
