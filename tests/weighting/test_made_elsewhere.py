"""Weights made elsewhere: with their margins they are as good as ours, without they are fixed."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError, WeightingError
from tests.indicators.polls import TWO_STAGES, bound

AREA = {"x": 500.0, "y": 300.0, "z": 200.0}
NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "population"]


@pytest.mark.parametrize("seed", [4, 7])
def test_with_their_margins_standard_errors_are_those_of_the_recipe(seed):
    responses = bound(seed, TWO_STAGES)
    ours = sp.rake(responses, {"sex": {"m": 0.5, "f": 0.5}, "area": AREA})
    theirs = sp.weights_from(responses, ours.values, ["sex", "area"])
    tables = [sp.estimate(one, ["trust", "hours", "sex"], by="sex").frame for one in (ours, theirs)]
    first, second = (one[NUMBERS].to_numpy(float) for one in tables)
    assert second == pytest.approx(first, rel=1e-9, abs=1e-12, nan_ok=True)
    assert tables[0]["caveat"].tolist() == tables[1]["caveat"].tolist()


def test_without_margins_they_are_as_base_weights():
    responses = bound(4)
    values = np.where(responses.interviewed, responses.base_weight, 0.0)
    fixed = sp.estimate(sp.weights_from(responses, values), "hours").frame
    plain = sp.estimate(responses, "hours").frame
    assert fixed[NUMBERS].to_numpy(float) == pytest.approx(plain[NUMBERS].to_numpy(float))
    fact = sp.weights_from(responses, values).methodology.fact("weighting", "made_elsewhere")
    assert fact == {"margins": (), "fixed": True}


def test_weights_and_margins_are_part_of_their_identity():
    responses = bound(4)
    one = sp.rake(responses, {"sex": {"m": 0.5, "f": 0.5}}, total=100).values
    made = [
        sp.weights_from(responses, one),
        sp.weights_from(responses, one * 2),
        sp.weights_from(responses, one, ["sex"]),
    ]
    assert len({weights.id for weights in made}) == 3
    assert made[2].values.tolist() == pytest.approx(one.tolist())
    assert made[0].diagnostics["sum"].tolist() == pytest.approx([100])


def test_totals_need_weights_that_sum_to_the_population():
    responses = bound(4)
    weights = sp.weights_from(responses, responses.interviewed.astype(float))
    assert weights.scale == "sample"
    with pytest.raises(EstimationError, match="sum to the population"):
        sp.estimate(weights, sp.Total("area"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda w: w[:-1], "one weight a case"),
        (lambda w: w * np.nan, "no number"),
        (lambda w: -w, "below 0"),
        (lambda w: w + 1, "gave no interview"),
        (lambda w: w * 0, "every weight is 0"),
    ],
)
def test_what_are_no_weights_is_refused(change, words):
    responses = bound(4)
    with pytest.raises(WeightingError, match=words):
        sp.weights_from(responses, change(responses.interviewed.astype(float)))


def test_a_weighted_case_without_a_value_of_a_margin_is_refused():
    responses = bound(4)
    with pytest.raises(WeightingError, match="no value of the margin"):
        sp.weights_from(responses, responses.interviewed.astype(float), ["trust"])
