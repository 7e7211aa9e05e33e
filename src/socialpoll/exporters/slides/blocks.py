"""The slides of a block: lines, a table, a chart or a picture, with what stands beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from socialpoll.drawing import shorthand
from socialpoll.exporters.slides.fitting import parts_that_fit
from socialpoll.exporters.slides.pages import BOXES, Line, Page
from socialpoll.exporters.slides.tables import grids_of
from socialpoll.exporters.slides.words import Words
from socialpoll.report import Chart, Picture, Said, Table

__all__ = ["chart_page", "line_pages", "picture_page", "table_pages"]

NOTHING = Said({"und": ""})


def chart_page(words: Words, chart: Chart) -> Page:
    """Return the slide of a chart: its base, how to read it and its source beneath."""
    # Title and base are words of the slide, which can be searched, read out and restyled.
    drawn = words.edition.draw(replace(chart, title=NOTHING, caption=NOTHING))
    explained = " · ".join(map(words.of, shorthand(chart)))
    foot = (words.of(chart.caption), explained, source_of(words))
    return Page(words.of(chart.title), drawn, tuple(filter(None, foot)))


def table_pages(words: Words, table: Table, *, sourced: bool = False) -> Iterator[Page]:
    """Yield the slides of a table, the notes beneath each."""
    title = words.of(table.title)
    notes = " ".join(map(words.of, table.notes))
    foot = tuple(filter(None, (notes, source_of(words) if sourced else "")))
    grids = grids_of(words.edition, table, BOXES["content" if foot else "whole"])
    for number, grid in enumerate(grids, start=1):
        part = words.part(title, number, len(grids))
        yield Page(part, replace(grid, title=part), foot)


def line_pages(words: Words, title: str, lines: Sequence[Line]) -> Iterator[Page]:
    """Yield the slides of lines; none where there are none."""
    if not lines:
        return
    size, parts = parts_that_fit(lines, BOXES["whole"])
    for number, part in enumerate(parts, start=1):
        yield Page(words.part(title, number, len(parts)), part, size=size)


def picture_page(words: Words, title: str, picture: Picture) -> Page:
    """Return the slide of a picture, its caption beneath."""
    caption = words.of(picture.caption) if picture.caption is not None else ""
    said = replace(picture, alt=words.edition.alt(picture))
    return Page(title, said, tuple(filter(None, [caption])))


def source_of(words: Words) -> str:
    """Return who publishes, as the source of figures."""
    return words.say("Source: {source}", source=Said(words.edition.report.publisher.name))
