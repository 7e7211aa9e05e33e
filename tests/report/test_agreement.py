"""Arabic sentences are right whatever the gender of the words that people put into them."""

from __future__ import annotations

import re

import pytest

from tests.report.test_catalogues import in_catalogue

WORDS = in_catalogue("ar")
NOUNS = (
    *("block", "breakdown", "category", "earlier", "first", "heading", "high", "item", "label"),
    *("later", "low", "name", "option", "question", "second", "split", "title", "unit"),
    *("variable", "version", "wave", "what"),
)
"""Values that are words of the questionnaire, or of a message with a gender of its own."""
AGREES = (
    "كان|كانت|بلغ|بلغت|يبلغ|تبلغ|ارتفع|ارتفعت|انخفض|انخفضت|زاد|زادت|تراجع|تراجعت|أصبح|أصبحت|"
    "هو|هي|مرتفع|مرتفعة|منخفض|منخفضة|محجوب|محجوبة|مرجّح|مرجّحة|أولي|أولية|منقّح|منقّحة|"
    "الذي|التي|هذا|هذه|استخدمه|استخدمها|سجّل|سجّلت|شهد|شهدت|حصل|حصلت|جاء|جاءت"
)
"""Verbs, adjectives and pronouns that agree with their noun."""
TEXTS = [(key, text) for (_, key), words in WORDS.items() for text in words]


@pytest.mark.parametrize("name", NOUNS)
def test_nothing_beside_a_noun_of_unknown_gender_agrees_with_it(name):
    after = re.compile(rf"\{{{name}(:\w+)?\}}[»)]? (?:{AGREES})(?!\w)")
    before = re.compile(rf"(?<!\w)(?:ال)?(?:{AGREES}) (?:الساعة )?[«(]?\{{{name}(:\w+)?\}}")
    known = {
        "الإجابة الأكثر اختياراً {group} هي {first}",
        "الخيار ذو النسبة الأكبر من مجموع الخيارات المختارة هو {first}",
    }

    found = [(key, text) for key, text in TEXTS if after.search(text) or before.search(text)]
    assert [key for key, text in found if not any(text.startswith(one) for one in known)] == []


def test_a_number_stands_beside_one_noun_and_that_is_counted():
    """Beside a number that nobody counts stands no noun: "3 respondents" is a plural form."""
    counted = re.compile(r"\{(?:number|cases|stages|limit|part|edition)\} (\w+)")
    free = {"غيرها", "من", "مضروباً", "مقسوماً", "مستجيبين", "الصادر", "للأوزان"}
    plain = [
        (key, noun)
        for (_, key), words in WORDS.items()
        for text in words
        if len(words) == 1
        for noun in counted.findall(text)
        if noun not in free
    ]

    assert plain == [("{number} per cent", "بالمائة")]


def test_no_range_is_written_with_a_dash():
    """A dash between two numbers of a sentence that runs to the left shows them reversed."""
    assert [key for key, text in TEXTS if re.search(r"\}\s*[-–—]\s*\{", text)] == []


def test_lists_are_joined_by_the_language_and_not_by_the_catalogue():
    pairs = {one for _, text in TEXTS for one in re.findall(r"\{(\w+)\} و\{(\w+)\}", text)}

    assert pairs == {("up", "down"), ("rows", "number"), ("names", "number")}
