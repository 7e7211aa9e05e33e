"""A brief of 200 tables, apart from charts: from the report to the bytes of the document."""

from __future__ import annotations

import socialpoll as sp
from benchmarks import tasks
from socialpoll.exporters.word import WordOptions, render
from socialpoll.report import Column, Figure, Interval, Row, Said, Section, Table, Text

NAME = "brief"
TABLES, ROWS, WANTED = 200, 30, 2.0
A_SECTION = 4
"""Tables in a section."""
WORDS = {"en": "Social media platforms used in {}", "ar": "منصات التواصل الاجتماعي المستخدمة في {}"}


def run() -> list[dict[str, object]]:
    """Time the brief of a report in each language."""
    report = _report()
    list(render(sp.Edition(report, ("en",)), WordOptions(charts=False)))
    return [_row(report, language) for language in report.languages]


def _row(report: sp.Report, language: str) -> dict[str, object]:
    edition, options = sp.Edition(report, (language,)), WordOptions(charts=False)
    cost = tasks.cost(lambda: list(render(edition, options)))
    (document,) = cost.result
    return {
        "200 tables × 30 rows": language,
        "cells": f"{TABLES * ROWS * 4:,}",
        "seconds": f"{cost.seconds:.3f}",
        "memory": f"{cost.memory / 1e6:.0f} MB",
        "document": f"{len(document.content) / 1e3:.0f} kB",
        "wanted": f"≤ {WANTED:g} s",
        "reached": "yes" if cost.seconds <= WANTED else "NO",
    }


def _report() -> sp.Report:
    sections = tuple(_section(number) for number in range(TABLES // A_SECTION))
    return sp.Report(
        name="benchmark",
        title=_said("a benchmark").words,
        languages=("en", "ar"),
        publisher=sp.Publisher(name=_said("an office").words),
        sections=sections,
    )


def _section(number: int) -> Section:
    tables = (_table(number * A_SECTION + place) for place in range(A_SECTION))
    text = Text((_said(f"section {number}"),))
    return Section("indicator", _said(f"section {number}"), (text, *tables), f"section-{number}")


def _table(number: int) -> Table:
    return Table(
        title=_said(f"table {number}"),
        columns=(
            Column("group", _said("groups"), "label"),
            Column("share", _said("shares")),
            Column("interval", _said("intervals"), "interval"),
            Column("base", _said("bases")),
        ),
        rows=tuple(_line(number, place) for place in range(ROWS)),
        notes=(_said("all respondents"), _said("weighted figures")),
    )


def _line(number: int, place: int) -> Row:
    share = (number * ROWS + place) % 1000 / 1000
    figures = (
        Figure(share, "percent", 1),
        Interval(share, min(1.0, share + 0.02), "percent"),
        Figure(100 + place, "count"),
    )
    return Row((_said(f"group {place}"), *figures), "total" if place == 0 else "body")


def _said(words: str) -> Said:
    return Said({language: text.format(words) for language, text in WORDS.items()})
