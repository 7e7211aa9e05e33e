"""Reports of one group with every kind of indicator, held against the rows that they came from."""

from __future__ import annotations

import re

import pytest

import socialpoll as sp
from socialpoll.report import Chart, Interval, Message, Text
from tests.report.every_kind import INDICATORS, report_of
from tests.report.handmade import AREAS, everything
from tests.report.test_every_kind import FORMER, NOT_OF_ROWS, figures_in

AREA, OTHERS = "muscat", [name for name in AREAS if name != "muscat"]
FINDINGS = ("headlines", "indicator")


def told(area: str | None = AREA) -> list[tuple[str, Message]]:
    """Return every sentence about figures, with the name of its section."""
    return [
        (section.name, phrase)
        for section in report_of(area).sections
        if section.role in FINDINGS
        for block in section.blocks
        if isinstance(block, Text) and block.style in ("body", "bullet")
        for phrase in block.phrases
        if isinstance(phrase, Message)
    ]


def test_every_indicator_that_is_measured_by_area_has_its_sentences():
    # A profile is measured by the variable that it is among, and by no other.
    measured = [one for one in INDICATORS if not isinstance(one, sp.Profile)]

    assert len({section for section, _ in told()} - {"headlines"}) == len(measured)


@pytest.mark.parametrize("area", [AREA, None])
def test_every_figure_of_a_sentence_is_of_one_of_its_rows(area):
    rows = report_of(area).figures
    for _, message in told(area):
        assert message.rows, message.key
        known = {rows[place].get(name) for place in message.rows for name in FORMER}
        for name, figure in figures_in(message):
            if name in NOT_OF_ROWS:
                continue
            ends = (figure.low, figure.high) if isinstance(figure, Interval) else (figure.value,)
            assert set(ends) <= known, (message.key, name, figure)


def test_rows_are_of_the_area_or_of_everybody_and_may_be_shown():
    rows = report_of(AREA).figures

    assert {one["domain"].split("|")[0] for one in rows} == {"_T", AREA}
    for section, message in told():
        several = [rows[place] for place in message.rows]
        assert all(one["flag"] != "suppressed" for one in several)
        if section != "headlines":
            assert {one["indicator"] for one in several} == {section}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sentence_and_every_chart_is_whole_in_both_languages(language):
    report = report_of(AREA)
    edition = sp.Edition(report, (language,))
    sentences = [edition.text(message) for _, message in told()]
    sentences += [
        edition.text(block.alt)
        for section in report.sections
        if section.role in FINDINGS
        for block in section.blocks
        if isinstance(block, Chart)
    ]

    assert all(one.endswith(".") for one in sentences)
    assert [one for one in sentences if re.search(r"\s{2}|\(\)|«»|“”|nan|[{}]", one)] == []
    if language == "ar":
        assert [one for one in sentences if re.search("[A-Za-z]", one.replace("[u]", ""))] == []


def test_every_kind_of_comparison_with_others_is_told():
    keys = " ".join({message.key for _, message in told()})

    assert "than for {groups}" in keys or "any group that it was compared with" in keys
    assert "all other respondents" in keys
    assert "overall" in keys
    assert "From {earlier} to {later}" in str(told())


@pytest.mark.parametrize("whole", ["other respondents", "overall"])
def test_a_report_of_all_areas_sets_each_kind_of_figure_against_what_areas_are_a_part_of(whole):
    sections = {one.name for one in report_of(None).sections if one.role == "indicator"}
    said = {
        section
        for section, message in told(None)
        if whole in message.key and message.key.startswith("{breakdown}: ")
    }

    # Totals differ by the size of groups; the profile was not compared.
    assert sections - said == {"holders", "all_hours", "profile"}


def test_the_same_report_comes_of_the_same_release():
    assert everything(report_of(AREA), "en") == everything(report_of.__wrapped__(AREA), "en")
