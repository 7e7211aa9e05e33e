from __future__ import annotations

import pytest

from tests.report.handmade import by_sex, comparison, composed, sentences, yes_no

ROWS = [*yes_no(0.94), *by_sex(0.97, 0.91)]


def told(against: str, other: str) -> list[str]:
    tested = [
        comparison("account", "male", other, 0.06, 0.001, category=category, against=against)
        for category in ("yes", "no")
    ]
    return [one for one in sentences(composed(ROWS, tested), "account") if "higher" in one]


def test_a_pair_of_groups_makes_a_sentence():
    assert len(told("pairs", "female")) == 1


@pytest.mark.parametrize(("against", "other"), [("rest", "_R"), ("total", "_T"), ("waves", "male")])
def test_what_is_compared_with_something_else_makes_no_sentence_of_two_groups(against, other):
    assert [one for one in told(against, other) if "Females" in one] == []
