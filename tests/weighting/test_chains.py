"""Scores of chains of steps are the derivative of the whole chain in the copies of a unit."""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from tests.weighting.chains import RECIPES, bound

STEP = 1e-4
EXACT = sp.Precision(residuals="derivative")
INDICATORS = [sp.Share("uses"), sp.Mean("hours"), sp.Ratio("hours", "age"), sp.Total("area")]


def derivatives(weights: sp.Weights) -> np.ndarray:
    """Change the copies of one sampling unit at a time, and run every step again: (U, m)."""
    unit = weights.responses.stages[0].unit
    units = int(unit.max()) + 1
    moved = np.ones((len(weights), 2 * units))
    for one in range(units):
        moved[unit == one, one] += STEP
        moved[unit == one, units + one] -= STEP
    given = sp.GivenReplicates(moved, scale=1.0, combined=False)
    figures = []
    for block in sp.replicate(weights, given).blocks():
        assert block.sound.all()
        for values in block.weights.T:
            made = sp.weights_from(weights.responses, values)
            figures.append(sp.estimate(made, INDICATORS, by="sex").frame["estimate"].to_numpy())
    up, down = np.split(np.array(figures), 2)
    return (up - down) / (2 * STEP)


@pytest.mark.parametrize("steps", RECIPES.values(), ids=RECIPES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_scores_are_the_numeric_derivative_of_the_whole_chain(steps, seed):
    weights = sp.weigh(bound(seed), sp.Recipe(steps))

    estimates = sp.estimate(weights, INDICATORS, by="sex", precision=EXACT)
    scores, expected = estimates.scores(), derivatives(weights)

    size = estimates.frame["estimate"].abs().to_numpy()
    scale = np.abs(expected).max(axis=0) + 1e-3 * size
    assert (np.abs(scores - expected) / scale).max() < 1e-5


@pytest.mark.parametrize("steps", RECIPES.values(), ids=RECIPES)
def test_replicates_of_one_copy_of_everybody_are_the_weights(steps):
    weights = sp.weigh(bound(), sp.Recipe(steps))
    given = sp.GivenReplicates(np.ones((len(weights), 2)), scale=1.0, combined=False)

    (block,) = sp.replicate(weights, given).blocks()

    assert block.weights == pytest.approx(np.column_stack([weights.values] * 2), rel=1e-8)


@pytest.mark.parametrize("steps", RECIPES.values(), ids=RECIPES)
def test_weights_do_not_depend_on_the_order_of_cases(steps):
    from tests.weighting.chains import DESIGN, answers, questionnaire

    frame = answers(1)
    order = np.random.default_rng(7).permutation(len(frame))
    recipe = sp.Recipe(steps)

    straight = sp.weigh(sp.bind(frame, questionnaire(), DESIGN), recipe)
    turned = sp.weigh(sp.bind(frame.iloc[order], questionnaire(), DESIGN), recipe)

    assert turned.values == pytest.approx(straight.values[order], rel=1e-9)


@pytest.mark.parametrize("steps", RECIPES.values(), ids=RECIPES)
def test_a_recipe_is_read_back_from_its_own_tables(steps, tmp_path):
    from socialpoll.weighting import recipe_from

    recipe = sp.Recipe(steps)

    assert recipe_from(recipe.to_tables(), tmp_path) == recipe
