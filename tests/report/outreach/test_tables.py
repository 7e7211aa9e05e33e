from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.audience import Purpose
from socialpoll.report import Table
from tests.report.handmade import section
from tests.report.outreach.made import (
    ALL_THREE,
    OUTREACH,
    PAIR,
    audience,
    composed,
    made_release,
    plan,
    reached,
    refused,
    rows,
    tables,
    whole,
)


def planned(report: sp.Report) -> Table:
    return next(one for one in section(report, "outreach").blocks if isinstance(one, Table))


def test_the_plan_has_a_row_an_audience_under_the_name_of_its_breakdown():
    head, *lines = tables(whole())["Communication plan"]

    assert head == [
        "Group",
        "Platforms",
        "Potential reach",
        "95% confidence interval (%)",
        "Reaches most",
        "Unweighted base",
        "Time of day",
        "Format of content",
        "Language",
    ]
    three, times = "WhatsApp, YouTube and Instagram", ["18:00–24:00", "Video or Images", "Arabic"]
    assert lines[0] == ["Overall", three, "97.0%", "95.0 to 99.0", "alone", "400", *times]
    assert [line[0] for line in lines] == [
        "Overall",
        "Sex",
        "Males",
        "Females",
        "Governorate",
        "Muscat",
        "Dhofar",
        "Musandam",
        "Wusta",
    ]
    assert lines[5][4] == "with others"
    assert [row.role for row in planned(whole()).rows[:3]] == ["total", "group", "body"]


def test_an_audience_that_is_too_small_has_the_reason_and_its_base():
    *_, small, hidden = tables(whole())["Communication plan"]

    assert small == ["Musandam", "too few respondents for advice", *["[x]"] * 3, "60", *["[x]"] * 3]
    assert hidden == ["Wusta", *["[c]"] * 8]


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("nobody", "nobody uses any of the platforms"),
        ("low reliability", "figures too unreliable for advice"),
        ("no precision", "no advice where precision is not known"),
        ("", "no choice that may be told"),
    ],
)
def test_every_other_refusal_is_told_in_words(why, words):
    made = plan(audiences=(audience(), refused(("sex", "male"), why, 200)))

    assert tables(composed(made))["Communication plan"][-1][1] == words


def test_columns_stand_under_where_and_when():
    edition = sp.Edition(whole(), ("ar",))
    groups = [
        "" if one.group is None else edition.text(one.group) for one in planned(whole()).columns
    ]

    assert groups == ["", *["أين"] * 5, *["متى وبماذا"] * 3]


def test_a_plan_of_platforms_alone_has_no_words_above_its_columns():
    made = plan(outreach=replace(OUTREACH, times=None, formats=None, languages=None))

    assert {one.group for one in planned(composed(made)).columns} == {None}


def test_a_goal_of_reach_and_costs_have_columns():
    chosen = reached(PAIR, cost=5.0)
    made = plan(
        audience(chosen=chosen, verdict="open", first=None, losses=()),
        purpose=Purpose(reach=0.95, costs={"whatsapp": 3.0, "youtube": 2.0}),
        outreach=replace(OUTREACH, times=None, formats=None, languages=None),
    )
    alone = replace(made, audiences=made.audiences[:1])

    assert tables(composed(alone))["Communication plan"] == [
        [
            "Group",
            "Platforms",
            "Potential reach",
            "95% confidence interval (%)",
            "At least 95%",
            "Cost",
            "Unweighted base",
        ],
        ["Overall", "WhatsApp and YouTube", "93.1%", "91.1 to 95.1", "open", "5", "400"],
    ]


def test_notes_say_what_reach_means_what_or_means_and_who_gets_no_advice():
    edition = sp.Edition(whole(), ("en",))

    assert [edition.text(one) for one in planned(whole()).notes] == [
        (
            "Base: respondents who answered “Yes” to “Has an account” and answered this question "
            "(400, unweighted)."
        ),
        "Percentages are weighted; bases are unweighted.",
        (
            "Potential reach is the share of a group that uses at least one of the platforms; "
            "using a platform is not yet being reached."
        ),
        "Reach is lowered by as much as choosing platforms by a sample adds to it.",
        (
            "“With others”: at least one other choice does not differ from this one to a "
            "statistically significant degree."
        ),
        (
            "“or” joins answers that do not differ from the first of them to a statistically "
            "significant degree."
        ),
        "Groups of fewer than 100 respondents get no advice.",
        "[c] suppressed: fewer than 30 respondents in the group",
        "[x] not available",
    ]


@pytest.mark.parametrize(
    ("costs", "said"),
    [
        ({}, "Each choice was compared with the others of no more platforms."),
        ({"whatsapp": 3.0}, "Each choice was compared with the others that cost no more."),
    ],
)
def test_of_a_goal_of_reach_notes_say_with_which_others_a_choice_was_compared(costs, said):
    edition = sp.Edition(whole(), ("en",))
    report = composed(plan(purpose=Purpose(reach=0.95, costs=costs)))

    assert said in [edition.text(one) for one in planned(report).notes]


def test_each_size_has_its_best_choice_and_what_it_gains():
    assert tables(whole())["What each further platform adds"] == [
        [
            "Number of platforms",
            "Best choice",
            "Potential reach",
            "95% confidence interval (%)",
            "Gain in percentage points",
            "Statistically significant",
        ],
        ["1 platform", "WhatsApp", "81.9%", "79.9 to 83.9", "[z]", "[z]"],
        ["2 platforms", "WhatsApp and YouTube", "93.1%", "91.1 to 95.1", "11.2", "yes"],
        ["3 platforms", "WhatsApp, YouTube and Instagram", "97.0%", "95.0 to 99.0", "3.9", "no"],
    ]


def test_each_platform_of_the_choice_has_what_is_lost_without_it():
    assert tables(whole())["What would be lost without each of the chosen platforms"] == [
        [
            "Platform",
            "Loss in percentage points",
            "95% confidence interval",
            "Statistically significant",
        ],
        ["WhatsApp", "23.1", "20.0 to 26.0", "yes"],
        ["YouTube", "6.7", "4.0 to 9.0", "yes"],
        ["Instagram", "3.9", "-1.0 to 8.0", "no"],
    ]


def test_an_audience_without_advice_has_no_tables_behind_it():
    made = plan(audiences=(refused(("_T", "_T"), "small base", 60), *plan().audiences[1:3]))

    assert list(tables(composed(made))) == [
        "Communication plan",
        "What each group would lose without one of its platforms",
    ]


def test_where_precision_is_not_known_no_column_has_intervals():
    figures = made_release().figures.assign(ci_low=None, ci_high=None, ci_level=None)
    bare = {"low": None, "high": None}
    first, second, _ = (
        replace(one, reached=replace(one.reached, **bare), tells=None) for one in audience().steps
    )
    alone = audience(chosen=reached(ALL_THREE, **bare), first=None, steps=(first, second))
    made = plan(audiences=(alone,))

    report = composed(made, replace(made_release(), figures=figures))

    assert not any("onfidence" in head for table in tables(report).values() for head in table[0])
    assert tables(report)["What each further platform adds"][-1] == [
        "2 platforms",
        "WhatsApp and YouTube",
        "93.1%",
        "11.2",
        "not tested",
    ]


def test_a_reach_that_was_revised_is_marked_so():
    revised = [
        {**one, "revision": "revised"} if one["item"] == "|".join(ALL_THREE) else one
        for one in rows()
    ]
    release = made_release()
    figures = release.figures.assign(revision=[one.get("revision", "") for one in revised])

    report = composed(release=replace(release, figures=figures))
    assert tables(report)["Communication plan"][1][2] == "97.0% [r]"
