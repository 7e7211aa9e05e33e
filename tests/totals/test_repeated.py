"""Combinations of cases vary as their cases do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import DesignError
from socialpoll.responses import SampleDesign, bind, tally
from socialpoll.totals import Linearisation, Mass, Rows, rows_of
from tests.responses.asking import asking, single

ASKED = asking(single("a", "b", "c"))


def both(frame, design):
    """Return the engine of the cases, and that of their combinations."""
    cases, combinations = bind(frame, ASKED, design), tally(frame, ASKED, design, names=["q"])
    return tuple(rows_of(one, Mass(one.base_weight)) for one in (cases, combinations))


def scored(engine, shape):
    """Return totals Z (U, m), by weight a function of the answer and the stratum."""
    responses = engine.responses
    place = responses.columns["q"].position * 5 + responses.stages[0].stratum
    totals = np.zeros((engine.units.levels[0].group.size, shape.shape[1]))
    totals[engine.units.of_row] = responses.base_weight[:, None] * shape[place]
    return totals


def covariances(frame, design, seed=0):
    shape = np.random.default_rng(seed).normal(2.0, 1.0, (15, 3))
    return [
        Linearisation(engine).covariance(scored(engine, shape)) for engine in both(frame, design)
    ]


def sample(seed, strata=3, size=90, weights=(0.0, 0.3, 1.7, 2.9)):
    random = np.random.default_rng(seed)
    stratum = np.resize(np.arange(strata), size)
    return pd.DataFrame(
        {
            "q": random.choice(["a", "b", "c"], size),
            "s": stratum,
            "w": random.choice(weights, size),
            "N": np.bincount(stratum)[stratum] * (stratum + 1),
        }
    )


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.integers(1, 5), st.booleans())
def test_the_covariance_is_that_of_the_cases(seed, strata, finite):
    design = SampleDesign(
        strata="s", weight="w", fpc="N" if finite else None, fpc_as="count" if finite else None
    )

    of_cases, of_combinations = covariances(sample(seed, strata), design, seed)

    size = np.sqrt(np.outer(*[np.diagonal(of_cases)] * 2))
    assert (np.abs(of_combinations - of_cases) <= 1e-12 * size).all()


@pytest.mark.parametrize("policy", ["certainty", "centered", "collapse", "average"])
def test_strata_of_one_case_are_settled_as_among_the_cases(policy):
    frame = pd.concat(
        [sample(3), pd.DataFrame({"q": ["a"], "s": [3], "w": [2.0], "N": [5]})], ignore_index=True
    )
    design = SampleDesign(strata="s", weight="w", lonely=policy)

    of_cases, of_combinations = covariances(frame, design)

    assert np.allclose(of_combinations, of_cases, rtol=1e-12, atol=0)


def test_a_stratum_of_one_combination_of_several_cases_is_not_lonely():
    frame = pd.DataFrame({"q": ["a", "a", "b"], "s": [0, 0, 1], "w": [1.0, 1.0, 1.0]})

    with pytest.raises(DesignError) as told:
        _ = both(frame, SampleDesign(strata="s", weight="w"))[1].units

    (problem,) = told.value.problems
    assert problem.found == "1"


def test_what_cannot_vary_does_not_although_every_case_was_added_up():
    frame = sample(1, size=3000, weights=(0.1,))
    design = SampleDesign(strata="s", weight="w")
    constant = np.tile([[2.0], [0.3], [0.7], [1.0], [1.0]], (3, 1))

    engine = both(frame, design)[1]
    totals = scored(engine, constant)

    level = engine.units.levels[0]
    variance = Linearisation(engine).covariance(totals)[0, 0]
    assert variance <= 1e-28 * level.squares(totals)[0]


def test_digits_are_kept_where_weights_hardly_differ():
    frame = sample(2, size=3000, weights=(1.0, 1.0 + 1e-7))
    design = SampleDesign(strata="s", weight="w")
    constant = np.ones((15, 1))

    of_cases, of_combinations = (
        Linearisation(engine).covariance(scored(engine, constant))[0, 0]
        for engine in both(frame, design)
    )

    # Sums of squares would leave nothing of a variance that is 1e-14 of them.
    assert 0 < of_cases < 1e-10
    assert of_combinations == pytest.approx(of_cases, rel=1e-7)


def test_squares_are_those_of_the_totals_of_cases():
    frame, shape = sample(4), np.random.default_rng(4).normal(size=(15, 2))

    of_cases, of_combinations = (
        engine.units.levels[0].squares(scored(engine, shape))
        for engine in both(frame, SampleDesign(strata="s", weight="w"))
    )

    assert np.allclose(of_combinations, of_cases, rtol=1e-13)


def test_units_are_as_many_as_there_are_combinations_and_strata():
    engine = both(sample(5, size=900), SampleDesign(strata="s"))[1]

    assert isinstance(engine, Rows)
    assert engine.units.levels[0].group.size == len(engine.responses) + 3 == 12
    assert engine.units.times.sum() == 900
    assert not engine.units.is_plain
