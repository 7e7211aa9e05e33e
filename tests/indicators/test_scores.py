"""Scores are the derivative of the whole path: base weights, every weighting step, the figure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import Phase, given, settings, strategies as st

import socialpoll as sp
from socialpoll.schema.clock import shortest_arc
from tests.indicators.polls import CLUSTERED, ELEMENTS, TWO_STAGES, bound

SEX = {"m": 900.0, "f": 1100.0}
AREA = {"x": 800.0, "y": 700.0, "z": 500.0}
INDICATORS = [
    sp.Share("trust"),
    sp.Share("trust", base="asked", name="trust_asked"),
    sp.Share("apps"),
    sp.Share("apps", of="responses"),
    sp.Reach("apps", (("a", "b"), ("c",))),
    sp.Mean("hours"),
    sp.Ratio("hours", "rooms"),
    sp.Variance("hours"),
    sp.Total("rooms"),
    sp.Total("area"),
    sp.CircularMean("online"),
    sp.Concentration("online"),
    sp.Windows("online", (("21:00", "02:00"), ("22:30", "23:30"))),
]


def unweighted(responses):
    return responses


def raked(responses):
    return sp.rake(responses, {"sex": SEX, "area": AREA}, tolerance=1e-13)


def poststratified(responses):
    return sp.poststratify(responses, "area", AREA)


def twice(responses):
    rake = sp.Rake(
        margins=(
            sp.Margin("sex", sp.Targets.of("sex", SEX)),
            sp.Margin("area", sp.Targets.of("area", AREA)),
        ),
        tolerance=1e-13,
    )
    first = sp.PostStratify("sex", sp.Targets.of("sex", SEX))
    return sp.weigh(responses, sp.Recipe((first, rake)))


RECIPES = {"none": unweighted, "poststratify": poststratified, "rake": raked, "both": twice}
DESIGNS = {"clusters": CLUSTERED, "two stages": TWO_STAGES, "elements": ELEMENTS}
EXACT = sp.Precision(residuals="derivative")


def figures(responses, recipe, precision=None):
    return sp.estimate(recipe(responses), INDICATORS, by=["sex"], precision=precision)


def numeric(responses, recipe, directions, step=1e-4):
    """Change the base weights of all sampling units along each direction, weigh, estimate again."""
    places = np.unique(responses.stages[-1].unit, return_inverse=True)[1]
    slopes = []
    for direction in directions:
        moved = []
        for sign in (1, -1):
            base = responses.base_weight * (1 + sign * step * direction[places])
            moved.append(figures(replace(responses, base_weight=base), recipe).frame)
        apart = (moved[0]["estimate"] - moved[1]["estimate"]).to_numpy()
        times = (moved[0]["statistic"] == "circular_mean").to_numpy()
        slopes.append(np.where(times, shortest_arc(apart), apart) / (2 * step))
    return np.array(slopes)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
@settings(max_examples=2, phases=[Phase.explicit, Phase.generate])
@given(seed=st.integers(0, 10_000))
def test_scores_are_the_numeric_derivative_of_the_whole_path(design, recipe, seed):
    responses = bound(seed, design, size=24)
    estimates = figures(responses, recipe, EXACT)
    scores = estimates.scores()
    # A wrong score of any unit shows along a direction that is drawn at random.
    directions = np.random.default_rng(seed).normal(size=(4, len(scores)))
    expected = numeric(responses, recipe, directions)
    sums = directions @ scores
    known = estimates.frame["estimate"].notna().to_numpy()
    size = estimates.frame["estimate"].abs().to_numpy()[known]
    scale = np.abs(expected[:, known]).max(axis=0) + 1e-3 * size + 1e-12
    assert (np.abs(sums[:, known] - expected[:, known]) / scale).max() < 1e-5


@pytest.mark.parametrize("recipe", [unweighted, poststratified], ids=["none", "poststratify"])
def test_both_conventions_are_one_where_the_distance_is_linear_within_cells(recipe):
    responses = bound(7)
    usual, exact = figures(responses, recipe), figures(responses, recipe, EXACT)
    assert np.allclose(usual.scores(), exact.scores(), rtol=1e-9, atol=1e-9)


def test_the_two_conventions_of_raking_agree_to_the_order_of_the_adjustment():
    responses = bound(7, size=400)
    usual, exact = (figures(responses, raked, one).frame for one in (None, EXACT))
    shares = (usual["statistic"] == "share") & (usual["breakdown"] == "_T")
    assert np.abs(usual["se"] / exact["se"] - 1)[shares].max() < 0.05
