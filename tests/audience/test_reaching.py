"""What is said of platforms is what the release has of them, less what choosing them flatters."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.audience.reaching import reached_by
from socialpoll.audience.reading import Figure, Line
from tests.audience.handmade import (
    FEMALE,
    GOAL,
    MALE,
    choice,
    figures,
    planned,
    reached,
    with_another,
)

THOUSANDTHS = st.integers(0, 1000).map(lambda one: one / 1000)


def audience(*parts, **changes):
    return planned(*parts, **changes).audiences[0]


def figure(estimate: float, low: float | None = None, high: float | None = None) -> Figure:
    return Figure(Line("a|b", "_Z"), estimate, low, high, 400, "", "")


def test_the_chosen_set_is_given_as_observed_and_as_expected():
    chosen = audience(reached(optimism=0.004)).chosen

    assert chosen.options == ("whatsapp", "youtube")
    assert (chosen.observed, chosen.optimism, chosen.expected) == (0.93, 0.004, 0.926)
    assert (chosen.low, chosen.high) == (0.906, 0.946)


def test_where_no_optimism_is_known_what_is_expected_is_what_was_observed():
    chosen = audience(reached(optimism=None)).chosen

    assert (chosen.optimism, chosen.expected) == (None, 0.93)
    assert (chosen.low, chosen.high) == (0.91, 0.95)


@settings(max_examples=60, deadline=None)
@given(estimate=THOUSANDTHS, below=THOUSANDTHS, above=THOUSANDTHS, optimism=THOUSANDTHS)
def test_what_is_expected_and_its_limits_are_shares_in_order(estimate, below, above, optimism):
    low, high = max(0.0, estimate - below), min(1.0, estimate + above)

    made = reached_by(figure(estimate, round(low, 3), round(high, 3)), optimism, None)

    assert 0 <= made.low <= made.expected <= made.high <= 1
    assert made.expected <= made.observed == estimate


@settings(max_examples=60, deadline=None)
@given(estimate=THOUSANDTHS, optimism=st.integers(-50, 200).map(lambda one: one / 1000))
def test_what_is_expected_has_no_more_decimals_than_what_was_released(estimate, optimism):
    expected = reached_by(figure(estimate), optimism, None).expected

    exact = Decimal(str(estimate)) - Decimal(str(optimism))
    assert expected == float(min(max(exact, Decimal(0)), Decimal(1)))
    assert expected == round(expected, 3)


@pytest.mark.parametrize(
    ("wanted", "verdict"),
    [(0.906, "met"), (0.907, "open"), (0.946, "open"), (0.947, "missed"), (None, "")],
)
def test_a_reach_is_had_where_its_whole_interval_says_so(wanted, verdict):
    assert audience(reached(), goal={**GOAL, "reach": wanted}).verdict == verdict


@pytest.mark.parametrize(("wanted", "verdict"), [(0.926, "met"), (0.927, "missed")])
def test_a_reach_that_the_weights_fix_is_had_or_not(wanted, verdict):
    rows, choices = reached(status="fixed")

    assert audience((rows, choices), goal={**GOAL, "reach": wanted}).verdict == verdict


@pytest.mark.parametrize(("p", "first"), [(0.01, True), (0.4, False), (None, None)])
def test_the_chosen_set_is_first_where_its_rival_is_told_apart(p, first):
    made = audience(reached(p=p))

    assert made.first is first
    assert made.rival.options == ("whatsapp", "imo")


def test_the_rival_stands_as_observed():
    rival = audience(reached()).rival

    assert (rival.observed, rival.expected, rival.optimism) == (0.86, 0.86, None)
    assert (rival.low, rival.high) == (0.84, 0.88)


def test_where_no_other_set_was_allowed_there_is_no_rival_and_no_first():
    alone = [choice("chosen", "whatsapp", size=1)]

    made = audience((figures(whatsapp=0.8), alone))

    assert (made.rival, made.first, made.losses) == (None, None, ())


def test_steps_go_from_the_smallest_set_to_the_largest_with_what_each_adds():
    rows, choices = reached()

    steps = audience((rows, choices[::-1])).steps

    assert [one.reached.options for one in steps] == [("whatsapp",), ("whatsapp", "youtube")]
    assert [one.gain for one in steps] == [None, 0.12]
    assert [one.tells for one in steps] == [None, True]
    assert (steps[1].low, steps[1].high, steps[1].p) == (0.09, 0.15, 0.001)


def test_losses_name_the_platform_that_is_dropped_the_largest_first():
    losses = audience(reached()).losses

    assert [(one.option, one.loss, one.tells) for one in losses] == [
        ("whatsapp", 0.29, True),
        ("youtube", 0.12, False),
    ]


def test_limits_of_a_loss_are_those_of_the_difference_turned_round():
    loss = audience(reached()).losses[0]

    assert (loss.low, loss.high) == (0.25, 0.33)


def test_a_platform_whose_loss_is_nothing_loses_plain_zero():
    both = "whatsapp|imo"
    rows = [*figures(whatsapp=0.8, **{both: 0.8})]
    choices = [choice("chosen", both), choice("without", "whatsapp", both, difference=0.0)]

    (loss,) = audience((rows, choices)).losses

    assert (loss.option, str(loss.loss)) == ("imo", "0.0")


def test_costs_are_those_of_the_choices_and_of_a_rival_the_sum_of_its_platforms():
    goal = {**GOAL, "costs": ("whatsapp=1.1", "youtube=2.5", "imo=2.2"), "budget": 5.0}
    rows, choices = reached()
    priced = [{**one, "cost": 3.6} if one["role"] == "chosen" else one for one in choices]

    made = planned((rows, priced), goal=goal)

    assert made.purpose.costs == {"whatsapp": 1.1, "youtube": 2.5, "imo": 2.2}
    assert made.audiences[0].chosen.cost == 3.6
    assert made.audiences[0].rival.cost == 3.3
    assert audience(reached()).rival.cost is None


def test_what_no_set_reaches_more_than_is_told_where_not_all_could_be_looked_at():
    rows, choices = reached()
    bounded = [{**one, "at_most": 0.941} if one["role"] == "chosen" else one for one in choices]

    assert audience((rows, bounded)).at_most == 0.941
    assert audience((rows, choices)).at_most is None


def shared(*parts):
    return planned(*parts).audiences[-1].shared


@pytest.mark.parametrize(("p", "tells"), [(0.4, False), (0.01, True), (None, None)])
def test_the_platforms_of_everybody_stand_in_a_group_as_observed_beside_its_own(p, tells):
    beside = shared(reached(), with_another(p, **MALE))

    assert beside.reached.options == ("whatsapp", "youtube")
    assert (beside.reached.observed, beside.reached.expected) == (0.9, 0.9)
    assert (beside.reached.optimism, beside.reached.cost) == (None, 3.0)
    assert (beside.loss, beside.low, beside.high) == (0.06, 0.04, 0.08)
    assert (beside.p, beside.tells) == (p, tells)


def test_where_they_are_those_of_the_group_nothing_is_lost_with_them():
    male = planned(reached(), reached(**MALE)).audiences[1]

    assert male.shared.reached == male.chosen
    assert (male.shared.loss, male.shared.p, male.shared.tells) == (0.0, None, False)


def test_everybody_has_no_other_platforms_than_its_own():
    assert shared(reached()) is None


def test_platforms_of_everybody_that_reach_significantly_more_do_not_reach_less():
    assert shared(reached(), with_another(0.001, 0.05, **MALE)).tells is False


def test_of_a_figure_of_low_reliability_nothing_is_said_of_how_it_compares():
    beside = shared(reached(), with_another(0.01, shared="low_reliability", **MALE))

    assert (beside.reached.observed, beside.tells) == (0.9, None)


@pytest.mark.parametrize(
    "everybody",
    [reached(n=60), reached(status="low_reliability"), reached(status="suppressed")],
    ids=["small base", "low reliability", "suppressed"],
)
def test_where_everybody_gets_no_advice_no_group_has_platforms_of_everybody(everybody):
    assert shared(everybody, with_another(**MALE)) is None


def test_what_is_not_told_of_the_platforms_of_everybody_is_not_made_up():
    rows, choices = with_another(**FEMALE)
    untold = [one for one in choices if one["role"] != "shared"]

    assert shared(reached(), (rows, untold)) is None
