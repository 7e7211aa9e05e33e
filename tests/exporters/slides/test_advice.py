from __future__ import annotations

import pytest

from socialpoll.exporters.slides.advice import advice_pages
from socialpoll.exporters.slides.pages import Grid, Page
from socialpoll.exporters.slides.words import Words
from socialpoll.report import Edition
from tests.exporters.slides.made_decks import photograph
from tests.report.handmade import section
from tests.report.outreach.made import whole


def pages(detail: str, language: str = "en") -> list[Page]:
    edition = Edition(whole(), (language,), artist=photograph)
    return list(advice_pages(Words(edition), section(whole(), "outreach"), detail))


def titles(detail: str) -> list[str]:
    several = (one.title.removesuffix(" (part 1 of 2)") for one in pages(detail))
    return [one for one in several if "(part" not in one]


def test_a_talk_has_what_is_advised_the_plan_and_its_reach():
    assert titles("findings") == [
        "How to reach citizens",
        "Communication plan",
        "Potential reach of the chosen platforms, by group",
    ]


def test_more_detail_adds_times_then_the_tables_behind_the_plan():
    charts = [*titles("findings"), "Busiest time, by Sex", "Busiest time, by Governorate"]

    assert titles("charts") == charts
    assert titles("tables") == [
        *charts,
        "What each group would lose without one of its platforms",
        "What each further platform adds",
        "What would be lost without each of the chosen platforms",
        "Busiest time by day",
    ]


def test_tables_that_have_no_slide_stand_in_the_notes_of_the_first():
    first, *others = pages("findings")

    assert "What each further platform adds" in first.notes
    assert "2 platforms | WhatsApp and YouTube | 93.1% | 91.1 to 95.1 | 11.2 | yes" in first.notes
    assert "Communication plan" not in first.notes
    assert not any(one.notes for one in others)
    assert pages("tables")[0].notes == ()


def test_what_was_asked_stands_at_the_foot_of_what_is_advised():
    (first, *_) = pages("findings")

    assert [line.style for line in first.content] == [
        "body",
        "body",
        *["bullet"] * 6,
        *["note"] * 2,
    ]
    assert first.content[-2].text == "Question: Which?"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_plan_on_slides_loses_no_audience_and_keeps_where_and_when_together(language):
    grids = [one.content for one in pages("findings", language) if isinstance(one.content, Grid)]
    rows = [row for grid in grids for row in grid.rows if row.role in ("body", "total")]

    assert len(rows) == 7
    assert {len(grid.widths) for grid in grids} == {9}
    assert {grid.groups[1:] for grid in grids} == {
        (
            (("Where", 5), ("When and with what", 3))
            if language == "en"
            else (("أين", 5), ("متى وبماذا", 3))
        )
    }
