"""Pages of one file that loads nothing and runs nothing: a language, or several to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from socialpoll.exporters.webpage.covers import cover_lines, footer_lines
from socialpoll.exporters.webpage.drawing import Drawing
from socialpoll.exporters.webpage.look import look_of
from socialpoll.exporters.webpage.options import WebpageOptions
from socialpoll.exporters.webpage.sections import contents_lines, names_of, section_lines
from socialpoll.exporters.webpage.words import named, shown, tongue
from socialpoll.hooks import Document
from socialpoll.report import Edition, Message
from socialpoll.schema import say
from socialpoll.schema.legible import legible

__all__ = ["pages_document"]

NOTHING_LOADED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""What a browser may load for the page (W3C, Content Security Policy Level 3)."""


def pages_document(
    editions: Sequence[Edition], name: str, publication: WebpageOptions | None = None
) -> Document:
    """Return a report as one HTML file, self-contained and without scripts.

    Parameters
    ----------
    editions : sequence of Edition
        At least one; of the same report. The first is seen until a reader chooses another. What is
        not in the language of its edition is marked as being in another one.
    name : str
        Of the file.
    publication : WebpageOptions, optional
        How a publication is made, which says of itself what it is. Pages that are no publications,
        such as findings and codebooks, do without.

    Raises
    ------
    ReportError
        There are charts to draw, and nobody can.
    """
    first = editions[0]
    drawing = Drawing(publication or WebpageOptions(charts=False))
    body = [
        line
        for edition in editions
        for line in _edition(edition, editions, drawing, published=publication is not None)
    ]
    lines = [
        f"<!DOCTYPE html>\n<html{tongue(first.language)}>\n<head>",
        *_head(first, editions),
        "</head>\n<body>",
        *(["<main>", *body, "</main>"] if len(editions) > 1 else body),
        *drawing.outlines.lines(),
        "</body>\n</html>\n",
    ]
    return Document(name, "\n".join(lines).encode("utf-8", "replace"), "text/html")


def _head(first: Edition, editions: Sequence[Edition]) -> Iterator[str]:
    report, language = first.report, first.language
    names = [say(one, language) for one in (report.title, report.subtitle)]
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{NOTHING_LOADED}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(' · '.join(filter(None, names)))}</title>"
    known = {
        "dcterms.publisher": say(report.publisher.name, language),
        "dcterms.issued": str(report.life_cycle.release_date or ""),
        "dcterms.license": say(report.life_cycle.licence, language),
        "dcterms.hasVersion": legible(report.life_cycle.edition),
    }
    for name, content in known.items():
        if content:
            yield f'<meta name="{name}" content="{escape(content)}">'
    yield f"<style>\n{look_of(report.style, [one.language for one in editions])}</style>"


def _edition(
    edition: Edition, editions: Sequence[Edition], drawing: Drawing, *, published: bool
) -> Iterator[str]:
    """Yield a report in one language; its text is the main part where there is no other."""
    several = len(editions) > 1
    frame, text = ("article", "div") if several else ("div", "main")
    name = named(edition.language)
    yield f'<{frame} class="edition" id="{name}"{tongue(edition.language)}>'
    yield f'<a class="skip" href="#{name}-text">{shown(edition, Message("Skip to the text"))}</a>'
    yield from cover_lines(edition, editions, published=published)
    yield from contents_lines(edition)
    yield f'<{text} class="reading" id="{name}-text" tabindex="-1">'
    for section, own in zip(edition.report.sections, names_of(edition), strict=True):
        yield from section_lines(edition, section, own, drawing)
    yield f"</{text}>"
    if published:
        yield from footer_lines(edition)
    yield f"</{frame}>"
