"""Codebooks as documents: Word and a page, one a language; one table for all languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Literal, TypeAlias

from socialpoll.exporters.feed import harmless
from socialpoll.hooks import Document
from socialpoll.report import Cell, Edition, Figure, Interval, Section, Table, Text
from socialpoll.schema import say

if TYPE_CHECKING:
    from socialpoll.report.codebooks import Codebook

__all__ = ["CodebookFormat", "codebook_documents"]

CodebookFormat: TypeAlias = Literal["word", "html", "csv"]
STYLE = """
body { font-family: "Noto Sans", "Noto Sans Arabic", Arial, sans-serif; line-height: 1.5;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d1d1d; background: #fff; }
h1, h2 { color: #12436d; } h2 { border-bottom: 2px solid #12436d; margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: start; font-weight: bold; color: #12436d; padding: .3rem 0; }
th, td { text-align: start; vertical-align: top; padding: .3rem .6rem;
  border-bottom: 1px solid #c8c8c8; }
thead th { background: #e8eef4; border-bottom: 2px solid #12436d; }
.figure { text-align: end; white-space: nowrap; } .note { color: #555; font-size: .85rem; }
p { margin: .3rem 0; }
@media print { body { margin: 0; } tr { break-inside: avoid; } h2 { break-after: avoid; } }
"""


def codebook_documents(
    codebook: Codebook, formats: Sequence[CodebookFormat], languages: Sequence[str]
) -> Iterator[Document]:
    """Yield a codebook in several formats.

    Parameters
    ----------
    codebook : Codebook
    formats : sequence of {"word", "html", "csv"}
    languages : sequence of str
        Among those of the codebook.

    Yields
    ------
    Document
        ``codebook-ar.docx``, ``codebook-ar.html``; ``codebook.csv``, which is in all languages.
        The same codebook gives the same bytes.
    """
    for one in formats:
        if one == "csv":
            yield _table_of(codebook)
            continue
        for tag in languages:
            edition = Edition(codebook.report, (tag,))
            yield _word(edition) if one == "word" else _page(edition)


def _word(edition: Edition) -> Document:
    from socialpoll.exporters.word import render

    (made,) = render(edition)
    return replace(made, name=f"codebook-{edition.language}.docx")


def _table_of(codebook: Codebook) -> Document:
    # The table is for spreadsheets, which would calculate words that look like a formula.
    content = (
        codebook.frame.map(harmless).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    )
    return Document("codebook.csv", content, "text/csv")


def _page(edition: Edition) -> Document:
    report, language = edition.report, edition.language
    title, subtitle = (escape(say(one, language)) for one in (report.title, report.subtitle))
    publisher = escape(say(report.publisher.name, language))
    parts = [
        f'<!DOCTYPE html>\n<html lang="{escape(language)}" dir="{edition.direction}">',
        f'<head>\n<meta charset="utf-8">\n<title>{title} · {subtitle}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>",
        f'<p>{subtitle}</p>\n<p class="note">{publisher}</p>\n</header>',
        "<main>",
        *(part for section in report.sections for part in _section(edition, section)),
        "</main>\n</body>\n</html>\n",
    ]
    name = f"codebook-{language}.html"
    return Document(name, "\n".join(parts).encode("utf-8", "replace"), "text/html")


def _section(edition: Edition, section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(edition.text(section.title))}</h2>"
    for block in section.blocks:
        if isinstance(block, Text):
            words = " ".join(edition.text(phrase) for phrase in block.phrases)
            yield f"<p>{escape(words)}</p>"
        elif isinstance(block, Table):
            yield from _html_table(edition, block)
    yield "</section>"


def _html_table(edition: Edition, table: Table) -> Iterator[str]:
    kinds = [_class(column.kind) for column in table.columns]
    yield f"<table>\n<caption>{escape(edition.text(table.title))}</caption>\n<thead><tr>"
    for column, kind in zip(table.columns, kinds, strict=True):
        yield f'<th scope="col"{kind}>{escape(edition.text(column.heading))}</th>'
    yield "</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = zip(row.cells, kinds, strict=True)
        written = (f"<td{kind}><bdi>{_cell(edition, cell)}</bdi></td>" for cell, kind in cells)
        yield f"<tr>{''.join(written)}</tr>"
    yield "</tbody>\n</table>"
    for note in table.notes:
        yield f'<p class="note">{escape(edition.text(note))}</p>'


def _class(kind: str) -> str:
    return ' class="figure"' if kind in {"figure", "interval"} else ""


def _cell(edition: Edition, cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Figure | Interval):
        return escape(edition.number(cell))
    return escape(edition.text(cell))
