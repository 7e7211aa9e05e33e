"""A release is attacked by one who knows all that is released, and the questionnaire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

import socialpoll as sp
from tests.disclosure.attacking import Attack, Bound
from tests.disclosure.families import BREAKDOWNS, INDICATORS, family, indicator
from tests.disclosure.handmade import codes, filled, handmade, released
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
    derived = (sp.Nets(name="any", of="q", label="q", nets=nets),)
    estimates = one_table(["q", "any"], derived=derived)
    return Way(estimates, lambda row: row["indicator"] == "q" and not of(row, "a", "n"))


def by_a_profile() -> Way:
    estimates = one_table(["q", sp.Profile("area", among="q")])
    return Way(estimates, lambda row: row["indicator"] == "q")


def by_an_earlier_release() -> Way:
    estimates = one_table(["q"])
    before = released(one_table([sp.Profile("area", among="q")]))
    return Way(estimates, lambda row: True, (before,))


def by_a_difference() -> Way:
    estimates = one_table(["q"], within="area", minimum_base=1)
    # What is told of area a is its base, beside answer x, and how far it is from area b.
    return Way(estimates, lambda row: of(row, "a", "y") or of(row, "a", "n") or of(row, "_T"))


def by_how_many_options_were_chosen() -> Way:
    options = sp.Multiple(name="m", text="m", options=codes("uv"), blank="none")
    asked = sp.Questionnaire(title="t", questions=(AREA, options))
    frame = filled(TICKS, ("area", "m_u", "m_v"))
    estimates = sp.estimate(sp.bind(frame, asked), ["m", sp.Mean("m", name="chosen")], by="area")
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
    bound = sp.bind(filled(counts, ("area", "q", "sex")), asked)
    estimates = sp.estimate(bound, ["q"], by=["area", "sex", ("area", "sex")])
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


def cells(threshold: int = THRESHOLD, **others) -> sp.Policy:
    return sp.Policy(name="cells", threshold=threshold, **others)


def protected(estimates: sp.Estimates, policy: sp.Policy, **attack) -> list[Bound]:
    release = sp.release(estimates, sp.MinBase(0, 0), policy=policy)
    return Attack([estimates], release, policy.threshold, **attack).holes()


@pytest.mark.parametrize("full_precision", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_the_attacker_finds_nothing_of_what_the_policy_hides(way, full_precision):
    policy = cells(full_precision=full_precision)

    assert protected(way().estimates, policy, complete=["area"]) == []


def test_what_was_released_before_does_not_help_him():
    first = one_table([sp.Profile("area", among="q")])
    before = sp.release(first, sp.MinBase(0, 0), policy=cells())
    policy = cells(already_published=(before,))

    assert protected(one_table(["q"]), policy, before=(before,), complete=["area"]) == []


def test_a_group_that_is_hidden_for_its_base_alone_follows_from_the_others():
    estimates = one_table(["q"])
    release = sp.release(estimates, sp.MinBase(0, 0), policy=sp.Policy(minimum_base=100))
    found = Attack([estimates], release, 100, complete=["area"]).bounds()

    assert {one.truth for one in found if one.of == "base"} == {78}
    assert all(one.exact for one in found if one.by == "respondents")


def test_statuses_do_not_tell_a_hidden_count():
    counts = COUNTS | {("a", "y"): 1, ("a", "n"): THRESHOLD, ("a", "x"): 85}
    asked = sp.Questionnaire(title="t", questions=(AREA, ANSWER))
    estimates = sp.estimate(sp.bind(filled(counts, ("area", "q")), asked), ["q"], by="area")
    release = sp.release(estimates, sp.MinBase(0, 0), policy=cells())
    known = Attack([estimates], release, THRESHOLD).known(release.figures, "_Z")
    statuses = Statuses(known, THRESHOLD)
    found = [statuses.interval(known.gave(row).astype(float)) for row in known.hidden]

    assert found
    assert all(low < high for low, high in found)


def ticked(counts: dict[tuple[object, ...], int], blank: str, areas: str) -> sp.Estimates:
    questions = (
        sp.Single(name="area", text="area", options=codes(areas)),
        sp.Multiple(name="m", text="m", options=codes("uv"), blank=blank),
    )
    frame = filled(counts, ("area", "m_u", "m_v"))
    return sp.estimate(
        sp.bind(frame, sp.Questionnaire(title="t", questions=questions)), ["m"], by="area"
    )


def test_the_base_of_one_group_does_not_tell_of_an_option_in_another():
    counts = {
        ("a", 1, 1): 10,
        ("a", 1, 0): 38,
        ("a", 0, 1): 4,
        ("a", 0, 0): 9,
        ("b", 1, 1): 2,
        ("b", 1, 0): 19,
        ("b", 0, 1): 2,
        ("b", 0, 0): 10,
        ("c", 1, 0): 3,
        ("c", 0, 0): 2,
        ("d", 1, 1): 2,
        ("d", 1, 0): 7,
        ("d", 0, 1): 1,
        ("d", 0, 0): 2,
    }

    assert protected(ticked(counts, "none", "abcd"), cells(4)) == []


def test_that_everybody_chose_an_option_does_not_tell_how_many_did_not_choose_another():
    counts = {
        ("a", 1, 1): 10,
        ("a", 1, 0): 3,
        ("a", 0, 1): 2,
        ("b", 1, 1): 21,
        ("b", 1, 0): 19,
        ("b", 0, 1): 30,
        ("c", 1, 1): 13,
        ("c", 1, 0): 22,
        ("c", 0, 1): 4,
    }

    assert protected(ticked(counts, "missing", "abc"), cells(5)) == []


FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
"""The same examples each time, and not made smaller: each takes a whole release."""


@FEW
@given(
    seed=st.integers(0, 10_000),
    names=st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=3, unique=True),
    by=st.lists(st.sampled_from(BREAKDOWNS), min_size=1, max_size=3, unique=True),
    threshold=st.integers(3, 15),
    gaps=st.booleans(),
)
def test_no_small_count_is_found_in_any_family_of_tables(seed, names, by, threshold, gaps):
    estimates = sp.estimate(family(seed, gaps=gaps), [indicator(name) for name in names], by=by)
    complete = ["area"] if gaps else ["area", "sex"]

    assert protected(estimates, cells(threshold), complete=complete, whole=False) == []


def crossed_twice() -> sp.Estimates:
    """Return a table by area and sex, with few men in area c, and another by age and sex."""
    counts = {
        ("a", "m", "old", "y"): 23,
        ("a", "m", "young", "n"): 22,
        ("a", "f", "old", "y"): 30,
        ("a", "f", "young", "n"): 31,
        ("b", "m", "old", "n"): 24,
        ("b", "m", "young", "y"): 25,
        ("b", "f", "old", "n"): 26,
        ("b", "f", "young", "y"): 27,
        ("c", "m", "old", "y"): 2,
        ("c", "m", "young", "n"): 1,
        ("c", "f", "old", "y"): 28,
        ("c", "f", "young", "n"): 29,
    }
    questions = (
        AREA,
        sp.Single(name="sex", text="sex", options=codes("mf")),
        sp.Single(name="age", text="age", options=codes(["old", "young"])),
        sp.Single(name="q", text="q", options=codes("yn")),
    )
    frame = filled(counts, ("area", "sex", "age", "q"))
    bound = sp.bind(frame, sp.Questionnaire(title="t", questions=questions))
    return sp.estimate(bound, ["q"], by=[("area", "sex"), ("age", "sex"), "area"])


def test_two_crossings_of_one_variable_do_not_tell_of_each_other():
    assert protected(crossed_twice(), cells(), complete=["area", "sex", "age"]) == []


def test_two_crossings_bound_no_small_base_from_below():
    by = [("sex", "hb"), "area", ("area", "sex")]
    estimates = sp.estimate(family(7970, gaps=False), ["q"], by=by)

    assert protected(estimates, cells(9), complete=["area", "sex"], whole=False) == []


def test_whom_a_question_is_put_to_does_not_tell_of_its_answers():
    counts = {
        ("a", "m", "x"): 9,
        ("a", "m", "y"): 2,
        ("a", "m", "n"): 2,
        ("a", "f", ""): 38,
        ("b", "m", "x"): 6,
        ("b", "m", "y"): 2,
        ("b", "m", "n"): 2,
        ("b", "f", ""): 17,
    }
    questions = (
        AREA,
        sp.Single(name="sex", text="sex", options=codes("mf")),
        sp.Single(name="q", text="q", options=codes("ynx"), asked_if=sp.Is("sex", "m")),
    )
    frame = filled(counts, ("area", "sex", "q"))
    bound = sp.bind(frame, sp.Questionnaire(title="t", questions=questions))
    estimates = [
        sp.estimate(bound, ["sex"], by="area"),
        sp.estimate(bound, [sp.Profile("area", among="q")]),
    ]
    release = sp.release(estimates, sp.MinBase(0, 0), policy=cells(7))

    assert Attack(estimates, release, 7, complete=["area", "sex"]).holes() == []
