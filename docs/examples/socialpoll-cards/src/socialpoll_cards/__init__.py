"""Key findings as pictures for messaging apps: an exporter for socialpoll.

What is said of plugins in general stands in ``socialpoll_markdown``. This one shows how an exporter
draws: it requires matplotlib, imports it inside the functions that use it, and gives back bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Annotated

from pydantic import Field

from socialpoll import Document, Edition, Exporter, hookimpl
from socialpoll.report import Text
from socialpoll_cards.card import MEDIA_TYPE, Card, pages_of

__all__ = ["CardsOptions", "render", "socialpoll_exporters"]

MARKS = {"rtl": "\u200f", "ltr": "\u200e"}
"""Tell a plain text which way a line runs that begins with a foreign word."""


@dataclass(frozen=True, kw_only=True)
class CardsOptions:
    """Which cards are made.

    Parameters
    ----------
    most : int, optional
        Cards at most, a language; one for each finding where absent.
    captions : bool
        Whether the sentences stand beside the cards as text.
    """

    most: Annotated[int, Field(ge=1)] | None = None
    captions: bool = True


@hookimpl
def socialpoll_exporters() -> list[Exporter]:
    """Return the exporters of this plugin: one, ``cards``."""
    return [
        Exporter(
            name="cards",
            title="Key findings as square pictures for messaging apps, one a finding",
            media_type=MEDIA_TYPE,
            suffix=".png",
            render=render,
            options=CardsOptions,
            requires=("matplotlib>=3.11",),
        )
    ]


def render(edition: Edition, options: CardsOptions) -> Iterator[Document]:
    """Make the cards of an edition, in the order of its key findings.

    Parameters
    ----------
    edition : Edition
    options : CardsOptions

    Yields
    ------
    Document
        ``accounts-card-01-ar.png`` and so on, of a report named ``accounts``; the sentences as
        ``accounts-cards-ar.txt``.
    """
    card = Card(edition)
    stem = edition.report.name
    lines = []
    pages = (page for words in _findings(edition) for page in pages_of(card, words))
    for number, page in enumerate(islice(pages, options.most), start=1):
        name = f"{stem}-card-{number:02}-{edition.language}.png"
        yield Document(name, card.draw(page), MEDIA_TYPE)
        lines.append(f"{MARKS[edition.direction]}{name}: {page.words}\n")
    if options.captions and lines:
        name = f"{stem}-cards-{edition.language}.txt"
        yield Document(name, "".join(lines).encode(), "text/plain")


def _findings(edition: Edition) -> Iterator[str]:
    """Yield the key findings; where a report lists none, what leads it."""
    texts = [
        block
        for section in edition.report.sections
        if section.role == "headlines"
        for block in section.blocks
        if isinstance(block, Text)
    ]
    listed = [one for one in texts if one.style == "bullet"] or texts
    for text in listed:
        yield " ".join(" ".join(map(edition.text, text.phrases)).split())
