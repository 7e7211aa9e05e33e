"""How differences were tested, as the methodology card tells it."""

from __future__ import annotations

import pytest

from socialpoll.report import tested as card
from socialpoll.report.language import Language
from socialpoll.report.writing import written
from socialpoll.schema import Fact, Methodology

PAIRS = {"against": "pairs", "adjust": "holm", "test": "linearised", "minimum_base": 30}


def told(*facts: dict[str, object], language: str = "en") -> list[str]:
    several = [Fact("indicators", "comparisons", {**PAIRS, **one}) for one in facts]
    return [written(one, Language(language)) for one in card.tested(Methodology().adding(*several))]


def test_what_was_not_tested_is_told():
    assert told() == ["differences were not tested"]


@pytest.mark.parametrize(
    ("against", "words"),
    [
        ("pairs", "differences between groups were tested in pairs"),
        ("rest", "differences between each group and all other respondents were tested"),
        ("total", "differences between each group and all respondents were tested"),
        ("waves", "changes between waves were tested"),
        ("previous", "changes between waves were tested"),
    ],
)
def test_who_was_compared_is_told(against, words):
    first, second = told({"against": against})
    assert first == f"{words} at the 5% level, adjusted for their number"
    assert second == "groups with fewer than 30 respondents were not tested"
    arabic = told({"against": against}, language="ar")
    assert arabic[0].endswith("مع تعديل يراعي عددها")


def test_every_way_is_told_once():
    said = told({}, {"against": "rest"}, {})
    assert len(said) == 3
    assert len(told({}, {"minimum_base": 1})) == 2


def test_a_rule_that_is_no_test_of_the_design_says_so():
    first, second, _ = told({"test": "effective-base", "adjust": "none"})
    assert first.endswith("without adjustment for their number")
    assert "do not allow for strata, clusters" in second


def test_a_limit_on_false_findings_is_told():
    assert "false findings" in told({"adjust": "bh"})[1]
