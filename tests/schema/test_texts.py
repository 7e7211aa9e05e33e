from __future__ import annotations

import pytest

from socialpoll.schema import say


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ({"en": "Sex", "ar": "الجنس"}, "ar", "الجنس"),
        ({"en": "Sex", "ar": "الجنس"}, "ar-OM", "الجنس"),
        ({"ar-OM": "الجنس", "ar": "جنس"}, "ar-OM", "الجنس"),
        ({"und": "Q7"}, "ar", "Q7"),
        ({"en": "Sex", "und": "Q7"}, "ar", "Q7"),
        ({"en": "Sex", "ar": "الجنس"}, "fr", "Sex"),
        (None, "en", "–"),
        ({}, "en", "–"),
    ],
)
def test_words_are_those_of_the_language_or_the_nearest_to_it(text, language, words):
    assert say(text, language, default="–") == words
