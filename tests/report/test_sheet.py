"""What the catalogues say is kept as it reads, so that every change of words is seen and read."""

from __future__ import annotations

import re

import pytest

from socialpoll.report.catalogues import languages
from socialpoll.report.language import Language
from tests.report.sheet import COUNTED, path_of, sheet


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
