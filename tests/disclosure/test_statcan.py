from __future__ import annotations

import math

import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.errors import ReleaseError


def row(cv, statistic="share", unit="share"):
    return {"statistic": statistic, "unit": unit, "cv": cv}


@pytest.mark.parametrize(
    ("cv", "verdict"),
    [
        (0.0, "publish"),
        (0.165, "publish"),
        (0.16549, "publish"),
        (0.1655, "flag"),
        (0.166, "flag"),
        (0.333, "flag"),
        (0.33349, "flag"),
        (0.3335, "suppress"),
        (2.0, "suppress"),
        (math.inf, "suppress"),
    ],
)
def test_the_bands_end_at_16_5_and_33_3_per_cent_in_tenths_of_a_per_cent(cv, verdict):
    assert sp.StatCan()(row(cv)).verdict == verdict


@pytest.mark.parametrize("statistic", ["share", "mean", "total", "ratio", "median", "variance"])
def test_all_figures_with_a_coefficient_of_variation_are_judged_alike(statistic):
    unit = "share" if statistic == "share" else "hours"

    assert sp.StatCan()(row(0.4, statistic, unit)).verdict == "suppress"


@pytest.mark.parametrize("cv", [None, math.nan])
def test_a_figure_that_cannot_be_graded_is_flagged_and_says_why(cv):
    assert sp.StatCan()(row(cv)) == sp.Ruling("flag", ("unknown",))


@pytest.mark.parametrize(
    ("statistic", "unit"),
    [("circular_mean", "minutes after midnight"), ("concentration", "_Z"), ("mean", "score")],
)
def test_what_has_no_natural_zero_is_not_judged(statistic, unit):
    assert sp.StatCan()(row(5.0, statistic, unit)) == sp.Ruling("publish")


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_coefficient_is_never_judged_more_mildly(one, other):
    order = ["publish", "flag", "suppress"]
    smaller, larger = (order.index(sp.StatCan()(row(cv)).verdict) for cv in sorted((one, other)))

    assert larger >= smaller


@pytest.mark.parametrize("bands", [{"marginal": -0.1}, {"marginal": 0.4}, {"marginal": 16.5}])
def test_bands_that_contradict_each_other_are_refused(bands):
    with pytest.raises(ReleaseError, match="contradict") as caught:
        sp.StatCan(**bands)

    assert "0.165" in caught.value.advice
