"""Calibration as a step of a recipe: on categories and numbers, within bounds, in households."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import ConvergenceError, StepError
from tests.weighting.chains import AREA, DESIGN, SEX, answers, bound, margins, questionnaire
from tests.weighting.test_chains import EXACT, INDICATORS, derivatives


def calibrated(*several, responses=None, **options):
    step = sp.Calibrate(several, **options)
    return sp.weigh(responses or bound(), sp.Recipe((step,)))


def sums(weights: sp.Weights, variable: str) -> dict[str, float]:
    by = answers(1)[variable].to_numpy()
    return {str(one): float(weights.values[by == one].sum()) for one in np.unique(by)}


def test_on_one_margin_every_distance_is_post_stratification():
    expected = sp.poststratify(bound(), "sex", SEX).values
    for options in (
        {"distance": "linear"},
        {"distance": "raking"},
        {"distance": "logit", "bounds": (0.2, 5)},
        {"distance": "truncated", "bounds": (0.2, 5)},
    ):
        found = calibrated(sp.Margin("sex", SEX), **options)
        assert found.values == pytest.approx(expected, rel=1e-7)


def test_the_raking_distance_is_raking():
    expected = sp.weigh(bound(), sp.Recipe((sp.Rake(margins(), tolerance=1e-12),)))
    found = calibrated(*margins(), distance="raking", tolerance=1e-12)
    assert found.values == pytest.approx(expected.values, rel=1e-9)


def test_linear_factors_are_the_closed_form_of_regression():
    weights = calibrated(*margins(), means={"age": 49.0}, tolerance=1e-12)
    base = np.where(weights.responses.interviewed, weights.mass.base, 0.0)
    frame = answers(1)
    dummies = [frame["sex"] == "m", frame["area"] == "x", frame["area"] == "y"]
    x = np.column_stack([np.ones(len(frame)), *dummies, frame["age"]]).astype(float)
    target = np.array([2200.0, SEX["m"], AREA["x"], AREA["y"], 49.0 * 2200])
    gram = x.T @ (base[:, None] * x)
    factor = 1 + x @ np.linalg.solve(gram, target - x.T @ base)
    assert weights.values == pytest.approx(base * factor, rel=1e-8)


def test_totals_and_means_of_numbers_are_reached():
    weights = calibrated(*margins(), totals={"hours": 9000.0}, means={"age": 48.0})
    frame = answers(1)
    assert weights.values @ frame["hours"] == pytest.approx(9000)
    assert weights.values @ frame["age"] == pytest.approx(48.0 * 2200)
    assert sums(weights, "sex") == pytest.approx(SEX)
    reached = weights.margins.set_index("margin")["relative_error"]
    assert reached[["hours", "age"]].max() < 1e-7


def test_factors_stay_within_bounds_relative_to_weights_scaled_to_the_population():
    weights = calibrated(*margins(), distance="logit", bounds=(0.6, 1.7))
    names = [step.name for step in weights.mass.steps]
    scaled = weights.mass.entering(names.index("calibrate"))
    factor = weights.values[scaled > 0] / scaled[scaled > 0]
    assert scaled.sum() == pytest.approx(2200)
    assert factor.min() >= 0.6
    assert factor.max() <= 1.7


def test_bounds_on_weights_hold_though_weights_enter_beyond_them():
    frame = answers(1)
    frame.loc[0, "base"] = 500.0
    responses = sp.bind(frame, questionnaire(), DESIGN)
    weights = calibrated(
        *margins(),
        responses=responses,
        distance="truncated",
        bounds=(15, 80),
        bounds_on="weight",
    )
    counted = weights.values[weights.values > 0]
    assert counted.min() >= 15 - 1e-9
    assert counted.max() <= 80 + 1e-9
    assert sums(weights, "area") == pytest.approx(AREA)


def test_bounds_that_cannot_hold_are_refused_with_those_that_can():
    # Interviews of one sex weigh 1 to 1, the targets 3 to 1: factors 1.5 and 0.5 of the scaled.
    frame = (
        answers(1)
        .head(4)
        .assign(base=10.0, became="in", sex=["m", "m", "f", "f"], cluster=range(4))
    )
    responses = sp.bind(frame, questionnaire(), replace(DESIGN, lonely="certainty"))
    step = sp.Calibrate(
        (sp.Margin("sex", {"m": 300, "f": 100}),), distance="truncated", bounds=(0.8, 1.2)
    )
    with pytest.raises(StepError) as raised:
        sp.weigh(responses, sp.Recipe((step,)))
    said = str(raised.value)
    assert "cannot be reached with factors between 0.8 and 1.2" in said
    assert "0.5" in raised.value.allowed
    assert "1.5" in raised.value.allowed
    mended = replace(step, bounds=(0.5, 1.5))
    assert sp.weigh(responses, sp.Recipe((mended,))).values == pytest.approx([150, 150, 50, 50])


def test_weights_that_would_be_negative_are_refused():
    with pytest.raises(StepError, match="weights became negative"):
        calibrated(*margins(), means={"age": 75.0})


def test_targets_that_no_weights_reach_are_told_or_gone_on_from():
    wrong = {"totals": {"age": 1e9}, "distance": "raking", "max_iterations": 5}
    with pytest.raises(ConvergenceError):
        calibrated(*margins(), **wrong)


def test_margins_crossed_with_a_region_are_calibrated_region_by_region():
    crossed = {("x", "m"): 400, ("x", "f"): 500, ("y", "m"): 300, ("y", "f"): 400,
               ("z", "m"): 250, ("z", "f"): 350}  # fmt: skip
    whole = calibrated(sp.Margin(("area", "sex"), crossed), distance="raking")
    frame = answers(1)
    for area in "xyz":
        rows = (frame["area"] == area).to_numpy()
        part = sp.bind(frame[rows], questionnaire(), replace(DESIGN, lonely="certainty"))
        own = {sex: count for (place, sex), count in crossed.items() if place == area}
        alone = calibrated(sp.Margin("sex", own), responses=part, distance="raking")
        assert whole.values[rows] == pytest.approx(alone.values, rel=1e-7)


def without_areas():
    """Interviews of which three have no area."""
    frame = answers(1, 60).assign(became="in")
    frame.loc[[1, 5, 30], "area"] = None
    return sp.bind(frame, questionnaire(), DESIGN), frame


def test_a_number_whose_target_is_zero_is_reached_and_is_not_infinitely_off():
    hours = bound().columns["hours"].values
    centred = bound(hours=hours - 5)
    step = sp.Calibrate(totals={"hours": 0.0}, total=2200)

    weights = sp.weigh(centred, sp.Recipe((step, sp.Require(margin_error=1e-6))))

    assert weights.values @ (hours - 5) == pytest.approx(0, abs=1e-6)
    assert weights.values.sum() == pytest.approx(2200)
    assert weights.margins["margin"].tolist() == ["all", "hours"]
    assert weights.margins["relative_error"].max() < 1e-8
    assert weights.margins["final_error"].max() < 1e-8


def test_a_class_of_its_own_keeps_its_share_under_any_distance():
    responses, frame = without_areas()
    lacking = frame["area"].isna().to_numpy()
    share = frame["base"][lacking].sum() / frame["base"].sum()

    for options in ({"distance": "linear"}, {"distance": "logit", "bounds": (0.3, 3)}):
        margin = sp.Margin("area", AREA, missing="own_class")
        weights = calibrated(margin, responses=responses, means={"age": 48.0}, **options).values
        assert weights[lacking].sum() == pytest.approx(2200 * share)
        for code, target in AREA.items():
            rows = (frame["area"] == code).to_numpy()
            assert weights[rows].sum() == pytest.approx(target * (1 - share))


@pytest.mark.parametrize(
    "options",
    [{"means": {"age": 48.0}}, {"distance": "logit", "bounds": (0.3, 3)}],
)
def test_scores_follow_the_share_of_a_class_of_its_own(options):
    responses, _ = without_areas()
    several = (sp.Margin("sex", SEX), sp.Margin("area", AREA, missing="own_class"))
    weights = calibrated(*several, responses=responses, tolerance=1e-12, **options)

    estimates = sp.estimate(weights, INDICATORS, by="sex", precision=EXACT)

    expected = derivatives(weights)
    size = estimates.frame["estimate"].abs().to_numpy()
    scale = np.abs(expected).max(axis=0) + 1e-3 * size
    assert (np.abs(estimates.scores() - expected) / scale).max() < 1e-5


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"means": {"uses": 1.0}}, "'uses' is no number question"),
        ({"means": {"ages": 40.0}}, "did you mean 'age'"),
        ({"means": {"age": 40.0}}, "have no value of 'age'"),
    ],
)
def test_numbers_that_cannot_be_calibrated_on_are_told(options, said):
    frame = answers(1)
    if said.startswith("have"):
        frame.loc[0, "age"] = None
    responses = sp.bind(frame, questionnaire(), DESIGN)
    with pytest.raises(StepError) as raised:
        calibrated(*margins(), responses=responses, **options)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "calibration to nothing"),
        ({"means": {"a": 1}, "totals": {"a": 1}}, "a number has a total and a mean"),
        ({"means": {"a": 1}, "distance": "chi"}, "no such choice of 'distance'"),
        ({"means": {"a": 1}, "distance": "logit"}, "needs bounds"),
        ({"means": {"a": 1}, "bounds": (0.5, 2)}, "has no bounds"),
        ({"means": {"a": 1}, "distance": "logit", "bounds": (1.1, 2)}, "both sides of 1"),
        (
            {"means": {"a": 1}, "distance": "logit", "bounds": (1, 2), "bounds_on": "weight"},
            "need the truncated distance",
        ),
    ],
)
def test_a_calibration_that_makes_no_sense_is_refused_when_it_is_declared(options, said):
    with pytest.raises(sp.SocialpollError, match=said):
        sp.Calibrate(**options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"totals": {"age": np.nan}}, "no finite numbers"),
        ({"bounds": (-1, 5), "bounds_on": "weight", "distance": "truncated"}, "not be negative"),
        ({"margins": (sp.Margin("sex", SEX, missing="keep_base"),)}, "only raking has"),
        ({"margins": (sp.Margin("sex", SEX, missing="distribute"),)}, "only raking has"),
    ],
)
def test_a_calibration_of_what_it_cannot_do_is_refused_when_it_is_declared(options, said):
    with pytest.raises(sp.SocialpollError, match=said):
        sp.Calibrate(**{"margins": (sp.Margin("sex", SEX),), **options})
