"""How much too good the best is: closed forms, and samples of a known population."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest

from socialpoll.errors import EstimationError
from socialpoll.indicators.optimism import DRAWS, errors_of, optimism_of, seed_of


def largest(drawn: np.ndarray, _places: np.ndarray) -> np.ndarray:
    return drawn.argmax(axis=-1)


@pytest.mark.parametrize("gap", [0.0, 0.5, 1.0, 2.0])
def test_of_two_figures_it_has_a_closed_form(gap):
    # Of figures that are g apart, with a difference of variance τ², the larger is too large by
    # A = τ φ(g/τ) on average; about drawn figures by τ φ(g/(τ √2)) / √2.
    tau = sqrt(2) * 0.03
    errors = errors_of(np.diag([0.03**2] * 2), 0)
    found = optimism_of(np.array([0.5, 0.5 - gap * tau]), errors, largest)

    def density(value: float) -> float:
        return float(np.exp(-(value**2) / 2) / sqrt(2 * pi))

    expected = tau * (2 * density(gap) - density(gap / sqrt(2)) / sqrt(2))
    assert found == pytest.approx(expected, abs=0.06 * tau)


def test_what_is_far_ahead_is_chosen_for_itself_and_not_by_luck():
    errors = errors_of(np.diag([0.01**2] * 3), 0)
    assert optimism_of(np.array([0.9, 0.5, 0.2]), errors, largest) == pytest.approx(0, abs=1e-12)


def test_what_does_not_vary_has_no_optimism():
    assert optimism_of(np.array([0.5, 0.5]), errors_of(np.zeros((2, 2)), 0), largest) == 0
    together = np.full((2, 2), 0.01)
    assert optimism_of(np.array([0.5, 0.5]), errors_of(together, 0), largest) < 1e-9


def test_errors_have_the_covariance_and_their_mirror_images():
    v = np.array([[4.0, 1.0, -1.0], [1.0, 2.0, 0.5], [-1.0, 0.5, 1.0]])
    errors = errors_of(v, 3)

    assert errors.shape == (DRAWS, 3)
    assert errors.mean(axis=0) == pytest.approx([0, 0, 0], abs=1e-12)
    assert errors.T @ errors / DRAWS == pytest.approx(v, abs=0.4)
    order = [2, 0, 1]
    assert errors_of(v, 3).tolist() == errors.tolist()
    assert np.cov(errors_of(v[np.ix_(order, order)], 3).T)[0, 0] == pytest.approx(1, abs=0.15)


def test_the_bias_of_the_best_of_several_level_figures_is_mostly_taken_away():
    random = np.random.default_rng(11)
    cases, options, samples = 300, 6, 150
    patterns = np.array([[(one >> place) & 1 for place in range(options)] for one in range(64)])
    chance = 0.35 ** patterns.sum(axis=1) * 0.65 ** (options - patterns.sum(axis=1))
    bias, corrected = [], []
    for seed in range(samples):
        share = random.multinomial(cases, chance) / cases
        reach = share @ patterns
        v = ((patterns * share[:, None]).T @ patterns - np.outer(reach, reach)) / (cases - 1)
        bias.append(reach.max() - 0.35)
        corrected.append(bias[-1] - optimism_of(reach, errors_of(v, seed), largest))

    assert np.mean(bias) > 0.03
    assert abs(np.mean(corrected)) < np.mean(bias) / 3


def test_a_seed_is_a_number_or_taken_from_a_generator():
    assert seed_of(5) == seed_of(np.int64(5)) == 5
    first, second = np.random.default_rng(1), np.random.default_rng(1)
    assert seed_of(first) == seed_of(second) != seed_of(first)
    with pytest.raises(EstimationError, match="seed"):
        seed_of(-3)
