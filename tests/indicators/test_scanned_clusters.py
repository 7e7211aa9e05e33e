"""Figures of clustered samples that stay where they lie are those of the same cases in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st
from pandas.testing import assert_frame_equal

import socialpoll as sp
from socialpoll.responses import ClusterSums, tally
from tests.indicators.polls import CLUSTERED, TWO_STAGES, answers, questionnaire
from tests.indicators.test_tallied import assert_alike

ASKED = questionnaire()
SEXES = {"m": 0.55, "f": 0.45}
PLAIN = replace(CLUSTERED, fpc=None, fpc_as=None, disposition=None, interviewed=())
DESIGNS = [
    CLUSTERED,
    replace(PLAIN, lonely="centered"),
    replace(PLAIN, strata=None, lonely="certainty", nested=False),
    replace(TWO_STAGES, fpc="units"),
]
RECIPES = [
    sp.Recipe(()),
    sp.Recipe(
        (
            sp.NonResponse(within="sex"),
            sp.Rake((sp.Margin("sex", SEXES), sp.Margin("area", {"x": 0.4, "y": 0.3, "z": 0.3}))),
        )
    ),
    sp.Recipe((sp.PostStratify("sex", SEXES, total=4000.0),)),
]
INDICATORS = [
    "trust",
    "apps",
    sp.Mean("hours"),
    sp.Total("hours", name="summed"),
    sp.Ratio("hours", "rooms"),
    sp.Quantile("rooms", (0.2, 0.5), rule="math"),
]


def rounded(seed, size=90):
    """Return a poll in which some cases agree, some weigh nothing, and a cluster is alone."""
    frame = answers(seed, size)
    frame["hours"] = frame["hours"].round()
    random = np.random.default_rng(seed)
    frame["weight"] = random.choice([0.0, 10.0, 25.0, 71.0], size, p=[0.1, 0.3, 0.3, 0.3])
    frame.loc[:5, "weight"] = 20.0
    frame.loc[frame["cluster"] == 2, "weight"] *= random.choice([0.0, 1.0])
    return frame


def lent(frame, engine):
    return pl.from_pandas(frame).lazy() if engine == "polars" else duckdb.from_df(frame)


def close(covariance, expected):
    size = np.sqrt(np.outer(*[np.diagonal(expected)] * 2))
    return np.allclose(covariance / size, expected / size, rtol=0, atol=1e-9, equal_nan=True)


@settings(max_examples=4)
@given(st.integers(0, 10_000), st.sampled_from(DESIGNS), st.sampled_from(RECIPES))
def test_polls_of_any_clustered_design_have_the_same_figures(seed, design, recipe):
    frame = rounded(seed)
    indicators = ["trust", "apps", sp.Mean("hours")]

    found, expected = (
        sp.estimate(sp.weigh(one, recipe), indicators, by=["sex", "apps"])
        for one in (
            sp.scan(lent(frame, "polars"), ASKED, design),
            sp.bind(frame, ASKED, design),
        )
    )

    assert_alike(found.frame, expected.frame)
    rows = [*expected.frame.index[expected.frame["se"] > 0]][1::7]
    assert close(found.covariance(rows), expected.covariance(rows))
    assert found.degrees_of_freedom(rows) == expected.degrees_of_freedom(rows)


@pytest.fixture(scope="module")
def several():
    """The same weights of a scan and of its cases, and what both estimate."""
    frame = rounded(11, 240)
    lying = sp.scan(lent(frame, "polars"), ASKED, CLUSTERED)
    weights = [sp.weigh(one, RECIPES[2]) for one in (lying, sp.bind(frame, ASKED, CLUSTERED))]
    return weights, [sp.estimate(one, INDICATORS, ["sex", "apps"]) for one in weights]


@pytest.mark.parametrize("how", [{"within": "sex"}, {"within": "apps", "against": "rest"}])
def test_differences_are_those_in_memory(several, how):
    differences = [sp.compare(one, **how).comparisons for one in several[1]]

    assert len(differences[1]) > 5
    assert_alike(*differences, without=())


def test_contrasts_and_what_comes_first_are_those_in_memory(several):
    rows = [*several[1][1].frame.index[several[1][1].frame["se"] > 0]]
    asked = {"a": {rows[0]: 1.0, rows[9]: -1.0}, "b": {rows[1]: 0.5, rows[-1]: 0.5}}

    assert_frame_equal(*(one.contrasts(asked) for one in several[1]), rtol=1e-9)
    assert_alike(*(sp.lead(one).choices for one in several[1]), without=())


def test_models_and_tests_of_a_tally_are_those_of_the_clusters(several):
    names = ["hours", "sex", "trust"]
    (lying, cases), _ = several
    weights = lying.tally(names), cases

    models = [sp.regress(one, "hours", ["sex"]).frame for one in weights]
    tests = [sp.association(one, "trust", "sex").frame for one in weights]

    assert_frame_equal(*models, rtol=1e-8)
    assert_frame_equal(*tests, rtol=1e-8)
    assert_frame_equal(*(sp.t_test(one, "hours", by="sex").frame for one in weights), rtol=1e-8)


@pytest.mark.parametrize(
    "conventions", [sp.Precision(df="design", deff="without"), sp.Precision(df=40, level=0.9)]
)
def test_conventions_and_conditions_hold(conventions):
    frame = rounded(3)
    options = {"by": "area", "where": sp.Is("sex", "f"), "precision": conventions}

    found, expected = (
        sp.estimate(one, ["trust", sp.Mean("rooms"), sp.Variance("rooms")], **options)
        for one in (
            tally(lent(frame, "duckdb"), ASKED, PLAIN, names=["trust", "rooms", "area", "sex"]),
            sp.bind(frame, ASKED, PLAIN),
        )
    )

    assert_alike(found.frame, expected.frame)


def test_all_breakdowns_of_an_indicator_are_asked_for_in_one_pass(monkeypatch):
    passes = []
    told = ClusterSums.told
    monkeypatch.setattr(
        ClusterSums, "told", lambda one, asked: (passes.append(asked), told(one, asked))[1]
    )
    scan = sp.scan(lent(rounded(5), "polars"), ASKED, PLAIN)

    figures = sp.estimate(scan, ["trust"], by=["sex", "area"])
    (asked,) = passes
    compared = (
        sp.compare(figures, within="sex"),
        sp.compare(figures, within="area"),
        sp.lead(figures),
    )

    assert len(passes) == 1 + len(compared)
    assert len(asked.unions) == 1 + 2 + 3
    assert 12 < len(asked.products) <= 3 * len(asked.unions)


def test_facts_of_the_design_and_what_is_refused(tmp_path):
    frame = rounded(7)
    scan, cases = sp.scan(lent(frame, "polars"), ASKED, CLUSTERED), sp.bind(frame, ASKED, CLUSTERED)

    facts = [one.methodology.fact("responses", "design") for one in (scan, cases)]
    assert facts[0] == facts[1]
    counted = scan.tally(["trust"])
    assert sp.estimate(counted, "trust").frame["df"].iloc[0] == 4.0
    for needs_cases in (
        lambda: sp.estimate(scan, "trust").to_r(tmp_path),
        lambda: sp.replicate(sp.weigh(counted, RECIPES[0]), sp.Jackknife()),
        lambda: sp.estimate(
            replace(counted, repeats=replace(counted.repeats, clusters=None)), "trust"
        ),
    ):
        with pytest.raises(
            sp.SocialpollError, match=r"single cases are not in memory|which clusters"
        ):
            needs_cases()
    waves = sp.stack({"a": counted, "b": counted})
    assert sp.estimate(waves, "trust").frame["df"].iloc[0] == 4.0


DATA = Path(__file__).parents[2].parent / "shared" / "gss2016"


@pytest.mark.skipif(not DATA.is_dir(), reason="the microdata of the survey are not there")
def test_a_real_poll_has_the_figures_of_r_survey_where_it_lies():
    import pyreadstat

    names = ["facebook", "sex", "degree", "vstrat", "vpsu", "wtssall"]
    frame, _ = pyreadstat.read_dta(DATA / "gss2016_social.dta", usecols=names)
    frame["degree"] = frame["degree"].where(frame["degree"].notna(), 9)
    asked = sp.Questionnaire.infer(frame[names[:3]].astype("Int64").astype("string"))
    frame = frame.astype({"facebook": "Int64"})
    design = sp.SampleDesign(
        strata="vstrat", clusters="vpsu", nested=True, lonely="centered", weight="wtssall"
    )
    scan, cases = sp.scan(lent(frame, "duckdb"), asked, design), sp.bind(frame, asked, design)
    recipe = sp.Recipe((sp.Rake((sp.Margin("sex", {"1": 0.49, "2": 0.51}),), total=1e6),))
    oracle = pd.read_csv(DATA / "oracle_r_survey.csv").set_index(["variable", "group", "category"])

    plain = sp.estimate(scan, "facebook", by="sex").frame
    raked = [sp.estimate(sp.weigh(one, recipe), "facebook", by="degree") for one in (scan, cases)]

    yes = plain[plain["category"] == "1"].set_index("domain")
    theirs = oracle.loc["facebook"].loc[[("total", "all"), ("sex", "male"), ("sex", "female")]]
    for column in ("estimate", "se", "df"):
        assert np.allclose(yes.loc[["_T", "1", "2"], column], theirs[column], rtol=1e-9, atol=0)
    assert_alike(*(one.frame for one in raked))
    assert_alike(*(sp.compare(one, within="degree").comparisons for one in raked), without=())
