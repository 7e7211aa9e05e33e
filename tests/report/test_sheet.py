"""What the catalogues say is kept as it reads, so that every change of words is seen and read."""

from __future__ import annotations

import re

import pytest

from socialpoll.report.blocks import Message
from socialpoll.report.catalogues import languages, translated
from socialpoll.report.language import Language
from socialpoll.report.writing import written
from tests.report.sheet import COUNTED, path_of, sheet, values_of
from tests.report.test_catalogues import CODE


@pytest.mark.parametrize("tag", languages())
def test_the_sheet_is_what_the_catalogues_say(tag):
    kept = path_of(tag).read_text(encoding="utf-8")

    assert sheet(tag) == kept, "read what changed: python -m tests.report.sheet; git diff"


def test_every_plural_class_of_a_language_has_a_number_in_the_sheet():
    for tag, numbers in COUNTED.items():
        locale = Language(tag).locale
        assert {locale.plural_form(one) for one in numbers} == {*locale.plural_form.tags, "other"}


@pytest.mark.parametrize("tag", languages())
def test_no_sentence_has_a_gap_or_a_blank_too_many(tag):
    lines = [line.strip() for line in sheet(tag).splitlines() if line.startswith("    ")]

    assert lines
    assert [one for one in lines if re.search(r"\s{2}|\s[.,;:،؛]|[{}]|\(\)|«»|“”|\.\.", one)] == []


def test_messages_have_the_digits_of_the_edition_in_their_own_words_too():
    keys = [key for (_, key), plural in CODE.items() if plural is None]
    words = {key: written(Message(key, values_of(key)), Language("ar", "arab")) for key in keys}

    with_digits = {key for key in keys if re.search("[0-9]", translated("ar", key))}
    assert len(with_digits) > 2
    assert [words[key] for key in with_digits if re.search("[0-9]", words[key])] == []
