"""What comes first is called the first only where everything else is told apart from it."""

from __future__ import annotations

import pytest

from tests.audience.handmade import MALE, busiest, choice, planned, reached
from tests.report.handmade import row

DAYS = {"indicator": "day_times", "question": "day_times"}


def audience(*parts, **outreach):
    return planned(reached(), *parts, **outreach).audiences[0]


def times(*parts):
    return audience(*parts, times="busiest").times


def test_a_time_is_first_alone_where_the_other_is_told_apart():
    found = times(busiest(0.3, 0.6, p=0.01))

    assert (found.first.code, found.first.share) == ("18", 0.6)
    assert (found.first.low, found.first.high) == (0.58, 0.62)
    assert [one.code for one in found.behind] == ["06"]
    assert (found.tested, found.alone, found.beside) == (True, True, ())


def test_a_time_that_is_not_told_apart_stands_beside_the_first():
    found = times(busiest(0.44, 0.46, p=0.6))

    assert [one.code for one in found.beside] == ["06"]
    assert (found.tested, found.alone, found.behind) == (True, False, ())


def test_without_choices_the_largest_share_leads_and_nothing_is_called_first():
    found = times(busiest(0.3, 0.6, tested=False))

    assert (found.first.code, [one.code for one in found.behind]) == ("18", ["06"])
    assert (found.tested, found.alone) == (False, False)


def test_a_line_that_was_not_tested_keeps_the_others_from_being_told_apart():
    found = times(busiest(0.3, 0.6, p=None))

    assert (found.tested, found.alone, len(found.behind)) == (False, False, 1)


def test_a_hidden_line_might_be_as_large_so_that_nothing_is_called_first():
    rows, choices = busiest(0.3, 0.6)
    hidden = [row("busiest", None, category="12", status="suppressed")]

    found = times(([*rows, *hidden], choices))

    assert (found.first.code, found.tested, found.alone) == ("18", False, False)


def test_a_single_line_comes_before_nothing():
    found = times(([row("busiest", 0.6, category="18")], [choice("line", "_Z/18")]))

    assert (found.first.code, found.tested, found.alone) == ("18", False, False)


def test_of_shares_that_round_to_one_the_choices_tell_which_is_first():
    rows, choices = busiest(0.45, 0.45, p=0.9)

    assert times((rows, choices)).first.code == "18"
    assert times((rows[::-1], choices)).first.code == "18"


def test_none_of_these_and_missing_codes_never_come_first():
    rows = [
        row("apps", 0.3, item="whatsapp"),
        row("apps", 0.2, item="imo"),
        row("apps", 0.5, item="none"),
    ]
    trust = [
        row("trust", 0.2, category="low"),
        row("trust", 0.3, category="high"),
        row("trust", 0.5, category="dk"),
    ]

    made = audience((rows, []), (trust, []), formats="apps", languages="trust")

    assert made.formats.first.code == "whatsapp"
    assert [one.code for one in made.formats.behind] == ["imo"]
    assert made.languages.first.code == "high"
    assert [one.code for one in made.languages.behind] == ["low"]


@pytest.mark.parametrize(
    "changes", [{"n": 99}, {"status": "suppressed"}, {"status": "low_reliability"}]
)
def test_nothing_comes_first_of_figures_that_are_hidden_unreliable_or_of_few(changes):
    assert times(busiest(0.3, 0.6, **changes)) is None


def test_nothing_comes_first_where_nobody_chose_anything():
    assert times(busiest(0.0, 0.0)) is None


def test_an_audience_for_which_an_indicator_was_not_estimated_has_none_of_it():
    made = planned(reached(), reached(**MALE), busiest(0.3, 0.6), times="busiest")

    assert made.of("sex", "male").audiences[1].times is None


def test_the_base_of_what_comes_first_is_its_own():
    assert times(busiest(0.3, 0.6, n=240)).base == 240


def test_each_item_of_a_grid_has_a_first_of_its_own():
    shares = {"weekday/day": 0.3, "weekday/night": 0.6, "weekday/dk": 0.7,
              "weekend/day": 0.52, "weekend/night": 0.48}  # fmt: skip
    rows = [
        row("day_times", share, item=line.split("/")[0], category=line.split("/")[1])
        for line, share in shares.items()
    ]
    choices = [
        choice("line", "weekday/night", difference=0.0, **DAYS),
        choice("line", "weekday/day", "weekday/night", p_adjusted=0.001, **DAYS),
        choice("line", "weekend/day", difference=0.0, **DAYS),
        choice("line", "weekend/night", "weekend/day", p_adjusted=0.7, **DAYS),
    ]

    found = audience((rows, choices), times_by_day="day_times").times_by_day

    assert {item: (one.first.code, one.alone) for item, one in found.items()} == {
        "weekday": ("night", True),
        "weekend": ("day", False),
    }
    assert [one.code for one in found["weekend"].beside] == ["night"]
