"""What a template is handed: plain mappings, lists and texts, in the words of an edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import Any, TypeAlias

from socialpoll.drawing import shorthand
from socialpoll.exporters.facts import cover_of, facts_of, life_cycle_of
from socialpoll.exporters.word.contract import CONTRACT_VERSION
from socialpoll.exporters.word.fields import PAGE, PAGES
from socialpoll.exporters.word.tabular import parts_of, table_variables
from socialpoll.exporters.word.turning import Rooms
from socialpoll.report import (
    Chart,
    Edition,
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
from socialpoll.schema.legible import legible

__all__ = ["WIDE", "Context", "context_of"]

Context: TypeAlias = dict[str, Any]
Show: TypeAlias = Callable[[Picture], str]
FIRST, LAST = "headlines", "publisher"
CHAPTER = "indicator"
"""Sections of this role stand together under one heading."""
WIDE = ("banner",)
"""Sections of these roles stand on landscape pages."""
OWN = ("text", "recommendations", "timeline", "pictures")
"""Sections of these roles share a page with others that begin one."""
PAGED = (*OWN, FIRST, CHAPTER, "outreach", "methodology", "instrument")
"""Sections of these roles begin a page, and so does whatever follows the key findings."""
A_PAGE = 20
"""Entries of the contents, and twice the key findings, that have room on a page together."""
LOGO = (7.0, 2.2)
"""Centimetres that a logo has at most, across and down."""
NOTHING = Said({"und": ""})


def context_of(
    edition: Edition, *, show: Show, charts: bool = True, rooms: Rooms | None = None
) -> Context:
    """Return the variables of a template.

    Parameters
    ----------
    edition : Edition
    show : callable
        Turns a picture into the text that takes its place.
    charts : bool
        Whether charts are drawn or left out.
    rooms : Rooms, optional
        How wide tables are; those of the built-in template upright where absent.

    Returns
    -------
    dict
        As :data:`~socialpoll.exporters.word.contract.CONTRACT` promises.
    """
    return Writer(edition, show, charts=charts, rooms=rooms or Rooms()).context()


class Writer:
    """Writes the parts of a report as the words of an edition.

    Parameters
    ----------
    edition : Edition
    show : callable
    charts : bool
    rooms : Rooms
    """

    def __init__(self, edition: Edition, show: Show, *, charts: bool, rooms: Rooms) -> None:
        self.edition = edition
        self.report = edition.report
        self.show = show
        self.charts = charts
        self.rooms = rooms
        self.tables = count(1)
        self.figures = count(1)

    def context(self) -> Context:
        """Return everything."""
        report = self.report
        synthetic = report.synthetic
        publisher = {
            "name": self._own(report.publisher.name),
            "about": self._own(report.publisher.about),
            "contact": legible(report.publisher.contact),
            "website": legible(report.publisher.website),
            "logo": self._logo(),
        }
        facts = facts_of(self.edition)
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
            "cover": cover_of(facts),
            "publisher": publisher,
            "life_cycle": life_cycle_of(self.edition),
            "facts": [fact for fact in facts if fact["name"] not in told],
            "words": {
                "about": self._say("About this publication"),
                "contents": self._say("Contents"),
                "page": self._page(),
            },
            "sections": list(self._sections()),
        }

    def _sections(self) -> Iterator[Context]:
        ordered = sorted(self.report.sections, key=_rank)
        roles = ["", *(section.role for section in ordered), ""]
        short = _is_short(ordered)
        for place, section in enumerate(ordered):
            before, role, after = roles[place : place + 3]
            yield {
                "role": legible(role),
                "name": legible(section.name),
                "title": self._phrase(section.title),
                "level": 2 if role == CHAPTER else 1,
                "chapter": self._say("Findings") if before != CHAPTER == role else "",
                "breaks": _breaks(before, role) and not (short and role == FIRST),
                "turns": before not in WIDE and role in WIDE,
                "returns": role in WIDE and after not in WIDE,
                "blocks": list(self._blocks(section)),
            }

    def _blocks(self, section: Section) -> Iterator[Context]:
        room = self.rooms.wide if section.role in WIDE else self.rooms.usual
        for block in section.blocks:
            if isinstance(block, Table):
                for part in parts_of(self.edition, block, room):
                    yield EMPTY_BLOCK | self._table(part)
            elif self.charts or not isinstance(block, Chart):
                yield EMPTY_BLOCK | self._block(block)

    def _block(self, block: Text | Chart | Picture) -> Context:
        if isinstance(block, Text):
            text = " ".join(filter(None, map(self._phrase, block.phrases)))
            return {"kind": "text", "style": block.style, "text": text}
        if isinstance(block, Chart):
            return self._chart(block)
        return self._picture(block)

    def _picture(self, picture: Picture) -> Context:
        caption = self._phrase(picture.caption) if picture.caption is not None else ""
        key = "Figure {number}. {title}"
        numbered = self._numbered(key, next(self.figures), caption) if caption else {}
        alt = legible(self.edition.alt(picture))
        return {"kind": "picture", **numbered, "image": self.show(picture), "alt": alt}

    def _table(self, table: Table) -> Context:
        title = self._phrase(table.title)
        return {
            "kind": "table",
            **self._numbered("Table {number}. {title}", next(self.tables), title),
            **table_variables(self.edition, table),
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
            "alt": legible(self.edition.alt(picture)),
            "notes": [note for note in notes if note],
        }

    def _numbered(self, key: str, number: int, title: str) -> Context:
        words = Said({self.edition.language: title})
        caption = self.edition.text(Message(key, {"number": number, "title": words}))
        return {"number": str(number), "title": title, "caption": legible(caption)}

    def _logo(self) -> str:
        logo = self.report.style.logo
        if logo is None:
            return ""
        wide, high = logo.pixels
        scale = min(LOGO[0] / wide, LOGO[1] / high)
        size = round(wide * scale, 3), round(high * scale, 3)
        return self.show(Picture("logo", logo.content, logo.media_type, Said(logo.alt), *size))

    def _page(self) -> str:
        """Return the words for the number of a page, with the letters that become fields."""
        words = self._say("Page {number} of {pages}", number=PAGE, pages=PAGES)
        for mark in (PAGE, PAGES):
            words = words.replace(legible(mark), mark)
        return words

    def _introduces_its_publisher(self) -> bool:
        return any(section.role == LAST for section in self.report.sections)

    def _say(self, key: str, **values: str) -> str:
        return legible(self.edition.text(Message(key, values)))

    def _phrase(self, phrase: Phrase) -> str:
        return legible(self.edition.text(phrase))

    def _own(self, words: Mapping[str, str]) -> str:
        return say(words, self.edition.language)


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
    "grouped": False,
    "columns": [],
    "rows": [],
}


def _rank(section: Section) -> int:
    """Return where a section stands: what was found comes first, who found it last."""
    return {FIRST: -1, LAST: 1}.get(section.role, 0)


def _breaks(before: str, role: str) -> bool:
    """Tell whether a section begins a page: pages that turn do so by themselves."""
    flows = before in OWN and role in (*OWN, CHAPTER, LAST)
    if flows or before in WIDE or role in WIDE or role == before == CHAPTER:
        return False
    return role in PAGED or before == FIRST


def _is_short(sections: Sequence[Section]) -> bool:
    """Tell whether the key findings have room beneath the contents."""
    findings = sum(len(one.blocks) for one in sections if one.role == FIRST)
    return len(sections) + 2 * findings <= A_PAGE
