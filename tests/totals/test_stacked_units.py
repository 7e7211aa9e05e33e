"""Units of waves stacked: what each wave adds to variances and to degrees of freedom is its own."""

from __future__ import annotations

import numpy as np
import pytest

from socialpoll.totals.clustered import alone
from socialpoll.totals.stacked_units import stacked_units
from socialpoll.totals.units import Units
from tests.totals.test_units import stage

ONE = [stage([0, 0, 1, 1], range(4))]
CLUSTERS = [
    stage([0] * 6, [0, 0, 1, 1, 2, 2], [0.2] * 6),
    stage([0, 0, 1, 1, 2, 2], range(6), [0.5] * 6),
]
ALONE = [stage([0, 1, 1], range(3))]


@pytest.fixture(scope="module")
def waves():
    """Cases in two strata, two stages with finite populations, and a stratum of one case."""
    return [Units.of(ONE), Units.of(CLUSTERS), Units.of(ALONE, "certainty")]


@pytest.fixture(scope="module")
def units(waves):
    return stacked_units(waves, [2, 1, 2])


@pytest.fixture(scope="module")
def scores(units):
    return np.random.default_rng(4).normal(size=(units.size, 3))


def test_rows_strata_and_lonely_ones_are_numbered_on(units):
    assert units.of_row.tolist() == list(range(13))
    assert units.first_stratum.tolist() == [0, 0, 1, 1, 2, 2, 2, 2, 2, 2, 3, 4, 4]
    assert units.lonely == (3,)
    assert not units.is_plain
    assert not units.lies_elsewhere


def test_the_covariance_is_the_sum_of_those_of_the_waves(waves, units, scores):
    parts = np.split(scores, [4, 10])
    alone = sum(one.covariances(part, [3])[0] for one, part in zip(waves, parts, strict=True))

    (found,) = units.covariances(scores, [3])
    first, rest = units.covariances(scores, [1, 2])

    assert found == pytest.approx(alone, rel=1e-12)
    assert [first, rest] == [pytest.approx(found[:1, :1]), pytest.approx(found[1:, 1:])]
    assert units.variances(scores) == pytest.approx(np.diagonal(found))
    assert units.each(scores) == pytest.approx(np.diagonal(found))
    apart = found[0, 0] + found[1, 1] - 2 * found[0, 1]
    assert units.apart(scores, np.array([0]), np.array([1])) == pytest.approx([apart])


def test_figures_of_two_waves_do_not_vary_together(units, scores):
    of_first, of_second = scores.copy(), scores.copy()
    of_first[4:], of_second[:4] = 0.0, 0.0

    (found,) = units.covariances(np.hstack([of_first, of_second]), [6])

    assert not found[:3, 3:].any()
    assert np.diagonal(found).all()
    a, b = np.array([0, 0]), np.array([1, 4])
    apart = found[a, a] + found[b, b] - 2 * found[a, b]
    assert units.apart(np.hstack([of_first, of_second]), a, b) == pytest.approx(apart)


def test_a_variance_vanishes_beside_the_squares_of_the_wave_that_it_is_of(units):
    raw = np.zeros((13, 2))
    raw[:4] = 10.0

    assert units.vanish(np.array([1e-17, 1.0]), raw, 1e-18).tolist() == [True, False]


def test_clusters_are_counted_in_every_wave(units):
    totals = np.zeros((13, 2))
    totals[[0, 4, 5, 12], 0] = 1.0
    totals[[1, 6], 1] = 1.0

    assert units.in_either(totals, alone(2)).tolist() == [3.0, 2.0]
    assert units.in_either(totals, [(0, 1), (1, 1)]).tolist() == [5.0, 2.0]
