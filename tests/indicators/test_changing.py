"""Change between waves: closed forms for independent samples, panels and their trends."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import EstimationError
from tests.indicators.polls import CLUSTERED, TWO_STAGES, answers, bound, questionnaire

HALVES = {"m": 0.5, "f": 0.5}
PANEL = sp.SampleDesign(strata="stratum", clusters="person")


def raked(seed: int, design: sp.SampleDesign = CLUSTERED) -> sp.Weights:
    return sp.rake(bound(seed, design), {"sex": HALVES, "area": AREA}, total=1000)


AREA = {"x": 0.5, "y": 0.3, "z": 0.2}


def panel(size: int = 40, first: int = 0, seed: int = 1, **columns: object) -> sp.Responses:
    """Persons ``first`` to ``first + size``, in two strata, whose hours go with the person."""
    person = np.arange(first, first + size)
    noise = np.random.default_rng(seed).normal(size=size)
    data = answers(seed, size).drop(columns="disposition")
    hours = np.round(10 + person % 7 + noise, 3)
    data = data.assign(person=person, stratum=np.where(person % 2, "s", "t"), hours=hours)
    return sp.bind(data.assign(**columns), questionnaire(), PANEL)


@pytest.mark.parametrize("design", [CLUSTERED, TWO_STAGES], ids=["one stage", "two stages"])
def test_every_wave_of_a_stack_is_as_it_is_alone(design):
    alone = [raked(4, design), bound(7, design)]
    indicators = ["trust", "apps", "hours", sp.Ratio("hours", "rooms"), sp.Total("area")]
    stacked = sp.estimate(sp.stack({"a": alone[0], "b": alone[1]}), indicators, by="sex").frame
    for name, one in zip("ab", alone, strict=True):
        theirs = sp.estimate(one, indicators, by="sex").frame.drop(columns=["wave", "weights_id"])
        ours = stacked[stacked["wave"] == name].drop(columns=["wave", "weights_id"])
        pd.testing.assert_frame_equal(ours.reset_index(drop=True), theirs, rtol=1e-9)


def test_the_change_of_independent_waves_has_the_sum_of_variances_and_of_degrees_of_freedom():
    estimates = sp.estimate(sp.stack({"a": raked(4), "b": raked(7)}), ["trust", "hours"], by="sex")
    frame = estimates.frame
    for _, one in sp.change(estimates).iterrows():
        keys = ["indicator", "item", "category", "breakdown", "domain"]
        rows = frame[(frame[keys] == one[keys]).all(axis=1)].set_index("wave")
        assert one["change"] == rows["estimate"]["b"] - rows["estimate"]["a"]
        assert one["se"] == pytest.approx(np.hypot(*rows["se"]), rel=1e-9)
        assert one["df"] == rows["df"].sum()
        assert one["t"] == pytest.approx(one["change"] / one["se"])
        assert one["ci_low"] < one["change"] < one["ci_high"]


def test_change_is_the_contrast_of_its_two_rows():
    estimates = sp.estimate(sp.stack({"a": raked(4), "b": raked(7)}), "hours")
    one, same = sp.change(estimates).iloc[0], estimates.contrast({0: -1, 1: 1})
    for name in ("se", "df", "t", "p", "ci_low", "ci_high"):
        assert one[name] == pytest.approx(getattr(same, name), rel=1e-12)


def test_change_in_a_whole_panel_is_the_mean_of_its_differences():
    first, second = panel(seed=1), panel(seed=2)
    estimates = sp.estimate(sp.stack({"a": first, "b": second}, units="common"), "hours")
    one = sp.change(estimates).iloc[0]
    apart = second.frame["hours"] - first.frame["hours"]
    difference = sp.bind(
        panel(seed=1).frame.assign(
            hours=apart, person=range(40), stratum=np.where(np.arange(40) % 2, "s", "t"),
            apps=None,
        ),
        questionnaire(), PANEL,
    )  # fmt: skip
    row = sp.estimate(difference, "hours").frame.iloc[0]
    assert one["change"] == pytest.approx(row["estimate"])
    assert one["se"] == pytest.approx(row["se"], rel=1e-9)
    assert one["df"] == row["df"] == 38


def test_units_in_common_add_their_covariance_and_no_others():
    first, second = panel(30, 0, 1), panel(30, 10, 2)
    together = {name: sp.stack({"a": first, "b": second}, units=name) for name in UNITS}
    found = {name: sp.change(sp.estimate(one, "hours")).iloc[0] for name, one in together.items()}
    scores = [
        pd.DataFrame({"person": np.arange(start, start + 30), "z": (y - y.mean()) / 30})
        for start, y in ((0, first.frame["hours"]), (10, second.frame["hours"]))
    ]
    common = scores[0].merge(scores[1], on="person")
    covariance = sum(
        len(part) * part["z_x"].cov(part["z_y"]) for _, part in common.groupby(common["person"] % 2)
    )
    variances = [found[name]["se"] ** 2 for name in UNITS]
    assert covariance > 0
    assert variances[0] - variances[1] == pytest.approx(2 * covariance)
    assert [found[name]["df"] for name in UNITS] == [56, 38]


UNITS = ("independent", "common")


def test_a_finite_population_corrects_the_covariance_as_the_variances():
    design = replace(PANEL, fpc="size", fpc_as="count")
    waves = [
        sp.bind(answers(seed, 40).assign(person=range(40), stratum="s", size=50), questionnaire(),
                replace(design)) for seed in (1, 2)
    ]  # fmt: skip
    estimates = sp.estimate(sp.stack({"a": waves[0], "b": waves[1]}, units="common"), "hours")
    y = [one.frame["hours"] for one in waves]
    expected = (1 - 40 / 50) * (y[1] - y[0]).var() / 40
    assert sp.change(estimates)["se"].iloc[0] ** 2 == pytest.approx(expected)


def test_a_trend_over_two_waves_is_their_change_over_time():
    estimates = sp.estimate(sp.stack({"a": raked(4), "b": raked(7)}), ["trust", "hours"])
    change, slope = sp.change(estimates), sp.trend(estimates, {"a": 2019, "b": 2021})
    assert slope["slope"].tolist() == pytest.approx((change["change"] / 2).tolist())
    assert slope["se"].tolist() == pytest.approx((change["se"] / 2).tolist())
    assert slope["p"].tolist() == pytest.approx(change["p"].tolist())


def test_a_trend_is_the_slope_of_the_least_squares_line():
    waves = {name: bound(seed) for name, seed in (("a", 1), ("b", 2), ("c", 3))}
    estimates = sp.estimate(sp.stack(waves), "hours")
    at, figures = np.array([0.0, 1.0, 4.0]), estimates.frame["estimate"].to_numpy()
    one = sp.trend(estimates, dict(zip("abc", at, strict=True))).iloc[0]
    assert one["slope"] == pytest.approx(np.polyfit(at, figures, 1)[0])
    k = (at - at.mean()) / ((at - at.mean()) ** 2).sum()
    assert one["se"] == pytest.approx(np.sqrt(k**2 @ estimates.frame["se"] ** 2))
    assert one["waves"] == 3


def test_later_waves_are_compared_with_the_one_before_or_with_the_first():
    stacked = sp.stack({"a": bound(1), "b": bound(2), "c": bound(3)})
    estimates = sp.estimate(stacked, "hours")
    pairs = {
        one: sp.change(estimates, one)[["wave_a", "wave_b"]].to_numpy().tolist()
        for one in ("previous", "first")
    }
    assert pairs == {"previous": [["a", "b"], ["b", "c"]], "first": [["a", "b"], ["a", "c"]]}


def test_a_figure_fixed_in_both_waves_has_no_test():
    estimates = sp.estimate(sp.stack({"a": raked(4), "b": raked(7)}), "sex")
    changes = sp.change(estimates)
    assert changes["se"].tolist() == [0, 0]
    assert changes["p"].isna().all()
    assert set(changes["caveat"]) == {"no variation"}


def test_one_wave_has_no_change_and_a_time_must_be_known():
    with pytest.raises(EstimationError, match="only one wave"):
        sp.change(sp.estimate(bound(1), "hours"))
    estimates = sp.estimate(sp.stack({"a": bound(1), "b": bound(2)}), "hours")
    with pytest.raises(EstimationError, match="has no time"):
        sp.trend(estimates, {"a": 1})
    with pytest.raises(EstimationError, match="all of one time"):
        sp.trend(estimates, {"a": 1, "b": 1})
    with pytest.raises(EstimationError, match="no wave to compare"):
        sp.change(estimates, "last")


def test_spread_into_columns_every_wave_keeps_its_rows():
    estimates = sp.estimate(sp.stack({"a": bound(1), "b": bound(2)}), "trust", by="sex")
    wide = estimates.wide()
    assert wide.index.get_level_values("wave").tolist() == ["a"] * 3 + ["b"] * 3
    assert sorted(wide.to_numpy().ravel()) == sorted(estimates.frame["estimate"])


def test_a_figure_without_a_standard_error_takes_none_from_the_others():
    data = answers(2)
    data.loc[2:, "sex"] = "m"
    alone = sp.bind(data, questionnaire(), CLUSTERED)
    estimates = sp.estimate(sp.stack({"a": bound(1), "b": alone}), sp.Quantile("hours"), "sex")
    changes = sp.change(estimates)
    unknown = estimates.frame.groupby("domain", sort=False)["se"].apply(lambda se: se.isna().any())
    assert unknown.tolist() == [False, False, True]
    assert changes["se"].isna().tolist() == unknown.tolist()
    assert changes["caveat"].tolist() == ["", "", "no standard error"]
