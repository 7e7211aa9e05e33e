from __future__ import annotations

import csv
import io
from collections import Counter

import pytest

from socialpoll.demo import FOLDER, supposed
from socialpoll.demo.chances import Leaning
from socialpoll.demo.citizens import GROUP_OF_EDUCATION, Citizens
from socialpoll.demo.synthesise import COLUMNS, INTERVIEWS, main, synthesise


@pytest.fixture(scope="module")
def cases() -> list[dict[str, str]]:
    text = (FOLDER / "responses.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def interviews(cases) -> list[dict[str, str]]:
    return [case for case in cases if case["disposition"] == "interview"]


def test_the_script_writes_the_bundled_answers_byte_for_byte(tmp_path):
    main([str(tmp_path)])

    assert (tmp_path / "responses.csv").read_bytes() == (FOLDER / "responses.csv").read_bytes()


def test_what_is_supposed_of_content_changes_no_other_answer(cases, monkeypatch):
    content = ("formats", "content_languages")
    for name in ("FORMATS", "LANGUAGES"):
        (first, *_) = getattr(supposed, name)
        monkeypatch.setattr(supposed, name, {first: (0.99, Leaning())})
    changed = list(csv.DictReader(io.StringIO(synthesise())))

    assert all([row[one] for row in cases] != [row[one] for row in changed] for one in content)
    assert [without(row, content) for row in cases] == [without(row, content) for row in changed]


def without(row: dict[str, str], columns: tuple[str, ...]) -> dict[str, str]:
    return {name: told for name, told in row.items() if name not in columns}


def test_another_seed_draws_another_sample_of_the_same_design():
    rows = list(csv.DictReader(io.StringIO(synthesise(seed=1))))
    places = Counter(row["governorate"] for row in rows if row["disposition"] == "interview")

    assert places == Citizens.read(FOLDER).allocation(INTERVIEWS)
    assert synthesise(seed=1) != synthesise(seed=2)


def test_the_sample_has_2500_interviews_and_a_thousand_and_more_without_one(cases, interviews):
    became = Counter(case["disposition"] for case in cases)

    assert tuple(cases[0]) == COLUMNS
    assert len(interviews) == 2500
    assert set(became) == {"interview", "refusal", "no_contact", "other"}
    assert 0.5 < len(interviews) / len(cases) < 0.65


def test_base_weights_of_all_cases_sum_to_the_citizens_of_each_governorate(cases):
    sums: Counter[str] = Counter()
    for case in cases:
        sums[case["governorate"]] += float(case["base_weight"])

    assert sums == pytest.approx(Citizens.read(FOLDER).governorates, abs=0.01)


def test_nothing_but_the_frame_is_known_of_those_who_were_not_interviewed(cases):
    frame = {"case", "governorate", "disposition", "base_weight"}
    others = [case for case in cases if case["disposition"] != "interview"]

    assert all(not case[name] for case in others for name in set(COLUMNS) - frame)


def test_the_unweighted_sample_is_not_the_population(interviews):
    women = sum(case["sex"] == "female" for case in interviews) / len(interviews)
    below = sum(GROUP_OF_EDUCATION[case["education"]] == 0 for case in interviews)

    assert women < 0.45
    assert below / len(interviews) < 0.30


def test_questions_about_use_are_asked_of_account_holders_alone(interviews):
    of_users = COLUMNS[COLUMNS.index("platforms_whatsapp") : COLUMNS.index("trust")]
    for case in interviews:
        asked = [name for name in of_users if name != "posting"]
        on_whatsapp = case["platforms_whatsapp"] == "1"

        assert {bool(case[name]) for name in asked} == {case["account"] == "yes"}
        assert bool(case["posting"]) == on_whatsapp


def test_whoever_uses_nothing_on_the_list_ticks_none_of_these_and_nothing_else(interviews):
    platforms = [name for name in COLUMNS if name.startswith("platforms_")]
    users = [case for case in interviews if case["account"] == "yes"]

    none = [case for case in users if case["platforms_none"] == "1"]

    assert none
    assert all(sum(int(case[name]) for name in platforms) == 1 for case in none)
    assert all("1" in [case[name] for name in platforms] for case in users)
