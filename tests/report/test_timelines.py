from __future__ import annotations

import datetime as dt
from dataclasses import replace

import socialpoll as sp
from socialpoll.report import Chart, Said
from socialpoll.schema import Fact
from tests.report.handmade import (
    DECLARED,
    FACTS,
    PUBLISHER,
    TITLE,
    released,
    section,
    text,
    yes_no,
)

LIFE = sp.LifeCycle(release_date=dt.date(2019, 4, 28), next_release=dt.date(2020, 4, 26))
WAVES = Fact(
    "waves",
    "fieldwork",
    {"waves": ("2019", "2021"), "start": ("2019-03-03", ""), "end": ("2019-03-03", "2021-04-09")},
)


def timeline(*facts: Fact, life: sp.LifeCycle = LIFE, charts: sp.Charts | None = None, **declared):
    release = released(yes_no(0.9), facts=(*FACTS, *facts), declared=replace(DECLARED, **declared))
    made = sp.compose(release, title=TITLE, publisher=PUBLISHER, life_cycle=life, charts=charts)
    charts_there = [one for one in section(made, "methodology").blocks if isinstance(one, Chart)]
    return made, next(iter(charts_there), None)


def test_fieldwork_is_done_the_release_is_there_and_the_next_is_planned():
    made, chart = timeline()

    assert [(one.start, one.end, one.status) for one in chart.phases] == [
        (dt.date(2019, 3, 3), dt.date(2019, 3, 21), "done"),
        (dt.date(2019, 4, 28), None, "done"),
        (dt.date(2020, 4, 26), None, "planned"),
    ]
    assert sp.Edition(made, ("en",)).text(chart.alt) == (
        "Timeline, Phases of the poll: Fieldwork: From 3 March 2019 to 21 March 2019 (done); "
        "Release date: 28 April 2019 (done); Next release: 26 April 2020 (planned)."
    )
    assert "الإصدار القادم: 26 أبريل 2020 (مخطط له)" in sp.Edition(made, ("ar",)).text(chart.alt)


def test_each_wave_has_its_fieldwork_and_one_day_is_a_milestone():
    _, chart = timeline(WAVES)

    assert [(one.start, one.end) for one in chart.phases if one.start != LIFE.release_date] == [
        (dt.date(2019, 3, 3), None),
        (dt.date(2020, 4, 26), None),
        (dt.date(2021, 4, 9), None),
    ]


def test_milestones_that_were_declared_stand_among_the_others_by_their_days():
    talks = sp.Phase(Said(text("Talks", "حوارات")), dt.date(2019, 3, 25), None, "under way")
    _, chart = timeline(charts=sp.Charts(milestones=[talks]))

    assert chart.phases[1] == talks


def test_one_phase_alone_is_no_timeline():
    _, chart = timeline(life=sp.LifeCycle())

    assert chart is None
