"""Columns as wide and rows as high as what is read in them, in every script."""

from __future__ import annotations

import pytest

from socialpoll.exporters.excel.sheets import Entry, Field
from socialpoll.exporters.excel.sizes import height_of, width_of

LIMIT = "فترة الثقة عند مستوى 95% (بالمائة): الحد الأدنى"
POINTED = "فَتْرَةُ الثِّقَةِ عِنْدَ مُسْتَوَى"
BARE = "فترة الثقة عند مستوى"


def column(heading: str, *texts: str) -> Field:
    return Field(heading, "figure", tuple(map(Entry, texts)))


def test_arabic_letters_take_less_room_than_as_many_latin_ones():
    title = "منصات التواصل الاجتماعي المستخدمة، حسب المحافظة (الجزء 1 من 2) (بيانات اصطناعية)"

    assert width_of(column(LIMIT)) < width_of(column("x" * len(LIMIT)))
    assert height_of([title], [75]) == 15.0
    assert height_of(["words " * (len(title) // 6)], [75]) == 30.0


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (POINTED, BARE),
        ("\u200e94.0%\u200e to \u2068x\u2069", "94.0% to x"),
        ("e\u0301te\u0301", "ete"),
    ],
)
def test_what_stands_above_letters_or_is_not_seen_takes_no_room(written, read):
    assert width_of(column(written)) == width_of(column(read))
    assert width_of(column("A", written)) == width_of(column("A", read))
    assert height_of([written], [8]) == height_of([read], [8])


def test_letters_of_east_asia_are_as_wide_as_two_others():
    assert width_of(column("A", "調査方法論概要")) == width_of(column("A", "a" * 14))


def test_a_row_is_as_high_as_the_text_in_it_that_takes_most_lines():
    assert height_of(["a\nb\nc", "one two three"], [20, 6]) == 45.0
    assert height_of(["word " * 5000], [12]) == 409.0
    assert height_of([""], [1]) == 15.0
