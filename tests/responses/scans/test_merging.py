"""Values that become the same are counted as one, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pytest

from socialpoll.responses import SampleDesign, bind, scan, state_of
from socialpoll.responses.needing import needed
from socialpoll.responses.scans.grouping import lazily
from socialpoll.responses.scans.merging import merging, only_derived_from
from socialpoll.schema import Band, Bands, Group, Grouping, Is, Sum
from tests.responses.asking import asking, number, single
from tests.responses.scans.elsewhere import laid

YOUNG_AND_OLD = (
    Band(code="young", label="Young", maximum=29),
    Band(code="old", label="Old", minimum=30, maximum=120),
)
GROUPS = (
    Group(code="ends", label="Ends", codes=("a", "d")),
    Group(code="middle", label="Middle", codes=("b", "c")),
)


@pytest.fixture
def asked():
    questions = (
        number("age"),
        single("a", "b", "c", "d", name="school"),
        single("yes", "no", name="uses", asked_if=Is("school", "a", "b")),
        number("rooms"),
        number("beds"),
    )
    derived = (
        Bands(name="band", label="?", of="age", bands=YOUNG_AND_OLD),
        Grouping(name="group", label="?", of="school", groups=GROUPS),
        Bands(name="many", label="?", of="rooms", bands=YOUNG_AND_OLD),
    )
    limited = Sum(of=("rooms", "beds"), maximum=500, message="Too many.")
    return replace(asking(*questions, derived=derived), constraints=(limited,))


@pytest.fixture
def answers():
    random = np.random.default_rng(5)
    age = random.integers(15, 90, 400).astype(float)
    age[:20], age[20:30], age[30:33] = np.nan, 200, 130
    school = random.choice(["a", "b", "c", "d", "x", None], 400)
    uses = np.where(np.isin(school.astype(str), ["a", "b"]), "yes", None)
    rooms = random.integers(1, 60, 400)
    weight = random.choice([1.0, 2.0], 400)
    return pd.DataFrame(
        {"age": age, "school": school, "uses": uses, "rooms": rooms, "beds": 1, "w": weight}
    )


def by_state(responses, name, added):
    found, place = np.unique(state_of(responses.columns[name]), return_inverse=True)
    return dict(zip(found.tolist(), np.bincount(place, weights=added).tolist(), strict=True))


@pytest.mark.parametrize("engine", ["pandas", "polars", "polars csv", "duckdb", "duckdb csv"])
def test_bands_and_groups_are_counted_and_not_what_they_are_made_of(
    asked, answers, engine, tmp_path
):
    whole = bind(answers, asked, SampleDesign(weight="w"))
    with laid(answers, tmp_path) as sources:
        scanned = scan(sources[engine], asked, SampleDesign(weight="w"))
        counted = scanned.tally(["band", "group"])
        plain = scanned.tally(["age", "school"])

    assert list(counted.columns) == ["band", "group"]
    assert len(counted) <= 5 * 4 < len(plain)
    for name in ("band", "group"):
        told = by_state(counted, name, counted.repeats.times)
        assert told == by_state(whole, name, np.ones(len(whole)))
        assert by_state(counted, name, counted.base_weight) == by_state(
            whole, name, whole.base_weight
        )


def test_what_fits_nowhere_is_kept_apart_and_told(asked, answers):
    whole = bind(answers, asked).findings
    counted = scan(answers, asked).tally(["band", "group"]).findings

    told = counted[["question", "value", "count", "rule"]].to_numpy().tolist()
    every = whole[["question", "value", "count", "rule"]].to_numpy().tolist()

    assert ["band", "200", 10, "left_out"] in told
    assert [one for one in every if one[0] in {"age", "band", "school", "group"}] == told


def test_questions_of_another_use_keep_their_values(asked):
    def sources(*names, design=()):
        return only_derived_from(asked, names, needed(asked, names), design)

    assert sources("band", "group") == {"age": ("band",), "school": ("group",)}
    assert sources("band", "age") == {}
    assert sources("band", design=["age"]) == {}
    assert sources("group", "uses") == {}
    assert sources("many") == {}


def test_what_was_merged_does_not_serve_those_who_ask_for_the_values(asked, answers):
    scanned = scan(answers, asked)
    banded = scanned.tally(["band"])

    assert "age" in scanned.tally(["age"]).columns
    assert scanned.tally(["band"]) is banded


def test_an_engine_is_not_told_what_gains_nothing_or_is_too_long(asked):
    def made(values):
        frame = pl.LazyFrame({"age": values})
        return merging(lazily(frame), asked, "age", ["band"])

    assert made([20, 21, 50]) is not None
    assert made([20, 50]) is None
    assert made([20]) is None
    assert made([None, None]) is None
    assert made([True, False]) is None
    assert made([2**60, 20, 21]) is None
    assert made([str(one / 100) for one in range(3_000)]) is None
