"""Questions that are estimated at once have the figures that each has alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import socialpoll as sp
from socialpoll.totals import alike

REFUSED = sp.Missing(code="r", label="refused", reason="refused", in_base=False)
UNSURE = sp.Missing(code="u", label="unsure", reason="dont_know", in_base=True)
CODES = {"yes_or_no": ("a", "b"), "scale": ("a", "b", "c")}


def _asked() -> sp.Questionnaire:
    def single(name: str, codes: tuple[str, ...], missing: tuple[sp.Missing, ...]) -> sp.Single:
        options = tuple(sp.Code(code=one, label=one) for one in codes)
        return sp.Single(name=name, text=name, options=options, missing=missing)

    return sp.Questionnaire(
        title="stacks",
        questions=(
            single("sex", ("m", "f"), ()),
            single("region", ("n", "s", "w"), ()),
            single("first", CODES["yes_or_no"], (REFUSED,)),
            single("three", CODES["scale"], (REFUSED,)),
            single("second", CODES["yes_or_no"], (REFUSED,)),
            single("unsure", CODES["yes_or_no"], (UNSURE,)),
            single("third", CODES["yes_or_no"], (REFUSED,)),
        ),
    )


QUESTIONS = ["first", "three", "second", "unsure", "third"]
BY = ["sex", ("sex", "region")]


def _answers() -> pd.DataFrame:
    random = np.random.default_rng(5)
    n = 240
    return pd.DataFrame(
        {
            "sex": random.choice(["m", "f"], n),
            "region": random.choice(["n", "s", "w", None], n, p=[0.4, 0.3, 0.25, 0.05]),
            "cluster": np.arange(n) // 6,
            "stratum": np.arange(n) // 60,
            "w": random.lognormal(0, 0.5, n),
            "first": random.choice(["a", "b", "r", None], n),
            "second": random.choice(["a", "b"], n),
            "third": np.full(n, "b"),
            "three": random.choice(["a", "b", "c", "r"], n),
            "unsure": random.choice(["a", "b", "u"], n),
        }
    )


def _responses(clusters: str | None) -> sp.Responses:
    design = sp.SampleDesign(strata="stratum", clusters=clusters, weight="w")
    return sp.bind(_answers(), _asked(), design)


def _source(clusters: str | None, *, raked: bool) -> sp.Responses | sp.Weights:
    responses = _responses(clusters)
    return sp.rake(responses, {"sex": {"m": 0.5, "f": 0.5}}, total=1000) if raked else responses


@pytest.mark.parametrize("raked", [False, True])
@pytest.mark.parametrize("clusters", ["cluster", None])
def test_a_question_has_the_same_rows_among_others_as_alone(
    clusters: str | None, *, raked: bool
) -> None:
    source = _source(clusters, raked=raked)
    together = sp.estimate(source, QUESTIONS, by=BY).frame
    alone = [sp.estimate(source, one, by=BY).frame for one in QUESTIONS]
    assert_frame_equal(together, pd.concat(alone, ignore_index=True), rtol=1e-12)


@pytest.mark.parametrize("clusters", ["cluster", None])
def test_how_many_questions_are_summed_at_once_changes_nothing(
    clusters: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = _source(clusters, raked=True)
    many = sp.estimate(source, QUESTIONS, by=BY).frame
    monkeypatch.setattr(alike, "AT_ONCE", 1)
    assert_frame_equal(sp.estimate(source, QUESTIONS, by=BY).frame, many, rtol=1e-12)


def test_rows_stay_in_the_order_of_indicators_and_breakdowns() -> None:
    frame = sp.estimate(_responses("cluster"), QUESTIONS, by=BY).frame
    keys = frame[["indicator", "breakdown"]].drop_duplicates().to_numpy().tolist()
    breakdowns = ["_T", "sex", "sex|region"]
    assert keys == [[one, by] for one in QUESTIONS for by in breakdowns]


def test_the_joint_covariance_of_figures_of_a_stack_has_their_variances() -> None:
    estimates = sp.estimate(_source("cluster", raked=True), QUESTIONS, by=BY)
    variance = estimates.frame["se"].to_numpy() ** 2
    known = np.flatnonzero(variance > 0)
    found = np.diagonal(estimates.covariance(known.tolist()))
    np.testing.assert_allclose(found, variance[known], rtol=1e-9)


def test_without_precision_questions_of_an_opt_in_sample_are_put_together_too() -> None:
    design = sp.SampleDesign(weight="w", sampling="opt_in")
    opt_in = sp.bind(_answers(), _asked(), design)
    frame = sp.estimate(opt_in, QUESTIONS, by=BY).frame
    assert frame["se"].isna().all()
    assert frame["estimate"].notna().any()
