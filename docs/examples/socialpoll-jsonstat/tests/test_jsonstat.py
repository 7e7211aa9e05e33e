"""What the plugin promises, tested as users meet it: by its name."""

# ruff: noqa: D103, S101 - a test asserts, and its name is the sentence that it holds true

from __future__ import annotations

import json
from math import prod
from typing import Any

import pytest
from socialpoll_jsonstat import value_at

import socialpoll as sp
from socialpoll.testing import Check, check_exporter, sample_report

LANGUAGES = ("ar", "en")


@pytest.mark.parametrize("check", check_exporter(sp.PluginHost().exporter("jsonstat")))
def test_it_keeps_what_exporters_promise(check: Check) -> None:
    check()


@pytest.fixture(scope="module")
def report() -> sp.Report:
    return sample_report()


@pytest.fixture(scope="module")
def collections(report: sp.Report) -> dict[str, Any]:
    documents = sp.render(report, "jsonstat")
    return {
        tag: json.loads(one.content) for tag, one in zip(report.languages, documents, strict=True)
    }


@pytest.fixture(scope="module")
def cubes(collections: dict[str, Any]) -> dict[str, Any]:
    return {one["label"]: one for one in collections["en"]["link"]["item"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_dataset_is_what_the_format_asks_for(
    collections: dict[str, Any], language: str
) -> None:
    collection = collections[language]

    assert (collection["version"], collection["class"]) == ("2.0", "collection")
    for cube in collection["link"]["item"]:
        assert (cube["version"], cube["class"]) == ("2.0", "dataset")
        assert len(cube["id"]) == len(set(cube["id"])) == len(cube["size"])
        assert set(cube["dimension"]) == set(cube["id"])
        assert len(cube["value"]) == prod(cube["size"])
        for name, size in zip(cube["id"], cube["size"], strict=True):
            category = cube["dimension"][name]["category"]
            assert len(category["index"]) == len(set(category["index"])) == size
            assert set(category["label"]) == set(category["index"])
            assert all(isinstance(one, str) and one for one in category["label"].values())
        assert all(value is None or isinstance(value, int | float) for value in cube["value"])
        assert all(0 <= int(place) < len(cube["value"]) for place in cube["status"])
        assert set(cube["status"].values()) <= set(cube["extension"]["status"]["label"])
        assert set(cube["role"]) <= {"time", "geo", "metric"}
        assert {one for several in cube["role"].values() for one in several} <= set(cube["id"])


def test_every_figure_of_the_report_is_in_a_cube(
    report: sp.Report, collections: dict[str, Any]
) -> None:
    cubes = collections["en"]["link"]["item"]
    expected = [
        row[name] for row in report.figures for name in ("estimate", "se") if row[name] is not None
    ]

    found = [
        value
        for cube in cubes
        for place, value in enumerate(cube["value"])
        if value is not None and place % cube["size"][-1] in (0, 3)
    ]
    assert sorted(found) == sorted(expected)


def test_a_figure_stands_where_its_codes_say(report: sp.Report, cubes: dict[str, Any]) -> None:
    cube = cubes["Has an account"]

    for row in report.figures:
        if row["indicator"] != "account":
            continue
        group = row["domain"] if row["breakdown"] == "_T" else f"{row['breakdown']}:{row['domain']}"
        codes = {"wave": str(row["wave"]), "category": str(row["category"]), "domain": str(group)}
        assert value_at(cube, **codes, measure="estimate") == row["estimate"]
        assert value_at(cube, **codes, measure="ci_high") == row["ci_high"]


def test_a_suppressed_figure_is_null_with_its_status(cubes: dict[str, Any]) -> None:
    cube = cubes["Has an account"]
    hidden = [int(place) for place, one in cube["status"].items() if one == "c"]

    assert hidden
    assert {cube["value"][place] for place in hidden} == {None}
    assert cube["extension"]["status"]["label"]["c"] == "suppressed"
    codes = {"wave": "2019", "category": "yes", "domain": "area:musandam"}
    assert value_at(cube, **codes, measure="n_base") is None


def test_codes_are_the_same_in_every_language_and_words_are_not(
    collections: dict[str, Any],
) -> None:
    arabic, english = (collections[tag]["link"]["item"][0] for tag in LANGUAGES)

    assert arabic["value"] == english["value"]
    assert arabic["id"] == english["id"]
    assert arabic["dimension"]["category"]["category"]["label"]["yes"] == "نعم"
    assert collections["ar"]["extension"]["direction"] == "rtl"


def test_made_up_data_are_called_so_in_every_dataset(collections: dict[str, Any]) -> None:
    for cube in collections["en"]["link"]["item"]:
        assert any("synthetic" in one for one in cube["note"])


def test_measures_can_be_chosen(report: sp.Report) -> None:
    (document,) = sp.render(report, "jsonstat", languages="en", measures="estimate, n_base")

    (cube, *_) = json.loads(document.content)["link"]["item"]
    assert cube["dimension"]["measure"]["category"]["index"] == ["estimate", "n_base"]
    with pytest.raises(sp.SocialpollError, match="measures"):
        sp.render(report, "jsonstat", measures="median")


def test_a_code_that_is_not_there_is_an_error(cubes: dict[str, Any]) -> None:
    with pytest.raises(KeyError, match="domain"):
        value_at(cubes["Has an account"], wave="2018", category="yes", measure="se", domain="moon")
