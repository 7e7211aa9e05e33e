# ruff: noqa: PD011 - weights have values that are not those of pandas
"""Unknown eligibility and non-response, shared out within classes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import StepError, WeightingError
from tests.weighting.chains import DESIGN, SEX, answers, bound, questionnaire

BECAME = ["in", "in", "no", "who", "none", "in", "away", "who"]
AREA = ["x", "x", "x", "x", "y", "y", "y", "y"]
BASE = [10.0, 20.0, 30.0, 12.0, 5.0, 7.0, 8.0, 10.0]


def small(became=BECAME) -> sp.Responses:
    """Eight sampled cases in two classes."""
    frame = (
        answers(1)
        .head(len(became))
        .assign(became=became, area=AREA, base=BASE, sex="m", cluster=range(len(became)))
    )
    return sp.bind(frame, questionnaire(), replace(DESIGN, lonely="certainty"))


def after(*steps, responses=None):
    return sp.weigh(responses or small(), sp.Recipe(steps))


def test_unknown_cases_give_their_weight_to_the_known_ones_of_their_class():
    # x: 72 in all, 60 known: times 1.2. y: 30 in all, 20 known: times 1.5.
    weights = after(sp.UnknownEligibility("area"))
    known = weights.mass.entering(1)
    assert known == pytest.approx([12, 24, 36, 0, 7.5, 10.5, 12, 0])


def test_eligible_cases_give_their_weight_to_interviews_and_ineligible_ones_leave():
    # x: 72 eligible, 36 interviewed: times 2. y: 22.5 eligible, 10.5 interviewed.
    weights = after(sp.UnknownEligibility("area"), sp.NonResponse("area"))
    assert weights.values == pytest.approx([24, 48, 0, 0, 0, 22.5, 0, 0])


def test_without_classes_all_cases_are_one():
    weights = after(sp.UnknownEligibility(), sp.NonResponse())
    # Known: 80 of 102, times 1.275. Eligible of them: 75, interviews 37.
    assert weights.values[0] == pytest.approx(10 * 1.275 * 75 / 37)


def test_without_outcomes_every_case_counts_as_eligible_and_that_is_said():
    design = sp.SampleDesign(weight="base", disposition="became", interviewed=("in",))
    responses = sp.bind(answers(1), questionnaire(), design)
    weights = sp.weigh(responses, sp.Recipe((sp.NonResponse("sex"),)))
    assert weights.values.sum() == pytest.approx(responses.base_weight.sum())
    assert "counted as an eligible one" in weights.findings["what"].iloc[0]


def test_unknown_eligibility_needs_outcomes():
    design = sp.SampleDesign(weight="base", disposition="became", interviewed=("in",))
    responses = sp.bind(answers(1), questionnaire(), design)
    with pytest.raises(StepError, match="declare what each disposition means"):
        sp.weigh(responses, sp.Recipe((sp.UnknownEligibility(),)))


def test_nonresponse_is_not_shared_out_while_unknown_cases_have_weight():
    with pytest.raises(StepError, match="2 cases of unknown eligibility still have weight"):
        after(sp.NonResponse("area"))


def test_a_class_without_an_interview_is_named():
    became = ["in", "in", "no", "who", "none", "no", "away", "who"]
    with pytest.raises(StepError, match=r"nobody to take it; found y"):
        after(sp.UnknownEligibility("area"), sp.NonResponse("area"), responses=small(became))


def test_classes_of_variables_that_are_not_known_of_all_cases_are_refused():
    frame = answers(1)
    frame.loc[frame["became"] == "no", "area"] = None
    responses = sp.bind(frame, questionnaire(), DESIGN)
    with pytest.raises(StepError, match="cases have no value of 'area'"):
        sp.weigh(responses, sp.Recipe((sp.UnknownEligibility("area"),)))


def test_steps_about_sampled_cases_come_before_those_about_interviews():
    with pytest.raises(WeightingError, match="after one about interviews only"):
        sp.Recipe((sp.PostStratify("sex", SEX), sp.NonResponse("area")))


def test_nonresponse_adjustment_is_poststratification_to_the_sample_and_more_certain_for_it():
    # Where answers follow the classes, weighting by them takes that part out of the variance.
    random = np.random.default_rng(5)
    frame = answers(2, size=400).assign(base=1.0)
    effect = frame["area"].map({"x": 0.0, "y": 10.0, "z": 20.0})
    frame = frame.assign(hours=effect + random.normal(0, 1, len(frame)))
    responses = sp.bind(frame, questionnaire(), DESIGN)
    steps = (sp.UnknownEligibility("area"), sp.NonResponse("area"))
    weights = sp.weigh(responses, sp.Recipe(steps))
    known = sp.estimate(weights, "hours").frame["se"].iloc[0]
    fixed = sp.weights_from(responses, weights.values)
    assert known != pytest.approx(sp.estimate(fixed, "hours").frame["se"].iloc[0], rel=1e-3)


def test_cases_that_answered_are_in_every_base_and_others_in_none():
    weights = sp.weigh(bound(), sp.Recipe((sp.UnknownEligibility(), sp.NonResponse())))
    frame = sp.estimate(weights, "uses").frame
    assert isinstance(frame, pd.DataFrame)
    assert frame["n_base"].iloc[0] == int(weights.responses.interviewed.sum())
