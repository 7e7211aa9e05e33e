"""Differences: from the joint covariance, with p values adjusted within their family."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from socialpoll.indicators import KEYS
from tests.indicators.polls import (
    CLUSTERED,
    ELEMENTS,
    TWO_STAGES,
    answers,
    bound,
    questionnaire,
)

LINE = list(KEYS[1:-1])


def test_a_difference_has_the_variance_of_the_joint_covariance():
    estimates = sp.compare(sp.estimate(bound(2), "hours", by="sex"), "sex", minimum_base=1)
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
    compared = sp.compare(sp.estimate(weights, sp.Total("sex"), by="area"), minimum_base=1)
    fixed = sp.compare(sp.estimate(weights, sp.Total("area"), by="sex"), minimum_base=1)
    assert len(compared.comparisons) > 0
    assert (fixed.comparisons["se"] > 0).all()
    weights = sp.poststratify(bound(9), "area", AREA)
    nothing = sp.compare(sp.estimate(weights, "area", by="area"), minimum_base=1)
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
    estimates = sp.compare(
        sp.estimate(bound(3, size=24), ["hours", "trust"], by="area"), minimum_base=1
    )
    several = rows_of(estimates)
    assert len(several) > 3
    for one, (first, second) in zip(several.itertuples(), several.index, strict=True):
        assert one.df == estimates.degrees_of_freedom([first, second])
    assert estimates.degrees_of_freedom(range(len(estimates))) == 4


@pytest.mark.parametrize(
    "design", [CLUSTERED, TWO_STAGES, ELEMENTS], ids=["one", "two", "elements"]
)
@pytest.mark.parametrize("against", ["pairs", "total"])
def test_every_comparison_is_the_contrast_of_its_two_rows(design, against):
    weights = sp.rake(bound(4, design, 90), {"sex": {"m": 0.5, "f": 0.5}}, total=1000)
    indicators = ["trust", "apps", "hours", sp.Quantile("hours"), sp.CircularMean("online")]
    estimates = sp.estimate(weights, indicators, by=["area", "apps", ("sex", "area")])
    compared = sp.compare(estimates, against=against, minimum_base=1)
    several = rows_of(compared)
    assert len(several) > 50
    assert set(compared.comparisons["against"]) == {against}
    for one, (first, second) in zip(several.itertuples(), several.index, strict=True):
        same = estimates.contrast({first: 1, second: -1})
        for name, other in (("difference", "estimate"), ("se", "se"), ("df", "df"), ("p", "p")):
            assert getattr(one, name) == pytest.approx(getattr(same, other), rel=1e-8, abs=1e-12)
        assert (one.ci_low, one.ci_high) == pytest.approx((same.ci_low, same.ci_high), rel=1e-8)


def test_replicates_and_linearisation_compare_alike():
    weights = sp.rake(bound(4, ELEMENTS, 300), {"sex": {"m": 0.5, "f": 0.5}}, total=1000)
    pair = [
        sp.compare(sp.estimate(source, ["hours", "apps"], by="area"), against=against)
        for against in ("pairs", "total", "rest")
        for source in (weights, sp.replicate(weights, sp.Jackknife()))
    ]
    for line, replicated in zip(pair[::2], pair[1::2], strict=True):
        ours, theirs = line.comparisons, replicated.comparisons
        assert ours["difference"].tolist() == pytest.approx(theirs["difference"].tolist())
        assert ours["se"].tolist() == pytest.approx(theirs["se"].tolist(), rel=0.05)


def test_with_two_domains_the_rest_of_one_is_the_other():
    estimates = sp.estimate(bound(5, size=120), ["trust", "apps", "hours"], by="sex")
    pairs = sp.compare(estimates).comparisons.set_index(LINE)
    rests = sp.compare(estimates, against="rest").comparisons
    assert set(rests["domain_b"]) == {"_R"}
    assert len(rests) == 2 * len(pairs)
    for domain, sign in (("m", 1), ("f", -1)):
        ours = rests[rests["domain_a"] == domain].set_index(LINE)
        assert (ours["difference"] * sign).tolist() == pytest.approx(pairs["difference"].tolist())
        for name in ("se", "df", "p"):
            assert ours[name].tolist() == pytest.approx(pairs[name].tolist())


def test_the_rest_of_a_domain_is_who_answered_the_breakdown_and_is_not_in_it():
    data = answers(6, 150)
    uses_a = data["apps"].str.contains("a").map({True: "y", False: "n"}, na_action="ignore")
    data["uses_a"] = uses_a.where(data["apps"].notna(), None)
    data["in_x"] = np.where(data["area"] == "x", "y", "n")
    yes_no = tuple(sp.Code(code=code, label={"und": code}) for code in ("y", "n"))
    asked = questionnaire()
    more = [sp.Single(name=one, text={"und": one}, options=yes_no) for one in ("uses_a", "in_x")]
    asked = replace(asked, questions=(*asked.questions, *more))
    weights = sp.rake(sp.bind(data, asked, CLUSTERED), {"sex": {"m": 0.5, "f": 0.5}}, total=1000)
    indicators = ["trust", "hours", sp.Quantile("hours")]
    rests = sp.compare(sp.estimate(weights, indicators, by=["area", "apps"]), against="rest")
    pairs = sp.compare(sp.estimate(weights, indicators, by=["in_x", "uses_a"]))
    for breakdown, domain, twin in (("area", "x", "in_x"), ("apps", "a", "uses_a")):
        of = rests.comparisons
        ours = of[(of["breakdown"] == breakdown) & (of["domain_a"] == domain)]
        theirs = pairs.comparisons[pairs.comparisons["breakdown"] == twin]
        assert len(ours) == len(theirs) > 0
        for name in ("difference", "se", "df", "p"):
            assert ours[name].tolist() == pytest.approx(theirs[name].tolist(), rel=1e-9), name


def test_a_figure_of_few_respondents_is_not_compared():
    estimates = sp.estimate(bound(5, size=120), "hours", by="area")
    bases = estimates.frame.set_index("domain")["n_base"]
    least = int(bases[["x", "y"]].min())
    assert bases["z"] < least
    found = sp.compare(estimates, minimum_base=least).comparisons
    assert found[["domain_a", "domain_b"]].to_numpy().tolist() == [["x", "y"]]
    assert sp.compare(estimates, minimum_base=10_000).comparisons.empty


def test_families_hold_a_row_a_question_a_breakdown_or_everything():
    estimates = sp.estimate(bound(5, size=200), ["trust", "apps", "hours"], by=["sex", "area"])
    for family, keys in (
        ("row", [*LINE]),
        ("question", ["indicator", "breakdown"]),
        ("breakdown", ["breakdown"]),
        ("table", []),
    ):
        found = sp.compare(estimates, family=family, adjust="bonferroni").comparisons
        size = found.groupby(keys)["p"].transform("size") if keys else len(found)
        assert found["p_adjusted"].tolist() == pytest.approx(
            np.minimum(found["p"] * size, 1).tolist()
        )


def test_waves_are_compared_as_their_contrast_and_within_a_family_of_all_waves():
    stacked = sp.stack(three_waves())
    estimates = sp.estimate(stacked, ["trust", "hours"], by="sex")
    found = sp.compare(estimates, against="waves", adjust="bonferroni")
    several = rows_of(found)
    assert set(several["breakdown"]) == {"_T", "sex"}
    assert set(zip(several["wave"], several["wave_b"], strict=True)) == {
        ("b", "a"), ("c", "a"), ("c", "b"),
    }  # fmt: skip
    assert (several["domain_a"] == several["domain_b"]).all()
    for one, (later, earlier) in zip(several.itertuples(), several.index, strict=True):
        same = estimates.contrast({later: 1, earlier: -1})
        assert (one.difference, one.se) == pytest.approx((same.estimate, same.se), rel=1e-9)
        assert (one.df, one.p) == pytest.approx((same.df, same.p), rel=1e-9)
    mean = several[several["indicator"] == "hours"]
    many = mean.groupby("breakdown")["p"].transform("size")
    assert many.tolist() == [3] * 3 + [6] * 6
    assert mean["p_adjusted"].tolist() == pytest.approx(np.minimum(mean["p"] * many, 1).tolist())
    previous = sp.compare(estimates, against="previous").comparisons
    assert set(zip(previous["wave"], previous["wave_b"], strict=True)) == {("b", "a"), ("c", "b")}


def test_of_waves_with_units_in_common_the_covariance_enters():
    alike = {"a": bound(4, size=90), "b": bound(4, size=90)}
    apart, common = (
        sp.compare(sp.estimate(sp.stack(alike, **how), ["trust", "hours"]), against="waves")
        for how in ({}, {"units": "common"})
    )
    assert len(apart.comparisons) > 0
    assert common.comparisons.empty
    assert apart.comparisons["difference"].tolist() == pytest.approx([0.0] * 4)


def test_waves_are_not_compared_across_a_break():
    stacked = sp.stack(
        three_waves(),
        breaks=[sp.Break(question="hours", wave="b", reason={"und": "asked otherwise"})],
    )
    found = sp.compare(sp.estimate(stacked, ["hours", "rooms"]), against="waves").comparisons
    pairs = found.groupby("indicator")[["wave", "wave_b"]].agg(list)
    assert pairs.loc["hours"].tolist() == [["c"], ["b"]]
    assert pairs.loc["rooms", "wave"] == ["b", "c", "c"]


def test_domains_of_several_waves_are_compared_within_each_wave():
    alone = {"a": bound(4, size=90), "b": bound(7, size=90)}
    estimates = sp.estimate(sp.stack(alone), ["trust", "hours"], by="area")
    together = sp.compare(estimates).comparisons
    for wave, responses in alone.items():
        ours = together[together["wave"] == wave]
        theirs = sp.compare(sp.estimate(responses, ["trust", "hours"], by="area")).comparisons
        for name in ("difference", "se", "df", "p", "p_adjusted"):
            assert ours[name].tolist() == pytest.approx(theirs[name].tolist(), rel=1e-9)
        assert (ours["wave_b"] == wave).all()


def test_comparing_again_replaces_what_is_made_again_and_keeps_the_rest():
    estimates = sp.estimate(bound(5, size=240), "hours", by=["sex", "area"])
    once = sp.compare(estimates, adjust="none")
    twice = sp.compare(once, "area")
    assert twice.comparisons["method"].value_counts().to_dict() == {"holm": 3, "none": 1}
    both = sp.compare(twice, against="total")
    assert both.comparisons["against"].value_counts().to_dict() == {"total": 5, "pairs": 4}


def test_a_variance_is_compared_with_that_of_everybody_as_the_jackknife_has_it():
    random = np.random.default_rng(1)
    group, hours = random.choice(["x", "y", "z"], 300), random.gamma(4, 1.2, 300)
    frame = pd.DataFrame({"group": group, "hours": hours})
    responses = sp.bind(frame, sp.Questionnaire.infer(frame))
    estimates = sp.estimate(responses, sp.Variance("hours"), by="group")

    found = sp.compare(estimates, against="total").comparisons

    def apart(kept) -> list[float]:
        of_all = hours[kept].var(ddof=1)
        return [hours[kept & (group == one)].var(ddof=1) - of_all for one in "xyz"]

    without = np.array([apart(np.arange(300) != one) for one in range(300)])
    se = np.sqrt(299 * without.var(axis=0))
    np.testing.assert_allclose(found["difference"], apart(np.full(300, True)), rtol=1e-12)
    np.testing.assert_allclose(found["se"], se, rtol=0.03)


def test_profiles_have_no_total_to_be_compared_with():
    estimates = sp.estimate(
        bound(5, size=120), [sp.Profile("area", among="sex"), "hours"], by="sex"
    )
    found = sp.compare(estimates, against="total").comparisons
    assert set(found["indicator"]) == {"hours"}


def test_how_much_is_estimated_at_once_changes_nothing(monkeypatch):
    estimates = sp.estimate(bound(5, size=120), ["trust", "apps", "area"], by=["sex", "area"])
    usual = sp.compare(estimates).comparisons
    monkeypatch.setattr("socialpoll.indicators.linearising.AT_ONCE", 1)
    again = sp.compare(estimates).comparisons
    pd.testing.assert_frame_equal(usual, again, rtol=1e-9)


def test_an_opt_in_sample_is_not_tested_unless_by_a_model():
    data = answers(5, 120).drop(columns="disposition")
    responses = sp.bind(data, questionnaire(), sp.SampleDesign(sampling="opt_in"))
    with pytest.raises(EstimationError, match="probability sample"):
        sp.compare(sp.estimate(responses, "hours", by="sex"))
    by_model = sp.Precision(opt_in="model")
    assert len(
        sp.compare(sp.estimate(responses, "hours", by="sex", precision=by_model)).comparisons
    )


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"against": "everybody"}, "against"),
        ({"adjust": "tukey"}, "adjust"),
        ({"family": "page"}, "family"),
        ({"method": "bayes"}, "method"),
        ({"minimum_base": 0}, "minimum_base"),
        ({"method": "effective-base", "against": "total"}, "against"),
        ({"against": "waves"}, "estimates"),
    ],
)
def test_a_way_to_compare_that_is_none_is_refused(asked, where):
    estimates = sp.estimate(bound(1), "hours", by="sex")
    with pytest.raises(EstimationError) as caught:
        sp.compare(estimates, **asked)
    assert where in str(caught.value)


def test_the_order_of_rows_and_the_scale_of_weights_change_no_comparison():
    data = answers(5, 150)
    shuffled = data.sample(frac=1, random_state=1)
    found = []
    for one in (data, shuffled, data.assign(weight=data["weight"] * 7)):
        responses = sp.bind(one, questionnaire(), CLUSTERED)
        found.append(sp.compare(sp.estimate(responses, ["apps", "hours"], by="area")))
    first, *others = (one.comparisons for one in found)
    for other in others:
        pd.testing.assert_frame_equal(first, other, rtol=1e-9)


def three_waves() -> dict[str, sp.Responses]:
    """Return polls of other respondents."""
    return {"a": bound(4, size=200), "b": bound(7, size=200), "c": bound(8, size=200)}


def rows_of(compared: sp.Estimates) -> pd.DataFrame:
    """Return the comparisons of pairs, totals and waves, by the rows of both figures."""
    frame = compared.frame
    keys = ["wave", *LINE, "domain"]
    places = {tuple(row): place for place, row in enumerate(frame[keys].to_numpy().tolist())}
    found = compared.comparisons
    several = []
    for one in found.to_dict("records"):
        line = [one[name] for name in LINE]
        everybody = ["_T"] if one["domain_b"] == "_T" else [one["breakdown"]]
        there = [*line[:-1], *everybody, one["domain_b"]]
        several.append(
            (places[(one["wave"], *line, one["domain_a"])], places[(one["wave_b"], *there)])
        )
    return found.set_index(pd.MultiIndex.from_tuples(several))
