from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.audience import AudiencePlan, OutreachPlan, Shared
from socialpoll.report import Table, Text
from tests.report.handmade import section
from tests.report.outreach.made import GROUPS, RIVAL, composed, plan, reached, sentences, tables

MALE, FEMALE, MUSCAT, DHOFAR = list(GROUPS)[:4]


def with_shared(told: Mapping[tuple[str, str], bool | str | None]) -> OutreachPlan:
    """Return the plan with what everybody's platforms reach: the same, or with what a test says."""

    def shared(one: AudiencePlan) -> AudiencePlan:
        place = (one.breakdown, one.domain)
        if place not in told or one.chosen is None:
            return one
        if told[place] == "same":
            return replace(one, shared=Shared(reached=one.chosen, loss=0.0, tells=False))
        other = reached(RIVAL, GROUPS[place], optimism=None)
        other = replace(other, expected=other.observed)
        return replace(one, shared=Shared(reached=other, loss=0.004, tells=told[place]))

    made = plan()
    return replace(made, audiences=tuple(map(shared, made.audiences)))


def said(told: Mapping[tuple[str, str], bool | str | None], language: str = "en") -> str:
    """Return what is said after the sentence on the choice for everybody."""
    found = sentences(with_shared(told), language)[3]
    before = sentences(plan(), language)[3]
    assert found.startswith(before)
    return found.removeprefix(before).strip()


def test_where_no_group_is_reached_better_by_a_choice_of_its_own_that_is_said_of_all():
    assert said({MALE: "same", FEMALE: False, MUSCAT: False}) == (
        "In none of the 3 groups that were compared does the group’s own choice reach "
        "significantly more than the platforms chosen for everybody."
    )


def test_groups_that_are_reached_better_by_a_choice_of_their_own_are_named():
    assert said({MALE: "same", FEMALE: True, MUSCAT: False, DHOFAR: True}) == (
        "In 2 of 4 groups that were compared, the group’s own choice does not reach significantly "
        "more than the platforms chosen for everybody; it does in: Females and Dhofar."
    )


def test_all_groups_may_be_reached_better_by_choices_of_their_own():
    assert said({MALE: True, FEMALE: True}) == (
        "In each of the 2 groups that were compared, the group’s own choice reaches significantly "
        "more than the platforms chosen for everybody."
    )


def test_nothing_is_said_where_nothing_was_tested():
    assert said({}) == ""
    assert said({MALE: None, FEMALE: None}) == ""


def test_a_group_that_was_not_tested_is_not_counted():
    assert said({MALE: None, FEMALE: False}).startswith("In 1 group that was compared, its own")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({MALE: False}, "في الفئة الوحيدة التي جرت مقارنتها."),
        ({MALE: False, FEMALE: "same"}, "في أي من الفئتين اللتين جرت مقارنتهما."),
        (dict.fromkeys(GROUPS, False), "وعددها 4 فئات."),
        ({MALE: False, FEMALE: True}, "؛ وتزيد عليها في: الإناث."),
    ],
)
def test_arabic_counts_groups_as_arabs_do(told, words):
    assert said(told, "ar").endswith(words)


def test_a_report_of_one_group_counts_no_groups():
    made = with_shared({FEMALE: True})
    report = composed(made, group=FEMALE)
    edition = sp.Edition(report, ("en",))
    words = [
        edition.text(one)
        for block in section(report, "outreach").blocks
        if isinstance(block, Text)
        for one in block.phrases
    ]

    assert not any("compared" in one for one in words)
    assert tables(report)["Communication plan (Females)"][-1][5] == "95.8% ↓"


def test_the_plan_has_what_the_overall_choice_reaches_in_each_group():
    made = with_shared({MALE: "same", FEMALE: True, MUSCAT: False})
    head, *lines = tables(composed(made))["Communication plan"]
    cells = {line[0]: line[5] for line in lines if len(line) > 1}

    assert head[4:7] == ["Reaches most", "With the overall choice", "Unweighted base"]
    assert cells == {
        "Overall": "97.0%",
        "Males": "98.0%",
        "Females": "95.8% ↓",
        "Muscat": "97.3%",
        "Dhofar": "[x]",
        "Musandam": "[x]",
        "Wusta": "[c]",
    }


def notes(told: Mapping[tuple[str, str], bool | str | None]) -> list[str]:
    report = composed(with_shared(told))
    table = next(one for one in section(report, "outreach").blocks if isinstance(one, Table))
    return [sp.Edition(report, ("en",)).text(one) for one in table.notes]


def test_notes_say_how_the_reach_with_the_overall_choice_is_to_be_read():
    column = (
        "“With the overall choice”: reach of the platforms chosen for everybody, not lowered where "
        "the group has others of its own."
    )
    arrow = "↓: significantly less than with the platforms chosen for the group."

    assert [one for one in notes({MALE: "same", FEMALE: True}) if one in {column, arrow}] == [
        column,
        arrow,
    ]
    assert arrow not in notes({FEMALE: False})
    assert column not in notes({MALE: "same"})
