"""A release is attacked by one who knows all that is released, and the questionnaire."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

import socialpoll as sp
from tests.disclosure.attacking import Attack, Bound
from tests.disclosure.handmade import codes, filled, handmade, is_small, released
from tests.disclosure.statuses import Statuses

THRESHOLD = 5
COUNTS = {
    ("a", "y"): 3,
    ("a", "n"): 40,
    ("a", "x"): 35,
    ("b", "y"): 30,
    ("b", "n"): 50,
    ("b", "x"): 52,
    ("c", "y"): 31,
    ("c", "n"): 22,
    ("c", "x"): 90,
}
SCALE = {"a": [3, 2, 40, 4, 4], "b": [30, 40, 50, 33, 20], "c": [21, 44, 31, 36, 50]}
TICKS = {("a", 1, 0): 3, ("a", 0, 1): 40, ("a", 0, 0): 9, ("b", 1, 1): 20, ("b", 0, 0): 33}
AREA = sp.Single(name="area", text="area", options=codes("abc"))
ANSWER = sp.Single(name="q", text="q", options=codes("ynx"))

Hide = Callable[[dict[str, object]], bool]


@dataclass(frozen=True)
class Way:
    """A way to a hidden count: figures, and which of them somebody careless would hide."""

    estimates: sp.Estimates
    hide: Hide
    before: tuple[sp.Release, ...] = ()

    def attack(self) -> Attack:
        """Return the attack on all that is not hidden."""
        return Attack([self.estimates], released(self.estimates), THRESHOLD, self.before)

    def found(self) -> list[Bound]:
        """Return what is found of those figures that are hidden."""
        return self.attack().bounds(handmade(self.estimates, self.hide))


def one_table(
    indicators: list[object], *, derived: tuple[object, ...] = (), by: object = "area", **compared
) -> sp.Estimates:
    asked = sp.Questionnaire(title="t", questions=(AREA, ANSWER), derived=derived)
    estimates = sp.estimate(sp.bind(filled(COUNTS, ("area", "q")), asked), indicators, by=by)
    return sp.compare(estimates, **compared) if compared else estimates


def of(row: dict[str, object], domain: str, category: str | None = None) -> bool:
    return row["domain"] == domain and category in (None, row["category"])


def by_margins() -> Way:
    estimates = one_table(["q"])
    return Way(estimates, lambda row: of(row, "a", "y") or of(row, "a", "n"))


def by_a_group_of_codes() -> Way:
    groups = (
        sp.Group(code="yn", label="yn", codes=("y", "n")),
        sp.Group(code="rest", label="x", codes=("x",)),
    )
    grouping = sp.Grouping(name="g", of="q", label="g", groups=groups)
    estimates = one_table(["q", "g"], derived=(grouping,))
    # Of the answers of area a only n is shown, and nothing of everybody.
    return Way(estimates, lambda row: row["indicator"] == "q" and not of(row, "a", "n"))


def by_a_net() -> Way:
    nets = (sp.Net(code="yn", label="yn", codes=("y", "n")),)
    estimates = one_table(["q", "any"], derived=(sp.Nets(name="any", of="q", label="q", nets=nets),))
    return Way(estimates, lambda row: row["indicator"] == "q" and not of(row, "a", "n"))


def by_a_profile() -> Way:
    estimates = one_table(["q", sp.Profile("area", among="q")])
    return Way(estimates, lambda row: row["indicator"] == "q")


def by_an_earlier_release() -> Way:
    estimates = one_table(["q"])
    before = sp.release(
        one_table([sp.Profile("area", among="q")]), sp.MinBase(0, 0), policy=sp.Policy(minimum_base=0)
    )
    return Way(estimates, lambda row: True, (before,))


def by_a_difference() -> Way:
    estimates = one_table(["q"], within="area", minimum_base=1)
    # What is told of area a is its base, beside answer x, and how far it is from area b.
    return Way(estimates, lambda row: of(row, "a", "y") or of(row, "a", "n") or of(row, "_T"))


def by_how_many_options_were_chosen() -> Way:
    options = sp.Multiple(name="m", text="m", options=codes("uv"), blank="none")
    asked = sp.Questionnaire(title="t", questions=(AREA, options))
    frame = filled(TICKS, ("area", "m_u", "m_v"))
    estimates = sp.estimate(
        sp.bind(frame, asked), ["m", sp.Mean("m", name="chosen")], by="area"
    )
    return Way(
        estimates, lambda row: row["item"] == "u" or (row["item"] == "v" and not of(row, "a"))
    )


def by_a_crossing() -> Way:
    counts = {
        (*key, sex): count if sex == "m" else count + 9
        for key, count in COUNTS.items()
        for sex in "mf"
    }
    sex = sp.Single(name="sex", text="sex", options=codes("mf"))
    asked = sp.Questionnaire(title="t", questions=(AREA, ANSWER, sex))
    estimates = sp.estimate(
        sp.bind(filled(counts, ("area", "q", "sex")), asked), ["q"], by=["area", "sex", ("area", "sex")]
    )
    return Way(estimates, lambda row: of(row, "a|m"))


def routed() -> sp.Estimates:
    answer = sp.Single(
        name="q", text="q", options=codes("yn"), asked_if=sp.Is("area", "a", "b"), if_not_asked="n"
    )
    asked = sp.Questionnaire(title="t", questions=(AREA, answer))
    counts = {("a", "y"): 3, ("a", "n"): 40, ("b", "y"): 31, ("b", "n"): 43, ("c", ""): 60}
    bound = sp.bind(filled(counts, ("area", "q")), asked)
    return sp.estimate(bound, ["q", sp.Share("q", base="all", name="of_all")], by="area")


def by_another_base() -> Way:
    return Way(routed(), lambda row: row["indicator"] == "q")


def by_the_spread_of_scores() -> Way:
    frame = pd.DataFrame(
        [
            (area, str(place))
            for area, counts in SCALE.items()
            for place, count in enumerate(counts, 1)
            for _ in range(count)
        ],
        columns=["area", "s"],
    )
    scale = sp.Scale(name="s", text="s", options=codes("12345"))
    bound = sp.bind(frame, sp.Questionnaire(title="t", questions=(AREA, scale)))
    estimates = sp.estimate(bound, ["s", sp.Mean("s", name="mean")], by="area")
    return Way(
        estimates,
        lambda row: row["indicator"] == "s" and not (of(row, "a", "1") or of(row, "a", "3")),
    )


WAYS = [
    by_margins,
    by_a_group_of_codes,
    by_a_net,
    by_a_profile,
    by_an_earlier_release,
    by_a_difference,
    by_how_many_options_were_chosen,
    by_a_crossing,
    by_another_base,
    by_the_spread_of_scores,
]


@pytest.mark.parametrize("way", WAYS)
def test_the_attacker_finds_a_hidden_count_exactly(way):
    found = [one for one in way().found() if one.by == "respondents"]

    assert any(one.exact for one in found)
    for one in found:
        assert one.low <= one.truth + 1e-6
        assert one.high >= one.truth - 1e-6


@pytest.mark.parametrize("way", WAYS)
def test_the_attacker_finds_nothing_of_what_the_policy_hides(way):
    one = way()
    policy = sp.Policy(name="cells", threshold=THRESHOLD, already_published=())
    release = sp.release(one.estimates, sp.MinBase(0, 0), policy=policy)

    assert Attack([one.estimates], release, THRESHOLD).holes() == []


def test_a_group_that_is_hidden_for_its_base_alone_follows_from_the_others():
    estimates = one_table(["q"])
    release = sp.release(estimates, sp.MinBase(0, 0), policy=sp.Policy(minimum_base=100))
    found = Attack([estimates], release, 100, complete=["area"]).bounds()

    assert {one.truth for one in found if one.of == "base"} == {78}
    assert all(one.exact for one in found if one.by == "respondents")
