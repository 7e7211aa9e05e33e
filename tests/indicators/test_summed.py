"""Figures of numbers that nearly everybody answers differently are those of the cases."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from tests.indicators.test_tallied import assert_alike
from tests.responses.asking import asking, missing, number, single

CLASSES = (
    sp.Band(code="low", label="Low", maximum=20),
    sp.Band(code="high", label="High", minimum=20.005),
)
ASKED = asking(
    single("m", "f", name="sex"),
    single("y", "o", name="age"),
    single("yes", "no", name="uses"),
    number("minutes", asked_if=sp.Is("uses", "yes")),
    number("income", minimum=0, maximum=50_000, missing=(missing(-1),)),
    derived=(sp.Bands(name="class", label="?", of="income", bands=CLASSES),),
)
DESIGN = sp.SampleDesign(strata="s", weight="w")
INDICATORS = [
    "sex",
    sp.Mean("minutes"),
    sp.Total("income"),
    sp.Ratio("minutes", "income"),
    sp.Variance("income"),
]
BY = ["sex", ("sex", "age"), "class"]


def poll(seed, size=300, offset=0.0):
    """Return answers of every kind: valid and not, of weight 0, the same of all, of one alone."""
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "s": draw.choice(["a", "b"], size),
            "sex": draw.choice(["m", "f"], size),
            "age": draw.choice(["y", "o"], size, p=[0.9, 0.1]),
            "uses": draw.choice(["yes", "no"], size),
            "minutes": offset + draw.gamma(2, 30, size),
            "income": draw.lognormal(3, 1, size).round(2),
            "w": draw.choice([0.0, 1.0, 2.5, 7.1], size, p=[0.1, 0.3, 0.3, 0.3]),
        }
    )
    frame.loc[draw.random(size) < 0.1, "minutes"] = np.nan
    frame.loc[frame["age"] == "o", "income"] = 12.25
    frame.loc[draw.random(size) < 0.1, "income"] = draw.choice([-1.0, 99_999.0, np.inf])
    frame.loc[:3, ["s", "w"]] = [["a", 2.0], ["b", 2.0]] * 2
    return frame


def both(frame, **options):
    scanned = sp.scan(pl.from_pandas(frame).lazy(), ASKED, DESIGN)
    cases = sp.bind(frame, ASKED, DESIGN)
    return [sp.estimate(one, INDICATORS, BY, **options) for one in (scanned, cases)]


@settings(max_examples=4)
@given(st.integers(0, 10_000), st.sampled_from([12, 300]))
def test_polls_have_the_same_figures(seed, size):
    found, expected = both(poll(seed, size))

    assert_alike(found.frame, expected.frame)


@pytest.fixture(scope="module")
def frame():
    return poll(1)


@pytest.fixture(scope="module")
def estimated(frame, tmp_path_factory):
    path = tmp_path_factory.mktemp("summed") / "answers.parquet"
    frame.to_parquet(path)
    cases = sp.bind(frame, ASKED, DESIGN)
    margins = {"sex": {"m": 0.5, "f": 0.5}, "age": {"y": 0.7, "o": 0.3}}
    scans = [sp.scan(path, ASKED, DESIGN), sp.scan(pl.from_pandas(frame).lazy(), ASKED, DESIGN)]
    return [
        sp.estimate(sp.rake(one, margins, total=1e6), INDICATORS, BY) for one in (*scans, cases)
    ]


def test_weighted_figures_are_the_same_whatever_engine_sums(estimated):
    for found in estimated[:-1]:
        assert_alike(found.frame, estimated[-1].frame)


def test_figures_of_several_numbers_vary_together_as_in_memory(estimated):
    found, _, expected = estimated
    names = expected.frame["indicator"]
    rows = [row for name in names.unique()[1:] for row in names.index[names == name][1:4]]

    covariance = expected.covariance(rows)

    size = np.sqrt(np.outer(*[np.diagonal(covariance)] * 2))
    assert (np.abs(found.covariance(rows) - covariance) <= 1e-9 * size).all()
    assert found.degrees_of_freedom(rows[3:5]) == expected.degrees_of_freedom(rows[3:5])
    assert_alike(
        *(sp.compare(one, within="sex").comparisons for one in (found, expected)), without=()
    )


def test_conditions_hold_and_numbers_far_from_zero_keep_their_digits():
    where = sp.Is("age", "y")
    found, expected = both(poll(3, offset=1e9), where=where)
    near, _ = both(poll(3), where=where)

    # What a sum of squares has lost in memory as well is not compared.
    of_mean = expected.frame["indicator"] == "minutes"
    columns = ["estimate", "se", "n_answered", "n_effective", "df"]
    far, there, here = (one.frame[of_mean][columns] for one in (found, expected, near))
    assert np.allclose(far, there, rtol=1e-8, equal_nan=True)
    assert np.allclose(far.drop(columns="estimate"), here.drop(columns="estimate"), rtol=1e-7,
                       equal_nan=True)  # fmt: skip


def test_combinations_are_no_more_than_those_of_all_else(frame):
    scanned = sp.scan(frame, ASKED, DESIGN)

    counted = scanned.tally(["minutes", "sex"], summed={"minutes": 1}, most=40)

    assert len(counted) < 60
    with pytest.raises(sp.SocialpollError, match="round numbers, or use bands of them"):
        scanned.tally(["minutes", "sex"], most=40)


def test_what_needs_the_values_of_a_number_is_refused_of_its_sums(frame):
    scanned = sp.scan(frame, ASKED, DESIGN)
    counted = scanned.tally(["sex", "minutes", "uses"], summed={"minutes": 1})

    assert len(sp.estimate(counted, sp.Mean("minutes"), by="sex").frame) == 3
    for needs_values in (
        lambda: sp.estimate(counted, sp.Quantile("minutes")),
        lambda: sp.estimate(counted, sp.Variance("minutes")),
        lambda: sp.regress(counted, "minutes", ["sex"]),
    ):
        with pytest.raises(sp.SocialpollError, match="only its sums"):
            needs_values()


def test_quantiles_of_a_number_look_at_its_values(frame):
    found, expected = (
        sp.estimate(one, [sp.Quantile("income"), sp.Mean("income")], by="sex")
        for one in (
            sp.scan(pl.from_pandas(frame).lazy(), ASKED, DESIGN),
            sp.bind(frame, ASKED, DESIGN),
        )
    )

    assert_alike(found.frame, expected.frame)
    rows = [0, 1, 3, 4]
    assert np.allclose(found.covariance(rows), expected.covariance(rows), rtol=1e-9)


def test_waves_that_lie_elsewhere_change_as_those_in_memory(frame):
    several = {"a": frame, "b": poll(2, 200)}

    found, expected = (
        sp.estimate(
            sp.stack({name: bound(one) for name, one in several.items()}), INDICATORS, "sex"
        )
        for bound in (
            lambda one: sp.scan(pl.from_pandas(one).lazy(), ASKED, DESIGN),
            lambda one: sp.bind(one, ASKED, DESIGN),
        )
    )

    assert_alike(found.frame, expected.frame)
    assert_alike(*(sp.change(one) for one in (found, expected)), without=())


CLUSTERED = sp.SampleDesign(strata="s", clusters="c", nested=True, weight="w")


def in_clusters(frame):
    return frame.assign(c=np.random.default_rng(6).integers(0, 12, len(frame)))


def test_numbers_vary_between_clusters_as_in_memory(frame):
    clustered = in_clusters(frame)

    found, expected = (
        sp.estimate(one, INDICATORS[1:4], "sex")
        for one in (
            sp.scan(pl.from_pandas(clustered).lazy(), ASKED, CLUSTERED),
            sp.bind(clustered, ASKED, CLUSTERED),
        )
    )

    assert_alike(found.frame, expected.frame)
    covariance = expected.covariance([0, 4, 6, 7])
    assert np.allclose(found.covariance([0, 4, 6, 7]), covariance, rtol=1e-9)


def test_columns_of_any_name_hold_strata_clusters_weights_and_numbers(frame, tmp_path):
    clustered = in_clusters(frame)
    named = "{}.a-b".format
    columns = (replace(one, column=named(one.name)) for one in ASKED.questions)
    asked = replace(ASKED, questions=tuple(columns))
    design = replace(CLUSTERED, strata="s.a-b", clusters="c.a-b", weight="w.a-b")
    lying = duckdb.from_df(clustered.rename(columns=named))

    found, expected = (
        sp.rake(one, {"sex": {"m": 0.5, "f": 0.5}}, total=1e6)
        for one in (sp.scan(lying, asked, design), sp.bind(clustered, ASKED, CLUSTERED))
    )

    assert_alike(*(sp.estimate(one, INDICATORS[1:3], "class").frame for one in (found, expected)))
    path = found.write(tmp_path / "weights.parquet", columns=["c.a-b"])
    written = pd.read_parquet(path).groupby("c.a-b")["weight"].sum()
    apart = pd.Series(expected.values).groupby(clustered["c"]).sum()
    assert written.tolist() == pytest.approx(apart.tolist(), rel=1e-12)
