"""Decks made of a report by hand, opened again by python-pptx."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from pptx import Presentation

from socialpoll.exporters.slides import SlidesOptions, render
from socialpoll.report import (
    Column,
    Edition,
    HouseStyle,
    Image,
    Message,
    Picture,
    Report,
    Row,
    Section,
    Table,
    Text,
)
from tests.exporters.made_report import (
    banner_section,
    made_report,
    said,
    sections,
)
from tests.report.pictured import png

LOGO = Image(content=png(), alt={"en": "The emblem", "ar": "الشعار"})
HEADLINE = "{title}: {finding}."
TOLD = {"title": said("YouTube", "يوتيوب"), "finding": said("seven in ten", "سبعة من عشرة")}


def timeline_table() -> Table:
    return Table(
        title=said("Phases", "المراحل"),
        columns=(
            Column("phase", said("Phase", "المرحلة"), "label"),
            Column("status", said("Status", "الحالة"), "text"),
        ),
        rows=(Row((said("Fieldwork", "جمع البيانات"), said("Done", "منجزة"))),),
    )


def own_sections() -> tuple[Section, ...]:
    publisher, _, platforms, youtube, methodology, weather = sections()
    headline = Message(HEADLINE, TOLD, rows=(0, 1))
    found = Text((Message("The poll found that {finding}.", TOLD, rows=(0, 1)),))
    first, table, scale = youtube.blocks
    picture = Picture("emblem", png(), "image/png", said("A field", "حقل"), 16, 5, said("C", "ت"))
    steps = tuple(Text((said(f"Step {one}.", f"خطوة {one}."),), "bullet") for one in (1, 2, 3))
    return (
        publisher,
        Section("headlines", said("Key findings", "أبرز النتائج"), (Text((headline,), "bullet"),)),
        platforms,
        replace(youtube, blocks=(found, first, table, scale)),
        Section("recommendations", said("Recommendations", "التوصيات"), steps),
        methodology,
        Section("timeline", said("Next steps", "الخطوات التالية"), (timeline_table(),)),
        Section("pictures", said("Pictures", "صور"), (picture,)),
        banner_section(),
        weather,
    )


def deck_report(**more) -> Report:
    style = HouseStyle(primary="#5B2A86", accent="#B3541E", latin_font="Lato", arabic_font="Amiri")
    report = replace(made_report(), sections=own_sections(), style=replace(style, logo=LOGO))
    life = replace(report.life_cycle, embargo=dt.datetime(2019, 4, 1, 9, tzinfo=dt.UTC))
    return replace(report, **({"life_cycle": life} | more))


def content_of(language: str = "en", report: Report | None = None, artist=None, **options) -> bytes:
    edition = Edition(report or deck_report(), (language,), artist=artist)
    (document,) = render(edition, SlidesOptions(**options))
    return document.content


def photograph(chart, edition, form) -> Picture:
    """Stand in for who draws pictures."""
    return Picture(chart.name, png(), "image/png", edition.text(chart.alt), 16, 9)


def opened(content: bytes):
    return Presentation(BytesIO(content))


def titles(deck) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def slide_of(deck, title: str):
    return next(one for one in deck.slides if one.shapes.title.text_frame.text == title)


def shapes_with(deck, kind: str) -> Iterator:
    """Yield the shapes of a kind: ``has_chart``, ``has_table``."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if getattr(shape, kind, False):
                yield shape


def notes(slide) -> str:
    return slide.notes_slide.notes_text_frame.text if slide.has_notes_slide else ""
