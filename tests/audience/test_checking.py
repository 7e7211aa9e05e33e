"""A release that cannot answer a plan is told of in one error, part by part."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import AudienceError
from tests.audience.handmade import GOAL, REACH, busiest, planned, reached, release_of
from tests.report.handmade import row


def problems_of(*parts, goal=GOAL, **outreach):
    with pytest.raises(AudienceError) as caught:
        planned(*parts, goal=goal, **outreach)
    return caught.value.problems


def test_an_indicator_that_the_release_does_not_have_is_told_with_the_nearest():
    (problem,) = problems_of(reached(), busiest(0.3, 0.6), times="busyest")

    assert problem.where == "outreach.times"
    assert problem.found == "'busyest'"
    assert problem.allowed.startswith("did you mean 'busiest'?")


def test_sets_that_were_not_chosen_for_a_goal_are_refused_with_how_to_choose_them():
    (problem,) = problems_of(reached(), goal=None)

    assert problem.where == "outreach.reach"
    assert "sp.choose" in problem.advice


def test_an_indicator_that_is_not_of_shares_is_refused():
    mean = [row("hours", 3.2, statistic="mean", unit="hours")]

    (problem,) = problems_of(reached(), (mean, []), times="hours")

    assert problem.what == "an indicator that is not of shares"
    assert problem.found == "'hours', of mean"


def test_a_grid_is_no_plain_question_and_a_plain_question_no_grid():
    grid = [row("day_times", 0.4, item="weekday", category="day")]

    several = problems_of(
        reached(), (grid, []), busiest(0.3, 0.6), times="day_times", times_by_day="busiest"
    )

    assert {one.where: one.what for one in several} == {
        "outreach.times": "an indicator of a grid",
        "outreach.times_by_day": "an indicator that is not of a grid",
    }


def test_everything_that_is_wrong_is_told_at_once():
    several = problems_of(reached(), reach="other", days="days", formats="formats")

    assert [one.where for one in several] == [
        "outreach.reach",
        "outreach.days",
        "outreach.formats",
    ]


def test_a_goal_whose_choices_are_all_hidden_is_a_refusal_and_no_error():
    rows, _ = reached()

    made = sp.plan(release_of((rows, [])), sp.Outreach(reach=REACH))

    assert [one.refusal for one in made.audiences] == ["suppressed"]
