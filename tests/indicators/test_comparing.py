"""Differences: from the joint covariance, with p values adjusted within their family."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators.polls import bound


def test_a_difference_has_the_variance_of_the_joint_covariance():
    estimates = sp.compare(sp.estimate(bound(2), "hours", by="sex"), within="sex")
    only = estimates.comparisons.iloc[0]
    places = estimates.frame.index[estimates.frame["breakdown"] == "sex"]
    v = estimates.covariance(places)
    figures = estimates.frame["estimate"][places].to_numpy()
    assert only["difference"] == pytest.approx(figures[0] - figures[1])
    assert only["se"] == pytest.approx(np.sqrt(v[0, 0] + v[1, 1] - 2 * v[0, 1]))
    assert v[0, 1] != 0


def test_two_independent_groups_give_the_textbook_two_sample_test():
    random = np.random.default_rng(5)
    data = pd.DataFrame({"sex": ["m"] * 40 + ["f"] * 60, "hours": random.gamma(2, 2, 100)})
    asked = sp.Questionnaire.infer(data[["sex"]])
    number = sp.Number(name="hours", text={"und": "h"}, unit={"und": "hours"})
    asked = sp.Questionnaire(title={"und": "t"}, questions=(*asked.questions, number))
    responses = sp.bind(data, asked, sp.SampleDesign(strata="sex"))
    only = sp.compare(sp.estimate(responses, "hours", by="sex")).comparisons.iloc[0]
    groups = [data[data["sex"] == one]["hours"] for one in ("m", "f")]
    assert only["se"] == pytest.approx(np.sqrt(sum(one.var() / len(one) for one in groups)))
    assert only["df"] == 98


def test_holm_is_between_no_adjustment_and_bonferroni():
    estimates = sp.estimate(bound(2, size=200), "hours", by="area")
    found = {
        one: sp.compare(estimates, "area", adjust=one).comparisons
        for one in ("none", "holm", "bonferroni")
    }
    plain, holm, bonferroni = (found[one]["p_adjusted"] for one in ("none", "holm", "bonferroni"))
    assert (plain <= holm).all()
    assert (holm <= bonferroni).all()
    assert bonferroni.tolist() == pytest.approx(np.minimum(plain * 3, 1).tolist())


def test_figures_fixed_by_weighting_enter_no_comparison():
    weights = sp.rake(bound(9), {"sex": {"m": 0.5, "f": 0.5}}, total=1000)
    compared = sp.compare(sp.estimate(weights, sp.Total("sex"), by="area"))
    fixed = sp.compare(sp.estimate(weights, sp.Total("area"), by="sex"))
    assert len(compared.comparisons) > 0
    assert (fixed.comparisons["se"] > 0).all()
    nothing = sp.compare(sp.estimate(sp.poststratify(bound(9), "area", AREA), "area", by="area"))
    assert nothing.comparisons.empty


AREA = {"x": 500.0, "y": 300.0, "z": 200.0}


def test_an_unknown_breakdown_is_refused_with_the_nearest():
    with pytest.raises(EstimationError, match="sex"):
        sp.compare(sp.estimate(bound(1), "hours", by="sex"), within="sx")


def test_comparing_leaves_the_estimates_as_they_were():
    estimates = sp.estimate(bound(1), "hours", by="sex")
    sp.compare(estimates)
    assert estimates.comparisons.empty


def test_the_degrees_of_freedom_of_a_difference_are_those_of_both_domains_together():
    responses = bound(3, size=24)
    estimates = sp.estimate(responses, ["hours", "trust"], by="area")
    places = [int(one) for one in estimates.frame.index[estimates.frame["indicator"] == "hours"]]
    pairs = estimates.pairwise_degrees_of_freedom(places[1:])
    for a, first in enumerate(places[1:]):
        for b, second in enumerate(places[1:]):
            assert pairs[a, b] == estimates.degrees_of_freedom([first, second])
    assert estimates.degrees_of_freedom(range(len(estimates))) == 4
