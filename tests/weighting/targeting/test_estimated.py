# ruff: noqa: PD011 - weights and targets have values that are not those of pandas
"""Figures of another poll as targets."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import TargetError, WeightingError
from tests.weighting.polls import QUESTIONNAIRE, SEX, answers, bound

REGIONS = {1: 500_000, 2: 300_000, 3: 200_000}


@pytest.fixture(scope="module")
def other():
    """Weights of another poll, that sum to a population."""
    return sp.rake(bound(answers(300, seed=11)), {"sex": SEX, "region": REGIONS})


def refused(make):
    with pytest.raises(TargetError) as raised:
        make()
    return [str(one) for one in raised.value.problems]


def test_weighted_figures_are_sums_of_weights_by_code(other):
    targets = sp.Targets.from_weights(other, ("sex", "region"))

    frame = other.responses.frame.assign(weight=other.values)
    sums = frame.groupby(["sex", "region"], observed=True)["weight"].sum()
    assert targets.values == pytest.approx(sums.to_dict())
    assert sum(targets.values.values()) == pytest.approx(1_000_000)


def test_codes_that_nobody_has_are_targets_of_0_in_the_order_of_the_questionnaire():
    frame = answers()
    responses = bound(frame[frame["region"] != 2].reset_index(drop=True))

    targets = sp.Targets.from_weights(responses, "region")

    assert list(targets.values) == [(1,), (2,), (3,)]
    assert targets.values[2,] == 0


def test_responses_count_with_their_base_weights():
    frame = answers()
    targets = sp.Targets.from_weights(bound(frame), "sex")

    sums = frame.groupby("sex", observed=True)["base"].sum()
    assert targets.values == pytest.approx({(code,): sums[code] for code in SEX})


def test_cases_without_an_interview_do_not_count():
    frame = answers()
    frame["result"] = np.where(frame.index % 4 == 0, "refusal", "interview")
    responses = bound(frame, disposition="result", interviewed=("interview",))

    targets = sp.Targets.from_weights(responses, "sex")

    sums = frame[frame["result"] == "interview"].groupby("sex", observed=True)["base"].sum()
    assert targets.values == pytest.approx({(code,): sums[code] for code in SEX})


def test_weights_that_sum_to_the_number_of_interviews_give_shares():
    frame = answers()
    responses = sp.bind(frame, QUESTIONNAIRE)

    targets = sp.Targets.from_weights(responses, "sex")

    shares = frame["sex"].value_counts(normalize=True)
    assert targets.values == pytest.approx({(code,): shares[code] for code in SEX})


def test_interviews_without_a_value_are_refused_or_left_out_as_asked():
    frame = answers()
    frame.loc[[3, 9], "school"] = [None, "dk"]
    responses = bound(frame)

    (problem,) = refused(lambda: sp.Targets.from_weights(responses, "school"))
    targets = sp.Targets.from_weights(responses, "school", missing="leave_out")

    assert "2 of 240 interviews have no value of school; found rows 3, 9" in problem
    kept = frame.drop(index=[3, 9])
    shares = kept.groupby("school", observed=True)["base"].sum() / kept["base"].sum()
    assert targets.values == pytest.approx(
        {(code,): shares[code] for code in ("low", "middle", "high")}
    )


def test_the_source_says_whose_estimates_they_are_and_the_date_is_that_of_fieldwork(other):
    declared = sp.Declaration(fieldwork_end=dt.date(2023, 5, 4))
    asked = replace(QUESTIONNAIRE, title={"en": "Panel", "ar": "لوحة"}, methodology=declared)
    responses = sp.bind(answers(), asked)

    targets = sp.Targets.from_weights(responses, "sex")

    assert targets.source == {"en": "Panel (estimates of a survey)", "ar": "لوحة (تقديرات مسح)"}
    assert targets.date == dt.date(2023, 5, 4)
    assert targets.estimated
    named = sp.Targets.from_weights(other, "sex", source="LFS", date=dt.date(2020, 1, 2))
    assert (named.source, named.date) == (
        {"und": "LFS (estimates of a survey)"},
        dt.date(2020, 1, 2),
    )


def test_variables_that_have_no_categories_are_refused(other):
    assert "'age' is a number" in refused(lambda: sp.Targets.from_weights(other, "age"))[0]
    assert "found 'sx'" in refused(lambda: sp.Targets.from_weights(other, ("sx", "region")))[0]


def test_a_policy_that_does_not_exist_is_refused(other):
    with pytest.raises(WeightingError, match="allowed: 'raise', 'leave_out'"):
        sp.Targets.from_weights(other, "sex", missing="drop")


def test_weighting_to_estimates_says_so(other):
    targets = sp.Targets.from_weights(other, "region")

    weights = sp.rake(bound(), {"region": targets})

    (finding,) = weights.findings.to_dict("records")
    assert (finding["severity"], finding["margin"]) == ("note", "region")
    assert "estimates of another poll with their own sampling error" in finding["what"]
    assert weights.methodology.fact("weighting", "rake")["rescaled"] == ()


def test_that_targets_are_estimates_is_kept_in_a_poll_file(other, tmp_path):
    from socialpoll.weighting import recipe_from

    recipe = sp.Recipe((sp.Rake((sp.Margin("region", sp.Targets.from_weights(other, "region")),)),))

    assert recipe_from(recipe.to_tables(), tmp_path) == recipe


def test_shares_in_a_frame_of_estimates_are_the_same_as_the_weights_they_were_made_from(other):
    frame = sp.estimate(other, ["region"], by=["sex", ("sex", "age_group")]).frame

    alone = sp.Targets.from_estimates(frame, "region", source="Panel")
    crossed = sp.Targets.from_estimates(frame, ("sex", "region"))
    three = sp.Targets.from_estimates(frame, ("age_group", "region", "sex"))

    as_words = {
        of: {
            tuple(map(str, key)): one
            for key, one in sp.Targets.from_weights(other, of).values.items()
        }
        for of in ("region", ("sex", "region"), ("age_group", "region", "sex"))
    }
    assert alone.values == pytest.approx(as_words["region"])
    assert crossed.values == pytest.approx(as_words["sex", "region"])
    assert three.values == pytest.approx(as_words["age_group", "region", "sex"])
    assert alone.estimated
    assert alone.source == {"und": "Panel (estimates of a survey)"}
    assert crossed.source == {"en": "estimates of a survey", "ar": "تقديرات مسح"}


def test_the_share_of_an_empty_group_is_nobody():
    frame = answers()
    responses = bound(frame[frame["region"] != 2].reset_index(drop=True))
    estimates = sp.estimate(responses, ["sex"], by=["region"]).frame

    targets = sp.Targets.from_estimates(estimates, ("region", "sex"))

    assert targets.values["2", "male"] == 0


def test_shares_that_are_not_there_are_refused_with_those_that_are(other):
    frame = sp.estimate(other, ["sex"], by=["region"]).frame

    (problem,) = refused(lambda: sp.Targets.from_estimates(frame, "age_group"))

    assert "there are no such shares; found age_group; allowed: sex, sex by region" in problem


def test_a_frame_of_something_else_is_refused(other):
    (problem,) = refused(lambda: sp.Targets.from_estimates(pd.DataFrame({"sex": [1]}), "sex"))

    assert "there is no such column of estimates" in problem


def test_several_figures_of_one_question_are_refused(other):
    frame = sp.estimate(other, ["sex"]).frame
    twice = pd.concat([frame, frame.assign(wave="second")])

    (problem,) = refused(lambda: sp.Targets.from_estimates(twice, "sex"))

    assert "rows of several figures" in problem


def test_figures_that_were_emptied_are_refused(other):
    frame = sp.estimate(other, ["sex"]).frame
    frame.loc[frame["category"] == "male", "estimate"] = np.nan

    (problem,) = refused(lambda: sp.Targets.from_estimates(frame, "sex"))

    assert "figures that are empty; found _T: male" in problem
