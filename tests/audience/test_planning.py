"""A plan has a row for each audience of the reach, made from what the release tells and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pandas as pd
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.audience import AudiencePlan, Reached
from tests.audience.handmade import (
    FEMALE,
    GOAL,
    MALE,
    REACH,
    busiest,
    planned,
    reached,
    release_of,
)

SHARES = st.integers(0, 1000).map(lambda one: one / 1000)
PS = st.sampled_from([None, 0.001, 0.04, 0.06, 0.9])
STATUSES = st.sampled_from(["usual", "usual", "fixed", "low_reliability", "suppressed"])
BASES = st.sampled_from([40, 99, 100, 400])


def keys(made: sp.OutreachPlan) -> list[tuple[str, str, str]]:
    return [(one.wave, one.breakdown, one.domain) for one in made.audiences]


def test_audiences_stand_in_the_order_of_the_figures():
    everybody, male, female = reached(), reached(**MALE), reached(**FEMALE)

    assert keys(planned(everybody, male, female))[1:] == [
        ("_Z", "sex", "male"),
        ("_Z", "sex", "female"),
    ]
    assert keys(planned(everybody, female, male))[1:] == [
        ("_Z", "sex", "female"),
        ("_Z", "sex", "male"),
    ]


def test_every_wave_has_its_audiences():
    made = planned(*(reached(wave=wave, **group) for group in ({}, MALE) for wave in ("1", "2")))

    assert keys(made) == [
        ("1", "_T", "_T"),
        ("2", "_T", "_T"),
        ("1", "sex", "male"),
        ("2", "sex", "male"),
    ]


def test_the_order_of_rows_within_an_audience_changes_nothing():
    parts = [reached(), reached(**MALE), busiest(0.3, 0.6)]
    turned = [(rows[::-1], choices[::-1]) for rows, choices in parts]

    made = [planned(*some, times="busiest") for some in (parts, turned)]

    assert made[0] == made[1]


def test_figures_of_other_indicators_make_no_audience():
    rows, choices = busiest(0.3, 0.6, **MALE)

    assert keys(planned(reached(), (rows, choices), times="busiest")) == [("_Z", "_T", "_T")]


def test_the_purpose_is_the_goal_that_the_sets_were_chosen_for():
    goal = {"size": 3, "reach": 0.95, "budget": 6.5, "costs": ("imo=2.0", "a=b=4.5")}

    purpose = planned(reached(), goal={**GOAL, **goal}).purpose

    assert (purpose.size, purpose.reach, purpose.budget) == (3, 0.95, 6.5)
    assert purpose.costs == {"imo": 2.0, "a=b": 4.5}


def test_a_goal_may_ask_for_a_size_alone():
    purpose = planned(reached(), goal={"size": 2, "reach": None, "budget": None}).purpose

    assert (purpose.size, purpose.reach, purpose.budget, purpose.costs) == (2, None, None, {})


def test_the_same_indicator_may_say_two_things():
    made = planned(reached(), busiest(0.3, 0.6), times="busiest", days="busiest").audiences[0]

    assert made.times == made.days


@settings(max_examples=30, deadline=None)
@given(
    drawn=st.lists(
        st.tuples(SHARES, SHARES, STATUSES, BASES, PS, st.sampled_from([None, 0.0, 0.013])),
        min_size=1,
        max_size=3,
    )
)
def test_a_plan_says_no_code_and_no_number_that_the_release_does_not_have(drawn):
    parts = []
    for (low, high, status, n, p, optimism), group in zip(drawn, ({}, MALE, FEMALE), strict=False):
        parts.append(reached(status=status, n=n, p=p, optimism=optimism, **group))
        parts.append(busiest(low, high, p, n=n, status=status, **group))
    release = release_of(*parts)

    made = sp.plan(release, sp.Outreach(reach=REACH, times="busiest"))

    told = numbers_in(release)
    for audience in made.audiences:
        assert set(codes_said(audience)) <= codes_in(release)
        assert set(numbers_said(audience)) <= told
        assert not audience.refusal or audience.chosen is audience.times is None


def numbers_in(release: sp.Release) -> set[float]:
    """All numbers of figures and choices, and what is lost, which is less than nothing there."""
    frames = (release.figures, release.choices)
    columns = [one[name] for one in frames for name in one.select_dtypes("number")]
    numbers = pd.concat([one.astype("float64") for one in columns]).dropna()
    return {*numbers, *(-numbers)}


def codes_in(release: sp.Release) -> set[str]:
    frames = (release.figures, release.choices)
    names = ("item", "category", "against_item", "against_category")
    cells = [one[name] for one in frames for name in names if name in one]
    return {code for cell in pd.concat(cells) for code in cell.split("|")}


def codes_said(said: object) -> Iterator[str]:
    for name, value in parts_of(said):
        if name in {"code", "option"}:
            yield value
        elif name == "options":
            yield from value
        else:
            yield from codes_said(value)


def numbers_said(said: object) -> Iterator[float]:
    """All numbers of a plan; of sets those from which the optimism has not been taken."""
    derived = {"expected", "low", "high"} if isinstance(said, Reached) and said.optimism else set()
    for name, value in parts_of(said):
        if isinstance(value, int | float) and not isinstance(value, bool):
            if name not in derived:
                yield value
        else:
            yield from numbers_said(value)


def parts_of(said: object) -> Iterator[tuple[str, object]]:
    if is_dataclass(said):
        yield from ((one.name, getattr(said, one.name)) for one in fields(said))
    elif isinstance(said, tuple):
        yield from (("", one) for one in said)


def test_what_is_walked_is_all_that_a_plan_says():
    made = planned(reached(), busiest(0.3, 0.6), times="busiest").audiences[0]

    assert isinstance(made, AudiencePlan)
    assert {"whatsapp", "youtube", "imo", "06", "18"} == set(codes_said(made))
    assert {0.93, 0.86, 0.12, 0.29, 0.6, 0.004, 400} <= set(numbers_said(made))
