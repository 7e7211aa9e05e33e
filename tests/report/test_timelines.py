from __future__ import annotations

import datetime as dt
from dataclasses import replace

import socialpoll as sp
from socialpoll.report import Chart, Said, Span, report_from_json, report_to_json
from socialpoll.report.timelines import timeline_of
from socialpoll.schema import Fact
from tests.report.handmade import (
    DECLARED,
    FACTS,
    PUBLISHER,
    TITLE,
    released,
    section,
    yes_no,
)

LIFE = sp.LifeCycle(release_date=dt.date(2019, 4, 28), next_release=dt.date(2020, 4, 26))
WAVES = Fact(
    "waves",
    "fieldwork",
    {"waves": ("2019", "2021"), "start": ("2019-03-03", ""), "end": ("2019-03-03", "2021-04-09")},
)


def timeline(*facts: Fact, life: sp.LifeCycle = LIFE, **declared):
    release = released(yes_no(0.9), facts=(*FACTS, *facts), declared=replace(DECLARED, **declared))
    made = sp.compose(release, title=TITLE, publisher=PUBLISHER, life_cycle=life)
    found = [one for one in section(made, "methodology").blocks if isinstance(one, Chart)]
    return made, next(iter(found), None)


def test_fieldwork_is_done_the_release_is_there_and_the_next_is_planned():
    made, chart = timeline()

    assert [(one.start, one.end, one.status) for one in chart.spans] == [
        (dt.date(2019, 3, 3), dt.date(2019, 3, 21), "done"),
        (dt.date(2019, 4, 28), None, "done"),
        (dt.date(2020, 4, 26), None, "planned"),
    ]
    assert sp.Edition(made, ("en",)).text(chart.alt) == (
        "Timeline, Phases of the poll: Fieldwork: From 3 March 2019 to 21 March 2019 (Done); "
        "Release date: 28 April 2019 (Done); Next release: 26 April 2020 (Planned)."
    )
    assert "الإصدار القادم: 26 أبريل 2020 (مخطط لها)" in sp.Edition(made, ("ar",)).text(chart.alt)


def test_each_wave_has_its_fieldwork_and_one_day_is_a_milestone():
    _, chart = timeline(WAVES)

    assert [(one.start, one.end) for one in chart.spans if one.start != LIFE.release_date] == [
        (dt.date(2019, 3, 3), None),
        (dt.date(2020, 4, 26), None),
        (dt.date(2021, 4, 9), None),
    ]


def test_a_timeline_of_ones_own_begins_with_what_begins_first():
    talks = Span(Said({"en": "Talks"}), dt.date(2019, 5, 5), dt.date(2019, 9, 30), "under way")
    plan = Span(Said({"en": "Plan"}), dt.date(2019, 3, 25))
    chart = timeline_of(Said({"en": "Next"}), [talks, plan], "next")

    assert (chart.name, chart.spans) == ("next", (plan, talks))


def test_one_phase_alone_is_no_timeline():
    _, chart = timeline(life=sp.LifeCycle())

    assert chart is None


def test_a_section_that_tells_the_phases_takes_the_place_of_the_timeline():
    own = sp.Timeline(title="Phases", phases=[sp.Phase(title="Poll", status="done")])
    release = released(yes_no(0.9))
    made = sp.compose(
        release, title=TITLE, publisher=PUBLISHER, life_cycle=LIFE, languages=["en"], sections=[own]
    )

    assert len(section(made, "methodology").blocks) == 1


def test_a_report_with_a_timeline_is_the_same_after_json():
    made, _ = timeline(WAVES)

    assert report_from_json(report_to_json(made)) == made
