"""Columns are called as they like, whatever an engine takes a dot or a quote for."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings, strategies as st
from sqlframe.duckdb import DuckDBSession

from socialpoll.errors import BindingError
from socialpoll.responses import SampleDesign, bind, scan, state_of
from socialpoll.responses.scans.addressing import address_of, names_in
from socialpoll.responses.scans.grouping import lazily
from socialpoll.schema import Band, Bands
from tests.responses.asking import asking, multiple, number, single
from tests.responses.scans.elsewhere import laid

AGES = (
    Band(code="young", label="Young", maximum=29),
    Band(code="old", label="Old", minimum=30, maximum=120),
)


@pytest.fixture(scope="module")
def answers():
    place = np.arange(60)
    return pd.DataFrame(
        {
            "نوع": np.where(place % 2, "f", "m"),
            "a.b": 20 + place % 40,
            'a"b_x': place % 3 == 0,
            'a"b_y': place % 5 == 0,
            "w-t": 1.0 + place % 2,
            "1 `t`": np.where(place < 30, "north", "south"),
        }
    )


@pytest.fixture(scope="module")
def sources(answers, tmp_path_factory):
    with laid(answers, tmp_path_factory.mktemp("addressing")) as sources:
        yield sources


@pytest.mark.parametrize("engine", ["pandas", "polars", "duckdb", "spark by duckdb"])
def test_columns_of_any_name_are_counted_wherever_they_lie(answers, sources, engine):
    asked = asking(
        single("m", "f", name="sex", column="نوع"),
        multiple("x", "y", name="apps", layout="columns", column='a"b'),
        number("age", column="a.b"),
        derived=(Bands(name="band", label="?", of="age", bands=AGES),),
    )
    design = SampleDesign(strata="1 `t`", weight="w-t")
    cases = bind(answers, asked, design)

    counted = scan(sources[engine], asked, design).tally(["sex", "apps", "band"])

    assert len(counted) == 25
    assert counted.strata_labels == cases.strata_labels
    told, expected = (weight_of_each(one) for one in (counted, cases))
    assert told == expected


def weight_of_each(responses):
    """Return the sum of base weights of each combination of what was answered."""
    parts = [state_of(responses.columns[name]) for name in ("sex", "band")]
    parts += [*responses.columns["apps"].ticked.T, responses.stages[0].stratum]
    told = pd.DataFrame(np.column_stack(parts)).assign(weight=responses.base_weight)
    return told.groupby(list(range(len(parts))))["weight"].sum().to_dict()


@settings(max_examples=30)
@given(st.lists(st.text(), min_size=2, max_size=2, unique=True))
def test_no_two_columns_have_one_address_and_each_is_a_plain_word(names):
    addresses = [address_of(one) for one in names]

    assert len(set(addresses)) == 2
    assert all(re.fullmatch(r"[\w ]+", one) for one in addresses)


@pytest.mark.parametrize("name", ["sex", "a.b", "at_6122", "at_", "a b", "العمر"])
def test_columns_are_told_of_by_their_own_names(name):
    frame = lazily(pl.LazyFrame({name: [1]}))

    assert names_in(frame) == [name]
    assert frame.collect_schema().names() == [address_of(name)]


def test_columns_that_an_engine_does_not_tell_apart_are_refused():
    twice = DuckDBSession().createDataFrame([(1, 2)], schema=["sex", "age"])

    with pytest.raises(BindingError, match=r"'Sex', 'sex'"):
        lazily(twice.toDF("Sex", "sex"))
