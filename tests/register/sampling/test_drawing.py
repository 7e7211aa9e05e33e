from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import RegisterError
from tests.register.sampling.handmade import KEY, households, population_of

HOUSES = households([1, 2, 3, 4, 5, 6, 4, 5] * 5)
PEOPLE = population_of(
    {
        "household": HOUSES,
        "block": [one // 4 for one in HOUSES],
        "place": ["dhofar" if one < 12 else "muscat" for one in HOUSES],
        "sex": ["male" if at % 3 else "female" for at in range(len(HOUSES))],
        "hours": [at % 7 for at in range(len(HOUSES))],
    }
)
SAMPLES = {
    "people": sp.StratifiedSample(("place", "sex"), 40),
    "clusters": sp.ClusterSample("household", 12, within=2, strata="place"),
    "by size": sp.ProportionalSample("block", 6, 4, strata="place"),
    "all of them": sp.ClusterSample("block", 4),
    "hours": sp.ProportionalSample("block", 3, 4, size="hours"),
}


def drawn(sample, people=PEOPLE, *, name="2024-03", seed=1, keep=()) -> sp.Drawn:
    return sp.draw(people, sample, KEY, name=name, seed=seed, keep=keep)


def with_frame(frame: pd.DataFrame) -> sp.Population:
    return dataclasses.replace(PEOPLE, frame=frame)


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_the_order_of_rows_makes_no_difference_and_a_seed_draws_the_same_again(sample):
    shuffled = with_frame(PEOPLE.frame.sample(frac=1, random_state=5))

    one, other = drawn(sample, keep="sex"), drawn(sample, shuffled, keep=["sex"])
    third = drawn(sample, seed=np.random.default_rng(1), keep="sex")

    for again in (other, third):
        pd.testing.assert_frame_equal(one.frame, again.frame)
        pd.testing.assert_frame_equal(one.strata, again.strata)
        assert (one.design, one.seed) == (again.design, again.seed)


def test_another_seed_is_another_sample_and_says_so():
    one, other = drawn(SAMPLES["people"]), drawn(SAMPLES["people"], seed=2)

    assert set(one.frame["case"]) != set(other.frame["case"])
    assert one.seed != other.seed


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_nothing_that_leaves_can_be_put_beside_the_register_without_the_key(sample):
    made = drawn(sample, keep=("household", "block", "sex"))
    secret = {one for name in ("person", "household", "block") for one in PEOPLE.frame[name]}

    cells = {str(one) for table in (made.frame, made.strata) for one in table.to_numpy().ravel()}
    text = pickle.dumps(made).decode("latin-1") + repr(made) + str(made.design)

    assert not cells & secret
    assert not [one for one in secret if one in text]
    assert "person" not in made.frame
    assert made.frame["case"].is_monotonic_increasing


def test_whoever_has_the_key_finds_the_people_of_the_cases_and_the_variables_they_kept():
    made = drawn(SAMPLES["clusters"], keep=("hours", "sex"))
    people = PEOPLE.frame.assign(case=KEY.pseudonyms("case:2024-03", PEOPLE.frame["person"]))

    found = made.frame.merge(people, on="case", suffixes=("", "_register"), validate="1:1")

    assert len(found) == len(made)
    for one in ("hours", "sex", "place"):
        assert found[one].tolist() == found[f"{one}_register"].tolist()
    pairs = found[["household", "household_register"]].drop_duplicates()
    assert pairs["household"].is_unique
    assert pairs["household_register"].is_unique


def test_samples_of_two_names_have_no_pseudonym_in_common():
    one, other = (drawn(SAMPLES["clusters"], name=name).frame for name in ("a", "b"))

    assert one["probability"].tolist() != []
    for column in ("case", "household"):
        assert not set(one[column]) & set(other[column])


def test_strata_that_are_keys_leave_as_pseudonyms_of_the_sample():
    made = drawn(sp.StratifiedSample("block", 40))

    assert not set(made.strata["block"]) & set(PEOPLE.frame["block"])
    assert set(made.frame["stratum"]) == set(made.strata["block"])


def test_what_the_population_says_is_a_key_is_taken_for_one_whatever_it_looks_like():
    numbered = PEOPLE.frame.assign(block=PEOPLE.frame["block"].factorize()[0])
    people = dataclasses.replace(PEOPLE, frame=numbered, keys=("household", "block"))

    made = drawn(SAMPLES["people"], people, keep="block")

    assert made.frame["block"].str.fullmatch("[0-9a-f]{64}").all()


def test_a_stratum_that_has_fewer_is_taken_whole_and_it_is_said():
    sizes = PEOPLE.frame["place"].value_counts()

    made = drawn(sp.StratifiedSample("place", {"muscat": 10, "dhofar": 1_000})).strata

    assert made.columns.tolist() == [
        *("place", "people", "asked", "taken", "whole", "cases", "lowest", "highest")
    ]
    assert made["place"].tolist() == ["dhofar", "muscat"]
    assert made["taken"].tolist() == [sizes["dhofar"], 10]
    assert made["asked"].tolist() == [1_000, 10]
    assert made["whole"].tolist() == [True, False]
    assert made["lowest"].tolist() == [1.0, pytest.approx(10 / sizes["muscat"])]


@settings(max_examples=12)
@given(
    st.lists(st.sampled_from(["a", "b / c", "b", "c"]), min_size=8, max_size=40),
    st.sampled_from(["proportional", "equal", "power", {"a": 1.0, "b / c": 0, "b": 3, "c": 0.5}]),
    st.floats(0, 1),
    st.integers(0, 99),
)
def test_the_weights_of_a_stratum_sum_to_its_people(places, allocation, at, seed):
    counts = pd.Series(places).value_counts()
    least = int(counts.clip(upper=2).sum())
    size = least + round(at * (len(places) - least))
    if isinstance(allocation, dict):
        allocation = {one: allocation[one] for one in counts.index}
        if not any(allocation.values()):
            return

    made = drawn(
        sp.StratifiedSample("place", size, allocation=allocation),
        population_of({"place": places}),
        seed=seed,
    )

    sums = made.frame.groupby("place")["base_weight"].sum()
    assert len(made) == size
    assert sums.to_dict() == pytest.approx(counts.to_dict(), rel=1e-12)


def test_everything_that_is_wrong_with_a_draw_is_told_at_once():
    sample = sp.ProportionalSample("blok", 5, 2, strata=("place", "person"), size="sex")

    with pytest.raises(RegisterError) as refused:
        drawn(sample, name="March 2024", seed=-1, keep=("se", "case"))

    told = [(one.where, one.what) for one in refused.value.problems]
    assert told == [
        ("name", "the name is not plain"),
        ("seed", "that is no seed"),
        ("strata = 'person'", "pseudonyms of people do not leave with a sample"),
        ("clusters = 'blok'", "the population has no such column"),
        ("size = 'sex'", "sizes are no numbers"),
        ("keep = 'se'", "the population has no such column"),
        ("keep = 'case'", "the population has no such column"),
    ]
    assert refused.value.problems[3].allowed.startswith("did you mean 'block'?")


def test_a_variable_named_as_a_column_of_the_sample_is_refused():
    people = with_frame(PEOPLE.frame.rename(columns={"sex": "stratum"}))

    with pytest.raises(RegisterError, match="taken by the sample's own columns"):
        drawn(SAMPLES["clusters"], people, keep="stratum")


def test_people_without_a_stratum_or_a_size_are_counted():
    frame = PEOPLE.frame.assign(hours=PEOPLE.frame["hours"].astype(float))
    frame.loc[:4, "place"] = None
    frame.loc[:1, "hours"] = [-1.0, np.nan]

    with pytest.raises(RegisterError) as refused:
        drawn(sp.ProportionalSample("block", 6, strata="place", size="hours"), with_frame(frame))

    assert [one.what for one in refused.value.problems] == [
        f"5 of {len(frame)} people have no value",
        f"2 of {len(frame)} people have no size",
    ]


def test_clusters_in_several_strata_or_places_of_the_order_are_counted():
    with pytest.raises(RegisterError) as refused:
        drawn(sp.ProportionalSample("household", 9, strata="sex", order="hours"))

    found = [(one.where, one.found) for one in refused.value.problems]
    assert [where for where, _ in found] == ["strata", "order"]
    for (_, told), column in zip(found, ("sex", "hours"), strict=True):
        pairs = PEOPLE.frame[["household", column]].drop_duplicates()["household"]
        assert told == f"{pairs[pairs.duplicated()].nunique()} of 40 clusters"


def test_units_without_a_size_are_counted():
    frame = PEOPLE.frame.assign(hours=(PEOPLE.frame["sex"] == "male").astype(int))
    women = int((frame["hours"] == 0).sum())

    with pytest.raises(RegisterError, match=f"units have no size; found {women} of {len(frame)}"):
        drawn(sp.ProportionalSample(None, 9, size="hours"), with_frame(frame))


@pytest.mark.parametrize(
    ("sample", "told"),
    [
        (sp.StratifiedSample("place", 10_000), "found 10000 in 2 strata.*allowed: 4 to 150"),
        (sp.StratifiedSample("place", 3), "so many cannot be drawn"),
        (sp.StratifiedSample("place", {"muscat": 5, "dofar": 3}), "did you mean 'dhofar'"),
        (sp.StratifiedSample("place", {"muscat": 5}), "strata are left out; found 1 of 2"),
        (sp.StratifiedSample("place", 9, {"muscat": 5.0}), "allocation: strata are left out"),
        (sp.ClusterSample("block", {"muscat": 5}), "there are no strata"),
        (sp.ClusterSample("block", {"x": 5}, strata="block"), "strata that are keys"),
    ],
)
def test_numbers_that_the_strata_do_not_have_are_refused(sample, told):
    with pytest.raises(RegisterError, match=told):
        drawn(sample)


def test_the_kinds_of_columns_make_no_difference():
    kinds = {"hours": "Int16", "place": "category", "household": "category", "sex": "string"}
    sample = sp.ProportionalSample("household", 9, 2, strata="place", size="hours")
    frame = PEOPLE.frame.assign(hours=PEOPLE.frame["hours"] + 1)

    one = drawn(sample, with_frame(frame), keep=("sex", "hours"))
    other = drawn(sample, with_frame(frame.astype(kinds)), keep=("sex", "hours"))

    pd.testing.assert_frame_equal(one.frame.astype(str), other.frame.astype(str))
    pd.testing.assert_frame_equal(one.strata.astype(str), other.strata.astype(str))


def test_nothing_is_drawn_from_nobody():
    with pytest.raises(RegisterError, match="there is nobody in the population"):
        drawn(SAMPLES["people"], with_frame(PEOPLE.frame.iloc[:0]))


def test_people_who_are_there_twice_or_without_a_pseudonym_are_counted():
    frame = pd.concat([PEOPLE.frame, PEOPLE.frame.iloc[:3]])
    frame.iloc[-1, 0] = None

    with pytest.raises(RegisterError) as refused:
        drawn(SAMPLES["people"], with_frame(frame))

    assert [one.what for one in refused.value.problems] == [
        f"1 of {len(frame)} people have no pseudonym",
        f"2 of {len(frame)} people are there a second time",
    ]


def test_a_population_without_people_is_refused_with_everything_else_that_is_wrong():
    frame = PEOPLE.frame.drop(columns="person").rename(columns={"sex": "taken"})

    with pytest.raises(RegisterError) as refused:
        drawn(sp.StratifiedSample(("place", "taken", "place"), 20), with_frame(frame))

    assert [one.what for one in refused.value.problems] == [
        "the population has no pseudonyms of people",
        "columns are named twice",
        "the name is taken by the sample's own columns",
    ]


def test_a_seed_is_not_found_again_from_what_is_told_of_it_without_the_key():
    other = sp.LinkageKey(bytes(range(1, 33)))

    told = {
        sp.draw(PEOPLE, SAMPLES["people"], key, name="a", seed=1).seed for key in (KEY, KEY, other)
    }

    assert len(told) == 2
