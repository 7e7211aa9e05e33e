from __future__ import annotations

import csv

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.demo import FOLDER

KEYS = ("indicator", "item", "category", "statistic", "breakdown", "domain")


def published(check: str) -> list[dict[str, str]]:
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["check"] == check]


def named(row: dict[str, str]) -> str:
    parts = (row["indicator"], row["item"], row["category"], row["domain"])
    return "-".join(part for part in parts if not part.startswith("_"))


def value_of(row: dict[str, str]) -> float:
    return float(row["value"]) / (100 if row["unit"] == "percent" else 1)


@pytest.fixture(scope="module")
def weights(poll) -> sp.Weights:
    return poll.weights()


@pytest.fixture(scope="module")
def estimates(poll) -> tuple[sp.Estimates, ...]:
    return poll.estimates()


@pytest.fixture(scope="module")
def figures(estimates) -> pd.DataFrame:
    return pd.concat([one.frame for one in estimates]).set_index(list(KEYS))


@pytest.fixture(scope="module")
def between_the_sexes(estimates) -> pd.DataFrame:
    tested = [one.comparisons for one in estimates if len(one.comparisons)]
    return pd.concat(tested).query("breakdown == 'sex'")


def figure(figures: pd.DataFrame, row: dict[str, str], **others: str) -> pd.Series:
    return figures.loc[tuple((row | others)[key] for key in KEYS)]


@pytest.mark.parametrize("row", published("within"), ids=named)
def test_the_weighted_estimate_is_within_three_standard_errors_of_the_published(row, figures):
    found = figure(figures, row)

    assert found["se"] > 0
    assert abs(found["estimate"] - value_of(row)) <= 3 * found["se"]


@pytest.mark.parametrize("row", published("higher"), ids=named)
def test_the_sex_that_was_published_to_prefer_a_platform_uses_it_more(row, between_the_sexes):
    tests = between_the_sexes.query("indicator == 'platforms'")
    difference = tests.set_index("item").loc[row["item"]]
    higher = "domain_a" if difference["difference"] > 0 else "domain_b"

    assert difference[higher] == row["domain"]
    assert difference["p_adjusted"] < 0.05


@pytest.mark.parametrize("row", published("largest"), ids=named)
def test_the_busiest_time_is_the_published_one(row, figures):
    bands = figures.loc[row["indicator"]].xs("_T", level="breakdown")["estimate"]

    assert bands.idxmax()[1] == row["category"]


def test_every_published_figure_is_checked_or_said_to_conflict():
    rows = [
        row for check in ("within", "higher", "largest", "conflict") for row in published(check)
    ]

    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as file:
        assert len(rows) == len(list(csv.DictReader(file)))
    assert all(row["source_url"].startswith("https://") for row in rows)
    assert all(row["note"] for row in published("conflict"))


@pytest.mark.parametrize(
    ("indicator", "agree"), [("trust", False), ("shopping", True), ("selling", True)]
)
def test_only_the_shares_of_trust_by_sex_contradict_the_published_share_of_everybody(
    indicator, agree
):
    rows = [row for check in ("within", "conflict") for row in published(check)]
    printed = {
        (row["breakdown"], row["domain"]): value_of(row)
        for row in reversed(rows)  # of two for men, the one that most sources print
        if row["indicator"] == indicator and row["category"] in {"trust", "yes"}
    }
    persons = pd.read_csv(FOLDER / "targets" / "sex.csv", index_col="sex")["target"]
    rounding = 0.005

    highest = sum((printed["sex", one] + rounding) * persons[one] for one in persons.index)

    assert (highest / persons.sum() >= printed["_T", "_T"] - rounding) == agree


def test_trust_differs_between_the_sexes_as_published_though_its_level_cannot(between_the_sexes):
    printed = {row["domain"]: value_of(row) for row in reversed(published("conflict"))}
    tests = between_the_sexes.query("indicator == 'trust'")
    difference = tests.set_index("category").loc["trust"]
    sign = 1 if difference["domain_a"] == "female" else -1
    wanted = printed["female"] - printed["male"]

    assert wanted == pytest.approx(0.06)
    assert abs(sign * difference["difference"] - wanted) <= 3 * difference["se"]


def test_weighting_takes_the_sample_nearer_to_the_published_shopping(weights, figures):
    unweighted = sp.estimate(weights.responses, sp.Share("shopping", base="all")).frame
    before = unweighted.query("breakdown == '_T' and category == 'yes'")["estimate"].item()
    [row] = [one for one in published("within") if named(one) == "shopping-yes"]
    after = figure(figures, row)["estimate"]

    assert abs(after - value_of(row)) < abs(before - value_of(row))


def test_the_weights_cost_what_weights_of_such_polls_cost(weights):
    final = weights.diagnostics.iloc[-1]

    assert 1.2 <= final["deff"] <= 1.8
    assert final["sum"] == pytest.approx(1_560_260)


def test_nearly_every_figure_by_governorate_can_be_printed(estimates):
    released = sp.release(estimates, sp.MinBase(30, flag_below=100)).figures
    by_place = released[released["breakdown"] == "governorate"]

    assert set(by_place["domain"]) == set(
        pd.read_csv(FOLDER / "targets" / "governorate.csv")["governorate"]
    )
    assert (by_place["flag"] != "suppressed").mean() >= 0.8
    assert set(by_place.loc[by_place["flag"] != "", "domain"]) == {"musandam", "wusta"}
