from __future__ import annotations

import csv
from itertools import repeat

import pytest

from socialpoll.demo import FOLDER, supposed
from socialpoll.demo.answering import Answering
from socialpoll.demo.citizens import AGE_GROUPS, EDUCATION_GROUPS, SEXES, Citizens
from socialpoll.demo.preferring import Preferring

CITIZENS = Citizens.read(FOLDER)
USERS = CITIZENS.persons * Answering.of(CITIZENS).account
PREFERRING = Preferring.of(USERS)
MOST_EAGER = (0, 0, 0, 2, 2)
ALMOST_ONE = 1 - 2**-53


@pytest.fixture(scope="module")
def users() -> list[dict[str, str]]:
    with (FOLDER / "responses.csv").open(encoding="utf-8", newline="") as file:
        return [case for case in csv.DictReader(file) if case["account"] == "yes"]


def share_of_users(persons, *places) -> float:
    inside = (slice(None), *places)
    return float(persons[inside].sum() / USERS[inside].sum())


def of_sex(persons, name: str) -> float:
    return share_of_users(persons, SEXES.index(name))


def of_age(persons, name: str) -> float:
    return share_of_users(persons, slice(None), AGE_GROUPS.index(name))


def of_education(persons, name: str) -> float:
    return share_of_users(persons, slice(None), slice(None), EDUCATION_GROUPS.index(name))


def preferring_languages() -> dict[str, object]:
    """Return how many users of each kind prefer each language; what is left prefers Arabic."""
    persons, left = {}, USERS
    for name, chance in PREFERRING.languages.items():
        persons[name] = left * chance
        left = left - persons[name]
    return persons | {"arabic": left}


@pytest.mark.parametrize("name", supposed.FORMATS)
def test_users_have_the_supposed_share_of_a_format(name):
    share, _ = supposed.FORMATS[name]

    assert share_of_users(USERS * PREFERRING.formats[name]) == pytest.approx(share)


def test_users_have_the_supposed_share_of_each_language_and_the_rest_prefer_arabic():
    wanted = {name: share for name, (share, _) in supposed.LANGUAGES.items()}
    wanted["arabic"] = 1 - sum(wanted.values())

    found = {name: share_of_users(persons) for name, persons in preferring_languages().items()}

    assert found == pytest.approx(wanted)


def test_the_young_lean_to_short_videos_and_the_old_to_pictures_text_and_audio():
    persons = {name: USERS * chance for name, chance in PREFERRING.formats.items()}

    short = persons["short_video"]

    assert of_age(short, "18-29") > 1.5 * of_age(short, "50+")
    for name in ("pictures", "text", "audio"):
        assert of_age(persons[name], "50+") > of_age(persons[name], "18-29")


def test_women_lean_to_pictures_and_men_to_text():
    pictures, text = (USERS * PREFERRING.formats[name] for name in ("pictures", "text"))

    assert of_sex(pictures, "female") > of_sex(pictures, "male")
    assert of_sex(text, "male") > of_sex(text, "female")


@pytest.mark.parametrize("name", ["english", "both"])
def test_english_is_preferred_above_secondary_more_than_below(name):
    persons = preferring_languages()[name]

    assert of_education(persons, "above_secondary") > 2 * of_education(persons, "below_secondary")


def test_who_says_yes_to_everything_prefers_all_formats_and_the_first_language():
    assert PREFERRING.interview(MOST_EAGER, lambda: 0.02) == {
        "formats": " ".join(supposed.FORMATS),
        "content_languages": next(iter(supposed.LANGUAGES)),
    }


def test_who_says_no_to_everything_has_no_preference_and_arabic():
    draws = repeat(ALMOST_ONE)

    assert PREFERRING.interview(MOST_EAGER, lambda: next(draws)) == {
        "formats": "no_preference",
        "content_languages": "arabic",
    }


def test_no_preference_stands_alone_and_formats_in_the_order_of_the_questionnaire(users):
    for user in users:
        told = user["formats"].split()
        in_order = [name for name in supposed.FORMATS if name in told]

        assert told in (["no_preference"], ["refused"], in_order)
        assert told
