"""What a template is handed: plain mappings, lists and texts, in the words of an edition."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import count
from typing import Any, TypeAlias

from socialpoll.drawing import shorthand
from socialpoll.exporters.word.contract import CONTRACT_VERSION
from socialpoll.report import (
    Block,
    Cell,
    Chart,
    Edition,
    Figure,
    Interval,
    Message,
    Phrase,
    Picture,
    Said,
    Section,
    Table,
    Text,
)
from socialpoll.report.terms import SYNTHETIC_NOTICE
from socialpoll.schema import say

__all__ = ["Context", "context_of"]

Context: TypeAlias = dict[str, Any]
Show: TypeAlias = Callable[[Picture], str]
FIRST, LAST = "headlines", "publisher"
CHAPTER = "indicator"
"""Sections of this role stand together under one heading."""
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold."""
NOTHING = Said({"und": ""})


def context_of(edition: Edition, *, show: Show, charts: bool = True) -> Context:
    """Return the variables of a template.

    Parameters
    ----------
    edition : Edition
    show : callable
        Turns a picture into the text that takes its place.
    charts : bool
        Whether charts are drawn or left out.

    Returns
    -------
    dict
        As :data:`~socialpoll.exporters.word.contract.CONTRACT` promises.
    """
    return Writer(edition, show, charts=charts).context()


class Writer:
    """Writes the parts of a report as the words of an edition.

    Parameters
    ----------
    edition : Edition
    show : callable
    charts : bool
    """

    def __init__(self, edition: Edition, show: Show, *, charts: bool) -> None:
        self.edition = edition
        self.report = edition.report
        self.show = show
        self.charts = charts
        self.tables = count(1)
        self.figures = count(1)

    def context(self) -> Context:
        """Return everything."""
        report = self.report
        synthetic = report.synthetic
        life_cycle = self._life_cycle()
        publisher = {
            "name": self._own(report.publisher.name),
            "about": self._own(report.publisher.about),
            "contact": _clean(report.publisher.contact),
            "website": _clean(report.publisher.website),
        }
        known = {**life_cycle, **publisher}
        facts = [self._fact(name, label, known[name]) for name, label in FACTS if known[name]]
        told = {"name", "contact", "website"} if self._introduces_its_publisher() else set()
        return {
            "version": CONTRACT_VERSION,
            "language": self.edition.language,
            "direction": self.edition.direction,
            "title": self._own(report.title),
            "subtitle": self._own(report.subtitle),
            "synthetic": synthetic,
            "synthetic_mark": self._say("Synthetic data") if synthetic else "",
            "synthetic_notice": self._phrase(SYNTHETIC_NOTICE) if synthetic else "",
            "cover": _cover(facts),
            "publisher": publisher,
            "life_cycle": life_cycle,
            "facts": [fact for fact in facts if fact["name"] not in told],
            "words": {"about": self._say("About this publication")},
            "sections": list(self._sections()),
        }

    def _sections(self) -> Iterator[Context]:
        before = ""
        for section in sorted(self.report.sections, key=_rank):
            chapter = section.role == CHAPTER
            begins = chapter and before != CHAPTER
            before = section.role
            yield {
                "role": _clean(section.role),
                "name": _clean(section.name),
                "title": self._phrase(section.title),
                "level": 2 if chapter else 1,
                "chapter": self._say("Findings") if begins else "",
                "blocks": list(self._blocks(section)),
            }

    def _blocks(self, section: Section) -> Iterator[Context]:
        for block in section.blocks:
            if self.charts or not isinstance(block, Chart):
                yield EMPTY_BLOCK | self._block(block)

    def _block(self, block: Block) -> Context:
        if isinstance(block, Text):
            text = " ".join(filter(None, map(self._phrase, block.phrases)))
            return {"kind": "text", "style": block.style, "text": text}
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Chart):
            return self._chart(block)
        return {"kind": "picture", "image": self.show(block), "alt": _clean(block.alt)}

    def _table(self, table: Table) -> Context:
        title = self._phrase(table.title)
        kinds = [column.kind for column in table.columns]
        columns = [
            {
                "name": _clean(column.name),
                "heading": self._phrase(column.heading),
                "kind": column.kind,
            }
            for column in table.columns
        ]
        rows = []
        for row in table.rows:
            texts = [self._cell(cell) for cell in row.cells]
            cells = [{"text": text, "kind": kind} for text, kind in zip(texts, kinds, strict=False)]
            rows.append({"role": row.role, "label": texts[0] if texts else "", "cells": cells})
        return {
            "kind": "table",
            **self._numbered("Table {number}. {title}", next(self.tables), title),
            "columns": columns,
            "rows": rows,
            "notes": [self._phrase(note) for note in table.notes],
        }

    def _chart(self, chart: Chart) -> Context:
        # In a document, title and base are text that can be searched, read out and restyled.
        picture = self.edition.draw(replace(chart, title=NOTHING, caption=NOTHING))
        notes = [self._phrase(note) for note in (chart.caption, *shorthand(chart))]
        title = self._phrase(chart.title)
        return {
            "kind": "picture",
            **self._numbered("Figure {number}. {title}", next(self.figures), title),
            "image": self.show(picture),
            "alt": _clean(picture.alt),
            "notes": [note for note in notes if note],
        }

    def _numbered(self, key: str, number: int, title: str) -> Context:
        words = Said({self.edition.language: title})
        caption = self.edition.text(Message(key, {"number": number, "title": words}))
        return {"number": str(number), "title": title, "caption": _clean(caption)}

    def _cell(self, cell: Cell) -> str:
        if cell is None:
            return ""
        if isinstance(cell, Figure | Interval):
            return _clean(self.edition.number(cell))
        return self._phrase(cell)

    def _life_cycle(self) -> dict[str, str]:
        life = self.report.life_cycle
        return {
            "edition": _clean(life.edition),
            "status": self._say(life.status),
            "release_date": self._date(life.release_date),
            "next_release": self._date(life.next_release),
            "licence": self._own(life.licence),
            "embargo": self._date(life.embargo),
            "supersedes": _clean(life.supersedes),
        }

    def _fact(self, name: str, label: str, text: str) -> Context:
        return {"name": name, "label": self._say(label), "text": text}

    def _introduces_its_publisher(self) -> bool:
        return any(section.role == LAST for section in self.report.sections)

    def _date(self, date: dt.date | None) -> str:
        return self._say("{date}", date=date) if date else ""

    def _say(self, key: str, **values: dt.date) -> str:
        return _clean(self.edition.text(Message(key, values)))

    def _phrase(self, phrase: Phrase) -> str:
        return _clean(self.edition.text(phrase))

    def _own(self, words: Mapping[str, str]) -> str:
        return _clean(say(words, self.edition.language))


FACTS = (
    ("name", "Publisher"),
    ("release_date", "Release date"),
    ("edition", "Edition"),
    ("status", "Status"),
    ("supersedes", "Supersedes"),
    ("embargo", "Embargo"),
    ("next_release", "Next release"),
    ("contact", "Contact"),
    ("website", "Website"),
    ("licence", "Licence"),
)
ON_THE_COVER = ("release_date", "edition", "status")
EMPTY_BLOCK: Context = {
    "kind": "",
    "style": "body",
    "text": "",
    "number": "",
    "title": "",
    "caption": "",
    "image": "",
    "alt": "",
    "notes": [],
    "columns": [],
    "rows": [],
}


def _rank(section: Section) -> int:
    """Return where a section stands: what was found comes first, who found it last."""
    return {FIRST: -1, LAST: 1}.get(section.role, 0)


def _cover(facts: list[Context]) -> list[str]:
    lines = {fact["name"]: f"{fact['label']}: {fact['text']}" for fact in facts}
    first = " · ".join(lines[name] for name in ON_THE_COVER if name in lines)
    return [line for line in (first, lines.get("embargo", "")) if line]


def _clean(text: str) -> str:
    return UNPRINTABLE.sub("", text)
