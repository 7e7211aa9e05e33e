"""The road from answers to documents, as an analyst writes it."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import numpy as np
import numpy.typing as npt
import pandas as pd

import socialpoll as sp


def from_a_frame(answers: pd.DataFrame, folder: Path) -> list[Path]:
    asked = sp.Questionnaire.infer(answers, exclude=["weight"])
    assert_type(asked, sp.Questionnaire)
    design = sp.SampleDesign(strata="region", clusters="district", weight="weight")
    responses = sp.bind(answers, asked, design)
    assert_type(responses, sp.Responses)
    weights = sp.rake(
        responses,
        {"sex": {"male": 0.501, "female": 0.499}, ("age", "sex"): {(1, "male"): 380_000.0}},
        total=900_000,
    )
    assert_type(weights, sp.Weights)
    estimates = sp.estimate(
        weights,
        ["account", sp.Mean("hours"), sp.Share("uses", base="asked")],
        by=["sex", ("sex", "age")],
    )
    assert_type(estimates, sp.Estimates)
    assert_type(estimates.frame, pd.DataFrame)
    assert_type(estimates.covariance(), npt.NDArray[np.float64])
    compared = sp.compare(estimates, within="sex")
    assert_type(compared, sp.Estimates)
    release = sp.release(compared, sp.MinBase(30), sp.StatCan())
    assert_type(release, sp.Release)
    assert_type(release.figures, pd.DataFrame)
    report = sp.compose(
        release,
        title={"en": "Use of the media", "ar": "استخدام وسائل الإعلام"},
        publisher=sp.Publisher(name={"en": "The office"}),
    )
    assert_type(report, sp.Report)
    assert_type(sp.render(report, "word"), list[sp.Document])
    return sp.export(report, "chart", to=folder, languages=["ar", "en"], formats=["svg"])


def from_a_poll_file(path: Path) -> sp.Report:
    poll = sp.Poll.load(path)
    assert_type(poll, sp.Poll)
    assert_type(poll.questionnaire, sp.Questionnaire)
    assert_type(poll.check(), pd.DataFrame)
    return poll.report()


def by_replicates(weights: sp.Weights, responses: sp.Responses) -> tuple[float, float]:
    replicates = sp.replicate(weights, sp.Bootstrap(200, seed=7))
    assert_type(replicates, sp.Replicates)
    quarters = sp.Quantile("hours", (0.25, 0.5, 0.75))
    estimates = sp.estimate(replicates, [quarters, sp.Ratio("spent", "earned")], by="sex")
    women = {"domain": "female", "category": "p50"}
    men = {"domain": "male", "category": "p50"}
    apart = estimates.contrast([(women, 1), (men, -1)])
    assert_type(apart, sp.Contrast)
    tested = sp.t_test(responses, "hours", by="sex")
    assert_type(tested, sp.TTest)
    return apart.p, tested.p


def in_steps(responses: sp.Responses, ages: pd.DataFrame) -> sp.Weights:
    recipe = sp.Recipe(
        (
            sp.NonResponse(within=("region",)),
            sp.Rake((sp.Margin(("age",), sp.Targets.from_frame(ages)),)),
            sp.Trim(upper=5.0),
        )
    )
    linted = sp.lint(responses, recipe)
    assert_type(linted, sp.Lint)
    linted.raise_if_errors()
    return sp.weigh(responses, recipe)


def what_is_wrong(path: Path) -> list[str]:
    try:
        sp.Poll.load(path)
    except sp.SocialpollError as error:
        return [f"{one.where}: {one.advice}" for one in error.problems]
    return []
