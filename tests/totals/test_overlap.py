"""Units in common: who they are, and the covariance that comes of them."""

from __future__ import annotations

import numpy as np
import pytest

from socialpoll.totals import Overlap, Units
from tests.totals.test_units import stage

NAMES = ["p", "q", "r", "q", "r", "s"]
WAVE = np.array([0, 0, 0, 1, 1, 1])


def units(fraction: float | None = None) -> Units:
    given = None if fraction is None else [fraction] * 6
    return Units.of([stage(WAVE, range(6), given)])


def test_the_covariance_is_on_the_common_units_alone():
    z = np.zeros((6, 2))
    z[:3, 0], z[3:, 1] = [9.0, 1.0, 4.0], [2.0, 8.0, 5.0]
    found = Overlap.of(units(), WAVE, NAMES).covariance(z)
    expected = 2 * np.cov([1.0, 4.0], [2.0, 8.0])[0, 1]
    assert found == pytest.approx(np.array([[0, expected], [expected, 0]]))


def test_a_finite_population_takes_its_part():
    z = np.array([9.0, 1.0, 4.0, 2.0, 8.0, 5.0])[:, None]
    plain = Overlap.of(units(), WAVE, NAMES).covariance(z)
    found = Overlap.of(units(0.3), WAVE, NAMES).covariance(z)
    assert found == pytest.approx(plain * (1 - 3 * 0.3 / 2))


def test_common_units_and_their_strata_have_one_number():
    found = Overlap.of(units(), WAVE, NAMES)
    assert found.unit.tolist() == [0, 1, 2, 1, 2, 3]
    assert found.stratum[0] == found.stratum[1]


def test_a_stratum_with_fewer_than_two_common_units_adds_nothing():
    z = np.arange(6.0)[:, None]
    found = Overlap.of(units(), WAVE, ["p", "q", "r", "r", "s", "t"])
    assert found.covariance(z).tolist() == [[0.0]]
    apart = Overlap.of(units(), WAVE, list("abcdef"))
    assert apart.covariance(z).tolist() == [[0.0]]
    assert apart.stratum[0] != apart.stratum[1]
