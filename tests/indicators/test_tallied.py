"""Figures of combinations that were counted elsewhere are those of the cases, in every column."""

from __future__ import annotations

from operator import attrgetter

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st
from pandas.testing import assert_frame_equal

import socialpoll as sp
from socialpoll.demo import FOLDER, POLL_FILE
from socialpoll.responses import tally
from tests.indicators.polls import answers, questionnaire

CLOSE = 1e-9
BLOCKS = {
    "one answer": (
        "account trust sex age_group",
        ["account", "trust", sp.Share("account", base="asked", name="asked")],
        ["sex", ("sex", "age_group")],
    ),
    "several answers": (
        "platforms purposes posting governorate",
        ["platforms", sp.Share("purposes", of="responses"), sp.Share("posting", base="asked")],
        ["governorate", "platforms"],
    ),
    "times": (
        "busiest sex",
        ["busiest", sp.CircularMean("busiest"), sp.Concentration("busiest")],
        ["sex"],
    ),
    "numbers": (
        "hours trust account accounts sex education_group",
        [
            sp.Mean("hours"),
            sp.Mean("trust"),
            sp.Total("account"),
            sp.Ratio("hours", "accounts"),
            sp.Variance("hours"),
        ],
        ["sex", ("sex", "education_group")],
    ),
    "quantiles": (
        "hours sex",
        [sp.Quantile("hours", (0.1, 0.5, 0.9), rule=one, name=one) for one in ("math", "school")],
        ["sex"],
    ),
    "profiles": ("age_group platforms", [sp.Profile("age_group", among="platforms")], []),
}


def assert_alike(found, expected, *, without=("weights_id",)):
    assert_frame_equal(
        found.drop(columns=list(without)),
        expected.drop(columns=list(without)),
        rtol=CLOSE,
        atol=1e-12,
    )


@pytest.fixture(scope="module")
def poll():
    return sp.Poll.load(POLL_FILE)


@pytest.fixture(scope="module")
def cases(poll):
    frame = pd.read_csv(FOLDER / "responses.csv")
    return sp.bind(frame, poll.questionnaire, poll.design)


def tallied(poll, names):
    lazy = pl.scan_csv(FOLDER / "responses.csv")
    return tally(lazy, poll.questionnaire, poll.design, names=names)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_bundled_poll_has_the_same_figures(poll, cases, block):
    names, indicators, by = BLOCKS[block]

    found = sp.estimate(tallied(poll, names.split()), indicators, by)

    expected = sp.estimate(cases, indicators, by)
    assert_alike(found.frame, expected.frame)
    said, facts = (
        pd.DataFrame([one.methodology.fact("indicators", "precision")]) for one in (found, expected)
    )
    assert_frame_equal(said, facts, rtol=CLOSE)


@pytest.mark.parametrize(
    "precision",
    [
        sp.Precision(df="design", deff="without"),
        sp.Precision(level=0.9, interval="beta"),
        sp.Precision(df=40, interval="wilson"),
    ],
)
def test_figures_of_a_part_are_the_same_under_every_convention(poll, cases, precision):
    indicators, by, where = ["account", sp.Mean("hours")], ["age_group"], sp.Is("sex", "female")

    found, expected = (
        sp.estimate(one, indicators, by, where=where, precision=precision)
        for one in (tallied(poll, ["account", "hours", "age_group", "sex"]), cases)
    )

    assert_alike(found.frame, expected.frame)


def test_covariances_and_comparisons_are_the_same(poll, cases):
    names = ["platforms", "trust", "hours", "sex", "age_group"]
    indicators = ["platforms", "trust", sp.Mean("hours"), sp.Quantile("hours")]

    found, expected = (
        sp.estimate(one, indicators, by=["sex", "age_group"])
        for one in (tallied(poll, names), cases)
    )

    covariance = expected.covariance()
    size = np.sqrt(np.outer(*[np.diagonal(covariance)] * 2))
    assert (np.abs(found.covariance() - covariance) <= CLOSE * size).all()
    assert found.degrees_of_freedom([1, 2]) == expected.degrees_of_freedom([1, 2])
    for options in ({"within": "sex"}, {"within": "age_group", "against": "rest"}):
        differences = [sp.compare(one, **options).comparisons for one in (found, expected)]
        assert len(differences[1]) > 0
        assert_alike(*differences, without=())


SEXES, ACCOUNTS = {"male": 0.6, "female": 0.4}, {"yes": 0.9, "no": 0.1}
MARGINS = (sp.Margin("sex", SEXES), sp.Margin("account", ACCOUNTS))
RECIPES = {
    "raked": (sp.NonResponse(within="governorate"), sp.Rake(MARGINS, total=1_000_000)),
    "raked to the sample": (sp.Rake(MARGINS), sp.Require(max_deff=9, max_ratio=900)),
    "post-stratified": (sp.PostStratify("sex", SEXES), sp.Rescale("interviews")),
}


@pytest.mark.parametrize("recipe", RECIPES)
def test_weights_by_classes_are_those_of_the_cases(poll, cases, recipe):
    recipe = sp.Recipe(RECIPES[recipe])
    names = ["platforms", "account", "hours", "sex", "governorate"]
    indicators, by = ["sex", "platforms", "account", sp.Mean("hours")], ["sex", "governorate"]

    weights = [sp.weigh(one, recipe) for one in (tallied(poll, names), cases)]

    found, expected = (sp.estimate(one, indicators, by) for one in weights)
    assert_alike(found.frame, expected.frame)
    assert (found.frame["caveat"] == "fixed by weighting").any()
    assert weights[0].scale == weights[1].scale
    facts = [
        [one for one in each.methodology.facts if one.stage == "weighting"] for each in weights
    ]
    said = [pd.DataFrame(map(attrgetter("values"), each)) for each in facts]
    assert_frame_equal(*said, rtol=CLOSE)
    assert_frame_equal(*(one.diagnostics for one in weights), rtol=CLOSE)


def test_limits_hold_where_those_who_agree_have_one_base_weight(poll, cases):
    recipe = sp.Recipe((sp.Rescale("interviews"), sp.Trim(upper=1.1)))

    weights = [sp.weigh(one, recipe) for one in (tallied(poll, ["sex"]), cases)]

    assert weights[1].to_frame()["weight"].max() == pytest.approx(1.1)
    assert_frame_equal(*(one.diagnostics for one in weights), rtol=CLOSE)
    assert_alike(*(sp.estimate(one, "sex").frame for one in weights))


def test_models_and_tests_of_combinations_are_those_of_the_cases(poll, cases):
    found, expected = (
        (
            sp.regress(one, "hours", ["sex", "age"]).frame,
            sp.t_test(one, "hours", by="sex").frame,
            sp.association(one, "trust", "sex").frame,
        )
        for one in (tallied(poll, ["hours", "sex", "age", "trust"]), cases)
    )

    for of_combinations, of_cases in zip(found, expected, strict=True):
        assert_frame_equal(of_combinations, of_cases, rtol=1e-8)


@pytest.mark.parametrize("lonely", ["centered", "certainty", "average"])
def test_waves_are_stacked_and_change_is_that_of_the_cases(lonely):
    design = sp.SampleDesign(strata="stratum", weight="weight", lonely=lonely)
    frames, asked = {"2019": rounded(1, 150), "2020": rounded(2, 240)}, questionnaire()
    names, indicators = ["trust", "apps", "hours", "sex"], ["trust", "apps", sp.Mean("hours")]

    found, expected, mixed = (
        sp.estimate(sp.stack(waves), indicators, by="sex")
        for waves in (
            {name: tally(one, asked, design, names=names) for name, one in frames.items()},
            {name: sp.bind(one, asked, design) for name, one in frames.items()},
            {
                "2019": sp.bind(frames["2019"], asked, design),
                "2020": tally(frames["2020"], asked, design, names=names),
            },
        )
    )

    for one in (found, mixed):
        assert_alike(one.frame, expected.frame)
        changes = [sp.change(each) for each in (one, expected)]
        assert len(changes[1]) > 0
        assert_alike(*changes, without=())


def rounded(seed, size):
    """Return a small poll in which many cases agree, a few weigh nothing, a stratum has one."""
    random = np.random.default_rng(seed)
    frame = answers(seed, size)
    frame["online"] = frame["online"].replace(r":\d\d$", ":00", regex=True)
    frame["hours"] = frame["hours"].round()
    frame["weight"] = random.choice([0.0, 1.0, 2.5, 7.1], size, p=[0.1, 0.3, 0.3, 0.3])
    frame.loc[:5, "weight"] = 2.0
    frame["all"] = np.where(frame["stratum"] == "s", size, 3 * size)
    frame.loc[size - 1, "stratum"] = "u"
    frame.loc[size - 1, "all"] = 4
    return frame


DESIGNS = [
    sp.SampleDesign(weight="weight"),
    sp.SampleDesign(strata="stratum", weight="weight", lonely="centered"),
    sp.SampleDesign(
        strata="stratum",
        weight="weight",
        lonely="collapse",
        fpc="all",
        fpc_as="count",
        disposition="disposition",
        interviewed=("in",),
    ),
]


@settings(max_examples=8)
@given(st.integers(0, 10_000), st.sampled_from([8, 30, 150]), st.sampled_from(DESIGNS))
def test_polls_of_any_design_without_clusters_have_the_same_figures(seed, size, design):
    frame, asked = rounded(seed, size), questionnaire()
    indicators = [
        "trust", "apps", "online", sp.Mean("hours"), sp.Total("hours"),
        sp.Ratio("hours", "rooms"), sp.Quantile("rooms", (0.2, 0.5)),
    ]  # fmt: skip
    by = ["sex", ("sex", "area"), "apps"]

    found, expected = (
        sp.estimate(one, indicators, by)
        for one in (tally(frame, asked, design, names=asked.names), sp.bind(frame, asked, design))
    )

    assert_alike(found.frame, expected.frame)


def test_cases_that_are_there_twice_are_two_and_not_one(poll):
    frame = pd.read_csv(FOLDER / "responses.csv")
    twice = pl.from_pandas(pd.concat([frame, frame])).lazy()

    once, doubled = (
        sp.estimate(tally(one, poll.questionnaire, poll.design, names=["account"]), "account").frame
        for one in (frame, twice)
    )

    assert doubled["n_category"].tolist() == (2 * once["n_category"]).tolist()
    assert np.allclose(once["se"] / doubled["se"], np.sqrt(2), rtol=0.01)


def test_estimates_need_no_more_than_what_was_tallied(poll):
    of_sex = tallied(poll, ["sex"])

    with pytest.raises(sp.SocialpollError):
        sp.estimate(of_sex, "account")
    with pytest.raises(sp.SocialpollError):
        sp.estimate(of_sex, "sex", by="account")
    with pytest.raises(sp.SocialpollError):
        sp.estimate(of_sex, "sex", where=sp.Is("account", "yes"))


def test_quantiles_between_single_cases_are_refused(poll):
    with pytest.raises(sp.SocialpollError, match="'hf7' reads a quantile off between single cases"):
        sp.estimate(tallied(poll, ["hours"]), sp.Quantile("hours", rule="hf7"))


def test_what_looks_at_single_cases_is_refused(poll, tmp_path):
    counted = tallied(poll, poll.questionnaire.names)
    figures = sp.estimate(counted, "sex")

    for needs_cases in (
        lambda: figures.to_r(tmp_path),
        lambda: sp.check(counted),
        lambda: sp.write_dta(counted, tmp_path / "answers.dta"),
        lambda: sp.replicate(sp.weigh(counted, sp.Recipe((sp.Rescale(100.0),))), sp.Jackknife()),
        lambda: sp.weights_from(counted, np.ones(len(counted))),
    ):
        with pytest.raises(sp.SocialpollError, match="single cases are not in memory"):
            needs_cases()
