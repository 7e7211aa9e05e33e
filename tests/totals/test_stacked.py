"""Stages and steps of several waves: each wave's variance and regression stay its own."""

from __future__ import annotations

import numpy as np
import pytest

from socialpoll.totals import CellStep, Mass, Units, stacked_mass, stacked_stages
from tests.totals.test_units import stage, variance

ONE = [stage([0, 0, 1, 1], range(4))]
CORRECTED = [stage([0] * 4, [0, 0, 1, 1], [0.2] * 4), stage([0, 0, 1, 1], range(4), [0.5] * 4)]
HALF = [CORRECTED[0], stage([0, 0, 1, 1], range(4))]
Z = np.array([1.0, 5.0, 2.0, 7.0])


@pytest.mark.parametrize("first", [ONE, CORRECTED, HALF])
@pytest.mark.parametrize("second", [ONE, CORRECTED, HALF])
def test_the_variance_of_a_wave_is_as_it_is_alone(first, second):
    units = Units.of(stacked_stages([first, second]))
    nothing = np.zeros(4)
    assert variance(units, np.append(Z, nothing)) == pytest.approx(variance(Units.of(first), Z))
    assert variance(units, np.append(nothing, Z)) == pytest.approx(variance(Units.of(second), Z))
    both = variance(Units.of(first), Z) + variance(Units.of(second), Z)
    assert variance(units, np.append(Z, Z)) == pytest.approx(both)


def test_the_steps_of_a_wave_are_as_they_are_alone():
    factor = np.array([2.0, 0.5])
    step = CellStep("rake", np.array([0, 1, 1, 0], np.int32), factor, np.eye(2), factor)
    waves = [Mass(np.arange(1.0, 5.0), (step,)), Mass(np.ones(4)), Mass(np.ones(4), (step, step))]
    stacked = stacked_mass(waves)
    scores = np.random.default_rng(1).normal(size=(12, 3))
    parts = [one.scores(part) for one, part in zip(waves, np.split(scores, 3), strict=True)]
    assert stacked.forward().tolist() == np.concatenate([one.forward() for one in waves]).tolist()
    assert stacked.scores(scores) == pytest.approx(np.concatenate(parts))
    assert [one.name for one in stacked.steps] == ["rake", "rake", "rake"]
