"""What stays together on a page: a heading with what it is about, a picture with its notes."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import ensure, put, style_of, styled, value, w
from socialpoll.exporters.word.styles import FACING, NOTE_STYLE, PICTURE_STYLE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from lxml.etree import _Element

__all__ = ["hold_together"]

INTRODUCED = 3
"""Paragraphs beneath a heading, or rows of facing ones, that the next one shares a page with."""


def hold_together(body: _Element, headings: Collection[str]) -> None:
    """Keep paragraphs on the page of the next one; changed in place.

    Parameters
    ----------
    body : lxml element
        A document that is filled in.
    headings : collection of str
        Their styles.
    """
    for style, paragraph in styled(body, {*headings, PICTURE_STYLE}):
        if style in headings:
            _keep(_introductions(paragraph, headings))
        else:
            notes = list(takewhile(_is_note, paragraph.itersiblings()))
            _keep(notes[:-1])


def _is_note(paragraph: _Element) -> bool:
    return style_of(paragraph) == NOTE_STYLE


def _introductions(heading: _Element, headings: Collection[str]) -> Sequence[_Element]:
    """Return the texts right beneath a heading; none where the section ends with them."""
    facing = heading.getnext()
    if facing is not None and value(facing.find(f"{w('tblPr')}/{w('tblStyle')}")) == FACING:
        return _first_rows(facing)
    several = list(takewhile(lambda one: one.tag == w("p"), heading.itersiblings()))[
        : INTRODUCED + 1
    ]
    texts = list(takewhile(lambda one: style_of(one) not in headings, several))
    return texts[:INTRODUCED] if len(texts) > INTRODUCED else texts[:-1]


def _first_rows(facing: _Element) -> Sequence[_Element]:
    """Return the paragraphs of the first rows, and of the last but one: none is left alone."""
    rows = facing.findall(w("tr"))[:-1]
    held = [*rows[:INTRODUCED], *rows[INTRODUCED:][-1:]]
    return [paragraph for row in held for paragraph in row.iter(w("p"))]


def _keep(paragraphs: Iterable[_Element]) -> None:
    for paragraph in paragraphs:
        # A picture knows by itself whether it waits; elsewhere a template may have switched it off.
        if style_of(paragraph) != PICTURE_STYLE:
            put(ensure(paragraph, "pPr"), "keepNext").attrib.clear()
