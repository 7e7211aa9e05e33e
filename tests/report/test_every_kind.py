"""Sentences about every kind of indicator, held against the rows that they came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

import socialpoll as sp
from socialpoll.report import Figure, Interval, Message, Said, Text, Value
from tests.report.every_kind import INDICATORS, WAVES, report

FORMER = ("estimate", "estimate_prose", "ci_low", "ci_high", "ci_level")
LABELS = ("percentile {number}", "{low} to {high}")
"""Phrases whose numbers are those of a label."""
NOT_OF_ROWS = {"least", "most", "change"}
"""Ends of a scale, and what is the difference of two rows."""


def told() -> list[tuple[str, Message]]:
    """Return every sentence about figures, with the name of its section."""
    return [
        (section.name, phrase)
        for section in report().sections
        if section.role in ("headlines", "indicator")
        for block in section.blocks
        if isinstance(block, Text) and block.style in ("body", "bullet")
        for phrase in block.phrases
        if isinstance(phrase, Message)
    ]


def values_in(message: Message, of: str = "") -> Iterator[tuple[str, Value]]:
    """Yield the values of a message and of the phrases in it; an amount by what it is of."""
    for name, value in message.values.items():
        for one in value if isinstance(value, tuple) else (value,):
            if not isinstance(one, Message):
                yield of or name, one
            elif one.key not in LABELS:
                yield from values_in(one, name if one.key == "{number} {unit}" else "")


def figures_in(message: Message) -> list[tuple[str, Figure | Interval]]:
    """Return the figures of a message, with the names of their values."""
    return [(name, one) for name, one in values_in(message) if isinstance(one, Figure | Interval)]


def test_every_indicator_of_every_wave_is_spoken_of():
    named = {section for section, _ in told()}

    assert len(INDICATORS) == len(named - {"headlines"})
    headlines = [
        one for section, one in told() if section == "headlines" and "earlier" not in one.values
    ]
    assert len(headlines) == len(INDICATORS) * len(WAVES)


def test_every_sentence_with_a_figure_keeps_the_rows_it_came_from():
    assert [message.key for _, message in told() if not message.rows] == []


def test_every_figure_of_a_sentence_is_of_one_of_its_rows():
    rows = report().figures
    for _, message in told():
        known = {rows[place].get(name) for place in message.rows for name in FORMER}
        for name, figure in figures_in(message):
            if name in NOT_OF_ROWS:
                continue
            ends = (figure.low, figure.high) if isinstance(figure, Interval) else (figure.value,)
            assert set(ends) <= known, (message.key, name, figure)


def test_every_change_is_that_of_its_two_rows():
    """By as much as three figures that were rounded by themselves may be out."""
    rows, units = report().figures, set()
    for message in (one for _, one in told() if "change" in one.values):
        before, after = (rows[place] for place in message.rows)
        [change] = [one for name, one in figures_in(message) if name == "change"]
        step = {"points": 0.001, "minutes": 1.0, "count": 1.0}.get(change.unit, 0.1)
        apart = abs(after["estimate"] - before["estimate"])
        units.add(change.unit)

        assert change.value == pytest.approx(apart, abs=1.5 * step)
        assert (before["wave"], after["wave"]) in pairwise(WAVES)
    assert units >= {"points", "hours", "minutes", "count"}


def test_the_rows_of_a_sentence_are_of_its_indicator_and_may_be_shown():
    rows = report().figures
    for section, message in told():
        several = [rows[place] for place in message.rows]
        assert all(one["flag"] != "suppressed" for one in several)
        if section != "headlines":
            assert {one["indicator"] for one in several} == {section}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sentence_is_whole_in_both_languages(language):
    edition = sp.Edition(report(), (language,))
    sentences = [edition.text(message) for _, message in told()]

    assert all(one.endswith(".") for one in sentences)
    assert [one for one in sentences if re.search(r"\s{2}|\(\)|«»|“”|\bNone\b|nan|[{}]", one)] == []
    if language == "ar":
        assert [one for one in sentences if re.search("[A-Za-z]", one)] == []


def test_digits_switch_in_every_sentence_but_for_the_words_of_others():
    edition = sp.Edition(report(), ("ar",), "arab")
    for _, message in told():
        text = edition.text(message)
        for words in (one.words["ar"] for _, one in values_in(message) if isinstance(one, Said)):
            text = text.replace(words, "")
        assert not re.search("[0-9]", text)
