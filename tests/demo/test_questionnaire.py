from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

import socialpoll as sp
from socialpoll.demo import FOLDER

ARABIC = re.compile("[\u0600-\u06ff]")
DASHED_RANGE = re.compile(r"\d\s*[-–—]\s*\d")


@pytest.fixture(scope="module")
def asked() -> sp.Questionnaire:
    return sp.Questionnaire.load(FOLDER / "questionnaire.toml")


def texts(value: object) -> Iterator[dict[str, str]]:
    """Yield every text of a TOML file: a table of languages."""
    if isinstance(value, dict):
        if "ar" in value or "en" in value:
            yield value
        else:
            for one in value.values():
                yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)


@pytest.mark.parametrize("name", ["questionnaire.toml", "poll.toml"])
def test_every_text_is_in_arabic_and_in_english(name):
    found = list(texts(tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))))

    assert found
    assert all(set(one) == {"ar", "en"} for one in found)
    assert all(
        ARABIC.search(one["ar"]) and not ARABIC.search(re.sub(r"https?://\S+", "", one["en"]))
        for one in found
    )


def test_no_arabic_range_is_written_with_a_dash():
    found = texts(tomllib.loads((FOLDER / "questionnaire.toml").read_text(encoding="utf-8")))
    words = [re.sub(r"https?://\S+", "", one["ar"]) for one in found]

    assert [one for one in words if DASHED_RANGE.search(one)] == []


def test_every_kind_of_question_is_asked(asked):
    kinds = {question.kind for question in asked.questions}

    assert kinds == {"single", "multiple", "scale", "number", "duration", "time_of_day"}


def test_both_layouts_of_multiple_response_are_used(asked):
    assert {asked["platforms"].layout, asked["purposes"].layout} == {"columns", "cell"}


def test_every_item_of_the_methodology_is_declared_and_the_data_are_called_synthetic(asked):
    declared = asked.methodology

    assert declared.synthetic
    assert all([declared.sponsor, declared.population, declared.sampling_frame, declared.sampling])
    assert all([declared.mode, declared.languages, declared.quality])
    assert declared.fieldwork_start < declared.fieldwork_end
    assert declared.limitations
    assert declared.sources


def test_the_questionnaire_is_read_back_equal_from_what_it_writes(asked):
    assert sp.Questionnaire.loads(asked.dumps()) == asked
