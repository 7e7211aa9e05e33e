from __future__ import annotations

import pandas as pd
import pytest
from click.testing import CliRunner

from socialpoll.demo.register import synthesise
from socialpoll.demo.register.__main__ import main

NAMES = ["reference", "civil_status", "health", "education", "truth/people", "truth/records"]


def test_the_same_seed_writes_the_same_bytes_and_another_other_ones(tmp_path):
    written = [
        synthesise.synthesise_register(300, to=tmp_path / name, seed=seed)
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    bytes_of = [[path.read_bytes() for path in sorted(paths)] for paths in written]

    assert bytes_of[0] == bytes_of[1]
    assert all(one != other for one, other in zip(bytes_of[0], bytes_of[2], strict=True))


def test_people_are_written_in_chunks_that_go_together(tmp_path, monkeypatch):
    monkeypatch.setattr(synthesise, "CHUNK", 200)
    synthesise.synthesise_register(500, to=tmp_path)
    people = pd.read_parquet(tmp_path / "truth/people.parquet")
    records = pd.read_parquet(tmp_path / "truth/records.parquet")

    assert people["person"].tolist() == list(range(500))
    assert people.groupby("household")["person"].agg(lambda one: one.max() - one.min()).max() < 12
    assert not records.duplicated(["source", "record"]).any()


def test_the_first_people_are_the_same_however_many_follow(tmp_path, monkeypatch):
    monkeypatch.setattr(synthesise, "CHUNK", 100)
    for people in (100, 300):
        synthesise.synthesise_register(people, to=tmp_path / str(people))
    few, many = (pd.read_parquet(tmp_path / one / "civil_status.parquet") for one in ("100", "300"))

    pd.testing.assert_frame_equal(few, many.head(len(few)))


def test_the_script_writes_text_where_it_is_asked_to(tmp_path):
    arguments = ["--people", "50", "--format", "csv", "--to", str(tmp_path)]
    outcome = CliRunner().invoke(main, arguments, catch_exceptions=False)

    assert outcome.exit_code == 0
    for name in NAMES:
        assert len(pd.read_csv(tmp_path / f"{name}.csv", dtype=str)) > 10


@pytest.fixture(scope="module")
def hard(tmp_path_factory) -> dict[str, pd.DataFrame]:
    folder = tmp_path_factory.mktemp("hard")
    outcome = CliRunner().invoke(main, ["--people", "600", "--hard", "--to", str(folder)])
    assert outcome.exit_code == 0
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in NAMES}


def pairs(hard: dict[str, pd.DataFrame], kind: str) -> list[pd.DataFrame]:
    """Columns of the first and of the second of each pair."""
    of_kind = hard["truth/people"].query("kind == @kind")
    return [of_kind.iloc[start::2].reset_index(drop=True) for start in (0, 1)]


def test_hard_cases_are_a_hundred_pairs_of_each_kind_without_identifiers(hard):
    assert hard["truth/people"]["kind"].value_counts().tolist() == [200, 200, 200]
    for name in ("civil_status", "health", "education"):
        assert hard[name]["identifier"].isna().all()


def test_twins_are_told_apart_by_their_given_names_alone(hard):
    one, other = pairs(hard, "twin")
    alike = ["birth_date", "sex", "father_name", "grandfather_name", "family_name", "governorate"]

    pd.testing.assert_frame_equal(one[alike], other[alike])
    assert (one["first_name"] != other["first_name"]).all()


def test_people_of_a_common_name_are_told_apart_by_their_birth_dates_alone(hard):
    one, other = pairs(hard, "common_name")
    alike = ["sex", "first_name", "father_name", "grandfather_name", "family_name", "governorate"]
    apart = pd.to_datetime(one["birth_date"]) - pd.to_datetime(other["birth_date"])

    pd.testing.assert_frame_equal(one[alike], other[alike])
    assert apart.dt.days.min() >= 1
    assert (apart.dt.days <= 40).sum() == 50


@pytest.mark.parametrize(
    ("source", "swapped"), [("health", True), ("civil_status", True), ("reference", False)]
)
def test_agencies_write_the_father_first_where_names_are_swapped(hard, source, swapped):
    records = hard["truth/records"].query("source == @source")
    of_whom = hard["truth/people"].query("kind == 'swapped_name'")
    written = hard[source].merge(records, on="record").merge(of_whom, on="person")
    chain = ["first_name", "father_name", "grandfather_name", "family_name"]
    if swapped:
        chain[:2] = chain[1::-1]
    expected = written[chain].agg(" ".join, axis=1)
    words = written["name"].str.replace(r" بن(ت)? ", " ", regex=True)

    assert len(written) > 150
    assert (words == expected).all()
