"""Linearised standard errors are those of the jackknife and the bootstrap, through any chain."""

from __future__ import annotations

from functools import cache

import pytest

import socialpoll as sp
from tests.weighting.chains import RESPONSE, SIX, answers, questionnaire

CHAINS = {
    "post-stratify twice": (
        sp.PostStratify("sex", {"m": 1000, "f": 1200}),
        sp.PostStratify("area", {"x": 900, "y": 700, "z": 600}),
    ),
    "non-response, rake, trim": (*RESPONSE, SIX, sp.Trim(upper=8)),
    "propensity, rake": (RESPONSE[0], sp.Propensity(("area", "age")), SIX),
}
INDICATORS = [sp.Share("uses"), sp.Mean("hours"), sp.Ratio("hours", "age")]


@cache
def responses() -> sp.Responses:
    """Sixty clusters of ten in two strata, a fixed sample."""
    design = sp.SampleDesign(
        strata="stratum",
        clusters="cluster",
        nested=True,
        weight="base",
        disposition="became",
        outcomes={"in": "interview", "no": "refusal", "away": "noncontact",
                  "who": "unknown_household", "none": "ineligible"},
    )  # fmt: skip
    return sp.bind(answers(11, size=600, clusters=30), questionnaire(), design)


@cache
def agreement(chain: str):
    weights = sp.weigh(responses(), sp.Recipe(CHAINS[chain]))
    return sp.check_agreement(weights, INDICATORS, by="sex", seed=3, replicates=800).frame


@pytest.mark.parametrize("chain", CHAINS)
def test_the_jackknife_with_every_step_run_again_is_within_six_percent(chain):
    # 60 units: the jackknife of a nonlinear figure is larger by the order of 1/60 and its square.
    ratio = agreement(chain)["ratio_jackknife"].dropna()
    assert len(ratio) == 12
    assert ratio.between(0.97, 1.06).all()


@pytest.mark.parametrize("chain", CHAINS)
def test_the_bootstrap_with_every_step_run_again_is_within_ten_percent(chain):
    # A standard error from 800 replicates has a relative error of 1 / √1600, 2.5 %; thrice it, and
    # what 60 units leave of curvature.
    ratio = agreement(chain)["ratio_bootstrap"].dropna()
    assert ratio.between(0.90, 1.10).all()
    assert abs(ratio.mean() - 1) < 0.05


def test_the_worst_ratio_is_told_as_a_factor():
    found = sp.check_agreement(responses(), "hours", seed=1, replicates=300)
    row = found.frame.iloc[0]
    ratios = [row["ratio_jackknife"], row["ratio_bootstrap"]]
    assert found.worst() == pytest.approx(max(max(one, 1 / one) for one in ratios))
