"""What stays together on a page: a heading with what it is about, a picture with its notes."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import ensure, put, style_of, w
from socialpoll.exporters.word.styles import NOTE_STYLE, PICTURE_STYLE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from lxml.etree import _Element

__all__ = ["hold_together"]

INTRODUCED = 3
"""Paragraphs beneath a heading that do not end a page; the next one goes on there with them."""


def hold_together(body: _Element, headings: Container[str]) -> None:
    """Keep paragraphs on the page of the next one; changed in place.

    Parameters
    ----------
    body : lxml element
        A document that is filled in.
    headings : container of str
        Their styles.
    """
    for paragraph in body.iter(w("p")):
        style = style_of(paragraph)
        if style in headings:
            _keep(_introductions(paragraph, headings))
        elif style == PICTURE_STYLE:
            notes = list(
                takewhile(lambda one: style_of(one) == NOTE_STYLE, paragraph.itersiblings())
            )
            _keep(notes[:-1])


def _introductions(heading: _Element, headings: Container[str]) -> Sequence[_Element]:
    """Return the texts right beneath a heading; none where the section ends with them."""
    several = list(takewhile(lambda one: one.tag == w("p"), heading.itersiblings()))[
        : INTRODUCED + 1
    ]
    texts = list(takewhile(lambda one: style_of(one) not in headings, several))
    return texts[:INTRODUCED] if len(texts) > INTRODUCED else texts[:-1]


def _keep(paragraphs: Iterable[_Element]) -> None:
    for paragraph in paragraphs:
        put(ensure(paragraph, "pPr"), "keepNext")
