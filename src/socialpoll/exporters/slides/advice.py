"""The slides of a plan of whom to reach: what is advised, the plan, and what is known of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from socialpoll.exporters.slides.blocks import chart_pages, line_pages, table_pages
from socialpoll.exporters.slides.options import Detail
from socialpoll.exporters.slides.pages import Page
from socialpoll.exporters.slides.words import Words
from socialpoll.report import Chart, Section, Table

__all__ = ["advice_pages"]


def advice_pages(words: Words, section: Section, detail: Detail) -> Iterator[Page]:
    """Yield the slides of a plan, each block under its own title.

    Parameters
    ----------
    words : Words
    section : Section
        Its first table is the plan, which has a slide whatever the detail; tables that have none
        stand in the notes of the first slide.
    detail : {"findings", "charts", "tables"}
    """
    tables = [one for one in section.blocks if isinstance(one, Table)]
    charts = [one for one in section.blocks if isinstance(one, Chart)]
    shown = tables if detail == "tables" else tables[:1]
    lines = sorted(words.lines(section), key=lambda one: one.style == "note")
    beside = [line for one in tables[len(shown) :] for line in ("", *words.table_lines(one))]
    notes = tuple(beside[1:])
    for number, page in enumerate(line_pages(words, words.of(section.title), lines)):
        yield replace(page, notes=notes) if number == 0 else page
    for table in shown[:1]:
        yield from table_pages(words, table, sourced=True)
    for chart in charts[:1] if detail == "findings" else charts:
        yield from chart_pages(words, chart)
    for table in shown[1:]:
        yield from table_pages(words, table, sourced=True)
