from __future__ import annotations

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.register.sampling.frames import framed
from socialpoll.register.sampling.stages import choose
from tests.register.sampling.handmade import households, population_of

DRAWS = 1_200
SIZES = (1, 2, 3, 5, 1, 4, 2, 9)
PEOPLE = population_of(
    {
        "household": households(SIZES),
        "place": ["north" if one < 4 else "south" for one in households(SIZES)],
        "hours": [1 + at % 5 for at in range(sum(SIZES))],
    }
).frame


@pytest.mark.parametrize(
    "sample",
    [
        sp.StratifiedSample("place", 9, allocation="equal"),
        sp.ClusterSample("household", 4, within=2, strata="place"),
        sp.ProportionalSample("household", 4, 2, strata="place"),
        sp.ProportionalSample("household", 3, size="hours", order="place", least=1),
        sp.ProportionalSample(None, 8, size="hours"),
    ],
    ids=["people", "clusters", "by people", "by hours", "people by hours"],
)
def test_people_come_up_as_often_as_their_weights_say(sample):
    frame, generator = framed(PEOPLE, sample), np.random.default_rng(7)
    times, weights = np.zeros(len(PEOPLE)), np.zeros(len(PEOPLE))
    probability = np.full(len(PEOPLE), np.nan)
    for _ in range(DRAWS):
        chosen = choose(frame, sample, generator)
        times[chosen.people] += 1
        weights[chosen.people] += 1 / chosen.probability
        probability[chosen.people] = chosen.probability

    bound = 4.5 * np.sqrt(probability * (1 - probability) / DRAWS) + 1e-9
    assert (np.abs(times / DRAWS - probability) <= bound).all()
    assert weights == pytest.approx(times / probability)


def test_clusters_by_their_people_and_as_many_of_each_give_everybody_the_same_weight():
    sample = sp.ProportionalSample("household", 2, 1, least=1)

    chosen = choose(framed(PEOPLE, sample), sample, np.random.default_rng(1))

    assert not chosen.certain.any()
    assert chosen.probability == pytest.approx(np.full(2, 2 / sum(SIZES)))


def test_an_order_spreads_the_sample_over_it_as_strata_would():
    sample = sp.ProportionalSample(None, 10, size="hours", order="place")
    even = PEOPLE.assign(hours=1.0, place=["a", "b", "c"] * (len(PEOPLE) // 3))
    frame, generator = framed(even, sample), np.random.default_rng(3)

    taken = {
        tuple(even["place"].iloc[choose(frame, sample, generator).people].value_counts())
        for _ in range(50)
    }

    assert taken == {(4, 3, 3)}
