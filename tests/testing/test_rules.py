"""For every promise there is a rule that breaks it, and breaks no other."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

import pytest

import socialpoll as sp
from socialpoll.disclosure import respondents
from socialpoll.testing import check_rule
from tests.testing.failing import failing


@dataclass
class Rule:
    """Suppresses figures of few respondents, and tells it."""

    name: str = "few"
    footnotes: dict = field(
        default_factory=lambda: {"few": {"en": "few respondents", "ar": "عدد قليل من المستجيبين"}}
    )

    def __call__(self, row):
        return sp.Ruling("flag", ("few",)) if respondents(row) < 30 else "publish"


class Strange(Rule):
    def __call__(self, row):
        answer = super().__call__(row)
        return "hide" if answer != "publish" else answer


class Trusting(Rule):
    def __call__(self, row):
        return "suppress" if row["estimate"] < 0 or row["se"] < 0 else super().__call__(row)


class Wordless(Rule):
    def __call__(self, row):
        super().__call__(row)
        return sp.Ruling("publish", ("many",))


class Remembering(Rule):
    seen = 0

    def __call__(self, row):
        self.seen += 1
        return "flag" if self.seen % 50 == 0 else super().__call__(row)


class Contrary(Rule):
    def __call__(self, row):
        return "suppress" if respondents(row) > 100 else "publish"


class Marking(Rule):
    def __call__(self, row):
        answer = super().__call__(row)
        row["judged"] = True
        return answer


class Printing(Rule):
    def __call__(self, row):
        print(row["indicator"])  # noqa: T201 - that is its fault
        return super().__call__(row)


class Moving(Rule):
    def __call__(self, row):
        os.environ["JUDGED"] = "yes"
        return super().__call__(row)


BAD = [
    ("record_is_valid", Rule(name="Few!")),
    ("verdicts_are_known", Strange()),
    ("unknown_is_judged", Trusting()),
    ("footnotes_have_words", Wordless()),
    ("footnotes_have_words", Rule(footnotes={"few": {"en": "few respondents"}})),
    ("precision_is_no_harm", Contrary()),
    ("row_is_left", Marking()),
    ("nothing_is_printed", Printing()),
    ("program_is_left", Moving()),
]


@pytest.mark.parametrize("rule", [Rule(), sp.MinBase(), sp.Nchs2017(), sp.StatCan()])
def test_a_rule_that_keeps_its_promises_passes(rule):
    assert failing(check_rule(rule)) == {}


@pytest.mark.parametrize(("name", "rule"), BAD)
def test_a_rule_that_breaks_one_promise_fails_one_check(name, rule):
    told = failing(check_rule(rule))

    assert list(told) == [name], told
    assert "\nWhat to do: " in told[name]


def test_a_rule_that_remembers_rows_is_told():
    told = failing(check_rule(Remembering()))

    assert "rows_are_judged_alone" in told
