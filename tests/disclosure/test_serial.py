from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import ReleaseError
from socialpoll.indicators import no_choices
from socialpoll.schema import Fact
from tests.disclosure.made_choices import chosen, of_lines
from tests.disclosure.test_footnotes import Telling
from tests.disclosure.test_releasing import estimated, same_every_time


@cache
def made() -> sp.Release:
    estimates = sp.compare(estimated(), within="region")
    date = dt.date(2019, 4, 28)
    return sp.release(estimates, sp.MinBase(30), Telling(), edition="1", release_date=date)


@cache
def plainest() -> sp.Release:
    return sp.release(same_every_time())


def same(one: sp.Release, other: sp.Release) -> None:
    """Hold two releases to be the same, to the last digit."""
    for name in ("figures", "comparisons", "choices"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name), check_exact=True)
    for name in ("questionnaire", "methodology", "hashes", "titles", "footnotes"):
        assert getattr(one, name) == getattr(other, name), name
    for name in ("edition", "release_date", "revision"):
        assert getattr(one, name) == getattr(other, name), name


def test_a_release_that_was_saved_is_read_as_it_was(tmp_path):
    release = made()

    path = release.save(tmp_path / "release.json")

    same(sp.Release.load(path), release)
    assert [one.name for one in tmp_path.iterdir()] == ["release.json"]


def with_choices() -> sp.Release:
    """A release of choices: words, numbers, whole numbers and truths, each with gaps."""
    rows = (of_lines("yes"), of_lines("no", "yes", size=2, at_most=np.nan))
    return sp.release(chosen(estimated(), *rows))


def test_choices_are_read_as_they_were_of_every_type(tmp_path):
    release = with_choices()
    choices = release.choices
    assert choices["alike"].tolist() == [pd.NA, False]
    assert choices["size"].tolist() == [pd.NA, 2]
    assert choices.dtypes.to_dict() == no_choices().dtypes.to_dict()
    assert {str(one) for one in choices.dtypes} >= {"float64", "Int64", "boolean"}

    read = sp.Release.load(release.save(tmp_path / "release.json"))

    same(read, release)


def rewritten(path, plain) -> Path:
    """Write a release as its own parts, with the digest that they have."""
    digest = hashlib.sha256(json.dumps(plain, ensure_ascii=False).encode()).hexdigest()
    path.write_text(json.dumps({"version": 1, "sha256": digest, "release": plain}))
    return path


def test_a_file_that_was_written_before_there_were_choices_is_read_without(tmp_path):
    plain = json.loads(made().dumps())["release"]
    del plain["choices"]

    read = sp.Release.load(rewritten(tmp_path / "release.json", plain))

    same(read, made())
    assert read.choices.empty


def test_a_superseding_release_is_read_as_it_was(tmp_path):
    release = sp.supersede(made(), made(), reason={"en": "A mistake.", "ar": "خطأ."})

    same(sp.Release.load(release.save(tmp_path / "release.json")), release)


def test_full_precision_is_kept_to_the_last_digit(tmp_path):
    release = sp.release(same_every_time(), policy=sp.Policy(full_precision=True))

    same(sp.Release.load(release.save(tmp_path / "release.json")), release)


def test_the_same_release_gives_the_same_bytes_also_when_it_was_read_again(tmp_path):
    path = made().save(tmp_path / "release.json")

    assert made().dumps() == path.read_text(encoding="utf-8") == sp.Release.load(path).dumps()


numbers = st.floats(allow_nan=True, allow_infinity=True)
words = st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=25)
@given(st.lists(st.tuples(numbers, st.none() | st.integers(0, 2**53), words), min_size=1))
def test_whatever_stands_in_the_figures_comes_back(tmp_path_factory, cells):
    values, counts, texts = zip(*cells, strict=True)
    figures = pd.DataFrame(
        {
            "estimate": np.array(values, dtype=float),
            "n_base": pd.array(counts, dtype="Int64"),
            "caveat": pd.Series(texts, dtype="str"),
        }
    )
    release = replace(plainest(), figures=figures)

    path = release.save(tmp_path_factory.mktemp("saved") / "release.json")

    same(sp.Release.load(path), release)


facts = st.dictionaries(
    st.text("abc_", min_size=1),
    words
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.none()
    | st.lists(words).map(tuple),
)


@settings(max_examples=25)
@given(facts, st.dictionaries(words, st.dictionaries(st.sampled_from(["ar", "en"]), words)))
def test_whatever_the_methodology_and_the_titles_say_comes_back(tmp_path_factory, values, titles):
    release = plainest()
    methodology = release.methodology.adding(Fact("disclosure", "something", values))
    release = replace(release, methodology=methodology, titles=titles)

    read = sp.Release.load(release.save(tmp_path_factory.mktemp("saved") / "release.json"))

    same(read, release)
    kept = read.methodology.fact("disclosure", "something")
    assert [type(one) for one in kept.values()] == [type(one) for one in values.values()]


def test_a_fact_that_is_no_number_comes_back_as_none():
    release = plainest()
    methodology = release.methodology.adding(Fact("disclosure", "odd", {"value": math.nan}))

    read = json.loads(replace(release, methodology=methodology).dumps())

    assert read["release"]["facts"][-1]["values"] == {"value": {"number": "nan"}}


def test_nothing_suppressed_is_in_the_file():
    release = made()
    read = json.loads(release.dumps())["release"]["figures"]
    places = {name: place for place, name in enumerate(read["columns"])}

    hidden = [row for row in read["rows"] if row[places["flag"]] == "suppressed"]
    assert len(hidden) == 3
    assert {row[places[name]] for row in hidden for name in ("estimate", "n_base", "se")} == {None}


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda text: text[: len(text) // 2], "this is no JSON"),
        (lambda text: "", "this is no JSON"),
        (lambda text: "[1, 2]", "not a release that this version can read"),
        (lambda text: text.replace('"version": 1', '"version": 2', 1), "this version can read"),
        (lambda text: text.replace("0.6", "0.7", 1), "not as it was written"),
        (lambda text: text.replace("north", "narth", 1), "not as it was written"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path, spoil, what):
    path = tmp_path / "release.json"
    spoilt = spoil(made().dumps())
    assert spoilt != made().dumps()
    path.write_text(spoilt, encoding="utf-8")

    with pytest.raises(ReleaseError, match=what) as caught:
        sp.Release.load(path)

    assert caught.value.where == str(path)


@pytest.mark.parametrize(
    "change",
    [
        {"figures": None},
        {"edition": 3},
        {"questionnaire": "title = 3"},
        {"release_date": "yesterday"},
        {"figures": {"columns": ["a"], "kinds": ["text"], "rows": [[None]]}},
        {"figures": {"columns": ["a"], "kinds": ["count"], "rows": [["x"]]}},
        {"figures": {"columns": ["a"], "kinds": ["count"], "rows": [[True]]}},
        {"figures": {"columns": ["a"], "kinds": ["truth"], "rows": [[1]]}},
        {"figures": {"columns": ["a"], "kinds": ["number"], "rows": [["x"]]}},
        {"figures": {"columns": ["a"], "kinds": ["text"], "rows": [["x", "y"]]}},
    ],
)
def test_a_file_that_somebody_made_up_is_refused(tmp_path, change):
    plain = json.loads(made().dumps())["release"] | change
    path = rewritten(tmp_path / "release.json", plain)

    with pytest.raises(ReleaseError, match="this is not a release"):
        sp.Release.load(path)


def test_parts_that_later_versions_add_are_passed_over(tmp_path):
    plain = json.loads(made().dumps())["release"] | {"later": 1}
    path = rewritten(tmp_path / "release.json", plain)

    same(sp.Release.load(path), made())


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(ReleaseError, match="cannot be read"):
        sp.Release.load(tmp_path / "nowhere.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReleaseError, match="not UTF-8"):
        sp.Release.load(tmp_path / "binary.json")


def test_a_folder_that_is_not_there_leaves_nothing_behind(tmp_path):
    with pytest.raises(ReleaseError, match="cannot be written") as caught:
        made().save(tmp_path / "nowhere" / "release.json")

    assert str(tmp_path) in caught.value.where
    assert list(tmp_path.iterdir()) == []
