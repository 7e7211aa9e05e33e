"""What stands above and beneath the text: title, publisher and dates; what a publication is."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from socialpoll.exporters.facts import cover_of, facts_of
from socialpoll.exporters.webpage.words import named, shown, tongue
from socialpoll.report import SYNTHETIC_NOTICE, Edition, Message, Said
from socialpoll.report.language import Language

__all__ = ["cover_lines", "data_uri", "footer_lines"]


def cover_lines(edition: Edition, editions: Sequence[Edition], *, published: bool) -> Iterator[str]:
    """Yield the header of an edition.

    Parameters
    ----------
    edition : Edition
    editions : sequence of Edition
        All on the page; links lead from one to another.
    published : bool
        Whether it is a publication, which has dates and a status.
    """
    report = edition.report
    yield '<header class="cover">'
    if len(editions) > 1:
        yield from _languages(edition, editions)
    if report.style.logo is not None:
        logo = report.style.logo
        alt = escape(edition.text(Said(logo.alt)))
        source = data_uri(logo.media_type, logo.content)
        yield f'<p class="logo"><img src="{source}" alt="{alt}"></p>'
    yield f"<p>{shown(edition, Said(report.publisher.name))}</p>"
    yield f"<h1>{shown(edition, Said(report.title))}</h1>"
    if report.subtitle:
        yield f'<p class="lead">{shown(edition, Said(report.subtitle))}</p>'
    if published:
        yield from (f"<p>{escape(line)}</p>" for line in cover_of(facts_of(edition))[:1])
    if report.life_cycle.embargo:
        until = Message("Embargoed until {moment}", {"moment": report.life_cycle.embargo})
        yield f'<p class="warning">{shown(edition, until)}</p>'
    if report.synthetic:
        yield f'<p class="warning">{shown(edition, SYNTHETIC_NOTICE)}</p>'
    yield "</header>"


def _languages(edition: Edition, editions: Sequence[Edition]) -> Iterator[str]:
    """Yield links to the other languages, each by its own name."""
    yield f'<nav class="languages" aria-label="{shown(edition, Message("Language"))}">\n<ul>'
    for tag in (one.language for one in editions):
        name = escape(Language(tag).name_of(tag))
        if tag == edition.language:
            yield f'<li><span aria-current="true">{name}</span></li>'
        else:
            link = f'href="#{named(tag)}" hreflang="{escape(tag)}"{tongue(tag)}'
            yield f"<li><a {link}>{name}</a></li>"
    yield "</ul>\n</nav>"


def footer_lines(edition: Edition) -> Iterator[str]:
    """Yield what a publication says of itself, as words: nothing on a page leads elsewhere."""
    yield f"<footer>\n<h2>{shown(edition, Message('About this publication'))}</h2>\n<dl>"
    for fact in facts_of(edition):
        yield f"<dt>{escape(fact['label'])}</dt><dd><bdi>{escape(fact['text'])}</bdi></dd>"
    yield "</dl>"
    if edition.report.synthetic:
        yield f'<p class="warning">{shown(edition, SYNTHETIC_NOTICE)}</p>'
    yield "</footer>"


def data_uri(media_type: str, content: bytes) -> str:
    """Return a file as an address that holds all of it."""
    return f"data:{escape(media_type)};base64,{b64encode(content).decode('ascii')}"
