from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, strategies as st
from lxml import etree

from socialpoll.schema.legible import legible

TURNING = st.text("ab \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", max_size=12)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("الذكور & <others>", "الذكور & <others>"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x00b\x1f\x7f\x85", "a\\x00b\\x1f\\x7f\\x85"),
        ("\ufffe\ud800\ufdd0", "\\ufffe\\ud800\\ufdd0"),
        ("\u200e94.0%\u200e", "\u200e94.0%\u200e"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("\u202eevil", "\u202eevil\u202c"),
        ("\u2066a\u202bb", "\u2066a\u202bb\u202c\u2069"),
        ("\u2066a\u202bb\u2069c", "\u2066a\u202bb\u2069c"),
        ("\u202ea\u202c b", "\u202ea\u202c b"),
    ],
)
def test_what_cannot_be_seen_is_written_as_its_code_and_turns_come_to_an_end(words, shown):
    assert legible(words) == shown


@given(st.text(st.characters(codec=None)))
def test_legible_words_can_be_held_by_xml_and_are_left_as_they_are(words):
    shown = legible(words)

    element = etree.Element("a")
    element.text = shown
    assert element.text == shown
    assert legible(shown) == shown


@given(st.text(st.characters(codec=None, exclude_categories=["Cc", "Cs", "Cf", "Cn"])))
def test_words_without_controls_are_kept(words):
    assert legible(words) == words


@given(TURNING)
def test_every_turn_ends_within_the_words(words):
    depth = 0
    for letter in legible(words):
        depth += unicodedata.bidirectional(letter) in ("LRI", "RLI", "FSI")
        depth = max(depth - (unicodedata.bidirectional(letter) == "PDI"), 0)
    assert depth == 0
    assert legible(words).startswith(words)
