"""A page made of a report by hand, read again by lxml."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import lxml.html

from socialpoll.drawing import Studio
from socialpoll.exporters.webpage import WebpageOptions, render
from socialpoll.report import Edition, HouseStyle, Publisher, Report, Said, Section, Text
from tests.exporters.hostile import HOSTILE
from tests.exporters.made_report import bars, dots, made_report
from tests.exporters.slides.made_decks import LOGO, own_sections

__all__ = ["LANGUAGES", "content_of", "hostile_content", "page_report", "parsed", "words"]

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


def hostile_content() -> bytes:
    """Return a page whose every text is made to break it."""
    texts = [Said({"en": f"{text}{place}", "ar": text}) for place, text in enumerate(HOSTILE)]
    blocks = [Text((one,), style) for one in texts for style in ("body", "bullet", "source")]
    charts = [
        replace(chart(), title=title, caption=texts[0], alt=alt)
        for chart, title, alt in ((bars, texts[1], texts[6]), (dots, texts[12], texts[7]))
    ]
    sections = [Section(str(one.words["en"]), one, ()) for one in texts]
    everything = Section("own", texts[13], (*blocks, *charts), HOSTILE[1])
    report = page_report(*sections, everything, publisher=Publisher(name=texts[3].words))
    return content_of(replace(report, title={"en": HOSTILE[1], "ar": HOSTILE[6]}))


def parsed(content: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(content.decode("utf-8"))


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
