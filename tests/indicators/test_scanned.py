"""Figures of answers that stay where they lie are those of the same answers in memory."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from pandas.testing import assert_frame_equal

import socialpoll as sp
from socialpoll.demo import FOLDER, POLL_FILE
from socialpoll.errors import UnknownNameError
from socialpoll.indicators.counting import counted_together
from socialpoll.indicators.sources import engine_of
from socialpoll.totals import scanned
from tests.indicators.polls import questionnaire
from tests.indicators.test_tallied import DESIGNS, assert_alike, rounded

INDICATORS = [
    "account",
    "platforms",
    sp.Mean("hours"),
    sp.Quantile("hours", (0.1, 0.5), rule="school"),
    sp.Total("account"),
    sp.Variance("hours"),
    sp.CircularMean("busiest"),
    sp.Profile("age_group", among="platforms"),
]
BY = ["sex", ("age_group", "sex"), "platforms"]
SOURCES = ("csv", "csv of polars", "parquet", "parquet of polars", "pandas")


@pytest.fixture(scope="module")
def poll():
    return sp.Poll.load(POLL_FILE)


@pytest.fixture(scope="module")
def frame():
    return pd.read_csv(FOLDER / "responses.csv")


@pytest.fixture(scope="module")
def scans(poll, frame, tmp_path_factory):
    parquet = tmp_path_factory.mktemp("scanned") / "answers.parquet"
    frame.to_parquet(parquet, index=False)
    lying = [(FOLDER / "responses.csv", "duckdb"), (FOLDER / "responses.csv", "polars")]
    lying += [(parquet, "duckdb"), (parquet, "polars"), (frame, "duckdb")]
    made = [sp.scan(one, poll.questionnaire, poll.design, engine=engine) for one, engine in lying]
    return dict(zip(SOURCES, made, strict=True))


@pytest.fixture(scope="module")
def expected(poll, frame):
    return sp.estimate(sp.bind(frame, poll.questionnaire, poll.design), INDICATORS, BY)


@pytest.fixture(scope="module")
def found(scans):
    return sp.estimate(scans["parquet"], INDICATORS, BY)


def close(covariance, expected):
    size = np.sqrt(np.outer(*[np.diagonal(expected)] * 2))
    return (np.abs(covariance - expected) <= 1e-9 * size).all()


@pytest.mark.parametrize("source", SOURCES)
def test_the_bundled_poll_has_the_same_figures_wherever_it_lies(scans, expected, source):
    found = sp.estimate(scans[source], INDICATORS, BY)

    assert_alike(found.frame, expected.frame)
    assert found.weights_id == scans["parquet"].digest
    assert found.digests == {"answers": found.weights_id, "weights": found.weights_id}
    facts = [one.methodology.fact("indicators", "precision") for one in (found, expected)]
    assert_frame_equal(*map(pd.DataFrame, ([one] for one in facts)), rtol=1e-9)


def test_figures_of_several_questions_vary_together_as_in_memory(found, expected):
    frame = expected.frame
    rows = [*frame.index[frame["indicator"].isin(["account", "hours"])][:4], 40, 90, 120]
    several = {"a": {rows[0]: 1.0, rows[2]: -1.0}, "b": {rows[1]: 0.5, rows[-1]: 0.5}}

    assert close(found.covariance(rows), expected.covariance(rows))
    assert found.degrees_of_freedom(rows) == expected.degrees_of_freedom(rows)
    assert_frame_equal(found.contrasts(several), expected.contrasts(several), rtol=1e-9)


@pytest.mark.parametrize("how", [{"within": "sex"}, {"within": "platforms", "against": "rest"}])
def test_differences_are_those_in_memory(found, expected, how):
    differences = [sp.compare(one, **how).comparisons for one in (found, expected)]

    assert len(differences[1]) > 5
    assert_alike(*differences, without=())


def test_what_comes_first_is_what_comes_first_in_memory(found, expected):
    choices = [sp.lead(one).choices for one in (found, expected)]

    assert len(choices[1]) > 20
    assert_alike(*choices, without=())


def test_a_release_shows_and_hides_the_same_and_a_report_says_the_same(found, expected):
    released = [sp.release(one, sp.MinBase(60)) for one in (found, expected)]

    assert released[1].figures["estimate"].isna().any()
    assert_said_alike(*released)


def assert_said_alike(found, expected):
    """Hold a release, and a report of it, to another, but for hashes and the last digits."""
    assert_alike(found.figures, expected.figures)
    publisher = sp.Publisher(name={"en": "House"})
    said = []
    for one in (found, expected):
        report = sp.compose(one, title={"en": "Use"}, publisher=publisher)
        told = json.loads(sp.report_to_json(report), parse_float=shortened)
        said.append(without({*one.hashes.values()}, told))
    assert said[0] == said[1]


def shortened(number):
    return float(f"{float(number):.8g}")


def without(hashes, said):
    """Return what a report says, with one word for every hash."""
    match said:
        case dict():
            return {key: without(hashes, one) for key, one in said.items() if key not in hashes}
        case list():
            return [without(hashes, one) for one in said]
        case _:
            return "#" if isinstance(said, str) and any(one in said for one in hashes) else said


@pytest.mark.parametrize(
    "conventions", [sp.Precision(df="design", deff="without"), sp.Precision(df=40, level=0.9)]
)
def test_conventions_and_conditions_hold(scans, poll, frame, conventions):
    cases = sp.bind(frame, poll.questionnaire, poll.design)
    options = {"by": "age_group", "where": sp.Is("sex", "female"), "precision": conventions}

    several = [
        sp.estimate(one, ["trust", sp.Mean("hours")], **options) for one in (scans["csv"], cases)
    ]

    assert_alike(*(one.frame for one in several))
    assert close(*(one.covariance([1, 9]) for one in several))


def test_breakdowns_are_counted_one_by_one_where_they_make_too_many(
    poll, frame, expected, monkeypatch
):
    scan = sp.scan(frame, poll.questionnaire, poll.design)
    monkeypatch.setattr(scanned, "FEW", 500)
    of_account = expected.joint.blocks[:4]

    parts = list(counted_together(of_account, engine_of(scan, sp.Precision())))

    assert [blocks for blocks, _ in parts] == [[one] for one in of_account]
    assert len(parts[0][1].responses) < len(parts[1][1].responses) < 500
    assert_alike(sp.estimate(scan, INDICATORS, BY).frame, expected.frame)


@settings(max_examples=5)
@given(st.integers(0, 10_000), st.sampled_from([8, 60]), st.sampled_from(DESIGNS))
def test_polls_of_any_design_without_clusters_have_the_same_figures(seed, size, design):
    frame, asked = rounded(seed, size), questionnaire()
    indicators = ["trust", "apps", sp.Total("hours"), sp.Ratio("hours", "rooms")]

    found, expected = (
        sp.estimate(one, indicators, by=["sex", "apps"])
        for one in (sp.scan(frame, asked, design), sp.bind(frame, asked, design))
    )

    assert_alike(found.frame, expected.frame)
    last = len(expected) - 1
    assert np.allclose(found.covariance([0, last]), expected.covariance([0, last]), equal_nan=True)


def test_names_that_are_none_are_refused_as_in_memory(scans):
    for names, options in ((["acount"], {}), (["account"], {"by": "sexes"})):
        with pytest.raises(sp.SocialpollError, match="there is no question or derived variable"):
            sp.estimate(scans["parquet"], names, **options)


SEXES, ACCOUNTS = {"male": 0.6, "female": 0.4}, {"yes": 0.7, "no": 0.3}
RECIPE = sp.Recipe(
    (
        sp.NonResponse(within="governorate"),
        sp.Rake((sp.Margin("sex", SEXES), sp.Margin("account", ACCOUNTS)), total=1_000_000),
    )
)


@pytest.fixture(scope="module")
def weighed(scans, poll, frame):
    cases = sp.bind(frame, poll.questionnaire, poll.design)
    return [sp.weigh(one, RECIPE) for one in (scans["parquet"], cases)]


def test_weights_of_a_scan_are_fitted_once_and_hold_for_all_that_is_counted(weighed):
    several = [sp.estimate(one, INDICATORS, BY) for one in weighed]

    assert_alike(*(one.frame for one in several))
    assert (several[0].frame["caveat"] == "fixed by weighting").any()
    assert close(*(one.covariance([2, 30, 70]) for one in several))
    assert_alike(*(sp.compare(one, within="sex").comparisons for one in several), without=())
    assert_frame_equal(*(one.margins for one in weighed), rtol=1e-9)
    known = [pd.DataFrame(one.known_sums) for one in several]
    assert_frame_equal(*known, rtol=1e-9)


YOUNG = sp.Is("age_group", "18-29")
PLATFORMS = ("whatsapp", "youtube", "instagram", "snapchat")
LOOKED_AT_TOGETHER = {
    "regression": lambda one: sp.regress(one, "hours", ["sex", "age_group"], where=YOUNG).frame,
    "interaction": lambda one: (
        sp.regress(
            one, ("shopping", "yes"), ["sex", "hours", ("sex", "hours")], family="logistic"
        ).frame
    ),
    "two groups": lambda one: sp.t_test(one, "hours", by="sex", where=YOUNG).frame,
    "pairs": lambda one: sp.t_test(one, "hours", paired="accounts").frame,
    "single answers": lambda one: sp.association(one, "sex", "trust").frame,
    "several answers": lambda one: sp.association(one, "platforms", "sex").items,
    "duplication": lambda one: sp.duplication(one, "platforms", where=YOUNG),
    "best sets": lambda one: sp.best_reach(one, "platforms", 2, among=PLATFORMS, where=YOUNG),
}


@pytest.mark.parametrize("what", LOOKED_AT_TOGETHER)
def test_what_looks_at_several_variables_counts_them_together(weighed, what):
    found, expected = (LOOKED_AT_TOGETHER[what](one) for one in weighed)

    assert_frame_equal(found, expected, rtol=1e-8, atol=1e-12)
    assert found.notna().to_numpy().any()


def test_base_weights_of_a_scan_are_taken_to_models(scans, poll, frame):
    cases = sp.bind(frame, poll.questionnaire, poll.design)

    models = [sp.regress(one, "hours", ["sex"]).frame for one in (scans["csv"], cases)]

    assert_frame_equal(*models, rtol=1e-8)


def test_the_sets_that_serve_a_goal_are_those_in_memory(weighed):
    goal = sp.BestReach("platforms", sp.Goal(size=2), among=PLATFORMS)

    several = [sp.choose(one, goal, by=["sex", "governorate"], seed=3) for one in weighed]

    assert_alike(*(one.frame for one in several))
    assert_frame_equal(*(one.choices for one in several), rtol=1e-7)
    scanned, _ = weighed
    assert several[0].digests == {"answers": scanned.scan.digest, "weights": scanned.id}


def test_models_of_names_that_are_none_are_refused_as_in_memory(weighed):
    for asked in (
        lambda one: sp.regress(one, "hour", ["sex"]),
        lambda one: sp.association(one, "sexes", "trust"),
        lambda one: sp.t_test(one, "hours", by="sex", where=sp.Is("acount", "yes")),
        lambda one: sp.duplication(one, "platform"),
        lambda one: sp.choose(one, sp.BestReach("platforms", sp.Goal(size=1)), by="sexes"),
    ):
        told = []
        for one in weighed:
            with pytest.raises(UnknownNameError) as refused:
                asked(one)
            told.append((refused.value.what, refused.value.where, refused.value.found))
        assert told[0] == told[1]


def test_raking_and_post_stratifying_take_a_scan(scans, poll, frame):
    cases = sp.bind(frame, poll.questionnaire, poll.design)
    for made in (
        lambda one: sp.rake(one, {"sex": SEXES, "account": ACCOUNTS}),
        lambda one: sp.poststratify(one, ("sex",), SEXES, total=5000.0),
    ):
        several = [made(one) for one in (scans["csv"], cases)]
        assert_alike(*(sp.estimate(one, "trust", by="sex").frame for one in several))


def test_weights_by_variables_that_are_not_there_and_stacks_are_refused_of_a_scan(scans):
    with pytest.raises(sp.SocialpollError, match="'sexes'"):
        sp.rake(scans["csv"], {"sexes": SEXES})


def test_response_rates_and_lint_take_a_scan(scans, poll, frame):
    cases = sp.bind(frame, poll.questionnaire, poll.design)
    wrong = sp.Recipe((sp.PostStratify("sex", {"male": 0.5, "femal": 0.5}),))

    scan = scans["csv"]

    assert_frame_equal(sp.response_rates(scan).frame, sp.response_rates(cases).frame)
    assert_frame_equal(
        *(sp.response_rates(one, by="governorate").frame for one in (scan, cases)), rtol=1e-9
    )
    several = [[one.what for _, one in sp.lint(each, wrong).problems] for each in (scan, cases)]
    assert several[0] == several[1] != []


def test_what_looks_at_single_cases_is_refused_of_a_scan(scans, tmp_path):
    scan = scans["csv"]

    for needs_cases in (
        lambda: sp.check(scan),
        lambda: sp.write_dta(scan, tmp_path / "answers.dta"),
        lambda: sp.estimate(scan, "sex").to_r(tmp_path),
        lambda: sp.replicate(sp.rake(scan, {"sex": SEXES}), sp.Jackknife()),
        lambda: sp.check_agreement(scan, "sex", seed=1),
        lambda: sp.check_agreement(sp.rake(scan, {"sex": SEXES}), "sex", seed=1),
    ):
        with pytest.raises(sp.SocialpollError, match="single cases are not in memory"):
            needs_cases()
