# ruff: noqa: PD011 - weights have values that are not those of pandas
"""Weights that are equal within households."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import StepError
from socialpoll.weighting.applied.households import Households
from tests.weighting.chains import answers, margins, questionnaire
from tests.weighting.test_chains import EXACT, INDICATORS, derivatives

SEX = {"m": 1100.0, "f": 900.0}


def poll(**changes) -> sp.Responses:
    """Forty households of one to three members, all interviewed, with equal weights in each."""
    random = np.random.default_rng(4)
    home = np.repeat(np.arange(40), random.integers(1, 4, 40))
    frame = answers(3, home.size, 2).assign(
        home=home, base=random.lognormal(3, 0.2, 40)[home], stratum=np.where(home < 20, "s", "t")
    )
    design = sp.SampleDesign(strata="stratum", clusters="home", weight="base")
    return sp.bind(frame.assign(**changes), questionnaire(), design)


def weighed(equal_within=None, responses=None, **options):
    step = sp.Calibrate(margins(), equal_within=equal_within, tolerance=1e-12, **options)
    return sp.weigh(responses or poll(), sp.Recipe((step,)))


def three():
    """A household of a man and a woman, and one of a woman; everybody weighs 10."""
    frame = answers(1, 24).head(3).assign(sex=["m", "f", "f"], home=[7, 7, 9], base=10.0)
    design = sp.SampleDesign(clusters="home", weight="base")
    return sp.bind(frame, questionnaire(), design)


def test_a_household_shares_the_mean_of_its_members_who_count():
    made = np.array([[1.0, 30], [0, 50], [1, 20]])
    of = Households(np.array([4, 4, 9, 2, 9]))

    # The fourth case and one of household 9 do not count.
    shared = of.shared(made, np.array([0, 1, 2]))

    assert shared.tolist() == [[0.5, 40], [0.5, 40], [1, 20]]


@pytest.mark.parametrize("distance", ["linear", "raking"])
def test_two_households_have_the_weights_that_their_targets_leave_them(distance):
    # Men: half a man in each of two members of weight a, so a = 12; women: a + b = 30.
    step = sp.Calibrate(
        (sp.Margin("sex", {"m": 12, "f": 30}),), distance=distance, equal_within="home"
    )

    assert sp.weigh(three(), sp.Recipe((step,))).values == pytest.approx([12, 12, 18])


@pytest.mark.parametrize(
    "options",
    [
        {"distance": "linear"},
        {"distance": "raking", "means": {"age": 47.0}},
        {"distance": "logit", "bounds": (0.3, 4)},
        {"distance": "truncated", "bounds": (5, 90), "bounds_on": "weight"},
    ],
)
def test_members_have_equal_weights_and_targets_are_reached(options):
    weights = weighed("home", **options)

    home = weights.responses.stages[0].unit
    spread = pd.Series(weights.values).groupby(home).agg(lambda one: np.ptp(one) / one.mean())
    assert spread.max() < 1e-12
    assert weights.margins["relative_error"].max() < 1e-10


def test_equal_weights_cost_precision_that_persons_of_their_own_would_not():
    def deff(weights):
        return 1 + (weights.values.std() / weights.values.mean()) ** 2

    assert deff(weighed("home")) > deff(weighed())


def test_scores_are_the_derivative_in_the_copies_of_a_household():
    weights = weighed("home", means={"age": 47.0})

    estimates = sp.estimate(weights, INDICATORS, by="sex", precision=EXACT)

    expected = derivatives(weights)
    size = estimates.frame["estimate"].abs().to_numpy()
    scale = np.abs(expected).max(axis=0) + 1e-3 * size
    assert (np.abs(estimates.scores() - expected) / scale).max() < 1e-5


def test_households_are_a_stage_of_the_design():
    with pytest.raises(StepError, match="did you mean 'home'"):
        weighed("hom")
    frame = answers(1, 24)
    alone = sp.bind(frame, questionnaire(), sp.SampleDesign(weight="base"))
    with pytest.raises(StepError, match="which declares none"):
        weighed("home", alone)


def test_members_that_enter_unequal_are_counted_and_the_first_are_shown():
    base = poll().base_weight.copy()
    homes = np.flatnonzero(np.bincount(poll().stages[0].unit) > 1)[:2]
    first = int(np.argmax(poll().stages[0].unit == homes[0]))
    for one in homes:
        base[np.argmax(poll().stages[0].unit == one)] *= 2

    with pytest.raises(StepError) as raised:
        weighed("home", poll(base=base))

    (problem,) = raised.value.problems
    assert "unequal within 2 of 40 units of 'home'" in problem.what
    assert f"{base[first]:.6g} in row {first}" in problem.found


def test_the_households_of_a_step_are_read_back_from_its_own_tables(tmp_path):
    from socialpoll.weighting import recipe_from

    recipe = sp.Recipe((sp.Calibrate(margins(), equal_within="home"),))

    assert recipe_from(recipe.to_tables(), tmp_path) == recipe
