"""Goals: what they may ask for, and what they refuse."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({}, "Goal"),
        ({"costs": {"a": 1}}, "Goal"),
        ({"size": 0}, "Goal.size"),
        ({"size": 2.0}, "Goal.size"),
        ({"size": True}, "Goal.size"),
        ({"reach": 0}, "Goal.reach"),
        ({"reach": 90}, "Goal.reach"),
        ({"reach": float("nan")}, "Goal.reach"),
        ({"reach": "0.9"}, "Goal.reach"),
        ({"budget": -1, "costs": {"a": 1}}, "Goal.budget"),
        ({"budget": float("inf"), "costs": {"a": 1}}, "Goal.budget"),
        ({"budget": 3}, "Goal.costs"),
        ({"size": 2, "costs": {}}, "Goal.costs"),
        ({"size": 2, "costs": [1, 2]}, "Goal.costs"),
        ({"size": 2, "costs": {"a": -1}}, "Goal.costs"),
        ({"size": 2, "costs": {"a": "1"}}, "Goal.costs"),
        ({"size": 2, "costs": {1: 1, "1": 2}}, "Goal.costs"),
    ],
)
def test_a_goal_says_what_it_cannot_ask_for(values, where):
    with pytest.raises(EstimationError, match="what sets are chosen for") as caught:
        sp.Goal(**values)

    assert caught.value.where == where
    assert caught.value.found
    assert caught.value.allowed


def test_costs_are_found_by_code_whatever_its_type():
    goal = sp.Goal(size=1, costs={1: 2.5, "b": 0})
    assert (goal.cost_of("1"), goal.cost_of("b")) == (2.5, 0.0)


@pytest.mark.parametrize(
    ("values", "where"),
    [
        ({"goal": 3}, "BestReach.goal"),
        ({"goal": sp.Goal(size=1), "base": "some"}, "BestReach.base"),
    ],
)
def test_best_reach_says_what_it_does_not_know(values, where):
    with pytest.raises(EstimationError) as caught:
        sp.BestReach("apps", **values)

    assert caught.value.where == where


def test_the_figures_are_named_after_the_question_unless_they_have_a_name():
    goal = sp.Goal(size=1)
    assert sp.BestReach("apps", goal).named == "apps_best_reach"
    assert sp.BestReach("apps", goal, name="spots").named == "spots"
