from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, strategies as st

import socialpoll as sp
from socialpoll.disclosure import situation_of
from socialpoll.indicators import KEYS
from tests.report import handmade
from tests.report.banner_polls import everything, released, words
from tests.report.handmade import by_sex, comparison, row, yes_no

CELL = [*KEYS]
AREAS = list(handmade.AREAS)
SUPPRESSED_OR_WEAK = {"c", "u", "x", "w"}


def read(frame: pd.DataFrame, comparisons: pd.DataFrame, levels: tuple[float, ...]) -> list[str]:
    """Read the letters of every cell the slow way: cell by cell, all comparisons each time."""
    found = []
    letter_of = {(one.breakdown, one.domain): one.column for one in frame.itertuples()}
    sound = {
        tuple(getattr(one, key) for key in KEYS): _sound(one._asdict())
        for one in frame.itertuples()
    }
    for cell in frame.itertuples():
        keys = [getattr(cell, key) for key in KEYS[:-1]]
        letters = []
        for other in comparisons.itertuples():
            if [getattr(other, key) for key in KEYS[:-1]] != keys:
                continue
            if other.domain_a == cell.domain and other.difference > 0:
                beaten = other.domain_b
            elif other.domain_b == cell.domain and other.difference < 0:
                beaten = other.domain_a
            else:
                continue
            if sound[*keys, cell.domain] and sound[*keys, beaten] and other.p_adjusted < levels[-1]:
                letter = letter_of[cell.breakdown, beaten]
                letters.append(letter if other.p_adjusted < levels[0] else letter.lower())
        found.append(" ".join(sorted(letters, key=lambda one: (len(one), one.upper()))))
    return found


def _sound(cell: dict) -> bool:
    if pd.isna(cell["estimate"]):
        return False
    if not cell["obs_status"]:
        return "fixed" not in cell["caveat"]
    return situation_of(cell).shorthand not in SUPPRESSED_OR_WEAK


@pytest.mark.parametrize("levels", [(0.05,), (0.001, 0.1)])
@pytest.mark.parametrize("figures", [everything, released])
def test_letters_are_those_of_a_brute_force_reading_of_the_comparisons(figures, levels):
    table = sp.tabulate(figures(), sp.Banner(levels=levels))
    few = table.frame[table.frame["indicator"].isin(["trust", "gov", "apps_count", "online_mean"])]

    assert few["letters"].tolist() == read(few, figures().comparisons, levels)
    assert few["letters"].ne("").sum() > 20


def letters(rows: list[dict], tested: list[dict], **changes) -> dict[str, str]:
    """Return domain to letters of the first line."""
    frame = sp.tabulate(handmade.released(rows, tested), sp.Banner(**changes)).frame
    return dict(zip(frame["domain"], frame["letters"], strict=True))


def hours(**statuses: str) -> list[dict]:
    values = {one: 3.0 + place / 10 for place, one in enumerate(AREAS)}
    return [
        row(
            "hours",
            value,
            statistic="mean",
            unit="hours",
            breakdown="area",
            domain=one,
            status=statuses.get(one, "usual"),
        )
        for one, value in values.items()
    ]


def apart(a: str, b: str, difference: float, p: float = 0.01, **keys) -> dict:
    return comparison(
        "hours", a, b, difference, p, statistic="mean", unit="hours", breakdown="area", **keys
    )


def test_the_higher_cell_has_the_letter_whichever_side_it_is_on():
    assert letters(hours(), [apart("muscat", "wusta", -0.5)])["wusta"] == "A"
    assert letters(hours(), [apart("wusta", "muscat", 0.5)])["wusta"] == "A"


def test_letters_stand_in_the_order_of_the_columns():
    tested = [
        apart("wusta", one, 0.1, p)
        for one, p in zip(AREAS[4::-1], [0.04, 0.009, 0.02, 0.001, 0.2], strict=True)
    ]

    assert letters(hours(), tested, levels=(0.01, 0.05))["wusta"] == "B c D e"
    assert letters(hours(), tested)["wusta"] == "B C D E"
    assert letters(hours(), tested, levels=(0.01,))["wusta"] == "B D"
    assert set(letters(hours(), tested, levels=()).values()) == {""}


def test_a_p_value_at_the_level_is_not_below_it():
    assert letters(hours(), [apart("wusta", "muscat", 0.5, 0.05)])["wusta"] == ""


@pytest.mark.parametrize("status", ["suppressed", "low_reliability", "fixed", "not_available"])
@pytest.mark.parametrize("place", ["wusta", "muscat"])
def test_what_is_not_sound_neither_gets_nor_gives_a_letter(place, status):
    found = letters(hours(**{place: status}), [apart("wusta", "muscat", 0.5)])

    assert set(found.values()) == {""}


def test_a_column_that_is_not_shown_gives_no_letter():
    by_both = [*hours(), *(one | {"breakdown": "sex"} for one in hours()[:2])]
    tested = [apart("dhofar", "muscat", 0.1), apart("dhofar", "muscat", 0.1) | {"breakdown": "sex"}]
    frame = sp.tabulate(handmade.released(by_both, tested), sp.Banner(columns=("sex",))).frame

    assert frame[["domain", "column", "letters"]].to_numpy().tolist() == [
        ["muscat", "A", ""],
        ["dhofar", "B", "A"],
    ]


def test_of_a_pair_that_was_compared_twice_the_later_test_counts():
    first, second = apart("wusta", "muscat", 0.5), apart("muscat", "wusta", -0.5, 0.4)

    assert letters(hours(), [first, second])["wusta"] == ""
    assert letters(hours(), [second, first])["wusta"] == "A"


def test_a_cell_that_differs_from_the_rest_or_the_total_has_an_arrow():
    total = row("hours", 3.2, statistic="mean", unit="hours")
    rest = [apart("wusta", "_R", 0.3, against="rest"), apart("muscat", "_R", -0.3, against="rest")]
    whole = [
        apart("wusta", "_T", 0.3, against="total"),
        apart("dhofar", "_T", -0.1, 0.5, against="total"),
    ]

    assert letters([total, *hours()], rest) | {"_T": ""} == {
        "_T": "",
        **dict.fromkeys(AREAS, ""),
    } | {"wusta": "↑", "muscat": "↓"}
    assert letters([total, *hours()], whole)["wusta"] == "↑"
    both = letters([total, *hours()], [*rest, *whole, apart("wusta", "muscat", 0.5)])
    assert (both["wusta"], both["muscat"], both["dhofar"]) == ("A ↑ ▲", "↓", "")


def test_an_arrow_is_doubled_at_the_stricter_of_two_levels():
    tested = [
        apart("wusta", "_R", 0.3, 0.001, against="rest"),
        apart("muscat", "_R", -0.3, 0.03, against="rest"),
    ]
    found = letters(hours(), tested, levels=(0.01, 0.05))

    assert (found["wusta"], found["muscat"]) == ("↑↑", "↓")


def test_a_total_that_is_fixed_gives_no_arrow():
    total = row("hours", 3.2, statistic="mean", unit="hours", status="fixed")
    tested = [apart("wusta", "_T", 0.3, against="total")]

    assert letters([total, *hours()], tested)["wusta"] == ""


def test_waves_are_compared_within_their_group_and_the_total_too():
    rows = [
        row(
            "hours",
            value,
            statistic="mean",
            unit="hours",
            wave=wave,
            breakdown=breakdown,
            domain=domain,
        )
        for wave, value in (("1", 3.0), ("2", 4.0))
        for breakdown, domain in (("_T", "_T"), ("sex", "male"), ("sex", "female"))
    ]

    def between(breakdown: str, domain: str, difference: float) -> dict:
        keys = {"breakdown": breakdown, "wave": "2", "wave_b": "1", "against": "waves"}
        return apart(domain, domain, difference) | keys

    tested = [between("_T", "_T", 1.0), between("sex", "male", 1.0), between("sex", "female", -1.0)]
    frame = sp.tabulate(handmade.released(rows, tested)).frame

    assert frame[["domain", "wave", "column", "letters"]].to_numpy().tolist() == [
        ["_T", "1", "A", ""],
        ["_T", "2", "B", "A"],
        ["male", "1", "C", ""],
        ["male", "2", "D", "C"],
        ["female", "1", "E", "F"],
        ["female", "2", "F", ""],
    ]


def test_of_times_of_day_the_later_one_has_the_letter_across_midnight():
    times = {"statistic": "circular_mean", "unit": "minutes after midnight"}
    rows = [
        row("busiest", value, **times, breakdown="sex", domain=domain)
        for domain, value in (("male", 1430.0), ("female", 20.0))
    ]
    table = sp.tabulate(
        handmade.released(rows, [comparison("busiest", "male", "female", -30.0, 0.01, **times)])
    )

    assert table.frame["letters"].tolist() == ["", "A"]
    assert "For a time of day, higher means later." in words(table.layout.notes)


@given(st.permutations(range(6)))
def test_the_order_of_the_comparisons_does_not_matter(order):
    tested = [
        apart(a, "muscat", 0.1, p)
        for a, p in zip(AREAS[1:], [0.01, 0.02, 0.2, 0.001, 0.04], strict=True)
    ]
    tested.append(apart("wusta", "dhofar", 0.3))

    found = letters(hours(), [tested[one] for one in order])

    assert found == letters(hours(), tested)


def test_a_difference_that_is_no_number_marks_nothing():
    rows = [*yes_no(0.94), *by_sex(0.95, 0.93)]
    tested = [comparison("account", "male", "female", None, 0.01, category="yes")]

    assert set(sp.tabulate(handmade.released(rows, tested)).frame["letters"]) == {""}
