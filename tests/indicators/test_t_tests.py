"""t tests: the textbook's where the sample is simple, the joint covariance elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import special

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from tests.indicators.polls import bound

RANDOM = np.random.default_rng(3)
DATA = pd.DataFrame(
    {
        "sex": ["f"] * 30 + ["m"] * 50,
        "hours": RANDOM.gamma(2, 2, 80),
        "before": RANDOM.gamma(2, 2, 80),
    }
)
STRATA = sp.SampleDesign(strata="sex")


def simple(design=None) -> sp.Responses:
    numbers = [sp.Number(name=one, text=one, unit="hours") for one in ("hours", "before")]
    sex = sp.Questionnaire.infer(DATA[["sex"]])["sex"]
    asked = sp.Questionnaire(title="t", questions=(sex, *numbers))
    return sp.bind(DATA, asked, design or sp.SampleDesign())


def test_one_mean_of_a_simple_random_sample_is_tested_as_in_the_textbook():
    found = sp.t_test(simple(), "hours", null=3, convention="Stata")
    se = DATA["hours"].std() / np.sqrt(80)
    t = (DATA["hours"].mean() - 3) / se
    assert (found.estimate, found.se, found.statistic) == pytest.approx(
        (DATA["hours"].mean(), se, t)
    )
    assert found.df == 79
    assert found.p == pytest.approx(2 * special.stdtr(79, -abs(t)))
    assert found.ci_high - found.estimate == pytest.approx(special.stdtrit(79, 0.975) * se)


def test_pairs_are_tested_by_their_differences():
    found = sp.t_test(simple(), "hours", paired="before")
    differences = DATA["hours"] - DATA["before"]
    assert found.estimate == pytest.approx(differences.mean())
    assert found.se == pytest.approx(differences.std() / np.sqrt(80))
    assert found.outcome == "hours - before"


def test_two_independent_groups_are_tested_with_their_own_variances():
    found = sp.t_test(simple(STRATA), "hours", by="sex")
    f, m = (DATA[DATA["sex"] == one]["hours"] for one in "fm")
    assert found.groups == ("f", "m")
    assert found.estimate == pytest.approx(m.mean() - f.mean())
    assert found.se == pytest.approx(np.sqrt(f.var() / 30 + m.var() / 50))
    assert found.df == 77


def test_the_convention_of_stata_spends_no_degree_of_freedom():
    assert sp.t_test(simple(STRATA), "hours", by="sex", convention="Stata").df == 78
    asked = sp.Precision(df=12.0)
    assert sp.t_test(simple(STRATA), "hours", by="sex", precision=asked).df == 12


def test_a_difference_is_that_of_the_comparison_of_groups():
    weights = sp.rake(bound(4, size=120), {"area": {"x": 500.0, "y": 300.0, "z": 200.0}})
    found = sp.t_test(weights, "hours", by="sex", convention="Stata")
    one = sp.compare(sp.estimate(weights, "hours", by="sex")).comparisons.iloc[0]
    assert found.groups == (one["domain_a"], one["domain_b"])
    assert (-found.estimate, found.se, found.p) == pytest.approx(
        (one["difference"], one["se"], one["p"])
    )


def test_groups_are_chosen_among_several_and_turned_around():
    responses = bound(4, size=120)
    one = sp.t_test(responses, "hours", by="area", between=("x", "y"))
    other = sp.t_test(responses, "hours", by="area", between=("y", "x"))
    only = sp.t_test(responses, "hours", by="area", where=sp.Is("area", "x", "y"))
    assert one.estimate == pytest.approx(-other.estimate)
    assert (one.p, one.n_base) == pytest.approx((other.p, other.n_base))
    assert (one.se, one.df, one.n_base) == pytest.approx((only.se, only.df, only.n_base))


def test_a_mean_fixed_by_weighting_is_not_tested():
    scale = sp.Scale(
        name="score",
        text="score",
        options=tuple(sp.Code(code=str(one), label=str(one), score=one) for one in (0, 1)),
    )
    data = pd.DataFrame({"score": list("0110100101")})
    responses = sp.bind(data, sp.Questionnaire(title="t", questions=(scale,)))
    weights = sp.poststratify(responses, "score", {"0": 30.0, "1": 20.0})
    found = sp.t_test(weights, "score")
    assert found.estimate == pytest.approx(0.4)
    assert found.caveat == "fixed by weighting"
    assert np.isnan([found.p, found.ci_low]).all()


def test_a_test_by_a_model_says_so():
    data = pd.DataFrame({"n": [1.0, 2.0, 4.0]})
    asked = sp.Questionnaire(title="t", questions=(sp.Number(name="n", text="n", unit="n"),))
    opt_in = sp.bind(data, asked, replace(sp.SampleDesign(), sampling="opt_in"))

    assert sp.t_test(opt_in, "n", precision=sp.Precision(opt_in="model")).caveat == "model-based"


def test_a_number_without_variation_is_said_to_have_none():
    data = pd.DataFrame({"n": [2.0, 2.0, 2.0]})
    asked = sp.Questionnaire(title="t", questions=(sp.Number(name="n", text="n", unit="n"),))
    found = sp.t_test(sp.bind(data, asked), "n", null=1)
    assert found.estimate == 2
    assert found.caveat
    assert np.isnan(found.p)


def test_the_frame_has_a_row_with_every_field():
    found = sp.t_test(simple(STRATA), "hours", by="sex")
    row = found.frame.iloc[0]
    assert len(found.frame) == 1
    assert (row["groups"], row["p"]) == ("f|m", found.p)


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        ({"outcome": "hour"}, UnknownNameError, "hour"),
        ({"outcome": "trust"}, EstimationError, "numbers"),
        ({"outcome": "hours", "by": "area"}, EstimationError, "two groups"),
        ({"outcome": "hours", "by": "area", "between": ("x", "x")}, EstimationError, "two groups"),
        ({"outcome": "hours", "by": "apps"}, EstimationError, "one category"),
        ({"outcome": "hours", "by": "sex", "paired": "rooms"}, EstimationError, "not both"),
        ({"outcome": "hours", "convention": "r"}, EstimationError, "convention"),
        (
            {"outcome": "hours", "where": sp.Within("hours", minimum=1e6)},
            EstimationError,
            "nobody",
        ),
    ],
)
def test_what_is_no_t_test_is_refused(arguments, error, said):
    with pytest.raises(error, match=said):
        sp.t_test(bound(1), **arguments)


def test_cohens_d_is_the_textbooks_where_cases_count_alike():
    found = sp.t_test(simple(), "hours", by="sex")
    f, m = (DATA[DATA["sex"] == one]["hours"] for one in "fm")
    pooled = np.sqrt((29 * f.var() + 49 * m.var()) / 78)
    assert found.cohens_d == pytest.approx((m.mean() - f.mean()) / pooled)
    alone = sp.t_test(simple(), "hours", null=3)
    assert alone.cohens_d == pytest.approx((DATA["hours"].mean() - 3) / DATA["hours"].std())
    gaps = DATA["hours"] - DATA["before"]
    pairs = sp.t_test(simple(), "hours", paired="before")
    assert pairs.cohens_d == pytest.approx(gaps.mean() / gaps.std())
    assert np.isnan([found.cohens_h, alone.cohens_h, pairs.cohens_h]).all()


def test_a_case_of_double_weight_spreads_as_two_cases_do():
    def within(frame, design):
        asked = sp.Questionnaire(
            title="t",
            questions=(
                sp.Questionnaire.infer(DATA[["sex"]])["sex"],
                sp.Number(name="hours", text="h", unit="h"),
            ),
        )
        return sp.t_test(sp.bind(frame, asked, design), "hours", by="sex")

    times = 1 + np.arange(80) % 3
    weighted = within(DATA.assign(w=times), sp.SampleDesign(weight="w"))
    repeated = within(DATA.loc[DATA.index.repeat(times)], sp.SampleDesign())
    n = int(times.sum())
    # The same but for the cases that the pooled variance is divided by.
    factor = np.sqrt((n / (n - 2)) / (80 / 78))
    assert weighted.cohens_d == pytest.approx(repeated.cohens_d * factor)
    scaled = within(DATA.assign(w=1000 * times), sp.SampleDesign(weight="w"))
    assert scaled.cohens_d == pytest.approx(weighted.cohens_d)


def test_shares_are_as_far_apart_as_their_angles():
    data = DATA.assign(hours=(DATA["hours"] > 4).astype(float))
    asked = simple().questionnaire
    responses = sp.bind(data, asked)
    found = sp.t_test(responses, "hours", by="sex")
    f, m = (data[data["sex"] == one]["hours"].mean() for one in "fm")
    assert found.cohens_h == pytest.approx(2 * np.arcsin(np.sqrt(m)) - 2 * np.arcsin(np.sqrt(f)))
    back = sp.t_test(responses, "hours", by="sex", between=("m", "f"))
    assert back.cohens_h == pytest.approx(-found.cohens_h)
    alone = sp.t_test(responses, "hours", null=0.5)
    share = data["hours"].mean()
    # 2 arcsin √½ is a right angle (Cohen 1988, table 6.2.2).
    assert alone.cohens_h == pytest.approx(2 * np.arcsin(np.sqrt(share)) - np.pi / 2)
    assert np.isnan(sp.t_test(responses, "hours", null=2).cohens_h)


@pytest.mark.parametrize("outside", [-1.0, 0.5, 2.0])
def test_one_answer_that_is_not_0_or_1_makes_no_share(outside):
    data = DATA.assign(hours=np.where(np.arange(80) == 7, outside, DATA["hours"] > 4))
    responses = sp.bind(data, simple().questionnaire)
    assert np.isnan(sp.t_test(responses, "hours", by="sex").cohens_h)


def test_what_does_not_vary_has_no_standard_deviation_to_be_measured_by():
    data = pd.DataFrame({"a": [0.1] * 30, "b": RANDOM.random(30), "w": RANDOM.random(30)})
    data["c"] = data["b"] + 0.7
    numbers = tuple(sp.Number(name=one, text=one, unit="n") for one in "abc")
    asked = sp.Questionnaire(title="t", questions=numbers)
    responses = sp.bind(data, asked, sp.SampleDesign(weight="w"))
    assert np.isnan(sp.t_test(responses, "a", null=1).cohens_d)
    assert np.isnan(sp.t_test(responses, "c", paired="b").cohens_d)
