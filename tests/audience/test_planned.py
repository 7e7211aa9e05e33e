"""A plan can be narrowed to one group, and counts those that need no platforms of their own."""

from __future__ import annotations

import pytest

from socialpoll.errors import AudienceError
from tests.audience.handmade import FEMALE, MALE, planned, reached, with_another


def test_the_plan_of_a_group_is_of_it_and_of_everybody_in_all_waves():
    made = planned(
        *(reached(wave=wave, **group) for group in ({}, MALE, FEMALE) for wave in ("1", "2"))
    )

    narrowed = made.of("sex", "female")

    assert [(one.wave, one.domain) for one in narrowed.audiences] == [
        ("1", "_T"),
        ("2", "_T"),
        ("1", "female"),
        ("2", "female"),
    ]
    assert (narrowed.outreach, narrowed.purpose) == (made.outreach, made.purpose)


def test_the_plan_of_everybody_is_of_nobody_else():
    made = planned(reached(), reached(**MALE)).of("_T", "_T")

    assert [one.domain for one in made.audiences] == ["_T"]


def test_a_group_that_the_plan_does_not_have_is_told_with_the_nearest():
    with pytest.raises(AudienceError) as caught:
        planned(reached(), reached(**MALE)).of("sex", "mal")

    assert caught.value.found == "sex=mal"
    assert caught.value.allowed == "did you mean 'sex=male'? (_T=_T, sex=male)"


def test_what_comes_first_is_alone_only_where_it_was_tested_and_nothing_is_beside_it():
    from socialpoll.audience import Leading, Preferred

    one = Preferred(code="a", share=0.5, low=None, high=None)
    other = Preferred(code="b", share=0.4, low=None, high=None)

    assert Leading(first=one, behind=(other,), tested=True).alone
    assert not Leading(first=one, behind=(other,), tested=False).alone
    assert not Leading(first=one, beside=(other,), tested=True).alone


def test_groups_are_counted_that_the_platforms_of_everybody_serve_as_well_as_their_own():
    areas = ({"breakdown": "area", "domain": one} for one in ("muscat", "dhofar", "wusta"))
    told, untold, small = areas
    made = planned(
        reached(),
        reached(**MALE),
        with_another(0.4, **FEMALE),
        with_another(0.01, **told),
        with_another(None, **untold),
        with_another(0.4, n=60, **small),
    )

    assert [one.domain for one in made.advised] == ["male", "female", "muscat", "dhofar"]
    assert [one.domain for one in made.served_alike] == ["male", "female"]
