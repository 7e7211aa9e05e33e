"""Requirements and sums of weights."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import StepError
from tests.weighting.chains import SEX, SIX, bound


def test_requirements_that_hold_change_nothing():
    plain = sp.weigh(bound(), sp.Recipe((SIX,)))
    asked = sp.Require(max_deff=3, min_effective=10, max_ratio=100, margin_error=1e-6)
    assert sp.weigh(bound(), sp.Recipe((SIX, asked))).values == pytest.approx(plain.values)


def test_all_requirements_that_do_not_hold_are_told_at_once():
    asked = sp.Require(max_deff=1.001, min_effective=1000, max_ratio=1.1, margin_error=1e-6)
    steps = (SIX, sp.Trim(upper=45), asked)
    with pytest.raises(StepError) as raised:
        sp.weigh(bound(), sp.Recipe(steps))
    wheres = [one.where for one in raised.value.problems]
    assert wheres == ["max_deff", "min_effective", "max_ratio", "margin_error"]
    assert "at most 1.001" in str(raised.value)


def test_a_margin_is_held_to_its_error_under_the_weights_as_they_are_now():
    wrong = sp.PostStratify("sex", {"m": 0.3, "f": 0.7}, total=2200)
    first = sp.PostStratify("sex", SEX)
    with pytest.raises(StepError, match="margin_error"):
        sp.weigh(bound(), sp.Recipe((first, wrong, sp.Require(margin_error=0.01))))


def test_rescaling_gives_a_sum_and_changes_no_share():
    plain = sp.weigh(bound(), sp.Recipe((SIX,)))
    scaled = sp.weigh(bound(), sp.Recipe((SIX, sp.Rescale("interviews"))))
    assert scaled.values.sum() == pytest.approx(np.count_nonzero(plain.values))
    assert scaled.scale == "sample"
    shares = [sp.estimate(one, "uses").frame for one in (plain, scaled)]
    assert shares[0]["estimate"].to_numpy() == pytest.approx(shares[1]["estimate"].to_numpy())
    assert shares[0]["se"].to_numpy() == pytest.approx(shares[1]["se"].to_numpy())


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (sp.Require, "nothing is required"),
        (lambda: sp.Require(max_deff=0.5), "above 1"),
        (lambda: sp.Require(margin_error=2), "at most 1"),
        (lambda: sp.Rescale(0), "above 0"),
        (lambda: sp.Rescale("all"), "no such choice of 'to'"),
    ],
)
def test_what_cannot_be_required_is_refused(make, said):
    with pytest.raises(sp.SocialpollError, match=said):
        make()
