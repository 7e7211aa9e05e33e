"""Reports as one page that loads nothing: a language, or several beneath each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from socialpoll.hooks import Document
from socialpoll.report import (
    SYNTHETIC_NOTICE,
    Cell,
    Edition,
    Figure,
    Interval,
    Message,
    Said,
    Section,
    Table,
    Text,
)
from socialpoll.report.language import Language, direction_of
from socialpoll.schema.texts import UNDETERMINED, say, spoken

__all__ = ["pages_document"]

STYLE = """
body { font-family: "Noto Sans", "Noto Sans Arabic", Arial, sans-serif; line-height: 1.5;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d1d1d; background: #fff; }
h1, h2, h3 { color: #12436d; } h2 { border-bottom: 2px solid #12436d; margin-top: 2.5rem; }
h3 { margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: start; font-weight: bold; color: #12436d; padding: .3rem 0; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem;
  border-bottom: 1px solid #c8c8c8; }
td.text { overflow-wrap: anywhere; min-width: 5rem; }
thead th { background: #e8eef4; border-bottom: 2px solid #12436d; }
.figure { text-align: end; white-space: nowrap; } .note { color: #555; font-size: .85rem; }
p { margin: .3rem 0; } nav { margin-bottom: 1.5rem; } article + article { margin-top: 5rem; }
@media print { body { margin: 0; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  nav { display: none; } article + article { break-before: page; } }
"""
HEADINGS = {"rule": "h3"}
"""Sections of these roles stand beneath the one before them."""
CLASSES = {"figure": "figure", "interval": "figure", "text": "text"}
"""How columns of these kinds are set."""


def pages_document(editions: Sequence[Edition], name: str) -> Document:
    """Return a report as one HTML file, self-contained and without scripts.

    Parameters
    ----------
    editions : sequence of Edition
        At least one; of the same report. What is not in the language of its edition is marked as
        being in another one.
    name : str
        Of the file.
    """
    first = editions[0]
    lines = [
        f"<!DOCTYPE html>\n<html{_tongue(first.language)}>",
        f'<head>\n<meta charset="utf-8">\n<title>{_title(first)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style>\n</head>\n<body>",
        *(_body(first) if len(editions) == 1 else _articles(editions)),
        "</body>\n</html>\n",
    ]
    return Document(name, "\n".join(lines).encode("utf-8", "replace"), "text/html")


def _tongue(tag: str) -> str:
    return f' lang="{escape(tag)}" dir="{direction_of(tag)}"'


def _title(edition: Edition) -> str:
    report, language = edition.report, edition.language
    return " · ".join(escape(say(one, language)) for one in (report.title, report.subtitle))


def _articles(editions: Sequence[Edition]) -> Iterator[str]:
    tags = [one.language for one in editions]
    links = (
        f'<a href="#{escape(tag)}"{_tongue(tag)}>{escape(Language(tag).name_of(tag))}</a>'
        for tag in tags
    )
    yield f"<nav>{' · '.join(links)}</nav>"
    for one in editions:
        yield f'<article id="{escape(one.language)}"{_tongue(one.language)}>'
        yield from _body(one)
        yield "</article>"


def _body(edition: Edition) -> Iterator[str]:
    report, language = edition.report, edition.language
    title, subtitle = (escape(say(one, language)) for one in (report.title, report.subtitle))
    publisher = escape(say(report.publisher.name, language))
    yield f"<header>\n<h1>{title}</h1>"
    yield f'<p>{subtitle}</p>\n<p class="note">{publisher}</p>'
    if report.life_cycle.embargo:
        until = Message("Embargoed until {moment}", {"moment": report.life_cycle.embargo})
        yield f'<p class="note">{escape(edition.text(until))}</p>'
    if report.synthetic:
        yield f'<p class="note">{escape(edition.text(SYNTHETIC_NOTICE))}</p>'
    yield "</header>"
    yield "<main>"
    for section in report.sections:
        yield from _section(edition, section)
    yield "</main>"


def _section(edition: Edition, section: Section) -> Iterator[str]:
    heading = HEADINGS.get(section.role, "h2")
    yield f"<section>\n<{heading}>{escape(edition.text(section.title))}</{heading}>"
    for block in section.blocks:
        if isinstance(block, Text):
            words = " ".join(edition.text(phrase) for phrase in block.phrases)
            yield f"<p>{escape(words)}</p>"
        elif isinstance(block, Table):
            yield from _table(edition, block)
    yield "</section>"


def _table(edition: Edition, table: Table) -> Iterator[str]:
    kinds = [_class(column.kind) for column in table.columns]
    yield f"<table>\n<caption>{escape(edition.text(table.title))}</caption>\n<thead><tr>"
    for column, kind in zip(table.columns, kinds, strict=True):
        yield f'<th scope="col"{kind}>{escape(edition.text(column.heading))}</th>'
    yield "</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = zip(row.cells, kinds, strict=True)
        written = (f"<td{kind}>{_cell(edition, cell)}</td>" for cell, kind in cells)
        yield f"<tr>{''.join(written)}</tr>"
    yield "</tbody>\n</table>"
    for note in table.notes:
        yield f'<p class="note">{escape(edition.text(note))}</p>'


def _class(kind: str) -> str:
    return f' class="{CLASSES[kind]}"' if kind in CLASSES else ""


def _cell(edition: Edition, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Figure | Interval):
        return f"<bdi>{escape(edition.number(cell))}</bdi>"
    return f"<bdi{_foreign(edition, cell)}>{escape(edition.text(cell))}</bdi>"


def _foreign(edition: Edition, cell: Cell) -> str:
    """Return the attributes of words that are there in another language only."""
    if not isinstance(cell, Said) or not cell.words:
        return ""
    tag = spoken(cell.words, edition.language)
    at_home = tag in {edition.language, edition.language.partition("-")[0], UNDETERMINED}
    return "" if at_home else _tongue(tag)
