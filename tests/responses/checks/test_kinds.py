"""The checks meet questions of every kind: grids, days and words too."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.schema import Date, FreeText, Grid, Item
from tests.responses.asking import asking, codes, scale, single

LEVELS = ("low", "middle", "high")
ITEMS = tuple(Item(code=f"i{place}", label=f"Item {place}") for place in range(5))


def grid(name="g", *, ordered=True):
    return Grid(name=name, text="Q?", items=ITEMS, options=codes(*LEVELS), ordered=ordered)


def rated(*cases, name="g"):
    return pd.DataFrame(list(cases), columns=[f"{name}_{one.code}" for one in ITEMS])


def checked(frame, *questions, **declared):
    return sp.check(sp.bind(frame, asking(*questions)), sp.Checks(**declared), frame=frame)


def rows(checked, rule):
    return np.flatnonzero(checked.cases(rule)).tolist()


def test_the_items_of_an_ordered_grid_are_a_battery():
    frame = rated(["low"] * 5, ["low", "low", "low", "low", "high"])

    assert rows(checked(frame, grid()), "straight_lining") == [0]
    assert rows(checked(frame, grid(ordered=False)), "straight_lining") == []


def test_two_grids_of_the_same_codes_are_two_batteries():
    frame = rated(["low"] * 5).join(rated(["high"] * 5, name="h"))

    found = checked(frame, grid(), grid("h")).findings

    straight = found[found["rule"] == "straight_lining"]
    assert straight["question"].tolist() == ["g_i0", "h_i0"]


def test_a_scale_beside_a_grid_is_not_of_its_battery():
    frame = rated(["low"] * 5).assign(s="high")

    found = checked(frame, grid(), scale(*LEVELS, name="s"))

    assert rows(found, "straight_lining") == [0]


def test_items_of_a_grid_can_be_declared_as_a_battery():
    frame = rated(["low", "low", "low", "high", "high"])

    found = checked(frame, grid(ordered=False), straight_items=[["g_i0", "g_i1", "g_i2"]])

    assert rows(found, "straight_lining") == [0]


def test_blanks_in_a_grid_are_counted_item_by_item():
    frame = rated(["low", None, None, None, "high"], ["low"] * 4 + ["high"])

    found = checked(frame, grid())

    told = found.findings[found.findings["rule"] == "item_nonresponse"]
    assert told["question"].tolist() == ["g_i1", "g_i2", "g_i3"]
    assert rows(found, "case_nonresponse") == [0]


@pytest.mark.parametrize(
    ("days", "words", "alike"),
    [
        (["2024-01-01"] * 2, ["because"] * 2, [0, 1]),
        (["2024-01-01", "2024-01-02"], ["because"] * 2, []),
        (["2024-01-01"] * 2, ["because", "why not"], []),
    ],
)
def test_interviews_with_other_days_or_other_words_are_not_the_same(days, words, alike):
    names = [f"s{place}" for place in range(20)]
    frame = pd.DataFrame({one: ["a", "a"] for one in names} | {"day": days, "why": words})
    questions = [single("a", "b", name=one) for one in names]

    found = checked(frame, *questions, Date(name="day", text="?"), FreeText(name="why", text="?"))

    assert rows(found, "duplicate_answers") == alike


def test_answers_to_a_grid_tell_interviews_apart():
    names = [f"s{place}" for place in range(20)]
    same = pd.DataFrame({one: ["a", "a"] for one in names})
    questions = [single("a", "b", name=one) for one in names]
    frame = same.join(rated(["low"] * 4 + ["high"], ["high"] * 4 + ["low"]))

    assert rows(checked(same, *questions), "duplicate_answers") == [0, 1]
    assert rows(checked(frame, *questions, grid()), "duplicate_answers") == []
