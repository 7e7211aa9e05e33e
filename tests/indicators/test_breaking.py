"""Breaks in comparability: which figures carry the caveat, and which changes there are."""

from __future__ import annotations

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.indicators.breaking import BROKEN
from tests.indicators.polls import bound

INDICATORS = ["trust", sp.Mean("hours"), sp.Ratio("rooms", "hours"), sp.Profile("area", "trust")]
TESTED = ["change", "se", "df", "t", "ci_low", "ci_high", "p"]


def estimated(*breaks: tuple[str, str], by: object = "sex") -> sp.Estimates:
    waves = {name: bound(seed) for name, seed in (("a", 1), ("b", 2), ("c", 3))}
    declared = [sp.Break(question=name, wave=wave, reason="new") for name, wave in breaks]
    return sp.estimate(sp.stack(waves, breaks=declared), INDICATORS, by)


def carrying(estimates: sp.Estimates) -> set[tuple[str, str]]:
    frame = estimates.frame
    told = frame[[BROKEN in one.split("; ") for one in frame["caveat"]]]
    return set(zip(told["wave"], told["indicator"], strict=True))


def test_figures_of_the_wave_of_a_break_carry_its_caveat():
    assert carrying(estimated(("trust", "b"))) == {("b", "trust"), ("b", "area_among_trust")}
    assert carrying(estimated(("hours", "c"))) == {("c", "hours"), ("c", "rooms_per_hours")}
    assert carrying(estimated()) == set()


def test_a_break_of_the_groups_is_one_of_every_figure_by_them_and_of_no_other():
    frame = estimated(("sex", "b")).frame
    told = [BROKEN in one for one in frame["caveat"]]

    assert told == [
        wave == "b" and breakdown == "sex"
        for wave, breakdown in zip(frame["wave"], frame["breakdown"], strict=True)
    ]


def test_a_break_changes_no_figure():
    keys = {"weights_id": "", "caveat": ""}
    one, other = (each.frame.assign(**keys) for each in (estimated(), estimated(("trust", "b"))))

    pd.testing.assert_frame_equal(one, other)


def test_a_break_stops_the_changes_across_it_and_leaves_the_others_as_they_were():
    with_break, without = (sp.change(one) for one in (estimated(("trust", "b")), estimated()))
    across = with_break["caveat"] == BROKEN

    assert set(with_break.loc[across, "indicator"]) == {"trust", "area_among_trust"}
    assert set(with_break.loc[across, "wave_b"]) == {"b"}
    assert with_break.loc[across, TESTED].isna().all(axis=None)
    assert with_break.loc[across, ["estimate_a", "estimate_b"]].notna().all(axis=None)
    pd.testing.assert_frame_equal(with_break[~across], without[~across])


def test_against_the_first_wave_every_later_one_lies_across_the_break():
    changes = sp.change(estimated(("trust", "b"), by=None), "first").query("indicator == 'trust'")

    assert set(changes["caveat"]) == {BROKEN}
    assert set(changes["wave_b"]) == {"b", "c"}


@pytest.mark.parametrize("wave", ["b", "c"])
def test_a_break_stops_the_trend(wave):
    with_break, without = (sp.trend(one) for one in (estimated(("hours", wave)), estimated()))
    across = with_break["caveat"] == BROKEN

    assert set(with_break.loc[across, "indicator"]) == {"hours", "rooms_per_hours"}
    assert with_break.loc[across, "slope"].isna().all()
    pd.testing.assert_frame_equal(with_break[~across], without[~across])
