"""Variances of numbers: closed forms, invariances, and their standard errors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from tests.indicators.polls import CLUSTERED, ELEMENTS, answers, bound, questionnaire

SPREAD = sp.Variance("hours")


def test_equal_weights_give_the_variance_of_the_sample_and_its_textbook_error():
    data = answers(1, size=50).assign(weight=4.0)
    design = sp.SampleDesign(weight="weight")
    found = sp.estimate(sp.bind(data, questionnaire(), design), SPREAD).frame.iloc[0]
    hours = data["hours"].to_numpy()
    squares = (hours - hours.mean()) ** 2 * 50 / 49
    assert found["estimate"] == pytest.approx(hours.var(ddof=1))
    assert found["se"] == pytest.approx(squares.std(ddof=1) / np.sqrt(50))
    assert (found["statistic"], found["unit"]) == ("variance", "hours²")
    assert (found["indicator"], found["ci_method"]) == ("hours_variance", "wald")


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000), shift=st.sampled_from([0.0, 1e7]))
def test_neither_a_shift_of_answers_nor_the_scale_of_weights_changes_a_variance(seed, shift):
    data = answers(seed)
    other = data.assign(hours=data["hours"] + shift, weight=data["weight"] * 1000)
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), SPREAD, by="sex").frame
        for one in (data, other)
    )
    columns = ["estimate", "se", "df"]
    pd.testing.assert_frame_equal(first[columns], second[columns], rtol=1e-6)


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_a_domain_is_the_condition_that_says_who_is_in_it(seed):
    responses = bound(seed)
    columns = ["estimate", "se", "ci_low", "ci_high", "df"]
    by_domain = sp.estimate(responses, SPREAD, by="sex").frame
    domain = by_domain[by_domain["domain"] == "f"][columns].reset_index(drop=True)
    other = sp.estimate(responses, SPREAD, where=sp.Is("sex", "f")).frame[columns]
    pd.testing.assert_frame_equal(domain, other, rtol=1e-12)


def test_one_case_has_no_variance():
    data = answers(3)
    data.loc[:, "sex"] = "m"
    data.loc[0, "sex"] = "f"
    frame = sp.estimate(sp.bind(data, questionnaire(), ELEMENTS), SPREAD, by="sex").frame
    found = frame.set_index("domain").loc["f"]
    assert np.isnan(found["estimate"])
    assert np.isnan(found["se"])
    assert found["caveat"].startswith("one case")


def test_the_error_goes_through_the_weighting_steps():
    weights = sp.poststratify(bound(2, ELEMENTS), "sex", {"m": 500.0, "f": 600.0})
    estimates = sp.estimate(weights, SPREAD)
    data, values = answers(2), np.asarray(weights.values)
    hours = data["hours"].to_numpy()
    mean = (values @ hours) / values.sum()
    cases = (values > 0).sum()
    squares = (hours - mean) ** 2 * cases / (cases - 1)
    variance = (values @ squares) / values.sum()
    assert estimates.frame["estimate"].iloc[0] == pytest.approx(variance)
    residual = (squares - variance) / values.sum()
    for sex in ("m", "f"):
        here = (data["sex"] == sex).to_numpy()
        residual[here] -= np.average(residual[here], weights=data["weight"][here])
    assert estimates.scores()[:, 0] == pytest.approx(values * residual)
