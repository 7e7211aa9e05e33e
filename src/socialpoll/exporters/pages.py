"""Reports as one page that loads nothing: a language, or several beneath each other."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from socialpoll.exporters.page_tables import TABLE_STYLE, table_lines, tongue
from socialpoll.hooks import Document
from socialpoll.report import (
    SYNTHETIC_NOTICE,
    Block,
    Edition,
    Message,
    Picture,
    Section,
    Table,
    Text,
)
from socialpoll.report.language import Language
from socialpoll.schema.texts import say

__all__ = ["pages_document"]

STYLE = """
body { font-family: "Noto Sans", "Noto Sans Arabic", Arial, sans-serif; line-height: 1.5;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1d1d1d; background: #fff; }
h1, h2, h3 { color: var(--primary); }
h2 { border-bottom: 2px solid var(--primary); margin-top: 2.5rem; }
h3 { margin: 2rem 0 .5rem; }
.note { color: #555; font-size: .85rem; }
figure { margin: 1.5rem 0; } figcaption { color: #555; font-size: .85rem; }
img { max-width: 100%; height: auto; } li { margin: .3rem 0; } li::marker { color: var(--primary); }
p { margin: .3rem 0; } nav { margin-bottom: 1.5rem; } article + article { margin-top: 5rem; }
@media print { body { margin: 0; } tr { break-inside: avoid; } h2, h3 { break-after: avoid; }
  nav { display: none; } article + article { break-before: page; } }
"""
NUMBERED = {"recommendations": "ol"}
"""Lists in sections of these roles are not those of bullets."""
HEADINGS = {"rule": "h3"}
"""Sections of these roles stand beneath the one before them."""


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
        f"<!DOCTYPE html>\n<html{tongue(first.language)}>",
        f'<head>\n<meta charset="utf-8">\n<title>{_title(first)}</title>',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<style>{_colours(first)}{STYLE}{TABLE_STYLE}</style>\n</head>\n<body>",
        *(_body(first) if len(editions) == 1 else _articles(editions)),
        "</body>\n</html>\n",
    ]
    return Document(name, "\n".join(lines).encode("utf-8", "replace"), "text/html")


def _colours(edition: Edition) -> str:
    return f"\n:root {{ --primary: {edition.report.style.primary}; }}"


def _title(edition: Edition) -> str:
    report, language = edition.report, edition.language
    return " · ".join(escape(say(one, language)) for one in (report.title, report.subtitle))


def _articles(editions: Sequence[Edition]) -> Iterator[str]:
    tags = [one.language for one in editions]
    links = (
        f'<a href="#{escape(tag)}"{tongue(tag)}>{escape(Language(tag).name_of(tag))}</a>'
        for tag in tags
    )
    yield f"<nav>{' · '.join(links)}</nav>"
    for one in editions:
        yield f'<article id="{escape(one.language)}"{tongue(one.language)}>'
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
    for listed, blocks in groupby(section.blocks, key=_is_item):
        if listed:
            yield from _list(edition, blocks, NUMBERED.get(section.role, "ul"))
        else:
            for block in blocks:
                yield from _block(edition, block)
    yield "</section>"


def _is_item(block: Block) -> bool:
    return isinstance(block, Text) and block.style == "bullet"


def _list(edition: Edition, items: Iterable[Block], kind: str) -> Iterator[str]:
    yield f"<{kind}>"
    yield from (f"<li>{_words(edition, one)}</li>" for one in items if isinstance(one, Text))
    yield f"</{kind}>"


def _block(edition: Edition, block: Block) -> Iterator[str]:
    if isinstance(block, Text):
        yield f"<p>{_words(edition, block)}</p>"
    elif isinstance(block, Table):
        yield from table_lines(edition, block)
    elif isinstance(block, Picture):
        yield from _picture(edition, block)


def _words(edition: Edition, text: Text) -> str:
    return escape(" ".join(edition.text(phrase) for phrase in text.phrases))


def _picture(edition: Edition, picture: Picture) -> Iterator[str]:
    """Yield a picture inside the page, as wide as on paper or narrower."""
    content = b64encode(picture.content).decode("ascii")
    yield (
        f'<figure><img src="data:{escape(picture.media_type)};base64,{content}"'
        f' alt="{escape(edition.alt(picture))}" style="width: {picture.width:g}cm">'
    )
    if picture.caption is not None:
        yield f"<figcaption>{escape(edition.text(picture.caption))}</figcaption>"
    yield "</figure>"
