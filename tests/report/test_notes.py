from __future__ import annotations

import re

import pytest

import socialpoll as sp
from socialpoll.report.blocks import Chart, Figure
from tests.disclosure.test_footnotes import WORDS, Telling
from tests.disclosure.test_releasing import answers, bound, estimated
from tests.report.test_editions import cells, composed, notes


class Another(Telling):
    """A rule that tells something else of the same figures."""

    name = "another"
    footnotes = {"few": {"en": "read with care", "ar": "يُقرأ بحذر"}}  # noqa: RUF012 - as people do


def told(*rules) -> sp.Report:
    return composed(sp.release(estimated(), sp.MinBase(30, 30), *rules))


def test_a_footnote_stands_beside_its_figure_and_under_its_table():
    report = told(Telling())

    found = cells(report, "use")
    assert found["south"][0].endswith("% [1]")
    assert "[" not in found["north"][0]
    assert f"[1] {WORDS['en']}" in notes(report, "use")
    assert f"[1] {WORDS['ar']}" in notes(report, "use", "ar")


def test_a_flagged_figure_has_its_status_before_its_footnotes():
    found = cells(told(Telling("flag"), Another()), "use")

    assert found["south"][0].endswith("% [u] [1] [2]")


def test_a_footnote_has_one_number_in_the_whole_report():
    report = told(Telling(), Another())

    for indicator in ("use", "hours"):
        lines = [one for one in notes(report, indicator) if re.match(r"\[\d", one)]
        assert lines == [f"[1] {WORDS['en']}", "[2] read with care"]


def test_only_the_footnotes_of_a_table_stand_under_it():
    assert not any(one.startswith("[1]") for one in notes(told(), "use"))


def test_charts_have_no_footnotes():
    for section in told(Telling()).sections:
        for chart in (one for one in section.blocks if isinstance(one, Chart)):
            points = [point for series in chart.series for point in series.points]
            assert {point.figure.marks for point in points} == {""}


@pytest.mark.parametrize(
    ("rule", "language", "words"),
    [
        (sp.Nchs2017(), "en", "the share of all others is not reliable enough"),
        (sp.Nchs2017(), "ar", "نسبة الباقين"),
    ],
)
def test_the_share_of_all_others_is_told_to_be_unreliable(rule, language, words):
    few = answers().assign(use=["no"] * 5 + ["yes"] * 275)
    estimates = estimated(bound(few), indicators=("use",))

    report = composed(sp.release(estimates, sp.MinBase(30, 30), rule))

    assert any(words in one for one in notes(report, "use", language))


def test_the_card_names_the_standards_that_figures_had_to_meet():
    report = told(sp.Nchs2017(), sp.StatCan(), Telling())
    edition = sp.Edition(report, ("en",))
    [card] = [one for one in report.sections if one.role == "methodology"]

    words = " ".join(
        edition.text(cell)
        for table in card.blocks
        for row in getattr(table, "rows", ())
        for cell in row.cells
    )

    assert "National Center for Health Statistics (2017)" in words
    assert "bands of Statistics Canada" in words
    assert "the rule “telling” is applied too" in words


def test_a_banner_has_the_footnotes_of_its_figures():
    release = sp.release(estimated(), sp.MinBase(30, 30), Telling())

    made = sp.tabulate(release).table()

    marked = {cell.marks for row in made.rows for cell in row.cells if isinstance(cell, Figure)}
    assert marked == {"", "1"}
    edition = sp.Edition(told(Telling()), ("en",))
    assert f"[1] {WORDS['en']}" in [edition.text(one) for one in made.notes]
