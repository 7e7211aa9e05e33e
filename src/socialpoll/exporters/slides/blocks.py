"""The slides of a block: lines, a table, a chart or a picture, with what stands beneath."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from socialpoll.drawing import shorthand
from socialpoll.exporters.slides.charts import parts_of_chart
from socialpoll.exporters.slides.fitting import parts_that_fit
from socialpoll.exporters.slides.pages import BOXES, Grid, Line, Page
from socialpoll.exporters.slides.tables import grids_of
from socialpoll.exporters.slides.words import Words
from socialpoll.report import Chart, Picture, Said, Table

__all__ = ["chart_pages", "line_pages", "picture_page", "table_pages"]

NOTHING = Said({"und": ""})


def chart_pages(words: Words, chart: Chart, title: str = "") -> Iterator[Page]:
    """Yield the slides of a chart: its base, how to read it and its source beneath each.

    Parameters
    ----------
    words : Words
    chart : Chart
    title : str
        Of its slides; the one of the chart, which else stands beneath, where there is none.
    """
    parts = parts_of_chart(words, chart)
    for number, part in enumerate(parts, start=1):
        # Title and base are words of the slide, which can be searched, read out and restyled.
        drawn = words.edition.draw(replace(part, title=NOTHING, caption=NOTHING))
        explained = " · ".join(map(words.of, shorthand(part)))
        foot = (words.of(chart.caption), explained, source_of(words))
        yield _named(words, (title, words.of(chart.title)), (number, len(parts)), drawn, foot)


def table_pages(
    words: Words, table: Table, title: str = "", *, sourced: bool = False
) -> Iterator[Page]:
    """Yield the slides of a table, the notes beneath each; ``title`` as of a chart."""
    own = words.of(table.title)
    foot = (" ".join(map(words.of, table.notes)), source_of(words) if sourced else "")
    beneath = bool(title) or any(foot)
    grids = grids_of(words.edition, table, BOXES["content" if beneath else "whole"])
    for number, grid in enumerate(grids, start=1):
        told = replace(grid, title=own)
        yield _named(words, (title, own), (number, len(grids)), told, foot)


def _named(
    words: Words,
    titles: tuple[str, str],
    place: tuple[int, int],
    content: Grid | Picture,
    foot: tuple[str, ...],
) -> Page:
    """Return a slide under the title of its section, if any, else under that of its content."""
    above, own = titles
    beneath = (own, *foot) if above and above != own else foot
    return Page(words.part(above or own, *place), content, tuple(filter(None, beneath)))


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
