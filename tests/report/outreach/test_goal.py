from __future__ import annotations

import pytest

from socialpoll.audience import Purpose
from socialpoll.schema import Fact
from tests.report.handmade import FACTS
from tests.report.outreach.made import (
    ALL_THREE,
    audience,
    made_release,
    plan,
    reached,
    sentences,
)

COSTS = {"whatsapp": 3.0, "youtube": 2.5, "instagram": 1.0}


@pytest.mark.parametrize(
    ("purpose", "english", "arabic"),
    [
        (
            Purpose(size=3),
            "The goal was the largest potential reach with at most 3 platforms.",
            "كان الهدف بلوغ أعلى نسبة وصول محتملة بما لا يتجاوز 3 منصات.",
        ),
        (
            Purpose(size=2, budget=7.5, costs=COSTS),
            "The goal was the largest potential reach with at most 2 platforms and a cost of 7.5.",
            "كان الهدف بلوغ أعلى نسبة وصول محتملة بما لا يتجاوز منصتين وتكلفة قدرها 7.5.",
        ),
        (
            Purpose(reach=0.95),
            "The goal was a potential reach of at least 95% with as few platforms as possible.",
            "كان الهدف بلوغ نسبة وصول محتملة لا تقل عن 95 بالمائة بأقل عدد ممكن من المنصات.",
        ),
        (
            Purpose(reach=0.975, size=1),
            (
                "The goal was a potential reach of at least 97.5% with as few platforms as "
                "possible, and at most 1 platform."
            ),
            (
                "كان الهدف بلوغ نسبة وصول محتملة لا تقل عن 97.5 بالمائة بأقل عدد ممكن من المنصات، "
                "وبما لا يتجاوز منصة واحدة."
            ),
        ),
        (
            Purpose(reach=0.95, costs=COSTS),
            "The goal was a potential reach of at least 95% at the lowest cost.",
            "كان الهدف بلوغ نسبة وصول محتملة لا تقل عن 95 بالمائة بأقل تكلفة ممكنة.",
        ),
        (
            Purpose(reach=0.95, costs=COSTS, budget=10),
            (
                "The goal was a potential reach of at least 95% at the lowest cost, with at most a "
                "cost of 10."
            ),
            (
                "كان الهدف بلوغ نسبة وصول محتملة لا تقل عن 95 بالمائة بأقل تكلفة ممكنة، وبما لا "
                "يتجاوز تكلفة قدرها 10."
            ),
        ),
    ],
    ids=["size", "budget", "reach", "reach and size", "cost", "cost and budget"],
)
def test_a_goal_is_told_in_words(purpose, english, arabic):
    made = plan(purpose=purpose)

    assert english in sentences(made)[2]
    assert arabic in sentences(made, "ar")[2]


@pytest.mark.parametrize(
    ("words", "purpose"),
    [
        ("any other choice of up to 4 platforms.", Purpose(size=4)),
        ("any other choice that the goal allows.", Purpose(size=4, budget=10.0, costs=COSTS)),
        ("any other choice of up to 3 platforms.", Purpose(reach=0.95, size=4)),
        ("any other choice that costs no more.", Purpose(reach=0.95, costs=COSTS)),
    ],
    ids=["size", "budget", "reach", "cost"],
)
def test_a_choice_is_said_to_reach_more_than_those_alone_that_it_was_compared_with(words, purpose):
    assert sentences(plan(purpose=purpose))[3].endswith(words)


def test_what_was_asked_and_of_whom_stands_first():
    assert sentences(plan())[:2] == [
        "Question: Which?",
        (
            "Base: respondents who answered “Yes” to “Has an account” and answered this question "
            "(400, unweighted)."
        ),
    ]


@pytest.mark.parametrize(
    ("among", "told"),
    [(("whatsapp", "youtube", "imo"), True), (("whatsapp", "youtube", "instagram", "imo"), False)],
)
def test_platforms_that_were_considered_are_named_where_not_all_were(among, told):
    goal = Fact("indicators", "goal of outreach_reach", {"size": 3, "among": among})
    _, _, said, found, *_ = sentences(plan(), release=made_release(facts=(*FACTS, goal)))

    assert ("Platforms considered: WhatsApp, YouTube and imo." in said) is told
    assert ("Platforms considered" in said) is told
    assert found.endswith("of up to 3 of the platforms considered.") is told


def test_what_choosing_adds_is_told_only_where_reach_was_lowered_by_it():
    bare = audience(chosen=reached(ALL_THREE, optimism=None))

    assert any("lowered by as much" in one for one in sentences(plan()))
    assert not any("lowered" in one for one in sentences(plan(audiences=(bare,))))
