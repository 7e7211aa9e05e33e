from __future__ import annotations

from dataclasses import replace

import socialpoll as sp
from socialpoll.report import Table
from tests.report.handmade import section
from tests.report.outreach.made import audience, composed, plan, reached, tables, whole

TITLE = "What each group would lose without one of its platforms"
LOST = "WhatsApp 23.1, YouTube 6.7 and (Instagram 3.9)"


def test_each_group_has_what_it_would_lose_the_largest_first_in_brackets_where_it_does_not_tell():
    assert tables(whole())[TITLE] == [
        ["Group", "Loss in percentage points without each platform", "Unweighted base"],
        ["Overall", LOST, "400"],
        ["Sex"],
        ["Males", LOST, "200"],
        ["Females", LOST, "200"],
        ["Governorate"],
        ["Muscat", LOST, "200"],
        ["Dhofar", LOST, "200"],
        ["Musandam", "too few respondents for advice", "60"],
        ["Wusta", "[c]", "[c]"],
    ]


def test_arabic_names_losses_as_a_list():
    (lines,) = (
        table
        for title, table in tables(whole(), "ar").items()
        if title == "انخفاض نسبة الوصول في كل فئة عند الاستغناء عن إحدى منصاتها"
    )

    assert lines[1][1] == "واتساب 23.1 ويوتيوب 6.7 و(إنستغرام 3.9)"


def test_notes_say_what_brackets_mean_where_there_are_any():
    def notes(report: sp.Report) -> list[str]:
        edition = sp.Edition(report, ("en",))
        several = (one for one in section(report, "outreach").blocks if isinstance(one, Table))
        return next(
            [edition.text(note) for note in one.notes]
            for one in several
            if edition.text(one.title) == TITLE
        )

    brackets = "In brackets: not statistically significant."
    telling = replace(plan(), audiences=tuple(map(telling_alone, plan().audiences)))

    assert brackets in notes(whole())
    assert brackets not in notes(composed(telling))


def telling_alone(one):
    return replace(one, losses=tuple(loss for loss in one.losses if loss.tells))


def test_a_loss_that_was_not_tested_is_said_so():
    untested = tuple(replace(one, tells=None) for one in audience().losses[:1])

    made = tables(composed(plan(audience(losses=untested))))[TITLE]

    assert made[1][1] == "WhatsApp 23.1 (not tested)"


def test_of_a_single_platform_nothing_can_be_dropped():
    alone = audience(chosen=reached(("whatsapp",)), losses=())

    assert tables(composed(plan(alone)))[TITLE][1][1] == "[z]"


def test_everybody_alone_has_the_table_with_intervals_and_no_other():
    assert TITLE not in tables(composed(plan(audiences=(audience(),))))
