from __future__ import annotations

import pytest

from socialpoll.audience import Leading
from tests.report.outreach.made import (
    FORMATS,
    TIMES,
    audience,
    composed,
    leading,
    plan,
    sentences,
    tables,
)


def told(times: Leading, language: str = "en") -> str:
    start = {"en": "Busiest time: ", "ar": "أكثر الأوقات استخداماً: "}[language]
    said = sentences(plan(audience(times=times)), language)
    return next(one.removeprefix(start) for one in said if one.startswith(start))


def cell(times: Leading) -> str:
    table = tables(composed(plan(audience(times=times))))["Communication plan"]
    return dict(zip(table[0], table[1], strict=True))["Time of day"]


@pytest.mark.parametrize(
    ("times", "sentence", "words"),
    [
        (
            leading(TIMES),
            "“18:00–24:00” (45%) comes first, significantly ahead of all others.",
            "18:00–24:00",
        ),
        (
            leading(TIMES, 1),
            (
                "“18:00–24:00” (45%) or “12:00–18:00” (26%) comes first; there is no statistically "
                "significant difference between the two."
            ),
            "18:00–24:00 or 12:00–18:00",
        ),
        (
            leading(TIMES, 2),
            (
                "“18:00–24:00” (45%), “12:00–18:00” (26%) or “06:00–12:00” (20%) comes first; "
                "there is no statistically significant difference between the first of these and "
                "each of the others."
            ),
            "18:00–24:00, 12:00–18:00 or 06:00–12:00",
        ),
        (
            leading(TIMES, 3),
            (
                "no answer comes first: “18:00–24:00” (45%) does not differ from any other to a "
                "statistically significant degree."
            ),
            "18:00–24:00, 12:00–18:00, 06:00–12:00 or 00:00–06:00",
        ),
        (
            leading(TIMES, tested=False),
            (
                "the answers chosen most among those asked included “18:00–24:00” (45%), "
                "“12:00–18:00” (26%) and “06:00–12:00” (20%)."
            ),
            "18:00–24:00 (not tested)",
        ),
    ],
    ids=["alone", "two", "several", "none", "untested"],
)
def test_what_comes_first_is_told_as_strongly_as_tests_allow(times, sentence, words):
    assert told(times) == sentence
    assert cell(times) == words


def test_two_times_that_are_not_told_apart_are_so_in_arabic_too():
    assert told(leading(TIMES, 1), "ar") == (
        "في المرتبة الأولى «من 18:00 إلى 24:00» (45 بالمائة) أو «من 12:00 إلى 18:00» (26 بالمائة)، "
        "ولا يوجد فرق ذو دلالة إحصائية بينهما."
    )


def test_what_is_not_known_has_neither_a_sentence_nor_words_in_the_plan():
    made = plan(audience(times=None))
    table = tables(composed(made))["Communication plan"]

    assert not any(one.startswith("Busiest time:") for one in sentences(made))
    assert dict(zip(table[0], table[1], strict=True))["Time of day"] == "[x]"


def test_days_one_by_one_have_a_table_with_what_comes_first_on_each():
    assert tables(composed())["Busiest time by day"] == [
        ["Day", "What comes first", "Unweighted base"],
        ["Friday", "evening or afternoon", "400"],
        ["Sunday", "evening", "400"],
    ]


@pytest.mark.parametrize(
    ("beside", "words"),
    [(4, "evening or one of 4 others"), (5, "no statistically significant difference")],
)
def test_many_that_are_not_told_apart_are_counted(beside, words):
    shares = dict(
        zip(["18", "12", "a", "b", "c", "d"], [0.2, 0.18, 0.17, 0.16, 0.15, 0.14], strict=True)
    )
    made = plan(audience(times_by_day={"fri": leading(shares, beside)}))

    assert tables(composed(made))["Busiest time by day"][1] == ["Friday", words, "400"]


def test_formats_that_are_not_told_apart_stand_side_by_side():
    table = tables(composed(plan(audience(formats=leading(FORMATS, 1)))))["Communication plan"]

    assert dict(zip(table[0], table[1], strict=True))["Format of content"] == "Video or Images"
