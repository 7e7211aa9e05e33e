from __future__ import annotations

import pandas as pd
import pytest

from socialpoll.demo import FOLDER
from socialpoll.demo.citizens import Citizens
from socialpoll.demo.register.people import WILAYATS_OF
from tests.registers import PEOPLE

GOVERNORATE_OF = {name: place for place, names in WILAYATS_OF.items() for name in names}


def test_there_are_as_many_people_as_asked_for_each_with_a_number_and_an_identifier(people):
    assert people.index.tolist() == list(range(PEOPLE))
    assert people["identifier"].is_unique
    assert people["identifier"].str.fullmatch(r"\d{8}").all()


def test_governorates_have_their_share_of_citizens(people):
    expected = pd.Series(Citizens.read(FOLDER).governorates)
    homes = people.groupby("household")["governorate"].first().value_counts(normalize=True)

    assert homes[expected.index].to_numpy() == pytest.approx(
        (expected / expected.sum()).to_numpy(), abs=0.03
    )


def test_a_household_lives_in_one_block_and_a_block_in_one_governorate(people):
    assert people.groupby("household")["block"].nunique().max() == 1
    assert people.groupby("block")["governorate"].nunique().max() == 1
    assert people.groupby("block")["household"].nunique().max() == 40


def test_a_block_lies_in_one_wilayat_and_a_wilayat_in_its_governorate(people):
    assert people.groupby("block")["wilayat"].nunique().max() == 1
    for governorate, wilayats in people.groupby("governorate")["wilayat"]:
        assert set(wilayats) <= set(WILAYATS_OF[governorate])


def test_who_moves_lives_in_a_wilayat_of_the_other_governorate(people):
    moved = people[people["moved_to"].notna()]

    assert (moved["moved_to_wilayat"].map(GOVERNORATE_OF) == moved["moved_to"]).all()
    assert people["moved_to_wilayat"].notna().sum() == len(moved) > 0


def test_children_bear_the_chain_of_the_head_and_siblings_have_names_of_their_own(people):
    heads = people.groupby("household").first()
    of_head = heads.loc[people["household"], ["first_name", "father_name", "family_name"]]
    own = people[["father_name", "grandfather_name", "family_name"]]
    children = people[(own.to_numpy() == of_head.to_numpy()).all(axis=1)]

    assert len(children) > PEOPLE / 3
    assert not children.duplicated(["household", "first_name"]).any()


def test_some_children_are_twins(people):
    pairs = people.duplicated(["household", "birth_date", "father_name"])

    assert 0.002 < pairs.mean() < 0.012


def test_mothers_are_older_than_their_children(people):
    born = pd.to_datetime(people["birth_date"])
    households = born.dt.year.groupby(people["household"]).agg(["min", "max", "size"])
    of_four = households[households["size"] > 3]

    assert born.max() <= pd.Timestamp("2020-12-12")
    assert (of_four["max"] - of_four["min"]).min() >= 16
