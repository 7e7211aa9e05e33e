"""The busiest hours: windows round the clock, ranked, and compared with the first."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import EstimationError, UnknownNameError
from tests.indicators.polls import answers, bound
from tests.indicators.test_clock import polled, written

PRECISE = ["share", "se", "ci_low", "ci_high", "difference", "difference_se", "p", "p_adjusted"]


def evening() -> sp.Responses:
    """Return 100 times: 40 after nine, 30 after ten, 20 about midnight, 10 in the morning."""
    return polled(["21:10"] * 40 + ["22:30"] * 30 + ["23:50", "00:10"] * 10 + ["08:00"] * 10)


def test_the_day_is_covered_once_and_the_fullest_hour_comes_first():
    found = sp.busiest(evening(), "online")

    assert len(found) == 24
    assert found["share"].sum() == pytest.approx(1)
    first = found.head(6)
    assert first["window"].tolist() == [
        "21:00-22:00",
        "22:00-23:00",
        "00:00-01:00",
        "08:00-09:00",
        "23:00-24:00",
        "01:00-02:00",
    ]
    assert first["share"].tolist() == pytest.approx([0.4, 0.3, 0.1, 0.1, 0.1, 0])
    assert first["rank"].tolist() == [1, 2, 3, 3, 3, 6]
    assert first["n_window"].tolist() == [40, 30, 10, 10, 10, 0]
    assert set(found["n_base"]) == {100}


def test_windows_cross_midnight_and_overlap_where_they_begin_more_often():
    found = sp.busiest(evening(), "online", 120, step=30).set_index("window")

    assert len(found) == 48
    assert found.loc["23:00-01:00", "share"] == pytest.approx(0.2)
    assert found.loc["23:30-01:30", "share"] == pytest.approx(0.2)
    assert found.loc["21:00-23:00", "share"] == pytest.approx(0.7)
    assert found["share"].sum() == pytest.approx(4)


def test_hours_apart_differ_as_the_categories_of_a_simple_random_sample():
    found = sp.busiest(evening(), "online").set_index("window")
    p, q = 0.4, 0.3

    assert found.loc["22:00-23:00", "difference"] == pytest.approx(q - p)
    variance = (p + q - (p - q) ** 2) / 99
    assert found.loc["22:00-23:00", "difference_se"] == pytest.approx(np.sqrt(variance))
    assert bool(found.loc["22:00-23:00", "among_busiest"])
    assert not bool(found.loc["08:00-09:00", "among_busiest"])


def test_p_values_are_adjusted_after_holm_within_a_group():
    found = sp.busiest(bound(3, size=200), "online", 240, by="sex")

    for _, group in found.groupby(["breakdown", "domain"]):
        p = group["p"].dropna().to_numpy()
        ordered = np.sort(p)
        stepped = np.maximum.accumulate(ordered * np.arange(p.size, 0, -1))
        expected = np.minimum(stepped[np.searchsorted(ordered, p)], 1)
        assert group["p_adjusted"].dropna().tolist() == pytest.approx(expected.tolist())
        assert p.size == 5
        assert np.isnan(group["p"].iloc[0])


@pytest.mark.parametrize("raked", [False, True], ids=["base weights", "raked"])
def test_rows_are_those_of_windows_and_differences_their_contrasts(raked):
    responses = bound(4, size=160)
    source = sp.rake(responses, {"sex": {"m": 900.0, "f": 1100.0}}) if raked else responses
    found = sp.busiest(source, "online", 180, by="area")
    windows = tuple(tuple(one.split("-")) for one in found["window"].unique())
    estimates = sp.estimate(source, sp.Windows("online", windows), by="area")
    frame = estimates.frame.reset_index().set_index(["domain", "item"])

    for domain, group in found.groupby("domain"):
        own = frame.loc[domain].loc[group["window"]]
        for ours, theirs in (("share", "estimate"), ("n_window", "n_category")):
            assert group[ours].tolist() == pytest.approx(own[theirs].tolist())
        for name in ("se", "ci_low", "ci_high", "df"):
            assert group[name].to_numpy() == pytest.approx(own[name].to_numpy(), nan_ok=True)
        first, *others = own["index"]
        for row, place in zip(others, range(1, 8), strict=True):
            contrast = estimates.contrast({row: 1, first: -1})
            line = group.iloc[place]
            assert line["difference"] == pytest.approx(contrast.estimate)
            assert line["difference_se"] == pytest.approx(contrast.se)
            assert line["p"] == pytest.approx(contrast.p, nan_ok=True)


def test_missing_codes_are_in_the_base_and_in_no_window():
    responses = bound(1)
    found = sp.busiest(responses, "online")
    frame = sp.estimate(responses, sp.Windows("online", ("00:00", "24:00"))).frame

    assert set(found["n_base"]) == set(frame["n_base"])
    assert found["share"].sum() == pytest.approx(frame["estimate"].iloc[0])
    assert found["share"].sum() < 1


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), hours=st.integers(1, 23))
def test_later_answers_turn_the_windows_and_leave_their_figures(seed, hours):
    data = answers(seed, 90)
    minutes = [60 * int(time[:2]) + int(time[3:]) for time in data["online"] if ":" in str(time)]
    found, later = (
        sp.busiest(polled(written(np.array(minutes) + turn)), "online", 120, step=60)
        for turn in (0, 60 * hours)
    )
    starts = found["window"].str[:2].astype(int)
    turned = found.assign(start=(starts + hours) % 24).sort_values("start")
    other = later.assign(start=later["window"].str[:2].astype(int)).sort_values("start")

    columns = ["rank", "share", "se", "ci_low", "ci_high", "n_window"]
    pd.testing.assert_frame_equal(
        turned[columns].reset_index(drop=True), other[columns].reset_index(drop=True)
    )
    if (found["rank"] == 1).sum() == 1:
        pd.testing.assert_frame_equal(
            turned[PRECISE].reset_index(drop=True), other[PRECISE].reset_index(drop=True)
        )


def test_the_order_of_rows_and_the_scale_of_weights_do_not_matter():
    random = np.random.default_rng(4)
    times = np.array(written(random.integers(0, 1440, 80)))
    weight, order = random.lognormal(0, 1, 80), random.permutation(80)
    found = sp.busiest(polled(times, weight), "online", 180)
    again = sp.busiest(polled(times[order], weight[order] * 1000), "online", 180)

    pd.testing.assert_frame_equal(found, again)


def test_replicates_agree_with_linearisation():
    random = np.random.default_rng(6)
    responses = polled(written(random.normal(1380, 120, 90).round() % 1440))
    linear, replicated = (
        sp.busiest(one, "online", 240)
        for one in (responses, sp.replicate(responses, sp.Jackknife()))
    )

    assert linear["window"].tolist() == replicated["window"].tolist()
    for name in ("se", "difference_se"):
        assert replicated[name].to_numpy() == pytest.approx(linear[name].to_numpy(), rel=1e-6)


def test_waves_are_ranked_each_by_itself():
    stacked = sp.stack({"1": evening(), "2": polled(["08:10"] * 5 + ["20:00"] * 2)})
    found = sp.busiest(stacked, "online", 60)

    best = found[found["rank"] == 1].set_index("wave")["window"]
    assert best.to_dict() == {"1": "21:00-22:00", "2": "08:00-09:00"}
    assert (found.groupby("wave").size() == 24).all()


def test_an_opt_in_sample_has_ranks_without_tests():
    found = sp.busiest(polled(["21:00", "21:30", "23:00"] * 9, sampling="opt_in"), "online")

    assert found["window"].iloc[0] == "21:00-22:00"
    assert found["difference"].iloc[1] == pytest.approx(-1 / 3)
    assert found[["se", "difference_se", "p", "p_adjusted"]].isna().all(axis=None)
    assert found["among_busiest"].isna().all()


def test_where_nobody_answered_there_is_no_rank_and_the_caveat_says_why():
    found = sp.busiest(bound(1), "online", where=sp.All(sp.Is("sex", "m"), sp.Is("sex", "f")))

    assert found["share"].isna().all()
    assert found["rank"].isna().all()
    assert found["among_busiest"].isna().all()
    assert found["window"].tolist() == sorted(found["window"])
    assert found["caveat"].str.startswith("empty base").all()


def test_one_time_of_all_leaves_no_other_hour_among_the_busiest():
    found = sp.busiest(polled(["21:30"] * 30), "online")

    assert found["among_busiest"].sum() == 1
    assert found["p"].isna().all()


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 1440}, "minutes"),
        ({"minutes": 2.5}, "minutes"),
        ({"minutes": 50}, "step"),
        ({"step": 0}, "step"),
        ({"step": 1440}, "step"),
        ({"step": -60}, "step"),
    ],
)
def test_windows_that_do_not_go_round_the_day_are_refused(options, where):
    with pytest.raises(EstimationError) as caught:
        sp.busiest(evening(), "online", **options)

    assert caught.value.where == where
    assert caught.value.allowed


def test_a_question_that_asks_for_no_time_is_refused():
    with pytest.raises(EstimationError, match="time of day"):
        sp.busiest(bound(1), "hours")
    with pytest.raises(UnknownNameError):
        sp.busiest(bound(1), "onlin")


@pytest.mark.parametrize(("one", "other"), list(combinations([60, 120, 240], 2)))
def test_longer_windows_hold_what_the_shorter_ones_in_them_hold(one, other):
    responses = bound(2, size=120)
    short, long = (
        sp.busiest(responses, "online", minutes).set_index("window")["share"].sort_index()
        for minutes in (one, other)
    )

    grouped = short.to_numpy().reshape(-1, other // one).sum(axis=1)
    assert long.to_numpy() == pytest.approx(grouped)
