"""A small exporter that keeps every promise, made of parts that a test can spoil one by one."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace

import socialpoll as sp
from socialpoll.report import (
    SYNTHETIC_NOTICE,
    Chart,
    Figure,
    Interval,
    Message,
    Picture,
    Said,
    Table,
    Text,
)
from socialpoll.schema.legible import legible

__all__ = ["Page", "PageOptions", "exporter_of"]


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """How the page is written."""

    tables: bool = True


class Page:
    """Writes a page; each method is one of the promises, or has a part in it."""

    def __call__(self, edition: sp.Edition, options: PageOptions) -> Iterator[sp.Document]:
        lines = "\n".join(self.lines(edition))
        name = self.name(edition)
        yield sp.Document(name, self.document(edition, lines).encode(), "text/html")

    def name(self, edition: sp.Edition) -> str:
        return f"{edition.report.name}-{edition.language}.html"

    def document(self, edition: sp.Edition, lines: str) -> str:
        return f'<html dir="{edition.direction}"><body>\n{lines}\n</body></html>\n'

    def lines(self, edition: sp.Edition) -> Iterator[str]:
        report = edition.report
        yield self.words(edition, Said(report.title))
        yield from self.notices(edition)
        for section in report.sections:
            yield from self.section(edition, section)

    def notices(self, edition: sp.Edition) -> Iterator[str]:
        yield from self.of_data(edition)
        yield from self.of_embargo(edition)

    def of_data(self, edition: sp.Edition) -> Iterator[str]:
        if edition.report.synthetic:
            yield self.words(edition, SYNTHETIC_NOTICE)

    def of_embargo(self, edition: sp.Edition) -> Iterator[str]:
        embargo = edition.report.life_cycle.embargo
        if embargo:
            yield self.words(edition, Message("Embargoed until {moment}", {"moment": embargo}))

    def section(self, edition: sp.Edition, section: object) -> Iterator[str]:
        yield self.words(edition, section.title)
        for block in section.blocks:
            if isinstance(block, Text):
                yield " ".join(self.words(edition, one) for one in block.phrases)
            elif isinstance(block, Table):
                yield self.words(edition, block.title)
                yield from (self.row(edition, row.cells) for row in block.rows)
            elif isinstance(block, Chart):
                yield self.words(edition, block.title)
                yield self.words(edition, block.alt)
            elif isinstance(block, Picture):
                yield self.escaped(edition.alt(block))

    def row(self, edition: sp.Edition, cells: tuple[object, ...]) -> str:
        return ": ".join(self.cell(edition, one) for one in cells)

    def cell(self, edition: sp.Edition, cell: object) -> str:
        if cell is None:
            return ""
        if isinstance(cell, Figure | Interval):
            return self.number(edition, cell)
        return self.words(edition, cell)

    def number(self, edition: sp.Edition, figure: Figure | Interval) -> str:
        return self.escaped(edition.number(figure))

    def words(self, edition: sp.Edition, phrase: object) -> str:
        return self.escaped(edition.text(phrase))

    def escaped(self, text: str) -> str:
        return f"<p>{html.escape(legible(text))}</p>"


def exporter_of(render: object, **changes: object) -> sp.Exporter:
    """Return an exporter, whole but for the changes."""
    whole = sp.Exporter(
        name="page",
        title="A page",
        media_type="text/html",
        suffix=".html",
        render=render,
        options=PageOptions,
    )
    return replace(whole, **changes)
