"""A report of several waves names them, and tells of each when it was in the field."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

import socialpoll as sp
from tests.indicators.polls import CLUSTERED, answers, questionnaire
from tests.report.handmade import PUBLISHER, everything, section

LABELS = {"a": {"en": "first wave", "ar": "الجولة الأولى"}}


def wave(seed: int, month: int | None) -> sp.Responses:
    asked = replace(questionnaire(), languages=())
    if month is not None:
        days = {
            "fieldwork_start": dt.date(2019, month, 1),
            "fieldwork_end": dt.date(2019, month, 9),
        }
        asked = replace(asked, methodology=replace(asked.methodology, **days))
    return sp.bind(answers(seed, 200), asked, CLUSTERED)


def report(*months: int | None, language: str = "en") -> sp.Report:
    waves = {
        name: wave(seed, month)
        for seed, (name, month) in enumerate(zip("abc", months, strict=False), 1)
    }
    estimates = sp.estimate(sp.stack(waves, labels=LABELS), "trust")
    return sp.compose(sp.release(estimates), title="t", publisher=PUBLISHER, languages=(language,))


@pytest.mark.parametrize(
    ("language", "titles"),
    [("en", ["trust (first wave)", "trust (b)"]), ("ar", ["trust (الجولة الأولى)", "trust (b)"])],
)
def test_titles_name_the_wave_in_its_words(language, titles):
    made = report(3, 9, language=language)
    edition = sp.Edition(made, (language,))

    found = [edition.text(one.title) for one in made.sections if one.role == "indicator"]

    assert found == titles


def test_feeds_find_the_words_of_the_waves_where_they_find_those_of_other_codes():
    edition = sp.Edition(report(3, 9), ("en", "ar"))

    assert edition.label("wave", "a") == "first wave"
    assert edition.label("wave", "a", language="ar") == "الجولة الأولى"
    assert edition.label("wave", "b") == "b"


def test_the_wave_is_no_question_that_was_asked():
    [table] = section(report(3, 9), "instrument").blocks

    assert len(table.rows) == len(questionnaire().questions)
    assert not [one for one in everything(report(3, 9), "en") if "Wave of the poll" in one]


def test_each_wave_has_its_days_in_the_field():
    said = everything(report(3, 9), "en")

    [days] = [one for one in said if one.startswith("first wave: From ")]
    first, second = days.split("; ")
    assert first == "first wave: From 1 March 2019 to 9 March 2019"
    assert second == "b: From 1 September 2019 to 9 September 2019"
    assert not [one for one in said if one.startswith("Fieldwork took place")]


def test_a_wave_without_dates_is_left_out_and_the_same_dates_are_told_once():
    some, same = (everything(report(*months), "en") for months in ((3, None), (3, 3)))

    assert "first wave: From 1 March 2019 to 9 March 2019" in some
    assert "From 1 March 2019 to 9 March 2019" in same
    assert [one for one in same if one.startswith("Fieldwork took place")]
