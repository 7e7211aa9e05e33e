"""Of changes and trends, those are shown whose figures are; they are rounded once."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.disclosure.following import shown_between_waves
from socialpoll.indicators.breaking import BROKEN
from tests.indicators.polls import bound

INDICATORS = ["trust", sp.Mean("hours"), sp.CircularMean("online")]
WHOLE = sp.Policy(full_precision=True)


def estimated(breaks: tuple = (), by: object = "area") -> sp.Estimates:
    waves = {name: bound(seed, size=200) for name, seed in (("a", 1), ("b", 2), ("c", 3))}
    return sp.estimate(sp.stack(waves, breaks=breaks), INDICATORS, by)


@pytest.mark.parametrize("followed", [sp.change, sp.trend])
def test_where_all_figures_are_shown_so_is_every_change(followed):
    estimates = estimated()
    release = sp.release(estimates, sp.MinBase(1, 1), policy=WHOLE)

    pd.testing.assert_frame_equal(
        shown_between_waves(release, followed(estimates)), followed(estimates)
    )


def test_what_touches_a_suppressed_figure_is_gone():
    estimates = estimated()
    limit = 25
    release = sp.release(estimates, sp.MinBase(limit, limit), policy=WHOLE)
    figures = release.figures
    keys = ["indicator", "item", "category", "breakdown", "domain"]
    seen = figures[figures["estimate"].notna()].groupby(keys)["wave"].agg(set)
    assert 0 < figures["estimate"].isna().sum() < len(figures)

    changes = shown_between_waves(release, sp.change(estimates))
    trends = shown_between_waves(release, sp.trend(estimates))

    every = sp.change(estimates)
    expected = [
        {one["wave_a"], one["wave_b"]} <= seen.get(tuple(one[keys]), set())
        for _, one in every.iterrows()
    ]
    assert 0 < sum(expected) < len(every)
    pd.testing.assert_frame_equal(changes, every[expected].reset_index(drop=True))
    assert set(map(tuple, trends[keys].to_numpy())) == {
        key for key, waves in seen.items() if waves == set("abc")
    }


def test_changes_are_rounded_from_the_unrounded_and_tests_stay_exact():
    estimates = estimated(by=None)
    release = sp.release(estimates, sp.MinBase(1, 1))
    exact = sp.change(estimates)

    found = shown_between_waves(release, exact)

    for one, other in zip(found.to_dict("records"), exact.to_dict("records"), strict=True):
        decimals = 3 if one["unit"] == "share" else 1
        for name in ("change", "se", "ci_low", "ci_high"):
            assert one[name] == pytest.approx(other[name], abs=0.5 * 10**-decimals, nan_ok=True)
            assert np.isnan(one[name]) or round(one[name], decimals) == one[name]
        assert one["p"] == pytest.approx(other["p"], nan_ok=True)
    times = found[found["statistic"] == "circular_mean"]
    assert (times[["estimate_a", "estimate_b"]] % 1 == 0).all(axis=None)
    assert times["ci_low"].lt(0).any(), "limits of a change are no times of day"


def test_a_break_is_told_in_place_of_the_change():
    one = sp.Break(question="hours", wave="b", reason="new")
    estimates = estimated((one,), by=None)
    release = sp.release(estimates, sp.MinBase(1, 1))

    found = shown_between_waves(release, sp.change(estimates)).query("indicator == 'hours'")

    assert found["caveat"].tolist() == [BROKEN, ""]
    assert found["change"].isna().tolist() == [True, False]
