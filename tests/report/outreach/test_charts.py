from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.report import Chart
from tests.report.handmade import section
from tests.report.outreach.made import OUTREACH, composed, plan, whole


def charts(report: sp.Report) -> dict[str, Chart]:
    blocks = section(report, "outreach").blocks
    return {one.name: one for one in blocks if isinstance(one, Chart)}


def test_a_plan_has_the_reach_of_each_audience_and_its_times():
    kinds = {name: one.kind for name, one in charts(whole()).items()}

    assert kinds == {
        "outreach": "dots",
        "outreach-times-sex": "heat",
        "outreach-times-area": "heat",
    }


def test_dots_are_expected_reach_with_its_interval():
    chart = charts(whole())["outreach"]
    (male, _), (muscat, _, small, hidden) = (one.points for one in chart.series)

    assert (male.figure.value, male.low, male.high) == (0.98, 0.96, 1.0)
    assert muscat.figure.value == 0.975
    assert [(one.figure.value, one.figure.status) for one in (small, hidden)] == [
        (None, "x"),
        (None, "c"),
    ]
    assert chart.reference.figure.value == 0.97


def test_the_sentence_that_replaces_a_chart_has_every_figure_in_it():
    edition = sp.Edition(whole(), ("en",))

    assert edition.text(charts(whole())["outreach"].alt) == (
        "Dot chart, Potential reach of the chosen platforms, by group: Overall 97.0%; Sex: Males "
        "98.0% and Females 96.0%; Governorate: Muscat 97.5%, Dhofar 93.0%, Musandam [x] and Wusta "
        "[c]."
    )


def test_everybody_alone_has_no_dots():
    alone = composed(plan(audiences=plan().audiences[:1]))

    assert "outreach" not in charts(alone)


def test_without_times_there_is_no_heat():
    untimed = composed(plan(outreach=replace(OUTREACH, times=None)))

    assert list(charts(untimed)) == ["outreach"]


def test_charts_of_own_sections_and_of_the_plan_have_names_of_their_own():
    own = composed(plan(outreach=replace(OUTREACH, own_sections=True)))
    names = [block.name for one in own.sections for block in one.blocks if isinstance(block, Chart)]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["outreach", "outreach-times-sex"])
def test_a_group_is_drawn_beside_everybody(name):
    assert name in charts(composed(group=("sex", "female")))
