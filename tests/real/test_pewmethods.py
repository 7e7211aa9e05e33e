# ruff: noqa: PD011 - weights and targets have values that are not those of pandas
"""A real poll, raked by R: Pew Research Center, December 2013, from the R package pewmethods."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import socialpoll as sp

FOLDER = Path(__file__).parents[2].parent / "shared" / "pewmethods"
VARIABLES = ["recage", "sex", "receduc"]

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the microdata of pewmethods are not beside the project"
)


@pytest.fixture(scope="module")
def complete():
    answers = pd.read_csv(FOLDER / "dec13_excerpt.csv", dtype=str)
    by_r = pd.read_csv(FOLDER / "oracle_rake_r_survey_complete_cases.csv", dtype=str)
    return answers.merge(by_r, on="psraid", validate="one_to_one")


@pytest.fixture(scope="module")
def margins():
    targets = pd.read_csv(FOLDER / "oracle_rake_targets.csv")
    known = {
        name: dict(zip(part["cat"], part["n_target"], strict=True))
        for name, part in targets.groupby("margin")
    }
    crossed = {tuple(codes.split(":")): target for codes, target in known["sex:receduc"].items()}
    return {"recage": known["recage"], ("sex", "receduc"): crossed}


@pytest.fixture(scope="module")
def weights(complete, margins):
    responses = sp.bind(complete, sp.Questionnaire.infer(complete[VARIABLES]))
    return sp.rake(responses, margins)


def test_the_weights_are_those_of_r(weights, complete):
    assert len(weights) == 1958
    assert weights.values == pytest.approx(complete["rake"].astype(float).to_numpy(), abs=1e-6)


def test_the_design_effect_and_the_extremes_are_those_of_r(weights):
    last = weights.diagnostics.iloc[-1]

    assert round(last["deff"], 4) == 1.1367
    assert (round(last["min"], 4), round(last["max"], 4)) == (0.5025, 2.0970)


def test_the_raked_weights_sum_to_the_sample(weights):
    assert weights.scale == "sample"


def test_respondents_who_gave_no_age_or_school_are_counted_before_anything_is_solved(margins):
    answers = pd.read_csv(FOLDER / "dec13_excerpt.csv", dtype=str)
    responses = sp.bind(answers, sp.Questionnaire.infer(answers[VARIABLES]))

    with pytest.raises(sp.SocialpollError, match="have no target") as raised:
        sp.rake(responses, margins)

    assert "found DK/Ref (n = 40)" in str(raised.value)
    assert "found Female|DK/Ref (n = 2), Male|DK/Ref (n = 3)" in str(raised.value)


def test_the_trimmed_weights_are_those_of_r(complete, margins):
    responses = sp.bind(complete, sp.Questionnaire.infer(complete[VARIABLES]))
    listed = tuple(sp.Margin(of, targets) for of, targets in margins.items())
    trim = sp.Trim(lower=5, upper=95, rule="percentile", sharing="additive")

    weights = sp.weigh(responses, sp.Recipe((sp.Rake(listed), trim)))

    assert round(weights.diagnostics.iloc[-1]["deff"], 4) == 1.1193
    expected = complete["rake_trim_5_95"].astype(float).to_numpy()
    assert weights.values == pytest.approx(expected, abs=1e-6)
