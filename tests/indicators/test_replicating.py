"""Estimates from replicates: the figures of the weights, and the precision of the replicates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError, WeightingError
from tests.indicators.polls import CLUSTERED, answers, bound

OF_PRECISION = {
    "se",
    "ci_low",
    "ci_high",
    "ci_method",
    "df",
    "moe",
    "deff",
    "cv",
    "caveat",
    "weights_id",
}
SIX_EACH = replace(CLUSTERED, disposition=None, interviewed=None)
WITHOUT_FPC = replace(SIX_EACH, fpc=None, fpc_as=None)
INDICATORS = [
    sp.Share("trust"),
    sp.Share("apps"),
    sp.Share("apps", of="responses"),
    sp.Reach("apps", (("a", "b"), ("c",))),
    sp.Mean("hours"),
    sp.Ratio("hours", "rooms"),
    sp.Total("area"),
    sp.Variance("hours"),
    sp.Quantile("hours", (0.25, 0.5)),
    sp.CircularMean("online"),
    sp.Concentration("online"),
    sp.Windows("online", (("21:00", "02:00"), ("09:00", "17:00"))),
]


def polled(seed: int = 7, size: int = 240) -> sp.Responses:
    """A poll of two strata of six clusters."""
    return sp.bind(answers(seed, size, clusters=6), bound(seed).questionnaire, SIX_EACH)


def raked(seed: int = 7) -> sp.Weights:
    return sp.rake(
        polled(seed), {"sex": {"m": 4000, "f": 6000}, "area": {"x": 5000, "y": 3000, "z": 2000}}
    )


def replicated(seed: int = 7, **options) -> sp.Replicates:
    return sp.replicate(raked(seed), sp.Jackknife(**options))


def given(replicates: sp.Replicates) -> sp.Replicates:
    """The same replicates as if they had come with the data, about the mean of each figure."""
    weights = replicates.to_frame()
    made = sp.weights_from(replicates.responses, weights["weight"].to_numpy())
    return sp.replicate(made, sp.GivenReplicates(weights.iloc[:, 1:], scale=5 / 6))


def test_all_but_the_precision_is_as_the_weights_have_it():
    linear = sp.estimate(raked(), INDICATORS, by=["sex", ("sex", "area")]).frame
    found = sp.estimate(replicated(), INDICATORS, by=["sex", ("sex", "area")]).frame

    same = [one for one in linear.columns if one not in OF_PRECISION]
    pd.testing.assert_frame_equal(found[same], linear[same])
    assert not np.allclose(found["se"], linear["se"], equal_nan=True)


def test_jackknife_and_linearisation_come_to_nearly_the_same_precision():
    kinds = [one for one in INDICATORS if not isinstance(one, sp.Quantile)]
    linear = sp.estimate(raked(), kinds).frame
    found = sp.estimate(replicated(), kinds).frame

    varies = linear["se"] > 0
    assert (found["se"] / linear["se"])[varies].between(0.85, 1.3).all()
    assert found["df"].equals(linear["df"])


@pytest.mark.parametrize("mse", [False, True])
def test_a_standard_error_is_that_of_the_figure_in_every_replicate(mse):
    replicates = replicated(mse=mse)
    weights = replicates.to_frame().to_numpy()
    hours, women = answers(7, 240, 6)["hours"], answers(7, 240, 6)["sex"] == "f"
    means = (hours * women) @ weights / (women @ weights)

    frame = sp.estimate(replicates, sp.Mean("hours"), by="sex").frame

    row = frame[frame["domain"] == "f"].iloc[0]
    left = 1 - np.repeat([1 / 4, 1 / 3], 6)  # of 24 clusters six are drawn, of 18
    centre = means[0] if mse else means[1:].mean()
    variance = (left * 5 / 6 * (means[1:] - centre) ** 2).sum()
    assert row["estimate"] == pytest.approx(means[0])
    assert row["se"] == pytest.approx(np.sqrt(variance))


def test_differences_have_the_standard_error_of_the_difference_in_every_replicate():
    replicates = replicated(mse=True)
    hours, women = answers(7, 240, 6)["hours"].to_numpy(), (answers(7, 240, 6)["sex"] == "f")

    def gap(w: np.ndarray) -> float:
        return np.average(hours, weights=w * ~women) - np.average(hours, weights=w * women)

    expected = replicates.function(gap)
    estimates = sp.estimate(replicates, sp.Mean("hours"), by="sex")
    compared = sp.compare(estimates).comparisons.iloc[0]
    m, f = (estimates.frame.index[estimates.frame["domain"] == one][0] for one in "mf")
    contrast = estimates.contrast({int(m): 1, int(f): -1})

    assert compared["difference"] == pytest.approx(expected.estimate[0])
    assert compared["se"] == pytest.approx(expected.se[0])
    assert (contrast.estimate, contrast.se) == pytest.approx((expected.estimate[0], expected.se[0]))
    assert compared["df"] == contrast.df == 10


def test_covariances_are_the_products_of_scores():
    estimates = sp.estimate(replicated(), ["trust", sp.Mean("hours")], by="sex")

    scores = estimates.scores()

    assert scores.shape == (12, len(estimates))
    assert estimates.covariance() == pytest.approx(scores.T @ scores)
    se = np.sqrt(np.diag(estimates.covariance()))
    assert se == pytest.approx(estimates.frame["se"].to_numpy(), abs=1e-12)


def test_a_quantile_has_woodruffs_interval_on_the_standard_error_of_the_share_below():
    replicates = replicated()
    hours = answers(7, 240, 6)["hours"].to_numpy()

    row = sp.estimate(replicates, sp.Quantile("hours")).frame.iloc[0]

    median = row["estimate"]
    order = np.argsort(hours, kind="stable")
    weights = replicates.weights.values  # noqa: PD011 - of weights
    below = np.cumsum(weights[order]) / weights.sum()
    share = sp.estimate(
        sp.replicate(
            sp.rake(
                sp.bind(
                    answers(7, 240, 6).assign(trust=np.where(hours <= median, "yes", "no")),
                    polled().questionnaire,
                    SIX_EACH,
                ),
                {"sex": {"m": 4000, "f": 6000}, "area": {"x": 5000, "y": 3000, "z": 2000}},
            ),
            sp.Jackknife(),
        ),
        "trust",
        precision=sp.Precision(interval="wald"),
    ).frame.iloc[0]
    limits = [hours[order][np.searchsorted(below, p)] for p in share[["ci_low", "ci_high"]]]
    assert row[["ci_low", "ci_high"]].tolist() == pytest.approx(limits)
    assert row["ci_method"] == "woodruff"
    t = 2.228138851964939  # of 10 degrees of freedom
    assert row["se"] == pytest.approx((limits[1] - limits[0]) / (2 * t))


def test_a_variance_is_that_about_the_mean_of_each_replicate():
    replicates = replicated()
    hours = answers(7, 240, 6)["hours"].to_numpy()

    def variance(w: np.ndarray) -> float:
        mean = np.average(hours, weights=w)
        return 240 / 239 * np.average((hours - mean) ** 2, weights=w)

    row = sp.estimate(replicates, sp.Variance("hours")).frame.iloc[0]

    expected = replicates.function(variance)
    assert (row["estimate"], row["se"]) == pytest.approx((expected.estimate[0], expected.se[0]))


def test_a_regression_is_solved_in_every_replicate():
    replicates = replicated()
    data = answers(7, 240, 6)
    x = np.column_stack([np.ones(240), data["sex"] == "f", data["rooms"]]).astype(float)
    y = data["hours"].to_numpy()

    def coefficients(w: np.ndarray) -> np.ndarray:
        return np.linalg.solve(x.T @ (w[:, None] * x), x.T @ (w * y))

    found = sp.regress(replicates, "hours", ["sex", "rooms"])

    expected = replicates.function(coefficients)
    assert found.coefficients == pytest.approx(expected.estimate)
    assert found.covariance == pytest.approx(expected.covariance)
    assert (found.df_design, found.df) == (10, 8)


def test_coefficients_that_weighting_holds_are_fixed_in_replicates_too():
    targets = {(sex, area): 1000.0 for sex in "mf" for area in "xyz"}
    weights = sp.poststratify(polled(), ("sex", "area"), targets)

    for source in (weights, sp.replicate(weights, sp.Jackknife())):
        found = sp.regress(source, ("sex", "f"), ["area"])
        assert found.frame["caveat"].tolist() == ["fixed by weighting"] * 3
        assert found.frame["se"].tolist() == [0, 0, 0]


def test_a_t_test_is_the_contrast_of_two_means():
    replicates = replicated()
    estimates = sp.estimate(replicates, sp.Mean("hours"), by="sex")
    m, f = (int(estimates.frame.index[estimates.frame["domain"] == one][0]) for one in "mf")
    gap = estimates.contrast({f: 1, m: -1})

    found = sp.t_test(replicates, "hours", by="sex")

    assert (found.estimate, found.se) == pytest.approx((gap.estimate, gap.se))
    assert found.df == 9


def test_an_association_of_two_by_two_rests_on_the_covariance_of_the_shares():
    data = answers(7, 240, 6).assign(trust=lambda d: np.where(d["rooms"] > 3, "yes", "no"))
    responses = sp.bind(data, bound(7).questionnaire, SIX_EACH)
    replicates = sp.replicate(responses, sp.Jackknife())
    cells = [
        ((data["sex"] == sex) & (data["trust"] == trust)).to_numpy()
        for sex in "mf"
        for trust in ("yes", "no")
    ]
    made = replicates.function(lambda w: np.array([w @ cell for cell in cells]) / w.sum())

    found = sp.association(replicates, "sex", "trust")

    p = made.estimate
    against = np.array([1, -1, -1, 1]) / p
    effect = against @ made.covariance @ against / ((1 / p).sum() / 240)
    assert found.design_effects == pytest.approx([effect])
    assert found.statistic == pytest.approx(found.chi_square / effect)
    assert found.df_design == 10


def test_replicates_that_came_with_the_data_give_the_same_figures():
    replicates = sp.replicate(raked(), sp.Jackknife())
    scaled = given(replicates)
    factor = np.sqrt(np.repeat([3 / 4, 2 / 3], 6))  # of finite populations, not in the scale here

    ours = sp.estimate(replicates, sp.Mean("hours")).scores()[:, 0]
    theirs = sp.estimate(scaled, sp.Mean("hours")).scores()[:, 0]

    assert theirs * factor == pytest.approx(ours)


def test_their_degrees_of_freedom_are_of_their_rank_and_models_spend_them():
    scaled = given(sp.replicate(polled(), sp.Jackknife()))

    frame = sp.estimate(scaled, sp.Mean("hours"), by="sex").frame
    model = sp.regress(scaled, "hours", ["sex", "rooms"])
    asked = sp.regress(scaled, "hours", ["sex"], precision=sp.Precision(df=30))

    assert frame["df"].tolist() == [10, 10, 10]
    assert (model.df_design, model.df) == (10, 8)
    assert sp.regress(scaled, "hours", ["sex"], convention="Stata").df == 10
    assert sp.t_test(scaled, "hours", by="sex").df == 9
    assert sp.association(scaled, "sex", "area").df_design == 10
    assert asked.df == 30


def test_a_share_of_everybody_has_an_interval_and_a_raked_share_is_fixed():
    data = answers(7, 240, 6).assign(trust="yes")
    responses = sp.bind(data, bound(7).questionnaire, SIX_EACH)
    weights = sp.rake(responses, {"sex": {"m": 4000, "f": 6000}})

    linear, found = (
        sp.estimate(one, ["trust", "sex"]).frame
        for one in (weights, sp.replicate(weights, sp.Jackknife()))
    )

    columns = ["category", "estimate", "se", "ci_low", "ci_high", "ci_method", "caveat"]
    pd.testing.assert_frame_equal(found[columns], linear[columns])
    assert found.set_index("category").loc["yes", "caveat"] == "all cases"
    assert found.set_index("category").loc["m", "caveat"] == "fixed by weighting"


def in_few_clusters(few: int = 1) -> sp.Responses:
    """Area z is in few clusters of stratum s alone."""
    data = answers(7, 240, 6)
    inside = (data["stratum"] == "s") & (data["cluster"] < few)
    data["area"] = np.where(inside, "z", np.where(data["area"] == "z", "y", data["area"]))
    return sp.bind(data, bound(7).questionnaire, WITHOUT_FPC)


@pytest.mark.parametrize(("method", "few"), [(sp.Jackknife(), 1), (sp.Bootstrap(100, seed=1), 2)])
def test_a_domain_that_replicates_lose_has_no_standard_error_and_leaves_others_theirs(method, few):
    replicates = sp.replicate(in_few_clusters(few), method)
    kinds = ["trust", sp.Mean("hours"), sp.Quantile("hours"), sp.CircularMean("online")]

    frame = sp.estimate(replicates, kinds, by="area").frame

    lost = frame[frame["domain"] == "z"]
    assert len(lost) == 6
    assert lost[["se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert lost["caveat"].str.startswith("lost in replicates").all()
    assert not frame["caveat"].drop(lost.index).str.contains("lost").any()
    alone = sp.estimate(replicates, kinds, by="area", where=sp.Not(sp.Is("area", "z"))).frame
    for domain in "xy":
        found, expected = (one.loc[one["domain"] == domain, "se"] for one in (frame, alone))
        assert found.to_numpy() == pytest.approx(expected.to_numpy())


def test_tests_of_what_replicates_lose_say_so():
    replicates = sp.replicate(in_few_clusters(), sp.Jackknife())

    with pytest.raises(EstimationError, match="nobody left for what is tested"):
        sp.t_test(replicates, "hours", by="area", between=("x", "z"))
    with pytest.raises(WeightingError, match="too many replicates could not be used"):
        sp.regress(replicates, "hours", ["area"])


def test_replicates_left_out_are_counted_in_the_account_of_the_method():
    data = answers(7, 240, 6)
    few = (data["stratum"] == "s") & (data["cluster"] < 4)
    data["area"] = np.where(few, data["area"], "x")
    responses = sp.bind(data, bound(7).questionnaire, WITHOUT_FPC)
    weights = sp.rake(responses, {"area": {"x": 8000, "y": 1200, "z": 800}})
    replicates = sp.replicate(weights, sp.Bootstrap(600, seed=3))
    without = 600 - sum(int(one.sound.sum()) for one in replicates.blocks())

    fact = sp.estimate(replicates, "trust").methodology.fact("indicators", "replicates")

    assert 1 <= without <= 6
    assert fact == {"replicates": 600, "failed": without}
    assert sp.estimate(weights, "trust").methodology.fact("indicators", "replicates") is None


def test_an_opt_in_sample_has_no_precision_unless_by_a_model():
    design = sp.SampleDesign(weight="weight", sampling="opt_in")
    responses = sp.bind(answers(7, 60), bound(7).questionnaire, design)
    replicates = sp.replicate(responses, sp.Jackknife())

    silent = sp.estimate(replicates, sp.Mean("hours")).frame.iloc[0]
    modelled = sp.estimate(
        replicates, sp.Mean("hours"), precision=sp.Precision(opt_in="model")
    ).frame.iloc[0]

    assert np.isnan(silent["se"])
    assert modelled["se"] > 0
    assert (silent["caveat"], modelled["caveat"]) == ("opt-in sample", "model-based")
    with pytest.raises(EstimationError, match="probability sample"):
        sp.t_test(replicates, "hours")


def test_no_script_for_r_is_written_that_would_give_other_standard_errors(tmp_path):
    with pytest.raises(EstimationError, match="no translation to R"):
        sp.estimate(replicated(), "trust").to_r(tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_scale_of_the_weights_does_not_matter():
    data = answers(7, 240, 6)
    found = [
        sp.estimate(
            sp.replicate(
                sp.bind(data.assign(weight=data["weight"] * k), bound(7).questionnaire, SIX_EACH),
                sp.Jackknife(),
            ),
            ["trust", sp.Mean("hours"), sp.Quantile("hours")],
            by="sex",
        ).frame
        for k in (1, 1000)
    ]

    pd.testing.assert_series_equal(found[1]["se"], found[0]["se"], rtol=1e-9)
