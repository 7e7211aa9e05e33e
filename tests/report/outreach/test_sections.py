from __future__ import annotations

import re
from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import Chart, Message, Table
from tests.report.handmade import everything, released, section
from tests.report.outreach.made import (
    ALL_THREE,
    GROUPS,
    OUTREACH,
    audience,
    composed,
    made_release,
    plan,
    reached,
    refused,
    rows,
    sentences,
    tables,
    whole,
)


def roles(report: sp.Report) -> list[tuple[str, str]]:
    return [(one.role, one.name) for one in report.sections]


def test_a_plan_has_one_section_in_place_of_those_of_its_indicators():
    assert roles(whole()) == [
        ("publisher", "publisher"),
        ("headlines", "headlines"),
        ("indicator", "account"),
        ("outreach", "outreach"),
        ("methodology", "methodology"),
        ("instrument", "instrument"),
    ]


def test_without_a_plan_there_is_no_such_section():
    report = sp.compose(made_release(), title="T", publisher=sp.Publisher(name="P"))

    assert "outreach" not in dict(roles(report))
    assert len(section(report, "headlines").blocks) == 1 + 6


def test_indicators_of_a_plan_keep_their_sections_where_it_says_so():
    own = composed(plan(outreach=replace(OUTREACH, own_sections=True)))

    names = [name for role, name in roles(own) if role == "indicator"]
    assert names[0] == "account"
    assert set(names[1:]) == {one["indicator"] for one in rows()} - {"account"}


def test_the_figures_of_a_plan_and_their_words_stay_in_the_report():
    assert {one["indicator"] for one in whole().figures} == {one["indicator"] for one in rows()}
    assert "outreach_times" in whole().labels["indicator"]
    assert whole().labels["item:apps"]["whatsapp|youtube"]["en"] == "WhatsApp or YouTube"


def test_a_plan_stands_between_the_banners_and_what_its_publisher_adds():
    report = composed(
        banners=[sp.Banner(rows=("outreach_times",))],
        sections=[sp.Recommendations(title={"en": "Then", "ar": "ثم"}, items=["Act."])],
    )

    kinds = [role for role, _ in roles(report)]
    assert kinds[2:6] == ["indicator", "banner", "outreach", "recommendations"]


def test_a_banner_of_everything_leaves_out_what_the_plan_tells():
    report = composed(
        plan(outreach=replace(OUTREACH, formats=None)), banners=[sp.Banner(columns=("sex",))]
    )
    (table,) = section(report, "banner").blocks
    said = [sp.Edition(report, ("en",)).text(line.cells[0]) for line in table.rows if line.cells[0]]

    assert "Video" in " ".join(said)
    assert "WhatsApp" not in " ".join(said)


def test_the_last_of_the_key_findings_is_that_of_the_plan():
    edition = sp.Edition(whole(), ("en",))
    last = section(whole(), "headlines").blocks[-1]

    assert [edition.text(one) for one in last.phrases] == [
        (
            "How to reach citizens: the potential reach of WhatsApp, YouTube and Instagram "
            "together is 97.0% (95% confidence interval: 95.0 to 99.0), significantly larger "
            "than that of any other choice of up to 3 platforms."
        )
    ]


def test_sentences_carry_the_rows_that_they_tell_of():
    figures = whole().figures
    told = [
        phrase
        for block in section(whole(), "outreach").blocks
        for phrase in getattr(block, "phrases", ())
        if isinstance(phrase, Message) and phrase.rows
    ]
    items = {figures[place]["item"] for phrase in told for place in phrase.rows}

    assert "|".join(ALL_THREE) in items
    assert all(figures[place]["domain"] == "_T" for phrase in told for place in phrase.rows)
    assert len(told) == 7


def test_a_section_tells_words_the_plan_charts_and_what_is_behind_it_in_this_order():
    blocks = section(whole(), "outreach").blocks
    edition = sp.Edition(whole(), ("en",))

    assert [edition.text(one.title) for one in blocks if isinstance(one, Chart | Table)] == [
        "Communication plan",
        "What each group would lose without one of its platforms",
        "Potential reach of the chosen platforms, by group",
        "Busiest time, by Sex",
        "Busiest time, by Governorate",
        "What each further platform adds",
        "What would be lost without each of the chosen platforms",
        "Busiest time by day",
    ]


def test_a_report_of_a_group_tells_its_plan_beside_everybody():
    report = composed(group=("sex", "female"))
    edition = sp.Edition(report, ("en",))
    said = [
        edition.text(phrase)
        for block in section(report, "outreach").blocks
        for phrase in getattr(block, "phrases", ())
    ]

    assert edition.text(section(report, "outreach").title) == "How to reach citizens (Females)"
    assert any(one.startswith("Females: the poll found that the potential reach") for one in said)
    assert any(one.startswith("Overall: the potential reach of") for one in said)
    table = tables(report)["Communication plan (Females)"]
    assert [line[0] for line in table[1:]] == ["Overall", "Sex", "Females"]


def test_the_key_findings_of_a_group_end_with_its_own_plan():
    report = composed(group=("sex", "female"))
    last = section(report, "headlines").blocks[-1].phrases[0]

    assert "is 96.0%" in sp.Edition(report, ("en",)).text(last)
    assert {report.figures[place]["domain"] for place in last.rows} == {"female"}


def test_a_report_of_a_group_that_is_no_audience_has_no_plan():
    only_sex = tuple(one for one in plan().audiences if one.breakdown != "area")

    report = composed(plan(audiences=only_sex), group=("area", "muscat"))

    assert "outreach" not in dict(roles(report))


def test_each_wave_has_a_section_and_charts_of_its_own():
    waves = ("2019", "2021")
    several = [{**one, "wave": wave} for wave in waves for one in rows()]
    audiences = tuple(replace(one, wave=wave) for wave in waves for one in plan().audiences)

    report = composed(
        plan(audiences=audiences), replace(made_release(), figures=released(several).figures)
    )
    edition = sp.Edition(report, ("en",))
    told = [one for one in report.sections if one.role == "outreach"]
    charts = [block.name for one in told for block in one.blocks if isinstance(block, Chart)]

    assert [edition.text(one.title) for one in told] == [
        "How to reach citizens (2019)",
        "How to reach citizens (2021)",
    ]
    assert len(charts) == len(set(charts)) == 6


def test_an_audience_without_advice_is_told_why():
    audiences = (refused(("_T", "_T"), "no precision", 400), *plan().audiences[1:])

    said = sentences(plan(audiences=audiences))

    assert said[3] == "Overall: no advice where precision is not known."
    assert not any("Leaving out" in one for one in said)


def test_where_nobody_gets_advice_there_is_no_plan_and_no_key_finding():
    several = (("_T", "_T"), *GROUPS)
    audiences = tuple(refused(place, "no precision", 400) for place in several)

    report = composed(plan(audiences=audiences))

    assert "Communication plan" not in tables(report)
    assert len(section(report, "headlines").blocks) == 2


def test_a_plan_of_another_release_is_refused():
    unknown = plan(outreach=replace(OUTREACH, reach="outreach_reech"))
    with pytest.raises(ReportError, match="not in the release") as found:
        composed(unknown)
    assert (found.value.where, found.value.found) == ("outreach.reach", "'outreach_reech'")
    assert "did you mean 'outreach_reach'?" in found.value.allowed

    other = plan(audience(chosen=replace(reached(ALL_THREE), options=("imo",))))
    with pytest.raises(ReportError, match="does not have") as found:
        composed(other)
    assert found.value.found == "'imo'"


@pytest.mark.parametrize(
    "asked",
    [
        {"focus": {"outreach_times": "18"}},
        {"charts": sp.Charts(kinds={"outreach_times": "bars"})},
    ],
)
def test_nothing_is_asked_of_sections_that_the_plan_stands_for(asked):
    with pytest.raises(ReportError, match="no section of its own") as found:
        composed(**asked)
    assert found.value.found == "'outreach_times'"

    own = plan(outreach=replace(OUTREACH, own_sections=True))
    assert ("indicator", "outreach_times") in roles(composed(own, **asked))


def test_a_plan_begins_with_everybody():
    with pytest.raises(ReportError, match="does not begin with everybody") as found:
        composed(plan(audiences=plan().audiences[1:]))
    assert found.value.found == "('sex', 'male')"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_of_a_suppressed_audience_is_said(language):
    said = everything(whole(), language)
    hidden = [one for one in whole().figures if one["domain"] == "wusta"]

    assert hidden
    assert all(one["estimate"] is None for one in hidden)
    assert said.count("[c]") >= 8


def test_arabic_sentences_are_arabic():
    assert [one for one in sentences(plan(), "ar") if re.search("[A-Za-z]", one)] == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_using_a_platform_is_said_not_to_be_reached_yet(language):
    words = {
        "en": "using a platform is not yet being reached",
        "ar": "ولا يعني استخدام المنصة أن الرسالة تصل فعلاً",
    }

    assert any(words[language] in one for one in sentences(plan(), language))
