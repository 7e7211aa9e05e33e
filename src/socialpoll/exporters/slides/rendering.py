"""A deck in one language: the empty deck, a cover, the slides of the report, and their package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from socialpoll.exporters.facts import cover_of, facts_of
from socialpoll.exporters.native import Frame, NativeArtist
from socialpoll.exporters.native.words import one_line, shortened
from socialpoll.exporters.slides.fitting import fit_words
from socialpoll.exporters.slides.options import SlidesOptions
from socialpoll.exporters.slides.pages import BOXES
from socialpoll.exporters.slides.placing import Placer, within
from socialpoll.exporters.slides.planning import pages_of
from socialpoll.exporters.slides.template import COVER, FOOT, empty_deck, place_of
from socialpoll.exporters.slides.words import Words
from socialpoll.exporters.slides.writing import Pencil
from socialpoll.exporters.word.package import pack, unpack
from socialpoll.exporters.word.properties import core_properties
from socialpoll.hooks import Document
from socialpoll.report import SYNTHETIC_NOTICE, Edition
from socialpoll.schema import say

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide

__all__ = ["MEDIA_TYPE", "render"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
PROPERTIES = "docProps/core.xml"
APPLICATION = "docProps/app.xml"
OF_NO_PROGRAM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.'
    b'openxmlformats.org/officeDocument/2006/extended-properties"><PresentationFormat>Widescreen'
    b"</PresentationFormat></Properties>"
)
"""Else it would tell the program and the format of the deck that this one began as."""
ROOM = BOXES["content"]
LETTERS = 14.0
"""Points of the letters of charts."""
COVER_SIZES = (40.0, 36.0, 32.0, 28.0, 24.0, 20.0)
SMALLER = (20.0, 18.0, 16.0, 14.0, 12.0)
LONGEST_FOOTER = 130


def render(edition: Edition, options: SlidesOptions | None = None) -> Iterator[Document]:
    """Make the deck of an edition.

    Parameters
    ----------
    edition : Edition
        In one language.
    options : SlidesOptions, optional

    Yields
    ------
    Document
        ``slides-ar.pptx``; the same edition and options give the same bytes.

    Raises
    ------
    ReportError
        Where a chart stays a picture and nobody can draw it.
    """
    chosen = options or SlidesOptions()
    if chosen.digits is not None:
        edition = replace(edition, digits=chosen.digits)
    if chosen.charts == "native":
        frame = Frame(width=ROOM.width, height=ROOM.height, size=LETTERS)
        edition = replace(edition, artist=NativeArtist(frame, edition.artist))
    deck = empty_deck(edition)
    pencil = Pencil.of(edition)
    _add_cover(deck, edition, pencil)
    placer = Placer(deck, pencil, _footer(edition))
    for page in pages_of(edition, chosen):
        placer.add(page)
    yield Document(f"slides-{edition.language}.pptx", _packed(deck, edition), MEDIA_TYPE)


def _add_cover(deck: Deck, edition: Edition, pencil: Pencil) -> None:
    """Say who publishes what, when, and under which conditions."""
    report = edition.report
    slide = deck.slides.add_slide(deck.slide_layouts[COVER])
    title, subtitle, name = (
        one_line(say(one, edition.language))
        for one in (report.title, report.subtitle, report.publisher.name)
    )
    words, size = fit_words(title, BOXES["cover title"], COVER_SIZES, bold=True)
    pencil.words(slide.shapes.title.text_frame, [words], size=size)
    cut = [title] if words != title else []
    words, size = fit_words(subtitle, BOXES["cover subtitle"], SMALLER)
    pencil.words(slide.placeholders[1].text_frame, [words], size=size)
    cut += [subtitle] if words != subtitle else []
    facts = [name, *map(one_line, cover_of(facts_of(edition)))]
    facts += [Words(edition).of(SYNTHETIC_NOTICE)] if report.synthetic else []
    whole = "\n".join(filter(None, facts))
    words, size = fit_words(whole, BOXES["cover facts"], SMALLER)
    pencil.words(slide.placeholders[FOOT].text_frame, words.split("\n"), size=size)
    cut += [whole] if words != whole else []
    _add_logo(slide, edition, pencil)
    if cut:
        pencil.words(slide.notes_slide.notes_text_frame, cut)


def _add_logo(slide: Slide, edition: Edition, pencil: Pencil) -> None:
    logo = edition.report.style.logo
    if logo is None:
        return
    box = within(BOXES["logo"], *logo.pixels)
    place = place_of(box, mirrored=pencil.mirrored)
    shape = slide.shapes.add_picture(BytesIO(logo.content), *place)
    name = shape._element.xpath(".//p:cNvPr")[0]
    name.set("name", "Logo")
    name.set("descr", say(logo.alt, edition.language))


def _footer(edition: Edition) -> str:
    report, words = edition.report, Words(edition)
    parts = [say(report.title, edition.language)]
    parts += [words.say("Synthetic data")] if report.synthetic else []
    return " · ".join(shortened(one_line(one), LONGEST_FOOTER) for one in parts if one)


def _packed(deck: Deck, edition: Edition) -> bytes:
    file = BytesIO()
    deck.save(file)
    parts = unpack(file.getvalue())
    parts[PROPERTIES] = core_properties(edition)
    parts[APPLICATION] = OF_NO_PROGRAM
    return pack(parts)
