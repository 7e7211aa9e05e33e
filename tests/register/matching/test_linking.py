from __future__ import annotations

import logging
import math
import pickle
import re
import tempfile
import traceback
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

from socialpoll.demo.register.declared import LAYOUT as LAYOUT_OF_DEMO, declared_tables
from socialpoll.demo.register.synthesise import synthesise_hard_cases
from socialpoll.errors import RegisterError
from socialpoll.register import Links, Matching, evaluate_links, link_records, opening
from socialpoll.register.matching import linking, telling
from socialpoll.register.matching.identified import weighed_by_identifiers
from socialpoll.register.matching.preparing import Common, Ready
from socialpoll.register.matching.scoring import Pairs
from tests.register.handmade import COLUMNS, LAYOUT, csv_of, numbered, table_of
from tests.register.linked import FEW_PAIRS, KEY, truth_in

pytest.importorskip("splink", reason="the extra 'register' is not installed")

PSEUDONYM = re.compile("[0-9a-f]{64}")


def link(folder, *names: str, how: Matching = FEW_PAIRS) -> Links:
    tables = declared_tables(folder)
    return link_records(
        tables["reference"], [tables[one] for one in names], LAYOUT_OF_DEMO, KEY, how
    )


def test_nearly_all_links_are_right_and_nearly_all_are_found(folder, linked):
    quality = evaluate_links(linked, truth_in(folder, "health"), KEY).frame
    everything, health = quality.to_dict("records")

    assert health | {"source": "all"} == everything
    assert health["records"] == len(linked.frame) > 3_500
    assert health["precision"] >= 0.999
    assert health["recall"] >= 0.995


def test_most_are_known_by_identifier_and_of_the_others_most_by_likeness(folder, linked):
    truth = truth_in(folder, "health")
    without = pd.read_parquet(folder / "health.parquet").query("identifier.isna()")["record"]
    rest = truth[truth["record"].isin(without)]
    found = evaluate_links(linked, rest, KEY).frame.iloc[0]

    assert linked.frame["by"].value_counts(normalize=True)["identifier"] == pytest.approx(
        0.88, abs=0.02
    )
    assert found["precision"] >= 0.99
    assert found["recall"] >= 0.97


def test_a_person_has_one_match_of_a_source_and_all_else_are_duplicates(linked):
    match, duplicate = (linked.frame.query("role == @role") for role in ("match", "duplicate"))

    assert match["person"].is_unique
    assert set(duplicate["person"]) <= set(match["person"])
    assert len(duplicate) == pytest.approx(0.02 * len(match), rel=0.5)


def test_the_curve_gives_up_links_for_links_that_are_right(folder, linked):
    curve = evaluate_links(linked, truth_in(folder, "health"), KEY).curve

    assert curve["linked"].is_monotonic_decreasing
    assert curve["recall"].is_monotonic_decreasing
    assert curve["precision"].iloc[-1] >= curve["precision"].iloc[0]


def test_a_common_name_is_worth_less_to_be_told_by_than_a_date_of_birth(linked):
    worth = linked.worth.set_index(["attribute", "level"])["weight"]

    assert worth["birth_date"].iloc[0] > worth["family"].iloc[0] > worth["sex"].iloc[0] > 0
    assert worth["birth_date"].iloc[-1] < 0 > worth["place"].iloc[-1]


def test_a_wilayat_says_more_than_its_governorate_and_what_was_never_seen_says_nothing(linked):
    place = linked.worth.query("attribute == 'place'").set_index("level")["weight"]

    assert place["same wilayat"] > 3
    assert place["same governorate"] < 0
    assert place["same governorate, nothing finer known"] == 0


def test_no_identifier_name_or_number_of_a_record_is_in_what_comes_out(folder, linked):
    tables = [pd.read_parquet(folder / f"{one}.parquet") for one in ("health", "reference")]
    numbers = {*tables[0]["record"], *tables[0]["identifier"], *tables[1]["identifier"]}
    words = {word for table in tables for name in table["name"] for word in name.split()}
    told = pickle.dumps(linked) + linked.worth.to_csv().encode() + repr(linked).encode()
    tokens = set(re.split(r"[^0-9A-Za-z]+", told.decode("latin-1")))

    assert linked.frame["record"].str.fullmatch(PSEUDONYM).all()
    assert linked.frame["person"].str.fullmatch("|[0-9a-f]{64}").all()
    assert tokens.isdisjoint(map(str, numbers))
    assert not any(word.encode() in told for word in words)


def test_neither_order_of_rows_kind_of_file_nor_cores_make_a_difference_and_nothing_is_left(
    folder, linked, tmp_path, monkeypatch, caplog
):
    working, spilled = tmp_path / "working", tmp_path / "spilled"
    for one in (working, spilled):
        one.mkdir()
    monkeypatch.chdir(working)
    monkeypatch.setattr(tempfile, "tempdir", str(spilled))
    monkeypatch.setattr(linking, "database", partial(linking.database, threads=1))
    caplog.set_level(logging.DEBUG)
    again = []
    for name in ("reference", "health"):
        table = declared_tables(folder)[name]
        mixed = pd.read_parquet(table.data).sample(frac=1, random_state=3)
        mixed.to_csv(tmp_path / f"{name}.csv", index=False)
        again.append(replace(table, data=tmp_path / f"{name}.csv"))
    other = link_records(again[0], again[1:], LAYOUT_OF_DEMO, KEY, FEW_PAIRS)

    pd.testing.assert_frame_equal(linked.frame, other.frame, check_exact=True)
    pd.testing.assert_frame_equal(linked.worth, other.worth, check_exact=True)
    assert [*working.iterdir(), *spilled.iterdir()] == []
    assert [record for record in caplog.records if record.name.startswith("splink")] == []
    assert logging.getLogger("splink").level == logging.NOTSET


def test_nobody_who_has_another_identifier_is_linked_for_some_likeness(folder, linked):
    health = pd.read_parquet(folder / "health.parquet")
    identified = health["identifier"].notna().to_numpy()
    has_one = dict(zip(KEY.pseudonyms("record:health", health["record"]), identified, strict=True))
    likely = linked.frame.query("by == 'likeness' and role in ('match', 'duplicate')")
    told = linked.worth.query("attribute == 'identifier'").iloc[0]

    # No identifier of the synthetic register is mistyped.
    assert len(likely) > 300
    assert not likely["record"].map(has_one).any()
    assert told["weight"] == pytest.approx(math.log2(0.001))


@pytest.mark.parametrize(
    ("record", "person", "less"),
    [
        ("12345678", "87654321", True),
        ("12345678", "12345687", False),
        ("12345678", "12345678", False),
        (None, "87654321", False),
        ("12345678", None, False),
    ],
)
def test_a_pair_of_two_identifiers_weighs_less_but_not_for_a_slip(record, person, less):
    with opening.database() as connection:
        for name, identifier in (("people", person), ("rest", record)):
            columns = "SELECT 3 AS unique_id, CAST(? AS VARCHAR) AS identifier"
            connection.sql(columns, params=[identifier]).create(name)
        ready = Ready(connection, "people", "rest", Common.of(LAYOUT))
        pairs = Pairs(np.array([3]), np.array([3]), np.array([20.0]))
        weight = weighed_by_identifiers(ready, pairs).weight

    assert weight == pytest.approx(20 + less * math.log2(0.001))


def test_who_is_easily_mistaken_is_never_linked_wrongly_but_left_to_people(tmp_path):
    synthesise_hard_cases(60, to=tmp_path)
    links = link(tmp_path, "civil_status")
    quality = evaluate_links(links, truth_in(tmp_path, "civil_status"), KEY).frame.iloc[0]

    assert quality["precision"] == 1
    assert quality["recall"] > 0.7
    assert {"match", "review"} <= set(links.frame["role"])


@pytest.fixture
def few(tmp_path):
    """Link some handmade records with three people by identifiers alone."""

    def linking(changes, columns=COLUMNS) -> list[tuple[str, str]]:
        people = [{"name": f"{name} بن علي بن سالم الحارثي"} for name in ("حمد", "سيف", "ناصر")]
        reference = table_of(csv_of(tmp_path / "reference.csv", numbered(people)), name="reference")
        records = numbered([one | change for one, change in zip(people, changes, strict=True)])
        data = csv_of(tmp_path / "health.csv", records)
        table = table_of(data, columns=columns)
        frame = link_records(reference, [table], LAYOUT, KEY, Matching(pairs=100)).frame
        names = dict(enumerate(records, start=1))
        of = {KEY.pseudonym("record:health", str(at)): at for at in names}
        who = {KEY.pseudonym("person", str(at)): at for at in names} | {"": 0}
        told = frame.assign(record=frame["record"].map(of), person=frame["person"].map(who))
        return list(
            told.sort_values("record")[["person", "role", "by"]].itertuples(index=False, name=None)
        )

    return linking


def test_an_identifier_tells_though_one_of_name_and_birth_date_is_another(few):
    changes = [{}, {"born": "1990-05-18"}, {"name": "سيف بن خميس بن محمد الكندي"}]

    assert few(changes) == [(at, "match", "identifier") for at in (1, 2, 3)]


def test_an_identifier_that_name_and_birth_date_contradict_is_left_to_people(few):
    other = {"name": "سيف بن خميس بن محمد الكندي", "born": "1960-01-01"}

    assert few([{}, {}, other])[2] == (3, "review", "identifier")


def test_a_second_record_of_one_person_is_a_duplicate(few):
    second = {"civil_no": "12345679", "name": "حمد بن علي بن سالم الحارثي"}

    one, _, again = few([{}, {}, second])
    assert (one, again) == ((1, "match", "identifier"), (1, "duplicate", "identifier"))


def test_without_names_identifiers_alone_tell(few):
    columns = {"record": "no", "identifier": "civil_no"}

    assert few([{}, {"civil_no": "99999999"}, {}], columns) == [
        (1, "match", "identifier"),
        (0, "none", ""),
        (3, "match", "identifier"),
    ]


def test_too_few_people_to_learn_from_are_an_error_that_quotes_nobody(few, monkeypatch):
    from splink.internals.exceptions import EMTrainingException

    def fail(*_: object) -> None:
        message = "no pairs with the name of سالم المزروعي"
        raise EMTrainingException(message)

    monkeypatch.setattr(telling, "trained", fail)
    with pytest.raises(RegisterError, match="too few records are alike") as caught:
        few([{}, {}, {"civil_no": ""}])

    assert caught.value.found == "2 with the identifier of a person"
    assert "المزروعي" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__cause__ is caught.value.__context__ is None


@pytest.mark.parametrize("is_reference", [True, False])
def test_records_that_cannot_be_told_apart_are_refused(tmp_path, is_reference):
    right = table_of(csv_of(tmp_path / "right.csv", numbered([{}])), name="right")
    numbers = [{"no": "7"}, {"no": "7"}, {"no": ""}, {"no": "8"}]
    wrong = table_of(csv_of(tmp_path / "wrong.csv", numbered(numbers)), name="wrong")
    reference, other = (wrong, right) if is_reference else (right, wrong)

    with pytest.raises(RegisterError, match="records cannot be told apart") as caught:
        link_records(reference, [other], LAYOUT, KEY)
    assert caught.value.where == "wrong: record"
    assert caught.value.found == "1 without a number, 1 with that of another"


def test_neither_the_order_of_tables_nor_their_number_makes_a_difference(tmp_path):
    tables = [
        table_of(csv_of(tmp_path / f"{name}.csv", numbered([{}] * count)), name=name)
        for name, count in (("reference", 4), ("a", 2), ("b", 3))
    ]
    reference, one, other = tables
    both = link_records(reference, [other, one], LAYOUT, KEY).frame

    again = pd.concat(
        [link_records(reference, [table], LAYOUT, KEY).frame for table in (one, other)]
    )
    pd.testing.assert_frame_equal(both, again.reset_index(drop=True))
    assert both["role"].tolist() == ["match"] * 5


def test_an_empty_source_has_no_links_and_an_empty_reference_is_an_error(tmp_path):
    some = table_of(csv_of(tmp_path / "some.csv", numbered([{}])), name="some")
    none = table_of(csv_of(tmp_path / "none.csv", []), name="none")

    assert link_records(some, [none], LAYOUT, KEY).frame.empty
    assert list(link_records(some, [none], LAYOUT, KEY).frame) == list(
        link_records(some, [], LAYOUT, KEY).frame
    )
    with pytest.raises(RegisterError, match="there is nobody in the reference"):
        link_records(none, [some], LAYOUT, KEY)
