"""What stands on which slide: the report in the order of a talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socialpoll.exporters.facts import facts_of
from socialpoll.exporters.native.words import one_line
from socialpoll.exporters.slides.advice import advice_pages
from socialpoll.exporters.slides.blocks import (
    chart_pages,
    line_pages,
    picture_page,
    table_pages,
)
from socialpoll.exporters.slides.findings import finding_pages, headlines_of
from socialpoll.exporters.slides.options import SlidesOptions
from socialpoll.exporters.slides.pages import Line, Page
from socialpoll.exporters.slides.words import Words
from socialpoll.report import (
    SYNTHETIC_NOTICE,
    Chart,
    Edition,
    Message,
    Picture,
    Section,
    Table,
)

__all__ = ["pages_of"]

CHAPTER = "indicator"
ADVICE = "outreach"
LATER = ("methodology", "instrument")
"""Sections of these roles stand at the end, whatever follows them in the report."""
IN_FULL = ("banner", "instrument")
"""Sections of these roles are tables to look things up in, for the brief more than for a talk."""


def pages_of(edition: Edition, options: SlidesOptions) -> Iterator[Page]:
    """Yield the slides behind the cover.

    Parameters
    ----------
    edition : Edition
        Able to draw.
    options : SlidesOptions

    Yields
    ------
    Page
        In the order of the report, how the poll was made near the end; the last one tells what
        the publication is, and what of it is not shown.
    """
    words = Words(edition)
    headlines = headlines_of(edition.report)
    left_out = IN_FULL if options.detail != "tables" else ()
    ordered = sorted(edition.report.sections, key=lambda one: one.role in LATER)
    for section in ordered:
        if section.role == CHAPTER:
            yield from finding_pages(words, section, headlines, options.detail)
        elif section.role == ADVICE:
            yield from advice_pages(words, section, options.detail)
        elif section.role not in left_out:
            yield from _section(words, section)
    yield from _closing(words, [one for one in ordered if one.role in left_out])


def _section(words: Words, section: Section) -> Iterator[Page]:
    """Yield the slides of a section that is no finding: words first, then what is shown."""
    title = words.of(section.title)
    lines = words.lines(section, numbered=section.role == "recommendations")
    yield from line_pages(words, title, lines)
    tabular = any(isinstance(one, Table) for one in section.blocks)
    for block in section.blocks:
        if isinstance(block, Table):
            yield from table_pages(words, block, title)
        elif isinstance(block, Picture):
            yield picture_page(words, title, block)
        # A table tells the days of a timeline too.
        elif isinstance(block, Chart) and not (tabular and block.kind == "timeline"):
            yield from chart_pages(words, block, title)


def _closing(words: Words, left_out: Sequence[Section]) -> Iterator[Page]:
    """Yield the last slide: what the publication is, and what the brief has beyond it."""
    lines = [Line(one_line(f"{fact['label']}: {fact['text']}")) for fact in facts_of(words.edition)]
    if left_out:
        titles = tuple(one.title for one in left_out)
        lines.append(Line(words.of(Message("In the brief: {parts}", {"parts": titles}))))
    if words.edition.report.synthetic:
        lines.append(Line(words.of(SYNTHETIC_NOTICE), "note"))
    yield from line_pages(words, words.say("About this publication"), lines)
