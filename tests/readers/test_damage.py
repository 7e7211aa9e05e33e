"""Data files of SPSS and Stata that were damaged, or that nobody would make."""

from __future__ import annotations

import random
import struct

import pandas as pd
import pyreadstat
import pytest

from socialpoll.errors import ReaderError
from socialpoll.hooks import Source
from socialpoll.readers.spss import read_spss
from socialpoll.readers.stata import read_stata

ANSWERS = pd.DataFrame(
    {"sex": [1.0, 2.0, 9.0], "words": ["نعم", "x" * 20, ""], "hours": [1.5, 2.0, 3.0]}
)
LABELS = {"sex": {1.0: "ذكر", 2.0: "أنثى", 9.0: "رفض"}}
TITLES = {"sex": "النوع", "words": "Why?", "hours": "Hours?"}
HERE = LABELS | {"hours": {1.5: "one and a half"}}


def sav(file):
    options = {"variable_value_labels": HERE, "column_labels": TITLES}
    pyreadstat.write_sav(ANSWERS, str(file), missing_ranges={"sex": [9]}, **options)
    return file.read_bytes()


def dta(file):
    options = {"variable_value_labels": HERE, "column_labels": TITLES}
    whole = options | {"variable_value_labels": LABELS}
    pyreadstat.write_dta(ANSWERS, str(file), **whole)
    return file.read_bytes()


def damaged(content, chance):
    """Return content in which a few bytes are other ones, none, or very large numbers."""
    changed = bytearray(content)
    for _ in range(chance.choice([1, 1, 4])):
        place = chance.randrange(len(changed))
        other = bytes([chance.randrange(256)])
        new = chance.choice([other, b"\0" * 4, b"\xff\xff\xff\x7f", b""])
        changed[place : place + max(1, len(new))] = new
    return bytes(changed)


def outcome(read, file):
    """Return the type of what reading a file gives, be it an error of ours."""
    try:
        return type(read(file))
    except ReaderError as error:
        return type(error)


@pytest.mark.parametrize(("write", "read"), [(sav, read_spss), (dta, read_stata)])
def test_a_damaged_file_is_read_or_refused_and_never_worse(tmp_path, write, read):
    file = tmp_path / "answers"
    content = write(file)
    chance = random.Random(7)  # noqa: S311 - the same damage on every run
    outcomes = set()
    for _ in range(300):
        file.write_bytes(damaged(content, chance))
        outcomes.add(outcome(read, file))
    assert outcomes == {Source, ReaderError}


@pytest.mark.parametrize("place", [0, -1, 3, 99])
def test_labels_of_a_variable_that_is_not_there_are_refused(tmp_path, place):
    """ReadStat would end the process, and so would the one that continues ``words``."""
    file = tmp_path / "answers.sav"
    content = sav(file)
    record = struct.pack("<3i", 4, 1, 1)
    assert content.count(record) == 1
    file.write_bytes(content.replace(record, struct.pack("<3i", 4, 1, place)))

    with pytest.raises(ReaderError, match="labels of the variable in place"):
        read_spss(file)


def test_words_that_are_not_continued_are_refused(tmp_path):
    file = tmp_path / "answers.sav"
    content = sav(file)
    record = struct.pack("<2i", 2, 20)
    assert content.count(record) == 1
    file.write_bytes(content.replace(record, struct.pack("<2i", 2, 120)))

    with pytest.raises(ReaderError, match="words that end too soon"):
        read_spss(file)


@pytest.mark.parametrize("letter", ["x", "ن"])
def test_a_label_of_ten_thousand_characters_in_a_dictionary_is_refused(tmp_path, letter):
    file = tmp_path / "answers.sav"
    content = sav(file)
    old = struct.pack("<i", 6) + b"Hours?"
    assert content.count(old) == 1
    before, after = content.split(old)
    label = (letter * 10_000).encode()
    # A label is filled up to four bytes, with blanks or zeros.
    file.write_bytes(before + struct.pack("<i", len(label)) + label + after[2:])

    with pytest.raises(ReaderError, match=f"the label of a variable of {len(label)} bytes"):
        read_spss(file)
