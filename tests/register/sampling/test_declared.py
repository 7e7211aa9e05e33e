from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import RegisterError


def whats(refused) -> list[tuple[str, str]]:
    return [(one.where, one.what) for one in refused.value.problems]


def test_all_mistakes_of_a_stratified_sample_are_told_at_once():
    with pytest.raises(RegisterError) as refused:
        sp.StratifiedSample((), 0, allocation="proportionel", least=2.5)

    assert whats(refused) == [
        ("least", "that is no number to draw"),
        ("size", "that is no number to draw"),
        ("allocation", "there is no such allocation"),
        ("strata", "there are no strata"),
    ]
    assert refused.value.problems[2].allowed.startswith("did you mean 'proportional'?")


def test_a_number_of_each_stratum_leaves_nothing_to_allocate():
    with pytest.raises(RegisterError) as refused:
        sp.ClusterSample("block", {"a": 3, "b": True}, within=0, allocation="equal")

    assert whats(refused) == [
        ("number of 'b'", "that is no number to draw"),
        ("allocation", "each stratum has its number already"),
        ("within", "that is no number to draw"),
    ]


@pytest.mark.parametrize("given", [{"a": 0.0}, {"a": -1.0, "b": 2.0}, {"a": float("nan")}, {}])
def test_standard_deviations_are_numbers_and_not_all_zero(given):
    with pytest.raises(RegisterError, match="standard deviations are none"):
        sp.StratifiedSample("sex", 10, allocation=given)


def test_people_are_drawn_by_a_size_and_not_within_clusters_that_there_are_not():
    with pytest.raises(RegisterError) as refused:
        sp.ProportionalSample(None, 10, 2)

    assert whats(refused) == [
        ("size", "people are drawn by no size"),
        ("within", "there are no clusters within which to draw"),
    ]


def test_only_the_people_within_clusters_may_have_no_number():
    with pytest.raises(RegisterError, match="size: that is no number to draw; found None"):
        sp.StratifiedSample("sex", None)

    assert sp.ClusterSample("block", 3, within=None).within is None
