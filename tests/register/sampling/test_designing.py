from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import DesignError
from socialpoll.register.sampling.designing import Designing
from socialpoll.register.sampling.disguising import Disguise
from socialpoll.register.sampling.frames import framed
from socialpoll.register.sampling.stages import Chosen
from tests.register.sampling.handmade import KEY, households, population_of

if TYPE_CHECKING:
    import pandas as pd

ASKED = sp.Questionnaire(
    title="hours", questions=(sp.Number(name="hours", text="Hours a day", unit="hours"),)
)
HOUSES = households([2, 5, 3, 1, 4, 2, 6, 40, 3, 2, 5, 1, 2, 3, 4, 1])
TOWN = population_of(
    {
        "household": HOUSES,
        "place": ["north" if one < 7 else "south" for one in HOUSES],
        "hours": [float((at * at) % 11 + one % 3) for at, one in enumerate(HOUSES)],
    }
)


def estimated(frame: pd.DataFrame, design: sp.SampleDesign, what: object) -> tuple[float, float]:
    row = sp.estimate(sp.bind(frame, ASKED, design), [what]).frame.iloc[0]
    return float(row["estimate"]), float(row["se"])


def figure(sample, what: object, seed: int = 4) -> tuple[float, float]:
    drawn = sp.draw(TOWN, sample, KEY, name="town", seed=seed, keep="hours")
    return estimated(drawn.frame, drawn.design, what)


def of_all_samples(
    people: pd.DataFrame, sample, samples: Sequence[tuple[Sequence[int], Sequence[float]]]
) -> list[tuple[float, float]]:
    """Return the total of hours and its standard error from each sample of people's positions."""
    frame, found = framed(people, sample), []
    for who, probability in samples:
        units = np.zeros(frame.stratum.size, dtype=bool)
        units[frame.unit[list(who)]] = True
        none, asked = np.zeros_like(units), np.zeros(len(frame.strata.table), dtype=np.int64)
        chosen = Chosen(np.array(who), np.array(probability), units, none, asked)
        made = Designing(people, frame, sample, chosen, Disguise(KEY, "all"))
        found.append(estimated(made.cases(["hours"]), made.design(), sp.Total("hours")))
    return found


def test_over_all_stratified_samples_the_variance_is_estimated_without_bias():
    people = population_of({"place": list("aaabbbb"), "hours": [1, 4, 9, 3, 3, 8, 1]}).frame
    hours = people["hours"].to_numpy(float)
    a, b = (np.flatnonzero(people["place"] == one) for one in "ab")
    samples = [
        ((*one, *other), (2 / 3, 2 / 3, 2 / 4, 2 / 4))
        for one in itertools.combinations(a, 2)
        for other in itertools.combinations(b, 2)
    ]

    found = of_all_samples(people, sp.StratifiedSample("place", 4), samples)

    closed = 3**2 * (1 - 2 / 3) * hours[a].var(ddof=1) / 2
    closed += 4**2 * (1 - 2 / 4) * hours[b].var(ddof=1) / 2
    totals, errors = np.array(found).T
    assert totals.mean() == pytest.approx(hours.sum())
    assert totals.var() == pytest.approx(closed)
    assert (errors**2).mean() == pytest.approx(closed)


def test_over_all_samples_of_clusters_and_people_the_variance_is_estimated_without_bias():
    people = population_of(
        {"household": households([2, 3, 3]), "hours": [1, 4, 2, 9, 3, 3, 8, 1]}
    ).frame
    sample = sp.ClusterSample("household", 2, within=2)
    members = [np.flatnonzero(people["household"] == one) for one in people["household"].unique()]
    samples, chances = [], []
    for one, other in itertools.combinations(members, 2):
        pairs = [list(itertools.combinations(house, 2)) for house in (one, other)]
        for first, second in itertools.product(*pairs):
            shares = np.repeat([2 / 3 * 2 / len(one), 2 / 3 * 2 / len(other)], 2)
            samples.append(((*first, *second), shares))
            chances.append(1 / 3 / len(pairs[0]) / len(pairs[1]))

    totals, errors = np.array(of_all_samples(people, sample, samples)).T

    assert sum(chances) == pytest.approx(1)
    mean = np.average(totals, weights=chances)
    assert mean == pytest.approx(people["hours"].sum())
    true = np.average((totals - mean) ** 2, weights=chances)
    assert np.average(errors**2, weights=chances) == pytest.approx(true)


def test_everybody_drawn_leaves_no_error():
    whole = TOWN.frame["hours"]

    for sample in (
        sp.StratifiedSample("place", len(whole)),
        sp.ClusterSample("household", 16, within=50),
        sp.ProportionalSample("household", 16),
    ):
        assert figure(sample, sp.Mean("hours")) == pytest.approx((whole.mean(), 0.0))


def test_clusters_that_are_certain_are_strata_of_their_own_whose_people_are_sampled():
    sample = sp.ProportionalSample("household", 6, 2, strata="place")

    drawn = sp.draw(TOWN, sample, KEY, name="town", seed=4)

    south = drawn.strata.set_index("place").loc["south"]
    assert south[["certain", "taken"]].tolist() == [1, 4]
    own = drawn.frame[~drawn.frame["stratum"].isin(["north", "south"])]
    assert set(own["stratum"]) == {f"south / {own['household'].iloc[0]}"}
    assert own["unit"].tolist() == own["case"].tolist()
    assert own["base_weight"].tolist() == [20.0, 20.0]


def test_one_person_of_a_cluster_is_estimated_as_if_clusters_were_drawn_with_replacement():
    drawn = sp.draw(TOWN, sp.ClusterSample("household", 5, within=1), KEY, name="town", seed=4)

    assert drawn.design == sp.SampleDesign(weight="base_weight", clusters="household")


def test_a_unit_that_is_alone_though_not_certain_is_an_error_of_the_design_as_elsewhere():
    sample = sp.ProportionalSample("household", {"north": 1, "south": 4}, 2, strata="place")

    with pytest.raises(DesignError, match="north"):
        figure(sample, sp.Mean("hours"))


def test_cases_without_an_interview_keep_their_place_in_the_design():
    drawn = sp.draw(TOWN, sp.StratifiedSample("place", 30), KEY, name="town", seed=4, keep="hours")
    became = np.where(drawn.frame.index % 3 == 0, "refused", "done")
    answers = drawn.frame.assign(became=became)
    design = dataclasses.replace(drawn.design, disposition="became", interviewed=("done",))

    responses = sp.bind(answers, ASKED, design)

    assert len(responses.frame) == 30
    assert sp.estimate(responses, [sp.Mean("hours")]).frame["n_base"].iloc[0] == 20


# Printed by R, survey 4.1.1, from the frames of these samples: svymean(~hours, design), with
# options(survey.lonely.psu = "certainty").
GOLDEN = [
    (
        sp.StratifiedSample("place", 30, allocation="power"),
        (5.184039644565960, 0.484381843764295),
    ),
    (
        sp.ClusterSample("household", 7, within=2, strata="place"),
        (4.765510948905110, 0.860217871623252),
    ),
    (
        sp.ProportionalSample("household", 6, 2, strata="place"),
        (4.020833333333333, 0.998426518597412),
    ),
]


@pytest.mark.parametrize(("sample", "expected"), GOLDEN)
def test_estimates_are_those_of_r_survey(sample, expected):
    assert figure(sample, sp.Mean("hours")) == pytest.approx(expected, rel=1e-9)
