"""Quantiles: Woodruff's interval by hand, domains, weighting, comparisons, and the edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy import special

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators.polls import CLUSTERED, ELEMENTS, answers, bound, questionnaire

MIDDLE = sp.Quantile("hours")
QUARTERS = sp.Quantile("hours", (0.25, 0.5, 0.75))
FIGURES = ["estimate", "se", "ci_low", "ci_high", "df", "deff"]


def numbers(values, **columns) -> sp.Responses:
    asked = sp.Questionnaire(
        title={"und": "t"},
        questions=(sp.Number(name="hours", text={"und": "h"}, unit={"und": "hours"}),),
    )
    return sp.bind(pd.DataFrame({"hours": values, **columns}), asked, sp.SampleDesign())


def test_the_median_of_a_simple_random_sample_has_woodruffs_interval():
    found = sp.estimate(numbers(np.arange(1.0, 102.0)), MIDDLE).frame.iloc[0]
    share = 51 / 101
    t = special.stdtrit(100, 0.975)
    margin = t * np.sqrt(share * (1 - share) / 100)
    low, high = np.ceil((share - margin) * 101), np.ceil((share + margin) * 101)
    assert (found["estimate"], found["ci_low"], found["ci_high"]) == (51, low, high)
    assert found["se"] == pytest.approx((high - low) / (2 * t))
    assert found["moe"] == pytest.approx((high - low) / 2)
    assert (found["ci_method"], found["statistic"], found["category"]) == (
        "woodruff",
        "median",
        "_Z",
    )
    assert found["deff"] == pytest.approx(1)


def test_about_p_the_interval_has_the_same_width_of_share_and_lies_about_p():
    heaped = numbers(np.repeat([1.0, 2.0, 3.0, 4.0], [20, 45, 25, 11]))
    found = sp.estimate(heaped, [MIDDLE, sp.Quantile("hours", about="p", name="about_p")]).frame
    about_share, about_p = found.to_dict("records")
    share = 65 / 101
    margin = special.stdtrit(100, 0.975) * np.sqrt(share * (1 - share) / 100)
    assert 20 / 101 < 0.5 - margin < 0.5 + margin < share < share + margin < 90 / 101
    assert (about_share["estimate"], about_p["estimate"]) == (2, 2)
    assert (about_share["ci_low"], about_share["ci_high"]) == (2, 3)
    assert (about_p["ci_low"], about_p["ci_high"]) == (2, 2)
    assert about_p["ci_method"] == "woodruff about p"


def test_of_answers_that_heap_the_interval_about_p_holds_the_median_as_often_as_it_says():
    samples, size = 400, 450
    # Of the answers 39 % are below the median, 50.9 % not above it.
    steps = np.array([0.18, 0.11, 0.10, 0.119, 0.056, 0.056, 0.10, 0.279])
    random = np.random.default_rng(1952)
    frame = pd.DataFrame(
        {
            "hours": random.choice(np.arange(8) / 2, samples * size, p=steps),
            "sample": np.tile(np.arange(samples), size).astype(str),
        }
    )
    asked = sp.Questionnaire(
        title="t",
        questions=(
            sp.Number(name="hours", text="h", unit="hours"),
            sp.Single(
                name="sample",
                text="s",
                options=tuple(sp.Code(code=one, label=one) for one in map(str, range(samples))),
            ),
        ),
    )
    about_p = sp.Quantile("hours", about="p", name="about_p")
    found = sp.estimate(sp.bind(frame, asked), [MIDDLE, about_p], by="sample").frame
    of_samples = found[found["breakdown"] == "sample"]
    true = 1.5
    holds = (of_samples["ci_low"] <= true) & (true <= of_samples["ci_high"])
    share = holds.groupby(of_samples["indicator"]).mean()
    assert share["about_p"] > 0.95 - 3 * np.sqrt(0.95 * 0.05 / samples)
    assert share["hours_median"] < 0.85


@pytest.mark.parametrize(
    ("told", "field"),
    [({"about": "estimate"}, "about"), ({"about": "p", "interval": "logit"}, "interval")],
)
def test_an_interval_about_something_else_or_of_another_kind_about_p_is_refused(told, field):
    with pytest.raises(EstimationError, match=f"Quantile.{field}"):
        sp.Quantile("hours", **told)


def test_several_parts_are_one_indicator_whose_categories_name_them():
    frame = sp.estimate(bound(1), sp.Quantile("hours", (0.025, 0.5))).frame
    assert frame["category"].tolist() == ["p2.5", "p50"]
    assert set(frame["statistic"]) == {"quantile"}
    assert set(frame["indicator"]) == {"hours_quantile"}
    assert set(frame["unit"]) == {"hours"}


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000), scale=st.sampled_from([0.001, 3.0, 1e6]))
def test_quantiles_do_not_depend_on_the_scale_of_weights(seed, scale):
    data = answers(seed)
    larger = data.assign(weight=data["weight"] * scale)
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), QUARTERS, by="sex").frame[FIGURES]
        for one in (data, larger)
    )
    pd.testing.assert_frame_equal(first, second, rtol=1e-9)


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_quantiles_do_not_depend_on_the_order_of_rows(seed):
    data = answers(seed)
    shuffled = data.sample(frac=1, random_state=seed)
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), QUARTERS, by="sex").frame[FIGURES]
        for one in (data, shuffled)
    )
    pd.testing.assert_frame_equal(first, second, rtol=1e-9)


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000), factor=st.sampled_from([0.5, 60.0]))
def test_quantiles_and_their_intervals_scale_with_the_answers(seed, factor):
    data = answers(seed)
    other = data.assign(hours=data["hours"] * factor)
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), QUARTERS, by="area").frame
        for one in (data, other)
    )
    for name in ("estimate", "se", "ci_low", "ci_high"):
        assert second[name].to_numpy() == pytest.approx(
            factor * first[name].to_numpy(), nan_ok=True
        )


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000), rule=st.sampled_from(["math", "school", "hf7"]))
def test_a_domain_is_the_condition_that_says_who_is_in_it(seed, rule):
    quantile = replace(QUARTERS, rule=rule)
    responses = bound(seed)
    by_domain = sp.estimate(responses, quantile, by="sex").frame
    by_condition = sp.estimate(responses, quantile, where=sp.Is("sex", "f")).frame
    domain = by_domain[by_domain["domain"] == "f"][FIGURES].reset_index(drop=True)
    pd.testing.assert_frame_equal(domain, by_condition[FIGURES], rtol=1e-12)


def test_the_share_below_goes_through_the_weighting_steps():
    responses = bound(2, ELEMENTS)
    weights = sp.poststratify(responses, "sex", {"m": 500.0, "f": 600.0})
    found = sp.estimate(weights, MIDDLE).frame.iloc[0]
    data = answers(2)
    bands = questionnaire()
    low = sp.Bands(
        name="low",
        of="hours",
        label={"und": "low"},
        bands=(
            sp.Band(code="low", label={"und": "low"}, maximum=float(found["estimate"])),
            sp.Band(code="high", label={"und": "high"}, minimum=float(found["estimate"]) + 0.05),
        ),
    )
    again = sp.bind(data, replace(bands, derived=(low,)), ELEMENTS)
    weighted = sp.poststratify(again, "sex", {"m": 500.0, "f": 600.0})
    wald = sp.Precision(interval="wald")
    share = sp.estimate(weighted, "low", precision=wald).frame.iloc[0]
    order = np.argsort(data["hours"].to_numpy(), kind="stable")
    below = np.cumsum(np.asarray(weighted.values)[order]) / 1100
    hours = data["hours"].to_numpy()[order]
    limits = [hours[np.searchsorted(below, share[side])] for side in ("ci_low", "ci_high")]
    assert found[["ci_low", "ci_high"]].tolist() == limits
    assert found["deff"] == pytest.approx(share["deff"])


def test_scores_have_the_variance_of_the_standard_error_so_medians_can_be_compared():
    estimates = sp.compare(sp.estimate(bound(5, size=200), MIDDLE, by="sex"), within="sex")
    frame = estimates.frame
    variances = np.diag(estimates.covariance())
    assert np.sqrt(variances) == pytest.approx(frame["se"].to_numpy())
    (found,) = estimates.comparisons.to_dict("records")
    male, female = frame["estimate"].iloc[1:]
    assert found["difference"] == pytest.approx(male - female)
    v = estimates.covariance([1, 2])
    assert found["se"] == pytest.approx(np.sqrt(v[0, 0] + v[1, 1] - 2 * v[0, 1]))


def test_a_limit_that_leaves_the_data_is_empty_and_says_so():
    found = sp.estimate(numbers([1.0, 2.0, 4.0, 7.0, 9.0]), sp.Quantile("hours", 0.8)).frame.iloc[0]
    assert (found["estimate"], found["caveat"]) == (7.0, "limit outside the data")
    assert np.isnan(found["ci_high"])
    assert np.isnan(found["se"])
    assert found["ci_low"] == 2.0


def test_a_quantile_with_nobody_above_has_no_upper_limit():
    found = sp.estimate(numbers([1.0, 2.0, 4.0, 7.0]), sp.Quantile("hours", 0.9)).frame.iloc[0]
    assert (found["estimate"], found["caveat"]) == (7.0, "limit outside the data")
    assert np.isnan(found["ci_high"])


def test_one_case_has_a_median_without_precision_and_nobody_has_none():
    data = answers(3)
    data.loc[:, "sex"] = "m"
    data.loc[0, "sex"] = "f"
    data.loc[data["area"] == "z", "hours"] = np.nan
    responses = sp.bind(data, questionnaire(), ELEMENTS)
    frame = sp.estimate(responses, MIDDLE, by=["sex", "area"]).frame.set_index("domain")
    assert frame.loc["f", "estimate"] == data.loc[0, "hours"]
    assert frame.loc["f", "caveat"].startswith("one case")
    assert frame.loc["z", "caveat"] == "empty base"
    assert frame.loc[["f", "z"], ["se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert np.isnan(frame.loc["z", "estimate"])


def test_an_opt_in_sample_has_quantiles_without_precision():
    design = replace(ELEMENTS, strata=None, sampling="opt_in")
    frame = sp.estimate(sp.bind(answers(1), questionnaire(), design), MIDDLE).frame
    assert frame["estimate"].notna().all()
    assert frame[["se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert frame["caveat"].tolist() == ["opt-in sample"]


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"p": 0.0}, "Quantile.p"),
        ({"p": ()}, "Quantile.p"),
        ({"p": (0.2, 0.2)}, "Quantile.p"),
        ({"rule": "hf3"}, "Quantile.rule"),
        ({"interval": "auto"}, "Quantile.interval"),
    ],
)
def test_what_is_no_quantile_is_refused(arguments, where):
    with pytest.raises(EstimationError) as caught:
        sp.Quantile("hours", **arguments)
    assert caught.value.where == where


def test_words_have_no_median():
    with pytest.raises(EstimationError, match="no numbers"):
        sp.estimate(bound(1), sp.Quantile("trust"))
