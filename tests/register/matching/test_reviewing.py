from __future__ import annotations

import csv
import stat
from pathlib import Path

import pandas as pd
import pytest

from socialpoll.errors import RegisterError
from socialpoll.register import (
    Decisions,
    LinkageKey,
    Links,
    decide,
    link_records,
    read_review,
    write_review,
)
from tests.register.handmade import LAYOUT, csv_of, numbered, table_of
from tests.register.linking_by_hand import links_of

pytest.importorskip("duckdb", reason="the extra 'register' is not installed")
pytest.importorskip("splink", reason="the extra 'register' is not installed")

KEY = LinkageKey(bytes(range(32)))
PEOPLE = [
    {"name": "سالم بن علي بن حمد الحارثي"},
    {"name": "خالد بن سيف بن ناصر الكندي", "born": "1971-02-03"},
    {"name": "ناصر بن خميس بن سعيد المعمري", "born": "1955-06-30"},
]
STRANGER = {"name": "زاهر بن مطر بن هلال المزروعي", "born": "2001-01-01"}


@pytest.fixture
def tables(tmp_path):
    """Three people; of four records two have the identifier and nothing else of somebody."""
    records = [PEOPLE[0], STRANGER, STRANGER, PEOPLE[0]]
    rows = numbered(records)
    rows[3]["civil_no"] = rows[0]["civil_no"]
    reference = table_of(csv_of(tmp_path / "reference.csv", numbered(PEOPLE)), name="reference")
    return reference, table_of(csv_of(tmp_path / "health.csv", rows))


@pytest.fixture
def links(tables) -> Links:
    reference, health = tables
    return link_records(reference, [health], LAYOUT, KEY)


@pytest.fixture
def written(tmp_path, tables, links) -> Path:
    reference, health = tables
    return write_review(links, reference, [health], LAYOUT, KEY, to=tmp_path / "review.csv")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def decided(path: Path, *decisions: str) -> Path:
    """Write decisions into the file, in the order of its rows."""
    rows = rows_of(path)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(
            row | {"decision": decision} for row, decision in zip(rows, decisions, strict=True)
        )
    return path


def roles(links: Links) -> dict[str, tuple[str, str, bool]]:
    """Role, by whom, and whether it is of somebody, by the number of the record."""
    number = {KEY.pseudonym("record:health", str(one)): str(one) for one in range(1, 5)}
    frame = links.frame.set_index(links.frame["record"].map(number))
    return {
        one: (frame.loc[one, "role"], frame.loc[one, "by"], frame.loc[one, "person"] != "")
        for one in sorted(frame.index)
    }


def test_both_sides_of_a_pair_stand_beside_each_other_as_they_are_written(written):
    rows = rows_of(written)

    assert [row["record_name"] for row in rows] == [STRANGER["name"]] * 2
    assert {row["person_name"] for row in rows} == {PEOPLE[1]["name"], PEOPLE[2]["name"]}
    assert {(row["record_birth_date"], row["decision"]) for row in rows} == {("2001-01-01", "")}
    assert all(row["record_identifier"] == row["person_identifier"] for row in rows)


def test_the_file_is_for_its_owner_alone_and_is_not_written_over(written, tables, links):
    reference, health = tables

    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    with pytest.raises(RegisterError) as caught:
        write_review(links, reference, [health], LAYOUT, KEY, to=written)
    assert caught.value.found == "File exists"


def test_a_name_that_a_spreadsheet_would_calculate_is_quoted(tmp_path):
    person = {"name": "-2+3 سالم"}
    people = table_of(csv_of(tmp_path / "r.csv", numbered([person])), name="reference")
    record = {"name": "=SUM(A1)"}
    table = table_of(csv_of(tmp_path / "h.csv", numbered([record])))
    links = links_of(health=["1"])
    asked = Links(links.frame.assign(role="review", probability=0.6), links.worth)
    path = write_review(asked, people, [table], LAYOUT, KEY, to=tmp_path / "review.csv")
    (row,) = rows_of(path)
    assert row["record_name"] == "'=SUM(A1)"
    assert row["person_name"] == "'-2+3 سالم"
    assert row["source"] == "health"


def test_a_pair_that_is_the_same_is_a_match_and_one_that_is_not_is_nobody(written, links):
    same = rows_of(written)[0]["record"]
    after = decide(links, read_review(decided(written, "same", "other")))
    told = after.frame.set_index("record").loc[same]

    assert (told["role"], told["by"]) == ("match", "decision")
    assert sorted(roles(after).values()) == [
        ("duplicate", "identifier", True),
        ("match", "decision", True),
        ("match", "identifier", True),
        ("none", "decision", False),
    ]
    assert "review" in set(links.frame["role"])


def test_what_is_left_empty_stays_to_be_decided(written, links):
    decisions = read_review(decided(written, "", "other"))

    assert decisions.undecided == 1
    assert sum(role == "review" for role, *_ in roles(decide(links, decisions)).values()) == 1


def test_decisions_that_are_given_twice_do_the_same_as_once(written, links):
    decisions = read_review(decided(written, "same", "other"))
    once = decide(links, decisions)

    pd.testing.assert_frame_equal(decide(once, decisions).frame, once.frame)


def test_a_second_record_of_somebody_is_a_duplicate_when_people_say_so_too():
    one, other, person = "a" * 64, "b" * 64, "c" * 64
    rows = [
        ("health", other, person, "match", "likeness", 9.0, 0.99),
        ("health", one, person, "review", "likeness", 1.0, 0.6),
    ]
    columns = ["source", "record", "person", "role", "by", "weight", "probability"]
    links = Links(pd.DataFrame(rows, columns=columns), pd.DataFrame())
    told = pd.DataFrame([("health", one, person, "same")], columns=[*columns[:3], "decision"])
    after = decide(links, Decisions(told, undecided=0))

    assert after.frame["role"].tolist() == ["match", "duplicate"]


def test_names_are_not_read_back(written):
    decisions = read_review(decided(written, "same", "other"))

    assert list(decisions.frame) == ["source", "record", "person", "decision"]


def test_every_mistake_of_the_file_is_told_with_its_line_and_without_a_name(written):
    rows = rows_of(decided(written, "yes", "same"))
    with written.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, list(rows[0])).writerow(rows[1])
    with pytest.raises(RegisterError) as caught:
        read_review(written)

    assert [(one.what, one.where, one.found) for one in caught.value.problems] == [
        ("a decision is none", "line 2: decision", ""),
        ("a record is there twice", "line 4", "line 3 too"),
    ]
    assert STRANGER["name"] not in str(caught.value)


def test_a_file_without_its_columns_or_that_is_none_is_refused(tmp_path):
    (tmp_path / "review.csv").write_text("source;record\n", encoding="utf-8")

    with pytest.raises(RegisterError, match="there is no column 'person'"):
        read_review(tmp_path / "review.csv")
    with pytest.raises(RegisterError, match="the file cannot be read"):
        read_review(tmp_path / "none.csv")


def test_decisions_of_other_links_are_refused(written, tables, links):
    decisions = read_review(decided(written, "same", "other"))
    reference, health = tables
    others = link_records(reference, [health], LAYOUT, LinkageKey(b"\x07" * 32))

    with pytest.raises(RegisterError, match="nobody was asked about these pairs") as caught:
        decide(others, decisions)
    assert caught.value.found == "2 of 2"
    contrary = read_review(decided(written, "other", "same"))
    with pytest.raises(RegisterError, match="nobody was asked"):
        decide(decide(links, decisions), contrary)


def test_pairs_of_another_key_are_not_found_in_the_tables(tmp_path, tables, links):
    reference, health = tables
    with pytest.raises(RegisterError, match="pairs are not in the tables") as caught:
        write_review(
            links, reference, [health], LAYOUT, LinkageKey(b"\x07" * 32), to=tmp_path / "r.csv"
        )

    assert caught.value.found == "2 of 2"
    assert not (tmp_path / "r.csv").exists()
