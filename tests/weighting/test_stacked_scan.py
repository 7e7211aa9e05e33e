"""Waves that lie elsewhere are counted together as far as is asked, each with its own weights."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import CombinationsError, DesignError, Problem, WeightingError
from tests.indicators.polls import answers, bound, questionnaire

HALVES = {"m": 0.5, "f": 0.5}
DESIGN = sp.SampleDesign(strata="stratum", weight="weight")


def scan(seed, **options):
    return sp.scan(answers(seed), questionnaire(), DESIGN, **options)


@pytest.fixture(scope="module")
def scans():
    return {"a": scan(1), "b": scan(2)}


@pytest.fixture(scope="module")
def mixed(scans):
    """One wave that is raked where it lies, and one in memory."""
    return {"a": sp.rake(scans["a"], {"sex": HALVES}, total=1000), "b": bound(2, DESIGN)}


def test_nothing_but_strata_and_what_is_weighted_by_is_there_before_it_is_asked_for(mixed):
    stacked = sp.stack(mixed)

    assert stacked.responses.strata_labels == ("a: s", "a: t", "b: s", "b: t")
    assert (stacked.responses.repeats.times > 1).sum() == 4
    assert len(stacked.responses) == 4 + 60
    assert repr(stacked) == "<Waves a, b: 120 cases>"


def test_a_tally_weighs_each_wave_as_it_is_weighted_alone(mixed):
    counted = sp.stack(mixed).tally(["sex", "area"])

    weights = counted.mass.forward()
    of_first = counted.responses.frame["wave"] == "a"
    sexes = counted.responses.frame["sex"][of_first]
    assert weights[of_first][sexes == "m"].sum() == pytest.approx(500)
    assert weights[of_first].sum() == pytest.approx(1000)
    assert weights[~of_first].tolist() == mixed["b"].base_weight.tolist()
    assert counted.scan is None
    assert counted.tally(["rooms"]) is counted


def test_a_tally_of_waves_is_estimated_as_the_waves(mixed):
    stacked = sp.stack(mixed)

    of_tally, of_waves = (
        sp.estimate(one, "area").frame for one in (stacked.tally(["area"]), stacked)
    )

    assert of_tally.equals(of_waves)


def test_what_was_counted_once_is_not_counted_again(mixed):
    stacked = sp.stack(mixed)

    assert stacked.scan.tally(["sex", "area"]) is stacked.scan.tally(["area", "wave"])
    assert stacked.scan.is_few(["sex", "wave"], 60)
    assert not stacked.scan.is_few(["hours"], 20)


def test_the_identity_of_a_stack_is_that_of_its_scans_whatever_counts_them(scans):
    frames = {"a": answers(1), "b": answers(2)}
    again = {name: sp.scan(one.iloc[::-1], questionnaire(), DESIGN) for name, one in frames.items()}

    assert sp.stack(scans).id == sp.stack(again).id
    assert sp.stack(scans).id != sp.stack({"a": scans["a"], "b": scans["a"]}).id


def test_a_list_of_scans_takes_the_names_they_were_bound_with():
    waves = [scan(1, wave="w1"), sp.rake(scan(2, wave="w2"), {"sex": HALVES})]

    assert sp.stack(waves).names == ("w1", "w2")


def test_too_many_combinations_are_those_of_a_wave(scans, monkeypatch):
    def many(_self, _names, **_):
        raise CombinationsError("the answers", [Problem("too many combinations")])

    stacked = sp.stack(scans)
    monkeypatch.setattr(type(scans["a"]), "tally", many)

    with pytest.raises(CombinationsError, match="in the answers of wave 'a'"):
        stacked.tally(["hours"])


def test_units_in_common_are_refused_of_what_is_counted(mixed):
    with pytest.raises(WeightingError, match=r"known by their names.*'a'.*bind the answers"):
        sp.stack(mixed, units="common")


def test_a_lonely_cluster_of_any_wave_needs_a_policy(scans):
    alone = answers(2)
    alone.loc[alone["stratum"] == "s", "cluster"] = 1
    design = sp.SampleDesign(strata="stratum", clusters="cluster", nested=True, weight="weight")

    with pytest.raises(DesignError, match="only one sampling unit"):
        sp.stack({"a": scans["a"], "b": sp.scan(alone, questionnaire(), design)})


def test_what_was_not_offered_is_looked_for_where_it_lies(scans):
    given = int(answers(1)["apps"].str.contains("c", na=False).sum())

    with pytest.raises(WeightingError, match=rf"'c' of 'apps' was given.*{given} answers"):
        sp.stack(scans, not_offered={"a": {"apps": ["c"]}})


@pytest.mark.parametrize("wave", [answers(1), None, "answers.parquet"])
def test_what_is_no_wave_is_refused(scans, wave):
    with pytest.raises(WeightingError, match="Weights, Responses or Scan"):
        sp.stack({"a": scans["a"], "b": wave})
    with pytest.raises(WeightingError, match="name of its own"):
        sp.stack([wave, wave])
