from __future__ import annotations

from dataclasses import replace

import pytest

from socialpoll.audience import Purpose, Step
from tests.report.handmade import row
from tests.report.outreach.made import (
    ALL_THREE,
    PAIR,
    RIVAL,
    audience,
    made_release,
    plan,
    reached,
    sentences,
)

BOUND = "(95% confidence interval: 95.0 to 99.0)"
THREE = f"the potential reach of WhatsApp, YouTube and Instagram together is 97.0% {BOUND}"


def found(**changes) -> str:
    return sentences(plan(audience(**changes)))[3]


def test_a_choice_that_is_told_apart_from_all_others_is_said_to_reach_more():
    assert found(first=True) == (
        f"The poll found that {THREE}, significantly larger than that of any other choice of up to "
        "3 platforms."
    )


def test_a_choice_that_is_not_told_apart_is_among_those_that_reach_most_beside_its_rival():
    assert found(first=False, rival=reached(RIVAL)) == (
        f"The poll found that {THREE}, among the largest of any choice of up to 3 platforms; it "
        "does not differ to a statistically significant degree from that of WhatsApp, YouTube and "
        "imo together (96.6%)."
    )


def test_a_rival_that_may_not_be_told_is_not_told():
    assert found(first=False, rival=None) == (
        f"The poll found that {THREE}, among the largest of any choice of up to 3 platforms."
    )


def test_a_choice_that_was_not_tested_is_a_figure_and_no_comparison():
    assert found(first=None) == f"The poll found that {THREE}."


def test_a_choice_without_an_interval_is_told_without_one():
    bare = reached(PAIR, low=None, high=None)

    assert found(first=None, chosen=bare, losses=()) == (
        "The poll found that the potential reach of WhatsApp and YouTube together is 93.1%."
    )


def test_a_single_platform_is_not_told_to_reach_together():
    alone = reached(("whatsapp",))

    assert found(first=None, chosen=alone, losses=()).startswith(
        "The poll found that the potential reach of WhatsApp is 81.9%"
    )


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("met", "The potential reach is at least 94%, as the goal asks."),
        (
            "open",
            (
                "It is open whether the potential reach is at least 94%, as the goal asks: the "
                "confidence interval extends below that."
            ),
        ),
        ("missed", "The potential reach falls short of the 94% that the goal asks for."),
    ],
)
def test_a_goal_is_said_to_be_reached_only_where_the_whole_interval_is(verdict, said):
    made = plan(audience(verdict=verdict, first=None), purpose=Purpose(reach=0.94))

    assert sentences(made)[3] == f"The poll found that {THREE}. {said}"


def test_nothing_is_said_of_a_goal_of_which_nothing_is_known():
    made = plan(audience(verdict="", first=None), purpose=Purpose(reach=0.94))

    assert sentences(made)[3] == f"The poll found that {THREE}."


def test_cost_and_what_no_choice_exceeds_are_told():
    chosen = reached(ALL_THREE, cost=7.5)
    made = plan(audience(chosen=chosen, at_most=0.981, first=None))

    assert sentences(made)[3].endswith(
        "The cost of this choice is 7.5. Not all choices could be examined; none of them reaches "
        "more than 98.1%."
    )


def test_what_a_further_platform_adds_is_told_only_where_it_tells():
    assert sentences(plan())[4] == (
        "Beyond the best single platform, a second platform adds 11.2 percentage points and a "
        "third platform adds no statistically significant share."
    )


def test_a_gain_that_was_not_tested_is_said_so():
    first, second, _ = audience().steps
    steps = (first, replace(second, tells=None))

    assert sentences(plan(audience(steps=steps)))[4] == (
        "Beyond the best single platform, a second platform adds 11.2 percentage points (not "
        "tested)."
    )


def test_a_single_step_adds_nothing():
    assert not any("Beyond" in one for one in sentences(plan(audience(steps=audience().steps[:1]))))


def test_steps_beyond_the_words_for_them_are_numbered():
    eleven = tuple("abcdefghijk")
    figure = row("outreach_reach", 0.995, question="apps", item="|".join(eleven))
    more = Step(reached=replace(reached(PAIR), options=eleven), gain=0.002, tells=True)
    steps = (*audience().steps[:1], more)

    assert sentences(plan(audience(steps=steps)), release=made_release([figure]))[4] == (
        "Beyond the best single platform, platform number 11 adds 0.2 percentage points."
    )


def test_losses_are_told_where_they_tell_and_others_are_said_to_be_none():
    said = sentences(plan())

    assert said[5:7] == [
        (
            "Leaving out one of them would lower potential reach: by 23.1 percentage points "
            "without WhatsApp and by 6.7 percentage points without YouTube."
        ),
        (
            "Leaving out Instagram alone would not lower potential reach to a statistically "
            "significant degree."
        ),
    ]


def test_a_loss_that_was_not_tested_is_said_so():
    losses = tuple(replace(one, tells=None) for one in audience().losses[:1])

    assert "by 23.1 percentage points without WhatsApp (not tested)." in " ".join(
        sentences(plan(audience(losses=losses)))
    )


def test_arabic_counts_platforms_and_points_as_arabs_do():
    said = sentences(plan(), "ar")

    assert said[3].endswith("من نسبة الوصول عبر أي اختيار آخر لا يتجاوز 3 منصات.")
    assert said[4] == (
        "إضافةً إلى أفضل منصة منفردة: تضيف منصة ثانية 11.2 نقطة مئوية ولا تضيف منصة ثالثة نسبة "
        "ذات دلالة إحصائية."
    )
