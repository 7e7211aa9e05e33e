from __future__ import annotations

import dataclasses
import pickle

import numpy as np
import pandas as pd
import pytest

import socialpoll.register as reg
from socialpoll.demo.register.declared import LAYOUT as DEMO, declared_tables
from socialpoll.errors import RegisterError
from tests.register import linked as demo
from tests.register.linking_by_hand import (
    KEY,
    LAYOUT,
    links_of,
    of_person,
    reference_of,
    told_by,
)

MUSCAT, DHOFAR = {"place": "muscat"}, {"place": "dhofar"}


@pytest.fixture
def register(tmp_path):
    return reg.open_register(reference_of(tmp_path, [MUSCAT, MUSCAT, {"place": ""}]), LAYOUT, KEY)


def test_a_register_has_pseudonyms_and_says_from_whom_a_value_is(register):
    frame = register.frame
    assert frame["person"].is_monotonic_increasing
    assert not set(frame.columns) & {"name", "identifier", "record"}
    assert set(frame["household"]) == {KEY.pseudonym("household", one) for one in ("h0", "h1")}
    (last,) = of_person(frame, "3").to_dict("records")
    assert last["governorate"] is None
    assert pd.isna(last["governorate_source"])
    assert pd.isna(last["governorate_date"])
    assert last["birth_date_source"] == "reference"
    assert str(last["birth_date"]) == "1990-05-17 00:00:00"


def test_a_later_table_with_authority_changes_what_stood_and_says_so(tmp_path, register):
    health = told_by(tmp_path, "health", [DHOFAR, MUSCAT, DHOFAR], governorate=1)
    updated = reg.update_register(register, links_of(health=["1", "2", "3"]), [health], KEY)
    told = updated.changes.set_index("person")
    first, third = (told.loc[KEY.pseudonym("person", one)] for one in ("1", "3"))
    assert len(told) == 2
    assert (first["old"], first["new"], first["source"], first["rule"]) == (
        "muscat", "dhofar", "health", "authority",
    )  # fmt: skip
    assert str(first["date"].date()) == "2023-06-30"
    assert (first["old_source"], str(first["old_date"].date())) == ("reference", "2020-12-12")
    assert (third["old"], third["new"], third["rule"]) == (None, "dhofar", "missing")
    counts = updated.counts.set_index("attribute").loc["governorate"]
    assert counts[["said", "changed", "confirmed", "conflicts"]].tolist() == [3, 2, 1, 0]


def test_without_authority_the_later_table_counts_and_an_earlier_one_does_not(tmp_path, register):
    tables = [told_by(tmp_path, "health", [DHOFAR]), told_by(tmp_path, "old", [MUSCAT, DHOFAR])]
    links = links_of(health=["1"], old=["1", "2"])
    updated = reg.update_register(register, links, tables, KEY)
    assert updated.changes["rule"].tolist() == ["recency"]
    assert of_person(updated.register.frame, "1")["governorate"].tolist() == ["dhofar"]
    assert of_person(updated.register.frame, "2")["governorate"].tolist() == ["muscat"]


def test_a_value_that_is_missing_or_no_code_says_nothing(tmp_path, register):
    health = told_by(tmp_path, "health", [{"place": ""}, {"place": "mars"}], governorate=1)
    updated = reg.update_register(register, links_of(health=["1", "2"]), [health], KEY)
    assert not len(updated.changes)


def test_a_table_that_contradicts_itself_changes_nothing_and_is_listed(tmp_path, register):
    civil = told_by(tmp_path, "civil", [DHOFAR, MUSCAT, DHOFAR], governorate=1)
    updated = reg.update_register(register, links_of(civil=["1", "1", "2"]), [civil], KEY)
    told = of_person(updated.conflicts, "1")
    assert told[["value", "source", "records", "standing"]].to_numpy().tolist() == [
        ["muscat", "reference", 1, True],
        ["dhofar", "civil", 1, False],
        ["muscat", "civil", 1, False],
    ]
    assert told["authority"].tolist() == [pd.NA, 1, 1]
    assert of_person(updated.register.frame, "1")["governorate"].tolist() == ["muscat"]
    assert of_person(updated.register.frame, "2")["governorate"].tolist() == ["dhofar"]
    assert updated.counts.set_index("attribute").loc["governorate", "conflicts"] == 1


def test_only_what_may_change_does(tmp_path, register):
    other = DHOFAR | {"sex": "female"}
    health = told_by(tmp_path, "health", [other])
    how = reg.Updating(attributes=("sex",))
    updated = reg.update_register(register, links_of(health=["1"]), [health], KEY, how)
    assert updated.changes["attribute"].tolist() == ["sex"]


def test_coverage_and_agreement_are_told_by_source_and_governorate(tmp_path, register):
    health = told_by(tmp_path, "health", [DHOFAR, MUSCAT, MUSCAT, DHOFAR])
    links = links_of(health=["1", "2", "2", None])
    updated = reg.update_register(register, links, [health], KEY)
    coverage = updated.coverage.set_index("governorate")
    assert coverage.loc["muscat", ["people", "linked", "coverage", "unlinked"]].tolist() == [
        2,
        2,
        1,
        0,
    ]
    assert coverage.loc["dhofar", ["people", "linked", "unlinked"]].tolist() == [0, 0, 1]
    assert coverage.loc["unknown", ["people", "linked"]].tolist() == [1, 0]
    assert coverage.loc["all", "coverage"] == pytest.approx(2 / 3)
    agreement = updated.agreement.query("attribute == 'governorate'").set_index("governorate")
    assert agreement.loc["muscat", ["compared", "agreeing"]].tolist() == [3, 2]
    assert agreement.loc["all", "agreement"] == pytest.approx(2 / 3)
    alone = reg.update_register(register, links, [health], KEY, reg.Updating(by=None))
    assert alone.coverage["place"].tolist() == ["unknown", "all"]


def test_what_does_not_belong_together_is_refused_with_counts_and_quotes_nobody(tmp_path, register):
    health = told_by(tmp_path, "health", [DHOFAR, MUSCAT])
    links = links_of(health=["1", "2", "9"], civil=["1"])
    with pytest.raises(RegisterError) as caught:
        reg.update_register(register, links, [health], KEY)
    told = str(caught.value)
    assert "1 of 4 linked records" in told
    assert "'civil'" in told
    assert "0 of 2 records without links, 1 links without records" in told
    other = reg.LinkageKey(bytes(32))
    with pytest.raises(RegisterError, match="2 of 2 records without links"):
        reg.update_register(register, links_of(health=["1", "2"]), [health], other)


@pytest.mark.parametrize("wrong", [{"order": ()}, {"order": ("age",)}, {"order": ("recency",) * 2}])
def test_an_order_that_is_none_is_refused(wrong):
    with pytest.raises(RegisterError, match="no such order"):
        reg.Updating(**wrong)


def test_attributes_that_may_change_are_some_and_each_named_once_all_told_at_once():
    with pytest.raises(RegisterError) as caught:
        reg.Updating(order=(), attributes=("sex", "sex"))
    assert [one.where for one in caught.value.problems] == ["order", "attributes"]
    with pytest.raises(RegisterError, match="no attribute may change"):
        reg.Updating(attributes=())


def test_records_that_are_linked_twice_are_refused(tmp_path, register):
    health = told_by(tmp_path, "health", [DHOFAR])
    links = links_of(health=["1"])
    twice = reg.Links(pd.concat([links.frame, links.frame]), links.worth)
    with pytest.raises(RegisterError, match=r"linked twice.*1 of 2 records"):
        reg.update_register(register, twice, [health], KEY)


def test_attributes_that_the_layout_does_not_have_are_refused_at_once(tmp_path, register):
    how = reg.Updating(attributes=("sexx",), by="governrate")
    health = told_by(tmp_path, "health", [DHOFAR])
    with pytest.raises(RegisterError) as caught:
        reg.update_register(register, links_of(health=["1"]), [health], KEY, how)
    assert [one.where for one in caught.value.problems] == ["attributes", "by"]


@pytest.fixture(scope="module")
def of_demo(folder):
    return reg.open_register(declared_tables(folder)["reference"], DEMO, demo.KEY)


@pytest.fixture(scope="module")
def updated(folder, linked, of_demo):
    return reg.update_register(of_demo, linked, [declared_tables(folder)["health"]], demo.KEY)


def test_to_update_again_changes_nothing(folder, linked, updated):
    again = reg.update_register(
        updated.register, linked, [declared_tables(folder)["health"]], demo.KEY
    )
    assert not len(again.changes)
    assert again.register.version == updated.register.version
    pd.testing.assert_frame_equal(again.register.frame, updated.register.frame)


def test_changes_undone_give_the_register_before(of_demo, updated):
    before, frame = of_demo.frame.set_index("person"), updated.register.frame.set_index("person")
    assert len(updated.changes) > 100
    for attribute, changes in updated.changes.groupby("attribute"):
        values = changes.set_index("person")["old"]
        if attribute == "birth_date":
            values = pd.to_datetime(values).astype("datetime64[s]")
        frame.loc[values.index, attribute] = values
        pd.testing.assert_series_equal(frame[attribute], before[attribute])


def test_those_who_moved_are_where_they_live_now(folder, of_demo, updated):
    people = pd.read_parquet(folder / "truth/people.parquet").set_index("person")
    records = pd.read_parquet(folder / "truth/records.parquet").query("source == 'reference'")
    on = declared_tables(folder)["health"].reference_date
    true = people.loc[records["person"]].set_axis(demo.KEY.pseudonyms("person", records["record"]))
    moved = pd.to_datetime(true["moved_on"]) <= pd.Timestamp(on)
    now = true["governorate"].where(~moved, true["moved_to"]).loc[of_demo.frame["person"]]
    known = updated.register.frame["governorate_source"] == "health"
    of_known = updated.register.frame["governorate"].to_numpy()[known]
    assert known.mean() > 0.85
    assert (of_known == now.to_numpy()[known]).mean() > 0.999
    assert (of_demo.frame["governorate"].to_numpy()[known] == now.to_numpy()[known]).mean() < 0.98


def test_dates_of_birth_of_a_better_source_stay(of_demo, updated):
    assert updated.agreement.query("attribute == 'birth_date'")["agreement"].max() < 1
    assert updated.register.frame["birth_date"].equals(of_demo.frame["birth_date"])


def test_nothing_is_changed_in_place(folder, linked, of_demo):
    before = of_demo.frame.copy(deep=True)
    reg.update_register(of_demo, linked, [declared_tables(folder)["health"]], demo.KEY)
    pd.testing.assert_frame_equal(of_demo.frame, before)
    with pytest.raises(dataclasses.FrozenInstanceError):
        of_demo.version = ""


def test_no_record_number_name_or_identifier_is_in_what_an_update_leaves(folder, updated):
    left = pickle.dumps(updated)
    records = pd.read_parquet(folder / "reference.parquet")
    some = records.iloc[::20]
    told = [*some["record"], *some["name"], *some["identifier"].dropna()]
    assert not [one for one in told if one.encode() in left]
    assert np.all(updated.register.frame["person"].str.len() == 64)
