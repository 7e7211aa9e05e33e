from __future__ import annotations

import pytest

from socialpoll.audience import Purpose
from socialpoll.schema import Fact
from tests.report.handmade import FACTS
from tests.report.made_outreach import (
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


def test_only_choices_of_a_size_are_compared_with_those_of_that_size():
    claims = {
        "of up to 3 platforms.": Purpose(size=3),
        "that the goal allows.": Purpose(size=3, budget=10.0, costs=COSTS),
    }
    for words, purpose in claims.items():
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
    said = sentences(plan(), release=made_release(facts=(*FACTS, goal)))[2]

    assert ("Platforms considered: WhatsApp, YouTube and imo." in said) is told
    assert ("Platforms considered" in said) is told


def test_what_choosing_adds_is_told_only_where_reach_was_lowered_by_it():
    bare = audience(chosen=reached(ALL_THREE, optimism=None))

    assert any("lowered by as much" in one for one in sentences(plan()))
    assert not any("lowered" in one for one in sentences(plan(audiences=(bare,))))
