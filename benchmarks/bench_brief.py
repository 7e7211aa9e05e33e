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
ARABIC = {
    "Benchmark": "اختبار السرعة",
    "Group": "الفئة",
    "Share": "النسبة",
    "Interval": "فترة الثقة",
    "Base": "القاعدة",
    "Platforms used, question": "المنصات المستخدمة، السؤال",
    "Platforms used by group, table": "المنصات المستخدمة حسب الفئة، الجدول",
    "Base: all respondents.": "القاعدة: جميع المستجيبين.",
    "Percentages are weighted, bases are unweighted.": "النسب مرجّحة، والقاعدة غير مرجّحة.",
}


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
        title=_said("Benchmark").words,
        languages=("en", "ar"),
        publisher=sp.Publisher(name=_said("Benchmark").words),
        sections=sections,
    )


def _section(number: int) -> Section:
    tables = (_table(number * A_SECTION + place) for place in range(A_SECTION))
    text = Text((_said("Platforms used, question", number),))
    return Section(
        "indicator", _said("Platforms used, question", number), (text, *tables), f"section-{number}"
    )


def _table(number: int) -> Table:
    return Table(
        title=_said("Platforms used by group, table", number),
        columns=(
            Column("group", _said("Group"), "label"),
            Column("share", _said("Share")),
            Column("interval", _said("Interval"), "interval"),
            Column("base", _said("Base")),
        ),
        rows=tuple(_line(number, place) for place in range(ROWS)),
        notes=(
            _said("Base: all respondents."),
            _said("Percentages are weighted, bases are unweighted."),
        ),
    )


def _line(number: int, place: int) -> Row:
    share = (number * ROWS + place) % 1000 / 1000
    figures = (
        Figure(share, "percent", 1),
        Interval(share, min(1.0, share + 0.02), "percent"),
        Figure(100 + place, "count"),
    )
    return Row((_said("Group", place), *figures), "total" if place == 0 else "body")


def _said(words: str, number: int | None = None) -> Said:
    behind = "" if number is None else f" {number + 1}"
    return Said({"en": words + behind, "ar": ARABIC[words] + behind})
