"""The rule of commercial tables, beside the formula written out over the answers."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators.polls import CLUSTERED, answers, bound, questionnaire

if TYPE_CHECKING:
    import pandas as pd


def column(data: pd.DataFrame, value: pd.Series) -> tuple[float, float]:
    """Return a weighted mean of a column, and S² over its effective base."""
    known = value.notna()
    w, y = data["weight"][known].to_numpy(), value[known].to_numpy(dtype=float)
    mean = (w * y).sum() / w.sum()
    effective = w.sum() ** 2 / (w**2).sum()
    spread = (w * (y - mean) ** 2).sum() / w.sum()
    if set(np.unique(y)) <= {0.0, 1.0}:
        return mean, spread / effective
    return mean, spread * y.size / (y.size - 1) / effective


def letters(data: pd.DataFrame, by: str, value: pd.Series) -> dict[str, set[str]]:
    """Return, for each column, the columns than which it is higher at 1.96, two-sided."""
    columns = {
        one: column(data[data[by] == one], value[data[by] == one]) for one in data[by].unique()
    }
    found: dict[str, set[str]] = {one: set() for one in columns}
    for a, b in combinations(columns, 2):
        (mean_a, v_a), (mean_b, v_b) = columns[a], columns[b]
        if v_a + v_b > 0 and abs(mean_a - mean_b) / np.sqrt(v_a + v_b) > 1.96:
            high, low = (a, b) if mean_a > mean_b else (b, a)
            found[high].add(low)
    return found


def ours(compared: sp.Estimates, **line: str) -> dict[str, set[str]]:
    """Return the same from the comparisons of one row."""
    found = compared.comparisons
    for name, value in line.items():
        found = found[found[name] == value]
    higher: dict[str, set[str]] = {}
    for one in found[found["p_adjusted"] < 0.05].itertuples():
        high, low = (one.domain_a, one.domain_b)[:: 1 if one.difference > 0 else -1]
        higher.setdefault(high, set()).add(low)
    return higher


@pytest.mark.parametrize("seed", range(8))
def test_letters_are_those_of_the_formula(seed):
    random = np.random.default_rng(seed)
    data = answers(seed, 600).drop(columns="disposition")
    data["area"] = random.choice(["x", "y", "z"], 600)
    shift = data["area"].map({"x": 0.0, "y": 0.6, "z": 1.2})
    data["hours"] = (data["hours"] + shift).round(1)
    tilted = random.random(600) < shift / 3
    data["apps"] = data["apps"].where(~tilted, "a")
    responses = sp.bind(data, questionnaire(), sp.SampleDesign(weight="weight"))
    estimates = sp.estimate(responses, ["trust", "apps", "hours"], by="area")
    compared = sp.compare(estimates, method="effective-base", minimum_base=1)
    answered = data["apps"].notna()
    several = {("hours", "_Z"): data["hours"]}
    for app in "abc":
        ticked = data["apps"].str.contains(app).astype("Float64").astype(float)
        several["apps", app] = ticked.where(answered)
    for (indicator, item), value in several.items():
        expected = {high: low for high, low in letters(data, "area", value).items() if low}
        assert ours(compared, indicator=indicator, item=item) == expected
    assert ours(compared, indicator="hours", item="_Z")


def test_it_is_the_z_test_of_two_columns():
    data = answers(3, 400).drop(columns="disposition")
    responses = sp.bind(data, questionnaire(), sp.SampleDesign(weight="weight"))
    one = sp.compare(
        sp.estimate(responses, ["hours", "trust"], by="sex"), method="effective-base"
    ).comparisons
    hours = one[one["indicator"] == "hours"].iloc[0]
    men, women = (
        column(data[data["sex"] == sex], data["hours"][data["sex"] == sex]) for sex in "mf"
    )
    assert hours["difference"] == pytest.approx(men[0] - women[0])
    assert hours["se"] == pytest.approx(np.sqrt(men[1] + women[1]))
    assert np.isinf(one["df"]).all()
    assert set(one["test"]) == {"effective-base"}
    assert (one["p"] == one["p_adjusted"]).all()


def test_it_knows_nothing_of_strata_and_clusters():
    data = answers(3, 400)
    plain = sp.SampleDesign(weight="weight", disposition="disposition", interviewed=("in",))
    found = []
    for design in (CLUSTERED, plain):
        estimates = sp.estimate(sp.bind(data, questionnaire(), design), "trust", by="sex")
        found.append(sp.compare(estimates, method="effective-base"))
    first, second = (one.comparisons for one in found)
    assert first["se"].tolist() == pytest.approx(second["se"].tolist())


def test_the_convention_of_design_effects_does_not_matter_to_it():
    weights = sp.rake(bound(4, size=200), {"sex": {"m": 0.5, "f": 0.5}}, total=1000)
    found = [
        sp.compare(
            sp.estimate(weights, "hours", by="area", precision=sp.Precision(deff=deff)),
            method="effective-base",
        )
        .comparisons["se"]
        .tolist()
        for deff in ("replace", "without")
    ]
    assert found[0] == pytest.approx(found[1])


@pytest.mark.parametrize(
    ("indicator", "by", "found"),
    [
        (sp.Quantile("hours"), "sex", "median"),
        ("hours", "apps", "apps"),
        (sp.Profile("sex", among="apps"), None, "apps"),
    ],
)
def test_it_is_refused_where_it_does_not_hold(indicator, by, found):
    estimates = sp.estimate(bound(4, size=200), indicator, by=by)
    with pytest.raises(EstimationError, match=found):
        sp.compare(estimates, method="effective-base")
    assert len(sp.compare(estimates).comparisons) > 0


def test_waves_with_units_in_common_are_refused():
    alike = {"a": bound(4, size=90), "b": bound(7, size=90)}
    estimates = sp.estimate(sp.stack(alike, units="common"), "hours")
    with pytest.raises(EstimationError, match="in common"):
        sp.compare(estimates, against="waves", method="effective-base")
    apart = sp.estimate(sp.stack(alike), "hours")
    assert len(sp.compare(apart, against="waves", method="effective-base").comparisons) == 1
