"""Sections of a report that no figures are needed for: the publisher's own, and one of any role."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from socialpoll.report import (
    Cell,
    Chart,
    Column,
    Figure,
    Image,
    OwnSection,
    Passage,
    Phase,
    Pictures,
    Point,
    Recommendations,
    Row,
    Said,
    Section,
    Series,
    Table,
    Text,
    Timeline,
)

__all__ = ["MARKS", "UNKNOWN_ROLE", "own_sections", "section_in_role", "share_table"]

UNKNOWN_ROLE = "weather"
"""A role that no exporter knows: new content is a new role."""
MARKS = ("Zephyrtitle", "Zephyrtext", "Zephyrtable", "Zephyrcell", "Zephyrchart")
"""Words that stand nowhere but in the section of that role, one in each of its parts."""
PICTURE = Path(__file__).with_name("sample.png")
FIRST, LAST = dt.date(2019, 3, 3), dt.date(2019, 3, 21)
SUNNY, RAINY = Figure(0.613, "percent", 1), Figure(0.387, "percent", 1)


def own_sections() -> tuple[OwnSection, ...]:
    """Return a section of each kind that publishers write themselves."""
    words = {"en": "A plain picture", "ar": "صورة بسيطة"}
    fieldwork = Phase(
        title={"en": "Fieldwork", "ar": "جمع البيانات"}, status="done", start=FIRST, end=LAST
    )
    printing = Phase(title={"en": "Printing", "ar": "الطباعة"}, status="planned", start=LAST)
    return (
        Passage(
            title={"en": "Foreword", "ar": "تمهيد"},
            text={"en": "Why we asked.", "ar": "لماذا سألنا."},
            items=({"en": "One reason", "ar": "سبب واحد"},),
        ),
        Recommendations(
            title={"en": "Recommendations", "ar": "التوصيات"},
            items=({"en": "Answer citizens.", "ar": "الرد على المواطنين."},),
        ),
        Timeline(title={"en": "Timeline", "ar": "المراحل"}, phases=(fieldwork, printing)),
        Pictures(
            title={"en": "Pictures", "ar": "الصور"},
            pictures=(Image(content=PICTURE.read_bytes(), alt=words, caption=words),),
        ),
    )


def section_in_role(role: str) -> Section:
    """Return one and the same section in whatever role: a text, a table and a chart."""
    title, text, table, cell, chart = MARKS
    return Section(
        role,
        _said(title, "الطقس"),
        (
            Text((_said(f"{text} was sunny.", "كان مشمساً."),)),
            share_table(table, {cell: SUNNY, "Rain": RAINY}),
            _chart(chart, cell),
        ),
        UNKNOWN_ROLE,
    )


def share_table(title: str, shares: Mapping[str, Cell]) -> Table:
    """Return a table of shares; a cell may be empty."""
    return Table(
        title=_said(title, "جدول"),
        columns=(
            Column("answer", _said("Answer", "الإجابة"), "label"),
            Column("share", _said("Share", "النسبة")),
        ),
        rows=tuple(Row((_said(words, "إجابة"), cell)) for words, cell in shares.items()),
    )


def _chart(title: str, words: str) -> Chart:
    points = tuple(
        Point(_said(one, "إجابة"), figure) for one, figure in ((words, SUNNY), ("Rain", RAINY))
    )
    return Chart(
        kind="bars",
        name=UNKNOWN_ROLE,
        title=_said(title, "رسم"),
        series=(Series(_said("", ""), points),),
        caption=_said("Base: all days.", "القاعدة: كل الأيام."),
        alt=_said("It was mostly sunny.", "كان مشمساً غالباً."),
    )


def _said(words: str, arabic: str) -> Said:
    """Return words whose English marks are in the Arabic too, so that each edition has them."""
    return Said({"en": words, "ar": f"{arabic} {words}".strip()})
