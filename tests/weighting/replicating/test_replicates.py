# ruff: noqa: PD011 - weights have values that are not those of pandas
"""Weights in every replicate: each step run again, as if the sample had been another."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import WeightingError
from tests.weighting.chains import AREA, DESIGN, RECIPES, SEX, SIX, answers, bound, questionnaire

METHODS = {
    "jackknife": sp.Jackknife(),
    "groups": sp.Jackknife(groups=4, seed=3),
    "bootstrap": sp.Bootstrap(9, seed=5),
    "successive": sp.SuccessiveDifference(8),
}
ALIKE = {
    name: steps
    for name, steps in RECIPES.items()
    if not any(isinstance(step, sp.Trim) for step in steps)
    and name not in ("weights within bounds", "distribute twice, rake")
}
"""Recipes to which a unit of twice the weight and two copies of it are alike.

Limits of weights are those of one copy; and a replicate that has nobody who is like some interviews
without a value takes the mix of the sample, where another sample would take that of everybody.
"""


def raked() -> sp.Weights:
    return sp.weigh(bound(), sp.Recipe((SIX,)))


def units(responses: sp.Responses) -> np.ndarray:
    return responses.stages[0].unit


def copies_of_cases(replicates: sp.Replicates) -> np.ndarray:
    """How often each case is in each replicate: (n, R)."""
    by_unit = replicates.copies.block(0, replicates.replicates)
    return by_unit[units(replicates.responses)]


@pytest.mark.parametrize(
    ("steps", "method"),
    [
        *((steps, METHODS["bootstrap"]) for steps in ALIKE.values()),
        *((RECIPES["response, rake"], method) for method in METHODS.values()),
    ],
    ids=[*ALIKE, *(f"response, rake: {name}" for name in METHODS)],
)
def test_a_replicate_has_the_weights_of_a_sample_with_other_base_weights(steps, method):
    recipe = sp.Recipe(steps)
    replicates = sp.replicate(sp.weigh(bound(), recipe), method)
    copies = copies_of_cases(replicates)
    frame = replicates.to_frame()
    sound = np.concatenate([one.sound for one in replicates.blocks()])

    for number in (0, replicates.replicates - 1):
        data = answers(1)
        data["base"] *= copies[:, number]
        changed = sp.bind(data, questionnaire(), DESIGN)
        if not sound[number]:
            with pytest.raises(WeightingError):
                sp.weigh(changed, recipe)
            assert frame[f"rep_{number + 1}"].isna().all()
            continue
        by_hand = sp.weigh(changed, recipe)
        assert frame[f"rep_{number + 1}"].to_numpy() == pytest.approx(by_hand.values, rel=1e-8)


def test_a_step_does_not_meet_what_a_failed_one_left():
    weights = sp.weigh(bound(), sp.Recipe(RECIPES["every policy"]))
    replicates = sp.replicate(weights, METHODS["bootstrap"])
    sound = np.concatenate([one.sound for one in replicates.blocks()])

    values = replicates.to_frame().to_numpy()[:, 1:]

    assert 0 < sound.sum() < sound.size
    assert np.array_equal(np.isnan(values), np.broadcast_to(~sound, values.shape))


def test_leaving_out_a_unit_leaves_nothing_to_it_and_more_to_others_of_its_stratum():
    responses = bound()
    data = answers(1)
    unit = units(responses)
    table = sp.replicate(responses, sp.Jackknife()).to_frame()

    for number in range(unit.max() + 1):
        stratum = data["stratum"].eq(data["stratum"][unit == number].iloc[0]).to_numpy()
        expected = table["weight"] * np.where(stratum, 4 / 3, 1.0) * (unit != number)

        assert table[f"rep_{number + 1}"].to_numpy() == pytest.approx(expected.to_numpy())


def test_every_replicate_of_raked_weights_meets_the_margins():
    replicates = sp.replicate(raked(), sp.Bootstrap(12, seed=2))
    weights = replicates.to_frame().drop(columns="weight").dropna(axis="columns")

    assert weights.shape[1] >= 10
    for name, targets in (("sex", SEX), ("area", AREA)):
        reached = weights.groupby(answers(1)[name]).sum()
        for code, target in targets.items():
            assert reached.loc[code].to_numpy() == pytest.approx(target, rel=1e-9)


def test_a_frame_has_the_weights_and_then_one_column_a_replicate():
    replicates = sp.replicate(raked(), sp.Jackknife())
    frame = replicates.to_frame()

    assert frame.columns.tolist() == ["weight", *(f"rep_{one}" for one in range(1, 9))]
    assert frame["weight"].to_numpy() == pytest.approx(replicates.weights.values)
    assert len(frame) == len(replicates.responses)


def test_blocks_are_the_columns_of_the_frame_in_order(monkeypatch):
    replicates = sp.replicate(raked(), sp.Bootstrap(11, seed=4))
    whole = replicates.to_frame().drop(columns="weight").to_numpy()

    monkeypatch.setattr("socialpoll.weighting.replicating.replicates.BLOCK", 1)
    blocks = list(replicates.blocks())

    assert [one.first for one in blocks] == [0, 4, 8]
    assert np.column_stack([one.weights for one in blocks]) == pytest.approx(whole)
    assert all(one.sound.all() for one in blocks)


def test_a_function_that_is_a_mean_has_the_standard_error_of_the_mean():
    replicates = sp.replicate(raked(), sp.Jackknife())
    hours = answers(1)["hours"].to_numpy()

    found = replicates.function(lambda w: np.average(hours, weights=w))

    row = sp.estimate(replicates, sp.Mean("hours")).frame.iloc[0]
    assert found.estimate[0] == pytest.approx(row["estimate"])
    assert found.se[0] == pytest.approx(row["se"])
    assert found.failed == 0


def test_a_function_of_several_numbers_has_their_joint_covariance():
    replicates = sp.replicate(bound(), sp.Jackknife(mse=True))
    hours, age = (answers(1)[one].to_numpy() for one in ("hours", "age"))
    used = (answers(1)["became"] == "in").to_numpy()
    table = replicates.to_frame().to_numpy() * used[:, None]

    found = replicates.function(lambda w: np.array([w @ hours, w @ age]))

    totals = np.column_stack([table.T @ hours, table.T @ age])
    apart = totals[1:] - totals[0]
    assert found.covariance == pytest.approx(3 / 4 * apart.T @ apart)
    assert found.covariance[0, 1] == pytest.approx(found.covariance[1, 0])


def test_the_mean_of_four_numbers_jackknifed_has_the_standard_error_of_the_textbook():
    data = pd.DataFrame({"hours": [1.0, 2.0, 3.0, 6.0]})
    responses = sp.bind(data, sp.Questionnaire.infer(data))

    found = sp.replicate(responses, sp.Jackknife()).function(
        lambda w: np.average(data["hours"], weights=w)
    )

    assert found.se[0] == pytest.approx(np.sqrt(14 / 3 / 4))


def test_a_function_that_is_no_number_on_the_sample_is_refused():
    with pytest.raises(WeightingError, match="not finite on the full sample"):
        sp.replicate(bound(), sp.Jackknife()).function(lambda _: np.nan)


def thinly_spread(in_clusters: int) -> sp.Weights:
    """Rake to a level that is in some of the 8 clusters of one stratum only."""
    data = pd.DataFrame(
        {
            "stratum": np.repeat(["s", "t"], 32),
            "cluster": np.tile(np.repeat(np.arange(8), 4), 2),
            "level": np.tile(["a", "b", "b", "b"], 16),
        }
    )
    outside = (data["stratum"] == "t") | (data["cluster"] >= in_clusters)
    data.loc[outside, "level"] = "b"
    asked = sp.Questionnaire.infer(data[["level"]])
    design = sp.SampleDesign(strata="stratum", clusters="cluster", nested=True)
    return sp.rake(sp.bind(data, asked, design), {"level": {"a": 100, "b": 900}})


def test_replicates_without_a_level_are_left_out_and_counted():
    replicates = sp.replicate(thinly_spread(4), sp.Bootstrap(500, seed=1))
    sound = np.concatenate([one.sound for one in replicates.blocks()])
    hours = np.arange(64.0) % 7

    found = replicates.function(lambda w: np.average(hours, weights=w))

    without = 500 - np.count_nonzero(sound)
    assert 1 <= without <= 5
    assert found.failed == without
    apart = np.array(
        [
            np.average(hours, weights=column) - found.estimate[0]
            for block in replicates.blocks()
            for column in block.weights[:, block.sound].T
        ]
    )
    assert found.covariance[0, 0] == pytest.approx(apart @ apart / (500 - without))


@pytest.mark.parametrize("method", [sp.Jackknife(), sp.Bootstrap(200, seed=1)])
def test_too_many_replicates_without_a_level_are_an_error_that_counts_them(method):
    replicates = sp.replicate(thinly_spread(1), method)

    with pytest.raises(WeightingError, match=r"too many replicates .* of (16|200)"):
        replicates.function(lambda w: float(w.sum()))


def test_weights_made_elsewhere_to_margins_cannot_be_made_again():
    made = sp.weights_from(raked().responses, raked().values, margins=["sex", "area"])

    with pytest.raises(WeightingError, match="cannot be made again"):
        sp.replicate(made, sp.Jackknife())


def test_weights_made_elsewhere_without_margins_are_multiplied():
    made = sp.weights_from(bound(), raked().values)
    replicates = sp.replicate(made, sp.Bootstrap(5, seed=1))
    frame = replicates.to_frame().to_numpy()

    assert frame[:, 1:] == pytest.approx(raked().values[:, None] * copies_of_cases(replicates))


def test_replicate_weights_that_came_with_weights_made_elsewhere_are_taken_as_they_are():
    frame = sp.replicate(raked(), sp.Jackknife()).to_frame()
    made = sp.weights_from(bound(), frame["weight"].to_numpy())
    given = sp.GivenReplicates(frame.iloc[:, 1:], scale=3 / 4)

    again = sp.replicate(made, given)

    assert again.to_frame().to_numpy() == pytest.approx(frame.to_numpy())


def test_given_replicate_weights_and_their_multipliers_are_one():
    frame = sp.replicate(bound(), sp.Jackknife()).to_frame()
    interviews = frame["weight"] > 0
    ratio = frame.iloc[:, 1:].div(frame["weight"].where(interviews), axis=0).fillna(1.0)

    weights = sp.replicate(bound(), sp.GivenReplicates(frame.iloc[:, 1:], scale=3 / 4))
    multipliers = sp.replicate(bound(), sp.GivenReplicates(ratio, scale=3 / 4, combined=False))

    assert multipliers.to_frame().to_numpy() == pytest.approx(weights.to_frame().to_numpy())


def test_degrees_of_freedom_are_those_of_the_clusters_but_of_the_rank_where_weights_are_given():
    replicates = sp.replicate(bound(), sp.Jackknife())
    given = sp.GivenReplicates(replicates.to_frame().iloc[:, 1:], scale=3 / 4)

    assert replicates.degrees is None
    # As R's degf: of 8 replicates in 2 strata one follows from the others.
    assert sp.replicate(bound(), given).degrees == 6


def test_stacked_waves_are_not_replicated():
    with pytest.raises(WeightingError, match="no weights that could be replicated"):
        sp.replicate(sp.stack({"one": bound(1), "two": bound(2)}), sp.Jackknife())


def test_replicates_are_not_stacked():
    with pytest.raises(WeightingError, match="cannot be stacked"):
        sp.stack({"one": bound(1), "two": sp.replicate(bound(2), sp.Jackknife())})


@pytest.mark.parametrize("steps", RECIPES.values(), ids=RECIPES)
def test_replicates_are_the_same_after_pickling(steps):
    replicates = sp.replicate(sp.weigh(bound(), sp.Recipe(steps)), sp.Bootstrap(3, seed=1))

    again = pickle.loads(pickle.dumps(replicates))  # noqa: S301 - of our own making

    assert again.id == replicates.id
    pd.testing.assert_frame_equal(again.to_frame(), replicates.to_frame())


@pytest.mark.parametrize("method", [sp.Jackknife(), sp.Bootstrap(20, seed=1)])
def test_precision_does_not_depend_on_the_order_of_cases(method):
    data = answers(1)
    turned = data.iloc[np.random.default_rng(3).permutation(len(data))]

    found = [
        sp.replicate(
            sp.weigh(sp.bind(one, questionnaire(), DESIGN), sp.Recipe((SIX,))), method
        ).function(lambda w, hours=one["hours"]: np.average(hours, weights=w))
        for one in (data, turned)
    ]

    assert found[1].se == pytest.approx(found[0].se, rel=1e-9)


def test_every_difference_of_method_has_an_identity_of_its_own():
    frame = sp.replicate(bound(), sp.Jackknife()).to_frame().iloc[:, 1:]
    chance = np.random.default_rng(1)
    methods = [
        sp.Jackknife(),
        sp.Jackknife(mse=True),
        sp.Bootstrap(5, seed=1),
        sp.Bootstrap(5, seed=2),
        sp.Bootstrap(5, seed=chance),
        sp.Bootstrap(5, seed=chance),
        sp.GivenReplicates(frame, scale=0.75),
        sp.GivenReplicates(frame * 1.01, scale=0.75),
        sp.GivenReplicates(frame, scale=0.75, rscales=np.arange(8.0)),
    ]

    ids = [sp.replicate(bound(), one).id for one in methods]

    assert len(set(ids)) == len(methods)
    assert sp.replicate(bound(), sp.Bootstrap(5, seed=1)).id == ids[2]
    assert sp.replicate(raked(), sp.Jackknife()).id != ids[0]


def test_the_account_of_the_method_says_how_replicates_are_made():
    replicates = sp.replicate(raked(), sp.Bootstrap(25, seed=9))

    fact = replicates.methodology.fact("weighting", "replication")

    assert fact["method"] == "bootstrap"
    assert (fact["replicates"], fact["seed"], fact["strata"]) == (25, 9, 2)
    assert "25 by bootstrap" in repr(replicates)
