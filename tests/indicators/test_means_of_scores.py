"""Means of scores and of numbers of choices: of the number that stands for an answer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp

SCORES = {"detractor": -100, "passive": 0, "promoter": 100}


def codes(*several):
    return tuple(sp.Code(code=one, label=str(one)) for one in several)


def bands(**scores):
    limits = {"detractor": (0, 6), "passive": (7, 8), "promoter": (9, 10)}
    return tuple(
        sp.Band(code=code, label=code, minimum=low, maximum=high, score=scores.get(code))
        for code, (low, high) in limits.items()
    )


POLL = sp.Questionnaire(
    title="Poll",
    questions=(
        sp.Multiple(
            name="apps",
            text="Which?",
            layout="cell",
            options=(*codes("a", "b", "c"), sp.Code(code="none", label="None", exclusive=True)),
            missing=(sp.Missing(code="dk", label="?", reason="dont_know", in_base=True),),
        ),
        sp.Scale(name="trust", text="Trust?", code_type="integer", options=codes(1, 2, 3, 4, 5)),
        sp.Number(name="recommend", text="0 to 10?", unit="points", minimum=0, maximum=10),
        sp.Number(name="chosen", text="By hand", unit="options"),
        sp.Number(name="promoting", text="By hand", unit="points"),
        sp.Single(name="sex", text="Sex?", options=codes("m", "f")),
    ),
    derived=(
        sp.Boxes(name="ends", of="trust"),
        sp.Bands(name="nps", of="recommend", label="NPS", bands=bands(**SCORES)),
        sp.Nets(
            name="kinds",
            of="apps",
            label="Kinds",
            nets=(
                sp.Net(code="ab", label="A or B", codes=("a", "b")),
                sp.Net(code="bc", label="B or C", codes=("b", "c")),
            ),
        ),
    ),
)


def counted(cell):
    if cell in (None, "dk"):
        return np.nan
    return 0 if cell == "none" else len(cell.split())


@pytest.fixture(scope="module")
def weights():
    random, n = np.random.default_rng(7), 600
    cells = [" ".join(np.array(list("abc"))[one]) or "none" for one in random.random((n, 3)) < 0.4]
    lost = random.random(n)
    cells = [None if x < 0.05 else "dk" if x < 0.1 else c for c, x in zip(cells, lost, strict=True)]
    recommend = random.integers(0, 11, n)
    frame = pd.DataFrame(
        {
            "apps": cells,
            "trust": random.integers(1, 6, n),
            "recommend": recommend,
            "chosen": [counted(one) for one in cells],
            "promoting": np.where(recommend > 8, 100, np.where(recommend < 7, -100, 0)),
            "sex": random.choice(["m", "f"], n),
            "stratum": np.arange(n) // 150,
            "cluster": np.arange(n) // 10,
            "w": random.lognormal(0, 0.5, n),
        }
    )
    design = sp.SampleDesign(strata="stratum", clusters="cluster", weight="w")
    return sp.rake(sp.bind(frame, POLL, design), {"sex": {"m": 0.5, "f": 0.5}}, total=1000)


FIGURES = ["domain", "estimate", "se", "ci_low", "ci_high", "deff", "n_base", "df"]


def figures(source, indicator):
    return sp.estimate(source, [indicator], by="sex").frame[FIGURES]


@pytest.mark.parametrize("kind", [sp.Mean, sp.Quantile, sp.Variance])
@pytest.mark.parametrize(("name", "by_hand"), [("apps", "chosen"), ("nps", "promoting")])
def test_scores_and_choices_are_as_the_number_counted_by_hand(weights, kind, name, by_hand):
    pd.testing.assert_frame_equal(figures(weights, kind(name)), figures(weights, kind(by_hand)))


def test_replicates_agree_with_the_number_counted_by_hand(weights):
    source = sp.replicate(weights, sp.Bootstrap(40, seed=1))

    found, by_hand = (figures(source, sp.Mean(name)) for name in ("apps", "chosen"))

    pd.testing.assert_frame_equal(found, by_hand, rtol=1e-12)


@pytest.mark.parametrize(
    ("name", "top", "bottom"), [("nps", "promoter", "detractor"), ("ends", "top", "bottom")]
)
def test_a_net_score_is_the_top_less_the_bottom_with_their_covariance(weights, name, top, bottom):
    estimates = sp.estimate(weights, [sp.Share(name), sp.Mean(name)])
    frame = estimates.frame.set_index("category")
    rows = [int(np.flatnonzero(estimates.frame["category"] == one)[0]) for one in (top, bottom)]
    v = estimates.covariance(rows)

    net = frame.loc["_Z"]
    assert net["unit"] == "score"
    assert net["estimate"] == pytest.approx(
        100 * (frame.loc[top, "estimate"] - frame.loc[bottom, "estimate"])
    )
    assert net["se"] == pytest.approx(100 * np.sqrt(v[0, 0] + v[1, 1] - 2 * v[0, 1]))


def test_the_mean_number_chosen_is_the_sum_of_the_shares_of_those_who_know(weights):
    frame = sp.estimate(weights, ["apps", sp.Mean("apps")]).frame.set_index("item")
    know = 1 - frame.loc["dk", "estimate"]

    mean = frame.loc["_Z"]
    assert mean["unit"] == "options"
    assert mean["estimate"] * know == pytest.approx(frame.loc[["a", "b", "c"], "estimate"].sum())


def test_nets_are_counted_as_options_are(weights):
    frame = sp.estimate(weights, ["kinds", sp.Mean("kinds")]).frame.set_index("item")
    know = 1 - frame.loc["dk", "estimate"]

    mean = frame.loc["_Z", "estimate"]
    assert mean * know == pytest.approx(frame.loc[["ab", "bc"], "estimate"].sum())


def test_some_bands_with_a_score_and_some_without_are_refused():
    with pytest.raises(sp.errors.QuestionnaireError, match="the score is missing"):
        sp.Questionnaire(
            title="Poll",
            questions=(sp.Number(name="recommend", text="?", unit="points"),),
            derived=(sp.Bands(name="nps", of="recommend", label="NPS", bands=bands(promoter=100)),),
        )


def test_codes_without_scores_have_no_mean(weights):
    with pytest.raises(sp.errors.EstimationError, match="no numbers to sum"):
        sp.estimate(weights, [sp.Mean("sex")])
