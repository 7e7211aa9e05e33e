"""Answers of a wave that are put into the columns and codes of the poll where they lie."""

from __future__ import annotations

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.errors import BindingError
from socialpoll.poll import harmonising_elsewhere
from socialpoll.poll.harmonising import CELL, TICKS, Harmony, Recoding, harmonised
from socialpoll.poll.harmonising_elsewhere import harmonised_elsewhere
from socialpoll.responses.scans.addressing import addressed
from socialpoll.schema.keys import key_of


def recoding(codes, layout="value", columns=("q",), **others):
    return Recoding(question="q", columns=columns, layout=layout, codes=codes, **others)


WHOLE = recoding({"1": "yes", "2": "no"}, code_type="integer")
CASES = {
    "words": ({"q": ["1", "01", None, "x"]}, recoding({"1": "yes"})),
    "exchanged": ({"q": ["a", "b", "c"]}, recoding({"a": "b", "b": "a"})),
    "words of numbers": ({"q": ["1", "2", " 1 ", "1.0", ""]}, WHOLE),
    "numbers to words": ({"q": [1, 2, 1, 9]}, WHOLE),
    "numbers with blanks": ({"q": [1.0, 2.0, None, 7.0]}, WHOLE),
    "numbers to numbers": ({"q": [1, 2, 3]}, recoding({"1": 2, "2": 1}, code_type="integer")),
    "words to numbers": ({"q": ["a", "b", None]}, recoding({"a": 1, "b": 2})),
    "cells": ({"q": ["w y", "y", None, "z w", "o"]}, recoding({"w": "W", "z": "W"}, CELL)),
    "semicolons": ({"q": ["a; b", "b"]}, recoding({"a": "x"}, CELL, separator=";")),
    "renamed options": ({"q_w": [1, 0], "q_y": [0, 1]}, recoding({"w": "W"}, TICKS)),
    "exchanged options": ({"q_a": [1, 1], "q_b": [0, 0]}, recoding({"a": "b", "b": "a"}, TICKS)),
    "any of several options": (
        {"q_a": ["1", "0", "", "x"], "q_b": ["0", "1", "", ""], "q_c": ["0", "0", "1", "0"]},
        recoding({"a": "c", "b": "c"}, TICKS),
    ),
    "dots in names": (
        {"q.1": ["1", "2", None], "q.2_a.b": [1, 0, 0], "q.2_c-d": [0, 1, 0]},
        recoding({"1": "yes"}, columns=("q.1",)),
        recoding({"a.b": "A", "c-d": "A"}, TICKS, columns=("q.2",)),
    ),
    "any of unlike options": (
        {"q_a": [1, 0, 0], "q_b": ["0", "1", ""]},
        recoding({"a": "b"}, TICKS),
    ),
}


def lazy(frame: pd.DataFrame, engine: str) -> nw.LazyFrame:
    polars = pl.from_pandas(frame)
    if engine == "polars":
        return nw.from_native(polars.lazy())
    return nw.from_native(duckdb.connect().from_arrow(polars.to_arrow()))


def keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """Return cells as binding compares them, in the order of rows and of columns."""
    ordered = frame.set_index("row").sort_index()[sorted(set(frame) - {"row"})]
    return ordered.map(lambda one: str(key_of(one, "integer")))


def agrees(frame: pd.DataFrame, harmony: Harmony, engine: str) -> bool:
    frame = frame.assign(row=range(len(frame)))
    expected, told = harmonised(frame, harmony)
    found, said = harmonised_elsewhere(addressed(lazy(frame, engine)), harmony)
    assert set(said) == set(told)
    pd.testing.assert_frame_equal(keyed(found.collect().to_pandas()), keyed(expected))
    return True


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@pytest.mark.parametrize("case", CASES)
def test_codes_become_those_that_they_become_in_memory(case, engine):
    columns, *recodings = CASES[case]

    assert agrees(pd.DataFrame(columns), Harmony(recodings=tuple(recodings)), engine)


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_columns_are_renamed_exchanged_copied_and_added(engine):
    harmony = Harmony(
        columns={"a": "b.c", "b.c": "a"},
        starts={"q.7_": "apps_"},
        copies={"a": "s.t"},
        absent=("apps_x-y", "apps_w"),
    )
    frame = pd.DataFrame({"a": [1, 2], "b.c": [3, 4], "q.7_w": [1, 0], "q.70": [5, 6]})

    assert agrees(frame, harmony, engine)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1),
    st.dictionaries(st.sampled_from("abc"), st.sampled_from("xyz")),
)
def test_any_codes_become_those_that_they_become_in_memory(values, codes):
    frame = pd.DataFrame({"q": pd.Series(values, dtype="object")})

    assert agrees(frame.astype({"q": "string"}), Harmony(recodings=(recoding(codes),)), "polars")


def test_what_cannot_be_renamed_is_refused_as_in_memory():
    with pytest.raises(BindingError, match=r"there is no column 'q77'.*did you mean 'q7'"):
        harmonised_elsewhere(
            lazy(pd.DataFrame({"q7": [1]}), "polars"), Harmony(columns={"q77": "a"})
        )


def test_too_many_different_answers_are_not_recoded(monkeypatch):
    monkeypatch.setattr(harmonising_elsewhere, "MOST", 2)
    frame = lazy(pd.DataFrame({"q": ["a", "b", "c"]}), "polars")

    with pytest.raises(BindingError, match=r"column 'q'.*more than 2 values"):
        harmonised_elsewhere(frame, Harmony(recodings=(recoding({"a": "x"}),)))
