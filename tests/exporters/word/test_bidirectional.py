from __future__ import annotations

import sys
from itertools import pairwise
from unicodedata import bidirectional

import pytest
from hypothesis import given, strategies as st

from socialpoll.exporters.word.bidirectional import TO_THE_LEFT, directions, stretches

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "ltr", "rtl"
letters = st.text(st.sampled_from(list("abc ابت 123٤٥.,%()[]-\u200e\u200f\u064b")), max_size=30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("واتساب", [("rtl", "واتساب")]),
        ("WhatsApp", [("ltr", "WhatsApp")]),
        ("نسبة 38.2%", [("rtl", "نسبة "), ("ltr", "38.2%")]),
        ("ب \u200e38.2%\u200e من", [("rtl", "ب "), ("ltr", "\u200e38.2%\u200e"), ("rtl", " من")]),
        ("\u200e38.2%\u200e [u]", [("ltr", "\u200e38.2%\u200e [u]")]),
        ("(95%)", [("rtl", "("), ("ltr", "95%"), ("rtl", ")")]),
        ("تطبيق TikTok (Inc) جديد", [("rtl", "تطبيق "), ("ltr", "TikTok (Inc)"), ("rtl", " جديد")]),
        ("تطبيق (TikTok) جديد", [("rtl", "تطبيق ("), ("ltr", "TikTok"), ("rtl", ") جديد")]),
        ("[c]", [("rtl", "["), ("ltr", "c"), ("rtl", "]")]),
        ("٣٨٫٢٪", [("rtl", "٣٨٫٢٪")]),
        ("1,204", [("ltr", "1,204")]),
        ("", []),
    ],
)  # fmt: skip
def test_a_line_that_runs_to_the_left_falls_into_runs_of_one_direction(text, expected):
    assert stretches(text, RIGHT_TO_LEFT) == tuple(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("published by مركز الاستطلاعات", [("ltr", "published by "), ("rtl", "مركز الاستطلاعات")]),
        ("says (نعم), 5%", [("ltr", "says ("), ("rtl", "نعم"), ("ltr", "), "), ("rtl", "5%")]),
        ("مسقط 18 سنة!", [("rtl", "مسقط 18 سنة"), ("ltr", "!")]),
        ("1,204 (5%)", [("ltr", "1,204 (5%)")]),
    ],
)
def test_a_line_that_runs_to_the_right_keeps_numbers_with_the_words_before_them(text, expected):
    assert stretches(text, LEFT_TO_RIGHT) == tuple(expected)


@given(letters, st.sampled_from([LEFT_TO_RIGHT, RIGHT_TO_LEFT]))
def test_letters_keep_the_direction_that_they_have(text, base):
    found = directions(text, base)

    assert len(found) == len(text)
    for letter, direction in zip(text, found, strict=True):
        if letter in "abc\u200e":
            assert direction == LEFT_TO_RIGHT
        if letter in "ابت٤٥\u200f":
            assert direction == RIGHT_TO_LEFT


@given(letters, st.sampled_from([LEFT_TO_RIGHT, RIGHT_TO_LEFT]))
def test_neighbours_of_one_direction_stand_together_and_no_letter_is_lost(text, base):
    parts = stretches(text, base)

    assert "".join(one for _, one in parts) == text
    assert [direction for direction, one in parts for _ in one] == directions(text, base)
    assert all(first[0] != second[0] for first, second in pairwise(parts))


def test_what_is_looked_for_holds_every_letter_that_runs_to_the_left():
    known = (letter for letter in map(chr, range(0x590, sys.maxunicode + 1)))
    turned = [one for one in known if bidirectional(one) in ("R", "AL", "AN")]

    assert len(turned) > 1000
    assert [one for one in turned if not TO_THE_LEFT.search(one)] == []
