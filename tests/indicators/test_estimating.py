"""Estimates: closed forms, invariances, bases as declared, and what happens at the edges."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from socialpoll.indicators import COLUMNS, KEYS
from tests.indicators.polls import CLUSTERED, ELEMENTS, answers, bound, questionnaire

ALL = ["trust", "apps", "hours", sp.Total("area"), sp.Ratio("hours", "rooms")]
NUMBERS = ["estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective", "population"]


def row(frame: pd.DataFrame, **keys: str) -> pd.Series:
    chosen = frame
    for name, value in keys.items():
        chosen = chosen[chosen[name] == value]
    assert len(chosen) == 1, f"{len(chosen)} rows for {keys}"
    return chosen.iloc[0]


def test_the_frame_has_the_whole_column_contract_in_its_order():
    frame = sp.estimate(bound(1), ALL, by=["sex", ("sex", "area")]).frame
    assert tuple(frame.columns) == COLUMNS
    assert not frame.duplicated(list(KEYS)).any()


def test_estimates_are_shown_by_their_size_and_not_by_their_figures():
    compared = sp.compare(sp.estimate(bound(1), ["hours", "sex"], by="sex"), minimum_base=1)

    assert repr(compared) == "<Estimates of 9 figures, indicators: 2, differences: 1>"


def test_a_share_of_a_simple_random_sample_has_its_textbook_standard_error():
    frame = pd.DataFrame({"sex": ["m"] * 30 + ["f"] * 70})
    asked = sp.Questionnaire.infer(frame)
    found = row(sp.estimate(sp.bind(frame, asked), "sex").frame, category="m")
    assert found["estimate"] == pytest.approx(0.3)
    assert found["se"] == pytest.approx(np.sqrt(0.3 * 0.7 / 99))
    assert (found["deff"], found["df"]) == (pytest.approx(1.0), 99)


def test_a_total_of_what_is_the_same_for_all_has_no_design_effect():
    frame = pd.DataFrame({"hours": [0.7] * 60, "w": np.resize([2.7, 3.1, 9.3], 60)})
    asked = sp.Questionnaire(
        title={"und": "t"},
        questions=(sp.Number(name="hours", text={"und": "h"}, unit={"und": "hours"}),),
    )

    found = sp.estimate(
        sp.bind(frame, asked, sp.SampleDesign(weight="w")), sp.Total("hours")
    ).frame.iloc[0]

    # The number does not vary, so a simple random sample would have no error to divide by.
    assert found["se"] > 0
    assert np.isnan(found["deff"])


def test_a_mean_of_a_simple_random_sample_has_its_textbook_standard_error():
    hours = np.array([1.0, 2.5, 2.0, 7.0, 4.5])
    frame = pd.DataFrame({"hours": hours})
    asked = sp.Questionnaire(
        title={"und": "t"},
        questions=(sp.Number(name="hours", text={"und": "h"}, unit={"und": "hours"}),),
    )
    found = sp.estimate(sp.bind(frame, asked), "hours").frame.iloc[0]
    assert found["estimate"] == pytest.approx(hours.mean())
    assert found["se"] == pytest.approx(hours.std(ddof=1) / np.sqrt(5))
    assert found["unit"] == "hours"


@settings(max_examples=10)
@given(seed=st.integers(0, 10_000))
def test_figures_do_not_depend_on_the_order_of_rows(seed):
    data = answers(seed)
    shuffled = data.sample(frac=1, random_state=seed)
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), ALL, by="sex").frame[NUMBERS]
        for one in (data, shuffled)
    )
    pd.testing.assert_frame_equal(first, second, rtol=1e-9)


def test_shares_and_their_errors_do_not_depend_on_the_scale_of_weights():
    data = answers(3)
    larger = data.assign(weight=data["weight"] * 1000)
    first, second = (
        sp.estimate(sp.bind(one, questionnaire(), CLUSTERED), ["trust", "hours"], by="area").frame
        for one in (data, larger)
    )
    columns = ["estimate", "se", "ci_low", "ci_high", "deff", "n_effective"]
    pd.testing.assert_frame_equal(first[columns], second[columns], rtol=1e-9)


def test_a_condition_is_the_same_as_the_domain_of_a_breakdown():
    responses = bound(5)
    by = sp.estimate(responses, ALL, by="sex").frame
    where = sp.estimate(responses, ALL, where=sp.Is("sex", "f")).frame
    domain = by[by["domain"] == "f"].reset_index(drop=True)
    pd.testing.assert_frame_equal(domain[NUMBERS], where[NUMBERS])


def test_a_domain_is_never_a_filtered_frame():
    data = answers(11)
    domain = data["area"] == "z"
    filtered = sp.bind(data[domain], questionnaire(), replace(CLUSTERED, fpc=None, fpc_as=None))
    whole = sp.bind(data, questionnaire(), replace(CLUSTERED, fpc=None, fpc_as=None))
    in_domain = sp.estimate(whole, sp.Total("rooms"), where=sp.Is("area", "z")).frame.iloc[0]
    alone = sp.estimate(filtered, sp.Total("rooms")).frame.iloc[0]
    assert in_domain["estimate"] == pytest.approx(alone["estimate"])
    assert in_domain["se"] != pytest.approx(alone["se"])


def test_shares_of_one_answer_sum_to_one_in_every_domain():
    frame = sp.estimate(bound(2), "trust", by=["sex", "area"]).frame
    sums = frame.groupby(["breakdown", "domain"])["estimate"].sum()
    assert np.allclose(sums, 1.0)


def test_a_missing_code_in_the_base_has_a_row_and_one_outside_has_none():
    frame = sp.estimate(bound(2), "trust").frame
    assert list(frame["category"]) == ["yes", "no", "dk"]
    data = answers(2)
    interviewed = data[data["disposition"] == "in"]
    assert frame["n_base"].iloc[0] == interviewed["trust"].isin(["yes", "no", "dk"]).sum()
    assert frame["n_asked"].iloc[0] == len(interviewed)


def test_the_base_asked_counts_those_who_gave_no_answer():
    frame = sp.estimate(bound(2), sp.Share("trust", base="asked")).frame
    assert frame["estimate"].sum() < 1
    assert frame["n_base"].iloc[0] == frame["n_asked"].iloc[0]


def routed() -> sp.Responses:
    options = tuple(sp.Code(code=one, label={"und": one}) for one in ("yes", "no"))
    asked = sp.Questionnaire(
        title={"und": "t"},
        questions=(
            sp.Single(name="account", text={"und": "?"}, options=options),
            sp.Single(
                name="uses",
                text={"und": "?"},
                options=options,
                asked_if=sp.Is("account", "yes"),
                if_not_asked="no",
            ),
            sp.Single(
                name="likes", text={"und": "?"}, options=options, asked_if=sp.Is("account", "yes")
            ),
        ),
    )
    data = pd.DataFrame(
        {
            "account": ["yes"] * 8 + ["no"] * 2,
            "uses": ["yes"] * 6 + ["no"] * 2 + [None] * 2,
            "likes": ["yes"] * 4 + ["no"] * 4 + [None] * 2,
        }
    )
    return sp.bind(data, asked)


def test_the_base_all_gives_those_routed_out_the_answer_it_means():
    users = row(sp.estimate(routed(), "uses").frame, category="yes")
    citizens = row(sp.estimate(routed(), sp.Share("uses", base="all")).frame, category="yes")
    assert (users["estimate"], users["n_base"]) == (0.75, 8)
    assert (citizens["estimate"], citizens["n_base"]) == (0.6, 10)


def test_the_base_all_is_refused_where_nobody_said_what_routed_out_means():
    with pytest.raises(EstimationError, match="likes") as caught:
        sp.estimate(routed(), sp.Share("likes", base="all"))
    assert "if_not_asked" in caught.value.advice


def test_every_category_of_the_schema_appears_in_every_domain():
    data = answers(4).assign(area="x")
    frame = sp.estimate(sp.bind(data, questionnaire(), ELEMENTS), "area", by="sex").frame
    assert len(frame) == 3 * 3
    nobody = row(frame, domain="m", category="z")
    assert (nobody["estimate"], nobody["se"], nobody["caveat"]) == (0.0, 0.0, "zero cases")
    assert nobody["ci_high"] > 0
    assert nobody["ci_method"] == "nchs"
    assert row(frame, domain="m", category="x")["caveat"] == "all cases"


def test_an_empty_base_has_no_estimate_and_says_so():
    data = answers(4).assign(sex="m")
    frame = sp.estimate(
        sp.bind(data, questionnaire(), ELEMENTS), ["trust", "hours"], by="sex"
    ).frame
    empty = frame[frame["domain"] == "f"]
    assert empty["estimate"].isna().all()
    assert set(empty["caveat"]) == {"empty base"}
    assert (empty["n_base"] == 0).all()


def test_one_respondent_has_a_share_but_no_error_and_no_interval():
    data = answers(4).assign(area=["z"] + ["x"] * 59, disposition="in", hours=3.0)
    frame = sp.estimate(sp.bind(data, questionnaire(), ELEMENTS), "hours", by="area").frame
    one = row(frame, domain="z")
    assert one["estimate"] == pytest.approx(3.0)
    assert np.isnan([one["se"], one["ci_low"], one["ci_high"]]).all()
    assert one["caveat"] == "one case; df<1"


def test_a_figure_fixed_by_the_strata_has_no_error_and_no_interval():
    data = answers(6)
    first = data["stratum"] == "s"
    data = data.assign(sex=np.where(first, "m", "f"), weight=np.where(first, 20.0, 30.0))
    frame = sp.estimate(sp.bind(data, questionnaire(), ELEMENTS), ["sex", sp.Total("sex")]).frame
    assert set(frame["caveat"]) == {"fixed by weighting"}
    assert (frame["se"] == 0).all()
    assert frame[["ci_low", "ci_high"]].isna().all(axis=None)


def test_a_figure_fixed_by_raking_has_no_error_and_no_interval():
    margins = {"sex": {"m": 0.5, "f": 0.5}, "area": {"x": 0.4, "y": 0.3, "z": 0.3}}
    weights = sp.rake(bound(9), margins, total=1000)
    frame = sp.estimate(weights, ["sex", "area", "trust"]).frame
    fixed = frame["indicator"].isin(["sex", "area"])
    assert set(frame[fixed]["caveat"]) == {"fixed by weighting"}
    assert (frame[~fixed]["se"] > 0).all()


def test_a_poll_of_which_everything_is_missing_but_one_row_still_gives_a_frame():
    data = answers(4).assign(trust=[None] * 59 + ["yes"], disposition="in")
    frame = sp.estimate(sp.bind(data, questionnaire(), ELEMENTS), "trust").frame
    assert frame["estimate"].tolist() == [1.0, 0.0, 0.0]
    assert frame["ci_low"].isna().all()


def test_cases_without_an_interview_are_in_no_base_but_in_the_variance():
    responses = bound(12)
    frame = sp.estimate(responses, "sex").frame
    assert frame["n_base"].iloc[0] == int(responses.interviewed.sum())
    weights = responses.base_weight[responses.interviewed]
    assert frame["population"].iloc[0] == pytest.approx(weights.sum())


def test_options_of_a_multiple_response_share_one_base_and_may_overlap():
    frame = sp.estimate(bound(2), "apps").frame
    assert list(frame["item"]) == ["a", "b", "c"]
    assert len(set(frame["n_base"])) == 1
    assert frame["estimate"].sum() > 1


def test_a_profile_is_the_share_within_the_domain_of_an_option():
    responses = bound(2)
    profile = sp.estimate(responses, sp.Profile("sex", among="apps")).frame
    where = sp.estimate(responses, "sex", where=sp.Is("apps", "b")).frame
    users = profile[profile["domain"] == "b"].reset_index(drop=True)
    pd.testing.assert_frame_equal(users[NUMBERS], where[NUMBERS])
    assert set(profile["breakdown"]) == {"apps"}


def test_totals_are_refused_when_weights_sum_to_the_sample():
    data = answers(1).assign(weight=1.0)
    responses = sp.bind(data, questionnaire(), ELEMENTS)
    with pytest.raises(EstimationError, match="population") as caught:
        sp.estimate(responses, sp.Total("rooms"))
    assert caught.value.where == "rooms_total"


def test_the_full_design_degrees_of_freedom_are_an_option():
    responses = bound(8)
    own = sp.estimate(responses, "hours", by="area").frame
    whole = sp.estimate(responses, "hours", by="area", precision=sp.Precision(df="design")).frame
    assert (whole["df"] == 4).all()
    assert (own["df"] <= 4).all()


def test_an_unknown_question_is_named_with_the_nearest_one():
    with pytest.raises(UnknownNameError, match="'hours'"):
        sp.estimate(bound(1), "hour")
    with pytest.raises(UnknownNameError, match="'area'"):
        sp.estimate(bound(1), "hours", by="aera")


def test_two_indicators_of_one_name_are_refused():
    with pytest.raises(EstimationError, match="two indicators"):
        sp.estimate(bound(1), ["trust", sp.Share("trust", base="asked")])


def test_a_share_of_a_number_is_refused_with_advice():
    with pytest.raises(EstimationError, match="number") as caught:
        sp.estimate(bound(1), sp.Share("hours"))
    assert "bands" in caught.value.advice


@pytest.mark.parametrize(
    "options", [{"level": 95}, {"interval": "exact"}, {"df": "all"}, {"df": 0}, {"deff": "srs"}]
)
def test_conventions_that_do_not_exist_are_refused_by_name(options):
    with pytest.raises(EstimationError) as caught:
        sp.Precision(**options)
    assert caught.value.where == f"Precision.{next(iter(options))}"


def test_an_opt_in_sample_has_no_design_based_precision():
    responses = bound(1, replace(ELEMENTS, sampling="opt_in"))
    frame = sp.estimate(responses, ["trust", "hours"], by="sex").frame
    assert frame[["se", "ci_low", "ci_high", "moe", "deff"]].isna().all(axis=None)
    assert frame["caveat"].str.contains("opt-in sample").all()


BY_MODEL = sp.Precision(opt_in="model")


def test_an_opt_in_sample_has_by_its_model_the_precision_of_a_random_one_and_says_so():
    asked = {"indicators": ["trust", "hours"], "by": "sex"}
    random = sp.estimate(bound(1, ELEMENTS), **asked)
    opt_in = sp.estimate(
        bound(1, replace(ELEMENTS, sampling="opt_in")), **asked, precision=BY_MODEL
    )
    same = ["estimate", "se", "ci_low", "ci_high", "deff", "df"]

    pd.testing.assert_frame_equal(opt_in.frame[same], random.frame[same])
    assert all("model-based" in one.split("; ") for one in opt_in.frame["caveat"])
    assert not opt_in.frame["caveat"].str.contains("opt-in sample").any()
    assert not random.frame["caveat"].str.contains("model-based").any()


def test_the_account_of_a_model_based_precision_says_that_the_sample_is_not_random():
    opt_in = bound(1, replace(ELEMENTS, sampling="opt_in"))
    facts = [
        sp.estimate(one, "trust", precision=precision).methodology.fact("indicators", "precision")
        for one, precision in ((opt_in, None), (opt_in, BY_MODEL), (bound(1, ELEMENTS), BY_MODEL))
    ]

    assert [(one["probability"], one["model_based"]) for one in facts] == [
        (False, False),
        (False, True),
        (True, False),
    ]
    assert facts[0]["headline_margin"] is None
    assert facts[1]["headline_margin"] == facts[2]["headline_margin"] > 0


def test_a_lonely_cluster_is_told_where_precision_is_that_of_a_model():
    design = replace(ELEMENTS, sampling="opt_in", lonely="centered")
    data = answers(1)
    data.loc[0, "stratum"] = "alone"
    responses = sp.bind(data, questionnaire(), design)

    with_model = sp.estimate(responses, "trust", precision=BY_MODEL).frame["caveat"]
    assert set(with_model) == {"model-based; lonely cluster centred"}
    assert set(sp.estimate(responses, "trust").frame["caveat"]) == {"opt-in sample"}


def test_the_covariance_of_rows_has_their_variances_on_its_diagonal():
    estimates = sp.estimate(bound(2), ["trust", "hours"], by="sex")
    frame = estimates.frame
    usable = np.flatnonzero(frame["se"].notna())
    covariance = estimates.covariance(usable)
    assert np.allclose(np.sqrt(np.diag(covariance)), frame["se"].to_numpy()[usable])
    assert np.allclose(covariance, covariance.T)


def test_the_wide_frame_spreads_domains_in_their_order():
    wide = sp.estimate(bound(2), ["trust", "hours"], by=["sex"]).wide()
    assert list(wide.columns) == [("_T", "_T"), ("sex", "m"), ("sex", "f")]
    assert wide.loc[("hours", "_Z", "_Z", "mean"), ("sex", "f")] > 0


def test_the_headline_margin_of_the_poll_is_recorded():
    estimates = sp.estimate(bound(2), ["trust", "apps"])
    fact = estimates.methodology.fact("indicators", "precision")
    shares = estimates.frame["deff"].median()
    assert fact["deff_median"] == pytest.approx(shares)
    assert 0 < fact["headline_margin"] < 1


def test_shares_fixed_by_weighting_do_not_flatter_the_headline_margin():
    weights = sp.poststratify(bound(2), "area", {"x": 500.0, "y": 300.0, "z": 200.0})
    alone = sp.estimate(weights, "area").methodology.fact("indicators", "precision")
    assert (alone["deff_median"], alone["headline_margin"]) == (None, None)
    with_trust = sp.estimate(weights, ["area", "trust"])
    trust = with_trust.frame[with_trust.frame["indicator"] == "trust"]["deff"].median()
    fact = with_trust.methodology.fact("indicators", "precision")
    assert fact["deff_median"] == pytest.approx(trust)


def test_the_total_of_a_number_has_no_other_base_than_those_who_gave_one():
    with pytest.raises(EstimationError, match="rooms"):
        sp.estimate(bound(1), sp.Total("rooms", base="asked"))


def test_collapsed_strata_are_told_and_counted_once_in_the_degrees_of_freedom():
    data = answers(6).assign(stratum=[*("abc" * 20)], place=[*(1.0, 7.0, 6.0) * 20])
    data["cluster"] = np.where(data["stratum"] == "b", 0, data["cluster"])
    design = sp.SampleDesign(
        strata="stratum", clusters="cluster", nested=True, lonely="collapse", similarity="place"
    )
    found = sp.estimate(sp.bind(data, questionnaire(), design), "hours").frame.iloc[0]
    by_hand = data.assign(stratum=data["stratum"].replace("b", "c"), own=data["stratum"])
    by_hand["cluster"] = by_hand["own"] + by_hand["cluster"].astype(str)
    same = sp.SampleDesign(strata="stratum", clusters="cluster", nested=True)
    expected = sp.estimate(sp.bind(by_hand, questionnaire(), same), "hours").frame.iloc[0]
    assert found["se"] == pytest.approx(expected["se"], rel=1e-12)
    assert found["df"] == expected["df"]
    assert found["caveat"] == "lonely strata collapsed"
