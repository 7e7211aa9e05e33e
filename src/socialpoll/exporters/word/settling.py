"""Paragraphs of a template get the language of the words that they show, before it is filled in.

Word keeps language and direction with the paragraph, where nobody sees them; who writes a template
need not think of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from typing import TYPE_CHECKING

from socialpoll.exporters.word.contract import OTHER
from socialpoll.exporters.word.held import spoken_in
from socialpoll.exporters.word.languages import mark_of, word_language
from socialpoll.exporters.word.ooxml import child_of, ensure, put, w
from socialpoll.exporters.word.places import own_text, own_texts
from socialpoll.exporters.word.tags import TAG, bare
from socialpoll.exporters.word.uses import Use

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["settle_paragraphs"]

LINE = re.compile(r".*\.tables\[\]\..*\[\]\.text")
"""A text that says itself in which language it is."""


def settle_paragraphs(uses: Sequence[Use], languages: Sequence[str]) -> None:
    """Give the paragraphs of a template their languages; changed in place.

    A paragraph is in the language of the words that it shows. In one that shows both, the direction
    of the document leads, and words of the second language are kept apart by marks.

    Parameters
    ----------
    uses : sequence of Use
        Of the variables in its tags.
    languages : sequence of str
        Of the document, the leading one first.
    """
    shown: defaultdict[_Element, list[Use]] = defaultdict(list)
    for use in uses:
        if use.shown and (spoken_in(use) or LINE.fullmatch(use.name)):
            shown[use.tag.element].append(use)
    for paragraph, several in shown.items():
        _unsettle(paragraph)
        own = {spoken_in(use) for use in several}
        if "" in own:
            _settle_line(paragraph, several)
        elif own == {OTHER} and len(languages) > 1:
            _set_language(paragraph, word_language(languages[1]))
        elif len(own) > 1 and len(languages) > 1:
            _set_apart(paragraph, several, languages[1])


def _unsettle(paragraph: _Element) -> None:
    """Take away what somebody, or Word by itself, has said of language and direction."""
    properties = child_of(paragraph, "pPr")
    if properties is not None:
        marks = child_of(properties, "rPr")
        _drop(properties, "bidi")
        if marks is not None:
            _drop(marks, "lang")
    for table in paragraph.iterancestors(w("tbl")):
        of_table = child_of(table, "tblPr")
        if of_table is not None:
            _drop(of_table, "bidiVisual")


def _drop(properties: _Element, name: str) -> None:
    found = child_of(properties, name)
    if found is not None:
        properties.remove(found)


def _settle_line(paragraph: _Element, several: Sequence[Use]) -> None:
    line = next(use for use in several if not spoken_in(use))
    # A loop inside the paragraph begins after the place where its language stands.
    if not any(bare(tag).startswith("for ") for tag in TAG.findall(own_text(paragraph))):
        of, _, _ = line.written.rpartition(".")
        _set_language(paragraph, f"{{{{ {of}.tag }}}}")


def _set_language(paragraph: _Element, language: str) -> None:
    put(put(ensure(paragraph, "pPr"), "rPr"), "lang", val=language)


def _set_apart(paragraph: _Element, several: Sequence[Use], language: str) -> None:
    """Mark words of the second language in a paragraph that shows those of the first one, too."""
    others = {use.tag.written for use in several if spoken_in(use) == OTHER}
    for run in paragraph.iter(w("r")):
        written = "".join(text.text or "" for text in run.iter(w("t")))
        tags = [tag for tag in TAG.findall(written) if tag.startswith("{{")]
        if tags and others.issuperset(tags):
            put(ensure(run, "rPr"), "lang", val=word_language(language))
    _set_marks(paragraph, others, mark_of(language))


def _set_marks(paragraph: _Element, tags: Container[str], mark: str) -> None:
    """Write a mark on both sides of some tags, whose letters may be spread over several runs."""
    found = [one for one in TAG.finditer(own_text(paragraph)) if one[0] in tags]
    starts, ends = {one.start() for one in found}, {one.end() for one in found}
    place = 0
    for text in own_texts(paragraph):
        marked = ""
        for letter in text.text or "":
            before = mark if place in starts else ""
            place += 1
            marked += before + letter + (mark if place in ends else "")
        text.text = marked
