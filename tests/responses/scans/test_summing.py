"""Valid numbers are put together where they lie; all that is not valid is read as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import polars as pl
import pytest

from socialpoll.errors import BindingError, UnknownNameError
from socialpoll.responses import SampleDesign, bind, scan, state_of
from socialpoll.responses.scans.grouping import lazily
from socialpoll.responses.scans.summing import Key, settled, summable, summed
from socialpoll.schema import Band, Bands, Is, Sum
from tests.responses.asking import asking, missing, number, numbers, single
from tests.responses.scans.elsewhere import laid

LOW_AND_HIGH = (
    Band(code="low", label="Low", maximum=40),
    Band(code="high", label="High", minimum=45),
)


@pytest.fixture(scope="module")
def asked():
    limits = {"minimum": 0, "maximum": 500, "missing": (missing(-9), missing("99"))}
    return asking(
        single("a", "b", name="school"),
        number("minutes", asked_if=Is("school", "a"), **limits),
        number("rooms"),
        derived=(Bands(name="band", label="?", of="minutes", bands=LOW_AND_HIGH),),
    )


@pytest.fixture(scope="module")
def answers():
    draw = np.random.default_rng(5)
    minutes = draw.gamma(2, 30, 600)
    minutes[:30], minutes[30:40], minutes[40:45] = np.nan, -9, 99
    minutes[45:50], minutes[50:53], minutes[53:55] = -1.5, np.inf, 501.25
    school, weight = draw.choice(["a", "b"], 600), draw.choice([0.0, 1.0, 2.5], 600)
    rooms = draw.integers(1, 6, 600)
    return pd.DataFrame({"school": school, "minutes": minutes, "rooms": rooms, "w": weight})


def told(responses, name, added):
    found, place = np.unique(state_of(responses.columns[name]), return_inverse=True)
    return dict(zip(found.tolist(), np.bincount(place, weights=added).tolist(), strict=True))


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_what_is_valid_and_what_is_not_is_what_reading_says(asked, answers, engine, tmp_path):
    design = SampleDesign(weight="w")
    whole = bind(answers, asked, design)
    with laid(answers, tmp_path) as sources:
        counted = scan(sources[engine], asked, design).tally(
            ["minutes", "band", "rooms"], summed={"minutes": 1, "rooms": 1}
        )

    for name in ("minutes", "band", "rooms"):
        for of_combination, of_case in (
            (counted.repeats.times, np.ones(600)),
            (counted.base_weight, whole.base_weight),
        ):
            assert told(counted, name, of_combination) == pytest.approx(told(whole, name, of_case))
    columns = ["question", "value", "count", "rule"]
    assert {*map(tuple, counted.findings[columns].to_numpy())} == {
        *map(tuple, whole.findings[columns].to_numpy())
    }
    rooms = [{*numbers(one.columns["rooms"])} for one in (counted, whole)]
    assert rooms[0] == rooms[1]


def test_sums_and_products_at_the_points_are_those_of_the_cases(asked, answers):
    whole = bind(answers, asked, SampleDesign(weight="w"))
    counted = scan(answers, asked, SampleDesign(weight="w")).tally(["minutes"], summed={})
    points = scan(answers, asked, SampleDesign(weight="w")).tally(
        ["minutes"], summed={"minutes": 2}
    )

    for power in (1, 2):
        several = [
            one.base_weight @ np.array(numbers(one.columns["minutes"])) ** power
            for one in (points, counted, whole)
        ]
        assert several[0] == pytest.approx(several[1], rel=1e-12)
        assert several[1] == pytest.approx(several[2], rel=1e-12)
    assert len(points) < 60 < len(counted)


def test_bands_of_however_many_numbers_are_few(asked, answers):
    whole = bind(answers, asked)

    counted = scan(answers, asked).tally(["band"], most=60)

    assert told(counted, "band", counted.repeats.times) == told(whole, "band", np.ones(600))


def test_numbers_of_another_use_keep_their_values(asked):
    every = {"minutes": 1, "rooms": 1, "school": 1}

    def found(*wanted, questionnaire=asked, design=()):
        return summable(questionnaire, wanted, every, design)

    assert found("minutes", "school", "rooms") == [Key("minutes", ()), Key("rooms", ())]
    assert found("minutes", "school", "band") == [Key("minutes", ("band",))]
    assert found("rooms", design=["rooms"]) == []
    together = Sum(of=("rooms", "minutes"), maximum=900, message="Too many.")
    bound_to_others = replace(asked, constraints=(together,))
    assert found("rooms", "minutes", questionnaire=bound_to_others) == []
    routing = asking(number("rooms"), number("beds", asked_if=Is("rooms", 3)))
    assert found("rooms", "beds", questionnaire=routing) == []
    shared = asking(number("rooms", column="n"), number("beds", column="n"))
    assert found("rooms", "beds", questionnaire=shared) == []


def looked_at(values, name="q"):
    frame = lazily(pl.LazyFrame({name: values}))
    return summed(frame, asking(number(name)), Key(name, ()))


def test_numbers_of_few_values_are_counted_one_by_one():
    few, halves, tenths = (
        looked_at([low * step for low in range(50)], name)
        for name, step in (("few", 1), ("halves", 0.5), ("tenths", 0.1))
    )
    wide = looked_at([0, 10_000], "wide")

    assert [one.most for one in (few, halves, tenths, wide)] == [50, 99, np.inf, 10_001]
    assert settled([few], {"few": 1}) == {}
    assert settled([few, halves], {"few": 1, "halves": 2}) == {halves: 2}
    assert settled([wide, few], {"wide": 1, "few": 1}) == {wide: 1}
    assert looked_at(["1", "2.5", "a few"]).most == 7
    assert looked_at([True, False]) is None
    assert looked_at([None, float("nan")]) is None


def test_squares_of_more_than_two_numbers_are_not_summed_together():
    several = [looked_at([0.1, 0.2], name) for name in "abcd"]

    found = settled(several, {"a": 1, "b": 2, "c": 2, "d": 2})

    assert {one.name: power for one, power in found.items()} == {"b": 2, "c": 2, "a": 1}
    assert list(found.values()) == [2, 2, 1]


@pytest.mark.parametrize("kind", ["Float32", "Int64", "Decimal"])
def test_numbers_of_every_type_are_summed(kind):
    n = np.arange(400)
    drawn = pl.Series((n * n) % 1009 + (0.25 if kind != "Int64" else 0)).cast(
        pl.Decimal(10, 2) if kind == "Decimal" else getattr(pl, kind)
    )
    frame = pl.DataFrame({"q": drawn, "s": n % 2})
    asked = asking(number("q", minimum=3), single(0, 1, name="s"))

    counted = scan(frame.lazy(), asked).tally(["q", "s"], summed={"q": 1})

    whole = bind(frame.to_pandas(), asked)
    totals = [one.base_weight @ numbers(one.columns["q"]) for one in (counted, whole)]
    assert totals[0] == pytest.approx(totals[1], rel=1e-12)
    assert len(counted) < len(frame) / 10


def test_numbers_among_words_are_summed_and_words_are_told(asked, answers):
    words = answers.astype({"minutes": object})
    words["minutes"] = [None if np.isnan(one) else f" {one!r}" for one in answers["minutes"]]
    words.loc[:9, "minutes"] = ["+7.25", "1_0", "many", "inf", ".5", "12", "1e3", "nan", "", "٣"]
    whole = bind(words, asked)

    counted = scan(pl.from_pandas(words).lazy(), asked).tally(["minutes"], summed={"minutes": 2})

    assert len(counted) < 60
    assert told(counted, "minutes", counted.repeats.times) == told(whole, "minutes", np.ones(600))
    for power in (1, 2):
        sums = [
            one.base_weight @ np.array(numbers(one.columns["minutes"])) ** power
            for one in (counted, whole)
        ]
        assert sums[0] == pytest.approx(sums[1], rel=1e-12)


def test_only_first_and_second_powers_are_summed(asked, answers):
    scanned = scan(answers, asked)

    with pytest.raises(BindingError, match="1 or 2"):
        scanned.tally(["minutes"], summed={"minutes": 3})
    with pytest.raises(UnknownNameError, match="'minuts'"):
        scanned.tally(["minutes"], summed={"minuts": 1})
