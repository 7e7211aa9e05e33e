"""Combinations vary as the clusters do that their cases are of, wherever these lie."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import DesignError, EstimationError
from socialpoll.responses import SampleDesign, bind, tally
from socialpoll.totals import Linearisation, Mass, clustered, rows_of
from tests.responses.asking import asking, single

ASKED = asking(single("a", "b", "c"))


def sample(seed, strata=3, size=120, clusters=4):
    random = np.random.default_rng(seed)
    stratum = np.resize(np.arange(strata), size)
    return pd.DataFrame(
        {
            "q": random.choice(["a", "b", "c"], size),
            "s": stratum,
            "c": random.integers(0, clusters, size),
            "w": random.choice([0.0, 0.3, 1.7, 2.9], size),
            "N": (stratum + 2) * clusters,
        }
    )


def both(frame, design):
    """Return the engine of the cases, and that of their combinations."""
    lying = pl.from_pandas(frame).lazy()
    cases, combinations = bind(frame, ASKED, design), tally(lying, ASKED, design, names=["q"])
    return tuple(rows_of(one, Mass(one.base_weight)) for one in (cases, combinations))


def scored(engine, shape):
    """Return totals Z (U, m), by weight a function of the answer and the stratum."""
    responses, units = engine.responses, engine.units
    place = responses.columns["q"].position * 5 + responses.stages[0].stratum
    each = responses.base_weight[:, None] * shape[place]
    totals = np.zeros((units.levels[0].group.size, shape.shape[1]))
    np.add.at(totals, units.of_row, each)
    return totals


def covariances(frame, design, figures=3):
    shape = np.random.default_rng(7).normal(2.0, 1.0, (20, figures))
    return [
        Linearisation(engine).covariance(scored(engine, shape)) for engine in both(frame, design)
    ]


def close(found, expected):
    size = np.sqrt(np.outer(*[np.diagonal(expected)] * 2))
    return (np.abs(found - expected) <= 1e-12 * size).all()


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.integers(1, 4), st.booleans(), st.booleans())
def test_the_covariance_is_that_of_the_clusters(seed, strata, finite, nested):
    frame = sample(seed, strata)
    if not nested:
        frame["c"] += 10 * frame["s"]
    fpc = {"fpc": "N", "fpc_as": "count"} if finite else {}
    design = SampleDesign(strata="s", clusters="c", weight="w", nested=nested, **fpc)

    of_cases, of_combinations = covariances(frame, design)

    assert close(of_combinations, of_cases)


@pytest.mark.parametrize("policy", ["certainty", "centered", "collapse", "average"])
def test_strata_of_one_cluster_are_settled_as_in_memory(policy):
    alone = pd.DataFrame({"q": ["a", "b"], "s": 3, "c": 1, "w": [2.0, 1.0], "N": 5})
    frame = pd.concat([sample(3), alone], ignore_index=True)
    design = SampleDesign(strata="s", clusters="c", weight="w", nested=True, lonely=policy)

    of_cases, of_combinations = covariances(frame, design)
    engines = both(frame, design)

    assert close(of_combinations, of_cases)
    assert engines[0].units.lonely == engines[1].units.lonely == (3,)


def test_strata_of_one_cluster_without_a_policy_are_the_same_error():
    frame = sample(4).assign(c=lambda one: np.where(one["s"] == 1, 0, one["c"]))
    design = SampleDesign(strata="s", clusters="c", weight="w", nested=True)

    told = []
    for engine in both(frame, design):
        with pytest.raises(DesignError) as raised:
            _ = engine.units
        told.append(raised.value.problems)

    assert told[0] == told[1]
    assert told[0][0].found == "1"


def test_a_cluster_without_weight_counts_as_one_whose_total_is_0():
    frame = sample(5)
    frame.loc[frame["c"] == 2, "w"] = 0.0
    design = SampleDesign(strata="s", clusters="c", weight="w", nested=True)

    of_cases, of_combinations = covariances(frame, design)
    without = covariances(frame[frame["c"] != 2], design)[1]

    assert close(of_combinations, of_cases)
    assert not np.allclose(of_combinations, without, rtol=1e-3)


def test_many_figures_are_asked_for_in_parts(monkeypatch):
    monkeypatch.setattr(clustered, "TILE", 2)
    design = SampleDesign(strata="s", clusters="c", weight="w", nested=True)

    of_cases, of_combinations = covariances(sample(6), design, figures=7)

    assert close(of_combinations, of_cases)


def test_what_is_known_is_not_asked_for_again_nor_is_its_opposite(monkeypatch):
    design = SampleDesign(strata="s", clusters="c", weight="w", nested=True)
    of_cases, of_combinations = both(sample(8), design)
    shape = np.random.default_rng(8).normal(size=(20, 2))
    several = [
        scored(engine, np.hstack([shape, 0 * shape])) for engine in (of_cases, of_combinations)
    ]

    found = of_combinations.units.variances(several[1])
    monkeypatch.setattr(clustered.ClusteredUnits, "_told", None)
    again = of_combinations.units.variances(-3 * several[1])

    assert np.allclose(found, of_cases.units.variances(several[0]), rtol=1e-12, atol=0)
    assert np.allclose(again, 9 * found, rtol=1e-12, atol=0)


def test_digits_are_kept_where_clusters_are_nearly_alike():
    frame = pd.DataFrame({"q": "a", "s": 0, "c": np.repeat(np.arange(50), 40), "w": 1.0})
    frame.loc[0, "w"] = 1.0 + 1e-6
    design = SampleDesign(strata="s", clusters="c", weight="w")

    of_cases, of_combinations = (
        Linearisation(engine).covariance(scored(engine, np.ones((5, 1))))[0, 0]
        for engine in both(frame, design)
    )

    # Sums of squares would leave nothing of a variance that is 1e-15 of them.
    assert of_combinations == pytest.approx(of_cases, rel=1e-6)
    assert of_cases == pytest.approx(1e-12, rel=1e-6)


def test_what_vanishes_is_told_from_what_is_only_small():
    design = SampleDesign(strata="s", clusters="c", weight="w", nested=True)
    units = both(sample(9), design)[1].units
    raw = np.ones((len(units.weight), 3)) * units.weight[:, None]
    raw[:, 2] = 0.0

    assert units.vanish(np.array([0.0, 1.0, 0.0]), raw, 1e-18).tolist() == [True, False, False]


def test_combinations_are_never_taken_for_clusters():
    units = both(sample(1), SampleDesign(strata="s", clusters="c", weight="w", nested=True))[
        1
    ].units

    assert not units.is_plain
    for of in (units.levels[0].deviations, units.levels[0].squares):
        with pytest.raises(EstimationError, match="single cases are not in memory"):
            of(np.ones((len(units.weight), 1)))
