"""Intervals of samples drawn from a register, held against what is true of everybody in it.

100 samples of 400 are few; ``python -m benchmarks coverage`` has a thousand, of more figures.
"""

from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from benchmarks.covering import Asking, Held, drawn, held, recipe
from benchmarks.polled import chance_of_response, polled, questionnaire
from socialpoll.demo import FOLDER
from socialpoll.demo.answering import Answering
from socialpoll.demo.citizens import Citizens

SEED = 1970
SAMPLES = 100
SAMPLE = sp.StratifiedSample("governorate", 400, least=12)
FIGURES = (sp.Share("account"), sp.Share("selling", base="all"), sp.Mean("trust_net"))
ASKED = ("governorate", "sex", "age", "account", "selling", "trust")
FIXED = (sp.Share("sex"), sp.Share("age_group"))
MARGINS = (("sex",), ("age_group",))
INTERVALS = SAMPLES * len(FIGURES)
LOWEST, HIGHEST = (
    0.95 * INTERVALS + sign * 3 * np.sqrt(0.95 * 0.05 * INTERVALS) for sign in (-1, 1)
)
"""Of 300 intervals that hold the truth with chance 0.95, so many do: 274 to 296, the mean of a
binomial number ± 3 of its standard deviations. The three questions hardly go together."""


@pytest.fixture(scope="module")
def people(written_register):
    return polled(written_register / "reference.parquet", np.random.default_rng([SEED, 0]))


def simulated(people, chance, weighting, samples=SAMPLES) -> Held:
    asking = Asking(questionnaire(ASKED), weighting, (((*FIXED, *FIGURES), ()),))
    everybody = people.frame[["person", "block", "education", "age_group", *ASKED]]
    randoms = (np.random.default_rng([SEED, number]) for number in range(1, samples + 1))
    return held(asking, asking.truth(everybody), drawn(everybody, chance, SAMPLE, randoms))


@pytest.fixture(scope="module")
def ordinary(people):
    weighting = recipe(people.frame, MARGINS, "governorate")
    return simulated(people, chance_of_response(people), weighting)


def holding(found: Held, width: float = 1.0) -> float:
    """Count the intervals that hold the truth, were they so much wider."""
    free = ~found.figures["fixed"].to_numpy()
    truth = found.figures["truth"].to_numpy()[free]
    estimate, low, high = (one[:, free] for one in (found.estimate, found.low, found.high))
    above = estimate + width * (high - estimate) >= truth
    return float((above & (estimate - width * (estimate - low) <= truth)).sum())


def test_intervals_hold_the_truth_as_often_as_they_say(ordinary):
    assert LOWEST <= holding(ordinary) <= HIGHEST


@pytest.mark.parametrize("width", [0.7, 1.4])
def test_intervals_much_shorter_or_longer_would_not(ordinary, width):
    assert not LOWEST <= holding(ordinary, width) <= HIGHEST


def test_standard_errors_are_the_standard_deviation_of_estimates(ordinary):
    figures = ordinary.by_figure()
    ratio = figures["mean_se"] / figures["deviation"]
    assert np.abs(np.log(ratio)).max() < 3 / np.sqrt(2 * (SAMPLES - 1))


def test_figures_fixed_by_weighting_are_their_targets_in_every_sample(ordinary):
    fixed = ordinary.figures[ordinary.figures["fixed"]]
    assert set(fixed["indicator"]) == {"sex", "age_group"}
    assert len(fixed) == 5
    assert ordinary.off_target() < 1e-7
    of_fixed = ordinary.figures["fixed"].to_numpy()
    assert np.isnan(ordinary.low[:, of_fixed]).all()


def test_response_that_follows_the_answer_biases_as_its_chances_say(people):
    chance = chance_of_response(people, without_account=0.3)
    within = sp.Recipe((sp.NonResponse("governorate"),))
    found = (
        simulated(people, chance, within, samples=25)
        .by_figure()
        .set_index("indicator")
        .loc["account"]
    )

    has = people.frame["account"] == "yes"
    by_governorate = people.frame.assign(c=chance, both=chance * has).groupby("governorate")
    of_those_who_respond = by_governorate["both"].sum() / by_governorate["c"].sum()
    expected = (of_those_who_respond * by_governorate.size()).sum() / len(has) - has.mean()
    assert expected > 0.05
    assert abs(found["bias"] - expected) < 3 * found["bias_error"]
    assert found["coverage"] < 0.2


def test_everybody_answers_with_the_chances_of_the_bundled_poll(people):
    model = Answering.of(Citizens.read(FOLDER))
    user = (people.frame["account"] == "yes").to_numpy()
    for column, chance in (
        ("account", model.account[people.kind]),
        ("selling", model.selling[people.kind] * model.account[people.kind]),
    ):
        said = (people.frame[column] == "yes").to_numpy()
        spread = np.sqrt((chance * (1 - chance)).sum())
        assert abs(said.sum() - chance.sum()) < 4 * spread
    assert people.frame.loc[~user, "hours"].isna().all()
