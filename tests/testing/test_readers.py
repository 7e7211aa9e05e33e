"""For every promise there is a reader that breaks it, and breaks no other."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import count
from pathlib import Path

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ReaderError, UnknownNameError
from socialpoll.testing import check_reader
from tests.testing.failing import failing

CONTENT = json.dumps({"sex": ["male", "female"] * 3, "age": [31, 44, 25, 60, 18, 39]}).encode()
NUMBERS = count()
ASKED = sp.Questionnaire(
    title="Ages",
    questions=(
        sp.Single(
            name="sex",
            text="Sex?",
            options=(
                sp.Code(code="male", label="Male"),
                sp.Code(code="female", label="Female"),
            ),
        ),
        sp.Number(name="age", text="Age?", unit="years", minimum=18),
    ),
)


def answers(path: Path) -> pd.DataFrame:
    try:
        return pd.DataFrame(json.loads(path.read_bytes()))
    except OSError as error:
        raise ReaderError("the file cannot be opened", where=path.name) from error
    except (ValueError, AttributeError, TypeError) as error:
        raise ReaderError("this is no table", where=path.name) from error


def good(path: Path) -> sp.Source:
    return sp.Source(ASKED, answers(path), (f"{path.name} has {len(answers(path))} cases",))


READER = sp.Reader(name="table", title="A table", suffixes=(".table",), read=good)


def taking(read, **changes) -> sp.Reader:
    return replace(READER, read=read, **changes)


def nothing(path):
    answers(path)
    return sp.Source(None, None)


def listed(path):
    return replace(good(path), findings=["six cases"])


def counting(path):
    return replace(good(path), findings=(f"read {next(NUMBERS)} times",))


def placed(path):
    return replace(good(path), findings=(f"read {path}",))


def unwritable(path):
    found = good(path)
    asked = replace(ASKED)
    object.__setattr__(asked, "title", {"en": "Ages"})
    object.__setattr__(asked, "languages", ("ar",))
    return replace(found, questionnaire=asked, frame=None)


def renamed(path):
    return replace(good(path), frame=answers(path).rename(columns={"sex": "gender"}))


def unfit(path):
    return replace(good(path), frame=answers(path).replace("male", "man"))


def rash(path):
    if not path.exists():
        raise ReaderError("there is no such file", where=path.name)
    return sp.Source(ASKED, pd.DataFrame(json.loads(path.read_bytes())))


def unaware(path):
    if not path.exists():
        path.open("rb")
    return good(path)


def greedy(path):
    found = good(path)
    path.unlink()
    return found


def tidy(path):
    found = good(path)
    path.write_bytes(path.read_bytes() + b" ")
    return found


def printing(path):
    print("reading")  # noqa: T201 - that is its fault
    return good(path)


def gambling(path):
    random.seed(1)
    return good(path)


BAD = [
    ("record_is_valid", taking(good, title="two\nlines")),
    ("file_is_taken", taking(good, suffixes=(".json",))),
    ("source_is_sound", taking(nothing)),
    ("source_is_sound", taking(listed)),
    ("source_is_the_same", taking(counting)),
    ("source_is_the_same", taking(placed)),
    ("questionnaire_is_whole", taking(unwritable)),
    ("answers_fit", taking(renamed)),
    ("answers_fit", taking(unfit)),
    ("damage_is_told", taking(rash)),
    ("absence_is_told", taking(unaware)),
    ("nothing_is_printed", taking(printing)),
    ("random_state_is_left", taking(gambling)),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "ages.table"
    path.write_bytes(CONTENT)
    return path


def test_a_reader_that_keeps_its_promises_passes(file):
    assert failing(check_reader(READER, file)) == {}
    assert failing(check_reader(READER, str(file))) == {}
    assert failing(check_reader(READER, CONTENT)) == {}


@pytest.mark.parametrize(("name", "reader"), BAD)
def test_a_reader_that_breaks_one_promise_fails_one_check(name, reader, file):
    told = failing(check_reader(reader, file))

    assert list(told) == [name], told
    assert "\nWhat to do: " in told[name]


def test_a_reader_that_changes_or_removes_its_file_is_told(file):
    changed = failing(check_reader(taking(tidy), file))
    removed = failing(check_reader(taking(greedy), file))

    assert set(changed) == {"file_is_left", "no_file_is_written"}
    assert "file_is_left" in removed


def test_a_reader_without_endings_takes_files_that_it_is_named_for(file):
    assert failing(check_reader(taking(good, suffixes=()), file)) == {}


def test_the_file_itself_is_never_touched(file):
    failing(check_reader(taking(greedy), file))

    assert file.read_bytes() == CONTENT


def test_a_check_is_left_out_by_its_name():
    left_out = {"damage_is_told": "the library ends the process"}
    names = [one.name for one in check_reader(READER, CONTENT, except_for=left_out)]

    assert "damage_is_told" not in names
    with pytest.raises(UnknownNameError, match="damage_is_told"):
        check_reader(READER, CONTENT, except_for={"damage": "no"})
