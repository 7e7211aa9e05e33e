"""The slides of a finding: its headline above its chart, the base and caveats beneath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from socialpoll.exporters.slides.blocks import chart_pages, line_pages, table_pages
from socialpoll.exporters.slides.options import Detail
from socialpoll.exporters.slides.pages import Line, Page
from socialpoll.exporters.slides.words import Words
from socialpoll.report import Chart, Message, Report, Section, Table, Text

__all__ = ["finding_pages", "headlines_of"]


def headlines_of(report: Report) -> dict[frozenset[int], Text]:
    """Return the line of each finding among the key findings, by the figures that it tells."""
    return {
        frozenset(first.rows): block
        for section in report.sections
        if section.role == "headlines"
        for block in section.blocks
        if isinstance(block, Text) and block.style == "bullet"
        for first in block.phrases[:1]
        if isinstance(first, Message) and first.rows
    }


def finding_pages(
    words: Words, section: Section, headlines: Mapping[frozenset[int], Text], detail: Detail
) -> Iterator[Page]:
    """Yield the slides of a finding, the first with all that is said of it in its notes.

    Parameters
    ----------
    words : Words
    section : Section
        Of an indicator.
    headlines : mapping of frozenset of int to Text
    detail : {"findings", "charts", "tables"}
    """
    charts = [one for one in section.blocks if isinstance(one, Chart)]
    tables = [one for one in section.blocks if isinstance(one, Table)]
    shown = charts[:1] if detail == "findings" else charts
    beside = tables if detail == "tables" else tables[: not charts]
    title = _title(words, section, headlines)
    pages = [page for one in shown[:1] for page in chart_pages(words, one, title)]
    pages += [page for one in shown[1:] for page in chart_pages(words, one)]
    for number, one in enumerate(beside):
        above = title if number == 0 and not shown else ""
        pages += table_pages(words, one, above, sourced=True)
    if not pages:
        lines = [Line(one) for one in words.sentences(section)]
        pages = list(line_pages(words, title, lines))
    notes = _notes(words, section, tables)
    for number, page in enumerate(pages):
        yield replace(page, notes=notes) if number == 0 else page


def _title(words: Words, section: Section, headlines: Mapping[frozenset[int], Text]) -> str:
    """Return the headline of a finding; its title where nothing may be said of it."""
    told = _told(section)
    common = [(len(rows & told), text) for rows, text in headlines.items() if rows & told]
    if not common:
        return words.of(section.title)
    _, text = max(common, key=lambda one: one[0])
    return words.of(text.phrases[0])


def _notes(words: Words, section: Section, tables: Sequence[Table]) -> tuple[str, ...]:
    """Return all that is said of a finding, and its tables as lines."""
    lines = [words.of(section.title), *words.sentences(section)]
    for table in tables:
        lines += ["", *words.table_lines(table)]
    return tuple(lines)


def _told(section: Section) -> frozenset[int]:
    """Return the figures that the first sentence of a section tells."""
    for block in section.blocks:
        for phrase in block.phrases if isinstance(block, Text) else ():
            if isinstance(phrase, Message) and phrase.rows:
                return frozenset(phrase.rows)
    return frozenset()
