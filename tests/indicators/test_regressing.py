"""Regression: means and log odds where it says no more, derivatives of the whole path elsewhere."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from socialpoll.totals import Linearisation, Mass, Rows
from tests.indicators.polls import CLUSTERED, bound

SEX = {"m": 900.0, "f": 1100.0}
AREA = {"x": 800.0, "y": 700.0, "z": 500.0}
FULL = [("sex",), ("area",), "rooms", ("sex", "area")]
FAMILIES = {"linear": "hours", "logistic": ("trust", "yes")}


def raked(responses):
    return sp.rake(responses, {"sex": SEX, "area": AREA}, tolerance=1e-13)


def test_one_binary_term_gives_the_difference_of_means_and_its_standard_error():
    weights = raked(bound(2, size=120))
    row = sp.regress(weights, "hours", ["sex"]).frame.iloc[1]
    test = sp.t_test(weights, "hours", by="sex")
    assert row["category"] == "f"
    assert (row["estimate"], row["se"], row["t"], row["p"], row["df"]) == pytest.approx(
        (test.estimate, test.se, test.statistic, test.p, test.df)
    )
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((test.ci_low, test.ci_high))


def test_without_terms_the_logistic_intercept_is_the_logit_of_the_share():
    weights = raked(bound(2, size=120))
    row = sp.regress(weights, ("trust", "yes"), [], family="logistic").frame.iloc[0]
    share = sp.estimate(weights, "trust", where=sp.Is("trust", "yes", "no")).frame.iloc[0]
    p = share["estimate"]
    assert row["estimate"] == pytest.approx(np.log(p / (1 - p)))
    assert row["se"] == pytest.approx(share["se"] / (p * (1 - p)))
    assert row["odds_ratio"] == pytest.approx(p / (1 - p))


def test_a_saturated_logistic_regression_gives_the_log_odds_of_every_group():
    responses = bound(3, size=240)
    frame = sp.regress(responses, ("apps", "a"), ["sex", "area", ("sex", "area")]).frame
    odds = sp.regress(
        responses, ("apps", "a"), ["sex", "area", ("sex", "area")], family="logistic"
    ).coefficients
    shares = frame["estimate"].to_numpy()
    assert odds[0] == pytest.approx(np.log(shares[0] / (1 - shares[0])))
    last = shares[[0, 1, 3, 5]].sum()
    assert odds[[0, 1, 3, 5]].sum() == pytest.approx(np.log(last / (1 - last)))


def test_simple_linear_regression_is_ordinary_least_squares():
    random = np.random.default_rng(1)
    x, z = random.normal(size=(2, 50))
    data = pd.DataFrame({"x": x, "z": z + 2e6, "y": 1 + 2 * x - z + random.normal(size=50)})
    numbers = tuple(sp.Number(name=one, text=one, unit=one) for one in data)
    responses = sp.bind(data, sp.Questionnaire(title="t", questions=numbers))
    found = sp.regress(responses, "y", ["x"])
    design = np.column_stack([np.ones(50), x])
    b = np.linalg.lstsq(design, data["y"], rcond=None)[0]
    scores = design * (data["y"].to_numpy() - design @ b)[:, None]
    bread = np.linalg.inv(design.T @ design)
    assert found.coefficients == pytest.approx(b)
    assert found.covariance == pytest.approx(50 / 49 * bread @ scores.T @ scores @ bread)
    assert found.df == 48
    assert sp.regress(responses, "y", ["x"], convention="Stata").df == 49


@pytest.mark.parametrize(("family", "outcome"), FAMILIES.items())
@pytest.mark.parametrize("weighting", [lambda one: one, raked], ids=["base", "raked"])
def test_the_covariance_is_that_of_the_derivatives_of_the_whole_path(family, outcome, weighting):
    responses = bound(11, size=60)
    exact = sp.Precision(residuals="derivative")

    def coefficients(one):
        return sp.regress(weighting(one), outcome, ["sex", "rooms"], family=family, precision=exact)

    unit, slopes = responses.stages[-1].unit, []
    for one in np.unique(unit):
        moved = [
            coefficients(
                replace(
                    responses,
                    base_weight=responses.base_weight * np.where(unit == one, 1 + step, 1.0),
                )
            ).coefficients
            for step in (1e-4, -1e-4)
        ]
        slopes.append((moved[0] - moved[1]) / 2e-4)
    engine = Rows(responses, Mass.of(responses.base_weight, responses.interviewed))
    numeric = Linearisation(engine).covariance(np.array(slopes))
    found = coefficients(responses).covariance
    assert found == pytest.approx(numeric, rel=1e-4, abs=1e-5 * np.diag(found).max())


@pytest.mark.parametrize(("family", "outcome"), FAMILIES.items())
def test_the_order_of_rows_changes_nothing(family, outcome):
    from tests.indicators.polls import answers, questionnaire

    data = answers(8, 480)
    one, other = (
        sp.regress(sp.bind(rows, questionnaire(), CLUSTERED), outcome, FULL, family=family)
        for rows in (data, data.sample(frac=1, random_state=1).reset_index(drop=True))
    )
    assert one.coefficients == pytest.approx(other.coefficients)
    assert one.covariance == pytest.approx(other.covariance)


def test_another_reference_says_the_same_from_elsewhere():
    responses = bound(5, size=120)
    one = sp.regress(responses, "hours", ["area"])
    other = sp.regress(responses, "hours", ["area"], reference={"area": "z"})
    b, c = one.coefficients, other.coefficients
    assert [category for _, category in other.labels] == ["_Z", "x", "y"]
    assert c == pytest.approx([b[0] + b[2], -b[2], b[1] - b[2]])
    tests = [found.test("area") for found in (one, other)]
    assert tests[0].statistic == pytest.approx(tests[1].statistic)


def test_a_term_of_one_coefficient_is_tested_by_the_square_of_its_t():
    found = sp.regress(bound(5, size=120), "hours", ["sex", "rooms"])
    rooms = found.tests.set_index("term").loc["rooms"]
    row = found.frame.set_index("term").loc["rooms"]
    assert (rooms["statistic"], rooms["p"]) == pytest.approx((row["t"] ** 2, row["p"]))


def test_a_category_without_a_case_has_no_coefficient():
    found = sp.regress(bound(5), "hours", ["area"], where=sp.Is("area", "x", "y"))
    frame = found.frame.set_index("category")
    assert np.isnan(frame.loc["z", "estimate"])
    assert frame.loc["z", "caveat"] == "zero cases"
    assert found.test("area").df == 1
    assert found.df == found.df_design - 1


def test_coefficients_by_a_model_say_so():
    opt_in = replace(bound(5), design=replace(bound(5).design, sampling="opt_in"))
    found = sp.regress(
        opt_in,
        "hours",
        ["area"],
        where=sp.Is("area", "x", "y"),
        precision=sp.Precision(opt_in="model"),
    )

    caveats = found.frame.set_index("category")["caveat"]
    assert caveats.to_dict() == {
        "_Z": "model-based",
        "y": "model-based",
        "z": "model-based; zero cases",
    }


def test_cases_without_an_answer_to_every_question_are_left_out():
    responses = bound(5, size=120)
    listwise = sp.All(*(sp.Answered(one) for one in ("hours", "trust", "rooms")))
    found = sp.regress(responses, "hours", ["trust", "rooms"])
    again = sp.regress(responses, "hours", ["trust", "rooms"], where=listwise)
    assert found.n_base == again.n_base < len(responses)
    assert found.covariance == pytest.approx(again.covariance)


def test_a_coefficient_that_weights_fix_is_said_to_be_fixed():
    weights = sp.poststratify(bound(9), "area", AREA)
    found = sp.regress(weights, ("area", "x"), [])
    assert found.frame.iloc[0]["caveat"] == "fixed by weighting"
    assert found.coefficients[0] == pytest.approx(0.4)
    assert np.isnan(found.frame.iloc[0]["p"])


@pytest.mark.parametrize(
    ("outcome", "terms", "others", "error", "said"),
    [
        ("hour", ["sex"], {}, UnknownNameError, "hour"),
        ("hours", ["sexx"], {}, UnknownNameError, "sexx"),
        ("hours", ["sex", "sex"], {}, EstimationError, "repeats"),
        ("hours", ["hours"], {}, EstimationError, "outcome is among"),
        ("hours", ["sex", ("sex", "area")], {}, EstimationError, "needs the terms"),
        ("trust", ["sex"], {"family": "logistic"}, EstimationError, "counts as 1"),
        (("trust", "maybe"), ["sex"], {}, EstimationError, "no such code"),
        (("hours", "1"), ["sex"], {}, EstimationError, "no codes"),
        ("hours", ["sex"], {"family": "logistic"}, EstimationError, "between 0 and 1"),
        ("hours", ["sex"], {"family": "probit"}, EstimationError, "family"),
        ("hours", ["sex"], {"reference": {"sex": "x"}}, EstimationError, "no such code"),
        ("hours", ["area"], {"where": sp.Is("area", "y", "z")}, EstimationError, "reference"),
        ("hours", ["sex"], {"where": sp.Within("hours", minimum=1e6)}, EstimationError, "nobody"),
        (("sex", "m"), ["area"], {"family": "logistic", "where": sp.Is("sex", "m")},
         EstimationError, "no finite solution"),
    ],
)  # fmt: skip
def test_what_cannot_be_fitted_is_refused(outcome, terms, others, error, said):
    with pytest.raises(error, match=said):
        sp.regress(bound(1, size=120), outcome, terms, **others)


def test_collinear_terms_are_refused_by_name():
    data = pd.DataFrame({"x": [1.0, 2, 3, 5], "y": [1.0, 0, 2, 1], "z": [3.0, 5, 7, 11]})
    numbers = tuple(sp.Number(name=one, text=one, unit=one) for one in data)
    responses = sp.bind(data, sp.Questionnaire(title="t", questions=numbers))
    with pytest.raises(EstimationError, match="z follows from the terms before it"):
        sp.regress(responses, "y", ["x", "z"])


def test_only_terms_of_the_regression_are_tested():
    found = sp.regress(bound(1), "hours", ["sex"])
    with pytest.raises(EstimationError, match="no such term"):
        found.test("area")
