from __future__ import annotations

import pytest

from socialpoll.drawing.ruler import Ruler, drawable
from tests.exporters.made_report import LONG, LONG_AR, edition

SIZE = 9.0
ROOM = 1.5


@pytest.fixture(scope="module")
def ruler():
    return Ruler(edition("en"))


@pytest.mark.parametrize("words", [LONG, LONG_AR])
def test_lines_fit_and_no_word_is_lost(ruler, words):
    lines = ruler.wrap(words, SIZE, ROOM)

    assert len(lines) > 1
    assert all(ruler.width(line, SIZE) <= ROOM for line in lines)
    assert " ".join(lines) == words


def test_a_word_wider_than_the_room_is_broken_and_kept(ruler):
    word = "Donaudampfschifffahrtsgesellschaftskapitän"

    lines = ruler.wrap(f"a {word} b", SIZE, ROOM)

    assert all(ruler.width(line, SIZE) <= ROOM for line in lines)
    assert "".join(lines).replace(" ", "") == f"a{word}b"


def test_nothing_takes_no_line(ruler):
    assert ruler.wrap("", SIZE, ROOM) == ()
    assert ruler.wrap("  ", SIZE, ROOM) == ()


def test_bold_words_are_wider(ruler):
    assert ruler.width(LONG, SIZE, bold=True) > ruler.width(LONG, SIZE)


def test_a_line_opens_with_the_direction_of_its_edition(ruler):
    assert ruler.directed("TikTok") == "\u200eTikTok"
    assert Ruler(edition("ar")).directed("TikTok") == "\u200fTikTok"


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        ("plain words", "plain words"),
        ("الذكور 45٪", "الذكور 45٪"),
        ("a 👩 b", "a □ b"),
        ("one\ttwo\nthree", "one two three"),
    ],
)
def test_a_letter_that_the_font_lacks_is_drawn_as_a_box(words, drawn):
    assert drawable(words) == drawn
