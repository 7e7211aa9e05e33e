"""Figures and changes of waves that lie elsewhere are those of the same waves in memory."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError, WeightingError
from tests.indicators.polls import TWO_STAGES, questionnaire
from tests.indicators.test_scanned import assert_said_alike
from tests.indicators.test_tallied import DESIGNS, assert_alike, rounded

HALVES, AREA = {"m": 0.5, "f": 0.5}, {"x": 0.5, "y": 0.3, "z": 0.2}
INDICATORS = ["trust", "apps", sp.Mean("hours"), sp.Ratio("hours", "rooms")]
DESIGN = sp.SampleDesign(strata="stratum", weight="weight", lonely="centered")
GOLDEN = Path(__file__).parents[1] / "golden" / "cases"


def raked(one):
    return sp.rake(one, {"sex": HALVES, "area": AREA}, total=1000)


@pytest.fixture(scope="module")
def frames():
    # No sum of weights is halfway between two numbers to which a release rounds.
    return {"2019": poll(1, 150), "2020": poll(2, 240)}


def poll(seed, size):
    return rounded(seed, size).assign(weight=lambda one: one["weight"] * 1.0137)


@pytest.fixture(scope="module")
def cases(frames):
    return {name: sp.bind(one, questionnaire(), DESIGN) for name, one in frames.items()}


@pytest.fixture(scope="module")
def scans(frames, tmp_path_factory):
    """Scans of one folder that is partitioned by wave, each by a pattern of its own."""
    folder = tmp_path_factory.mktemp("answers")
    made = {}
    for name, frame in frames.items():
        part = folder / f"wave={name}"
        part.mkdir()
        frame.iloc[:100].to_parquet(part / "a.parquet", index=False)
        frame.iloc[100:].to_parquet(part / "b.parquet", index=False)
        made[name] = sp.scan(f"{folder}/wave={name}/*.parquet", questionnaire(), DESIGN)
    return made


@pytest.fixture(scope="module")
def expected(cases):
    return sp.estimate(weighted(cases), INDICATORS, by=["sex", ("sex", "area")])


@pytest.fixture(scope="module", params=["both lie elsewhere", "one is in memory"])
def found(request, scans, cases):
    waves = scans if request.param == "both lie elsewhere" else scans | {"2020": cases["2020"]}
    return sp.estimate(weighted(waves), INDICATORS, by=["sex", ("sex", "area")])


def weighted(waves):
    return sp.stack({"2019": raked(waves["2019"]), "2020": waves["2020"]})


def test_every_wave_has_the_figures_that_it_has_in_memory(found, expected):
    assert_alike(found.frame, expected.frame)
    assert_alike(*(pd.DataFrame(one.known_sums) for one in (found, expected)), without=())


def test_changes_and_trends_are_those_in_memory(found, expected):
    for made in (sp.change, sp.trend, lambda one: sp.change(one, against="first")):
        several = [made(one) for one in (found, expected)]
        assert several[1]["se"].gt(0).sum() > 30
        assert_alike(*several, without=())


@pytest.mark.parametrize("how", [{"against": "waves"}, {"within": "sex"}])
def test_waves_and_groups_are_compared_as_in_memory(found, expected, how):
    several = [sp.compare(one, **how).comparisons for one in (found, expected)]

    assert len(several[1]) > 10
    assert_alike(*several, without=())


def test_figures_of_independent_waves_do_not_vary_together_and_those_of_one_do(found, expected):
    frame = expected.frame
    rows = [int(np.flatnonzero(frame["wave"] == wave)[place]) for wave in frame["wave"].unique()
            for place in (0, 20)]  # fmt: skip

    covariance = found.covariance(rows)

    assert covariance == pytest.approx(expected.covariance(rows), rel=1e-9, abs=1e-15)
    assert np.abs(covariance[:2, 2:]).max() < 1e-15
    assert np.abs(covariance[0, 1]) > 1e-9
    assert found.degrees_of_freedom(rows) == expected.degrees_of_freedom(rows)


def test_a_release_and_a_report_say_what_those_of_waves_in_memory_say(found, expected):
    released = [sp.release(sp.compare(one, against="previous"), sp.MinBase(60))
                for one in (found, expected)]  # fmt: skip

    assert released[1].figures["estimate"].isna().any()
    assert_said_alike(*released)


@settings(max_examples=3)
@given(st.integers(0, 10_000), st.sampled_from(DESIGNS), st.booleans())
def test_waves_of_any_design_without_clusters_change_as_in_memory(seed, design, first_in_memory):
    frames = {name: rounded(seed + place, size)
              for name, place, size in (("a", 0, 40), ("b", 1, 90), ("c", 2, 40))}  # fmt: skip
    cases = {name: sp.bind(one, questionnaire(), design) for name, one in frames.items()}
    lying = {name: sp.scan(one, questionnaire(), design) for name, one in frames.items()}
    if first_in_memory:
        lying["a"] = cases["a"]

    found, expected = (
        sp.estimate(sp.stack(one), ["trust", sp.Total("hours")], by="sex") for one in (lying, cases)
    )

    assert_alike(found.frame, expected.frame)
    assert_alike(sp.change(found), sp.change(expected), without=())
    assert_alike(sp.trend(found), sp.trend(expected), without=())


@pytest.mark.parametrize("second_in_memory", [False, True])
def test_waves_of_clusters_and_of_cases_are_stacked_wherever_they_lie(frames, second_in_memory):
    clustered = replace(DESIGN, clusters="cluster", nested=True, fpc="units", fpc_as="count")
    two_stages = replace(TWO_STAGES, lonely="centered")
    designs = {"2019": clustered, "2020": two_stages if second_in_memory else DESIGN}
    cases = {name: sp.bind(frames[name], questionnaire(), one) for name, one in designs.items()}
    lying = {
        name: cases[name] if one is two_stages else sp.scan(frames[name], questionnaire(), one)
        for name, one in designs.items()
    }

    found, expected = (
        sp.estimate(sp.stack({"2019": raked(one["2019"]), "2020": one["2020"]}), "trust", by="sex")
        for one in (lying, cases)
    )

    assert_alike(found.frame, expected.frame)
    assert_alike(sp.change(found), sp.change(expected), without=())
    assert_alike(*(sp.compare(one, against="waves").comparisons for one in (found, expected)),
                 without=())  # fmt: skip


def measured():
    """Return what R was asked in two waves of the reference cases."""
    places = tuple(sp.Code(code=one, label=one) for one in ("u", "r"))
    return sp.Questionnaire(
        title="waves",
        questions=(
            sp.Single(name="s", text="s", options=places),
            sp.Number(name="fav", text="f", unit={"en": "1"}),
            sp.Number(name="score", text="s", unit={"en": "1"}),
        ),
    )


@pytest.mark.parametrize("post_stratified", [False, True])
def test_the_change_is_that_of_r(post_stratified):
    design = sp.SampleDesign(strata="s", weight="w")
    waves = {
        name: sp.scan(GOLDEN / "data" / f"wave{name}_pub.csv", measured(), design) for name in "12"
    }
    if post_stratified:
        waves = {
            name: sp.poststratify(one, "s", {"r": 400, "u": 900}) for name, one in waves.items()
        }
    kept = json.loads((GOLDEN / "results" / "t09_waves.json").read_text(encoding="utf-8"))["cases"]
    of_r = {
        case["params"]["var"]: case["expect"]
        for case in kept
        if case["design"] == (["w1p", "w2p"] if post_stratified else ["w1", "w2"])
        and case["params"]["subset"] is None
    }

    changes = sp.change(sp.estimate(sp.stack(waves), [sp.Mean("fav"), sp.Mean("score")]))

    for one in changes.to_dict("records"):
        theirs = of_r[one["indicator"]]
        assert one["df"] == theirs["df"]
        for ours, name in (("estimate_a", "est1"), ("estimate_b", "est2"), ("change", "diff"),
                           ("se", "se"), ("t", "z"), ("p", "p_t")):  # fmt: skip
            assert one[ours] == pytest.approx(theirs[name][0] if isinstance(theirs[name], list)
                                              else theirs[name], rel=1e-9)  # fmt: skip


def other(**changes):
    """Return the questionnaire with other words for the hours, and a question of its own."""
    asked = questionnaire()
    questions = [replace(one, **changes) if one.name == "hours" else one for one in asked.questions]
    return replace(asked, questions=tuple(questions))


def test_what_differs_between_waves_is_refused_and_may_still_be_weighted_by(frames, scans):
    alone = sp.Single(name="area2", text="Area", options=questionnaire()["area"].options)
    asked = replace(other(text="Hours a week?"), questions=(
        *other(text="Hours a week?").questions, alone))  # fmt: skip
    frame = frames["2019"].assign(area2=frames["2019"]["area"])
    several = []
    for made in (sp.scan, sp.bind):
        first = sp.rake(made(frame, asked, DESIGN), {"area2": AREA}, total=500)
        second = (
            scans["2020"] if made is sp.scan else sp.bind(frames["2020"], questionnaire(), DESIGN)
        )
        several.append(sp.stack({"2019": first, "2020": second}))

    assert several[0].differences == several[1].differences
    assert set(several[0].differences) == {"hours", "area2"}
    assert_alike(*(sp.estimate(one, "trust").frame for one in several))
    with pytest.raises(EstimationError, match="'hours': its wording differs"):
        sp.estimate(several[0], sp.Mean("hours"))
    with pytest.raises(WeightingError, match="'area2': it is not in wave '2020'"):
        several[0].tally(["sex", "area2"])


def test_breaks_and_what_was_not_offered_are_as_in_memory(frames):
    without_c = frames["2019"].assign(apps=frames["2019"]["apps"].str.replace("c", "").str.split()
                                      .str.join(" ").replace("", None))  # fmt: skip
    options = {
        "breaks": [sp.Break(question="trust", wave="2020", reason="Other words.")],
        "not_offered": {"2019": {"apps": ["c"]}},
        "labels": {"2019": {"en": "spring"}},
    }

    found, expected = (
        sp.estimate(
            sp.stack(
                {
                    "2019": made(without_c, questionnaire(), DESIGN),
                    "2020": made(frames["2020"], questionnaire(), DESIGN),
                },
                **options,
            ),
            ["trust", "apps"],
        )
        for made in (sp.scan, sp.bind)
    )

    assert set(sp.change(expected)["caveat"]) >= {"break in comparability", "not offered"}
    assert_alike(found.frame, expected.frame)
    assert_alike(sp.change(found), sp.change(expected), without=())


def test_the_busiest_hours_are_found_in_every_wave(scans, cases):
    assert_alike(*(sp.busiest(sp.stack(one), "online", 360) for one in (scans, cases)), without=())
