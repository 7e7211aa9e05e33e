"""A page made of a report by hand, read again by lxml."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import lxml.html

from socialpoll.drawing import Studio
from socialpoll.exporters.webpage import WebpageOptions, render
from socialpoll.report import Edition, HouseStyle, Report, Section
from tests.exporters.made_report import made_report
from tests.exporters.slides.made_decks import LOGO, own_sections

__all__ = ["LANGUAGES", "content_of", "page_report", "parsed", "words"]

LANGUAGES = ("ar", "en")
STYLE = HouseStyle(primary="#5B2A86", accent="#B3541E", latin_font="Lato", arabic_font="Amiri")
STUDIO = Studio()


def page_report(*sections: Section, **more) -> Report:
    report = made_report()
    life = replace(
        report.life_cycle,
        embargo=dt.datetime(2019, 4, 1, 9, tzinfo=dt.UTC),
        supersedes="Edition 0",
    )
    own = {"life_cycle": life, "style": replace(STYLE, logo=LOGO)}
    return replace(report, sections=sections or own_sections(), **(own | more))


def content_of(report: Report | None = None, *languages: str, artist=STUDIO, **options) -> bytes:
    edition = Edition(report or page_report(), languages or LANGUAGES, artist=artist)
    (document,) = render(edition, WebpageOptions(**options))
    return document.content


def parsed(content: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(content.decode("utf-8"))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
