"""Fields that Word and others count by themselves: the number of a page, and of all pages."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import letters_of, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["PAGE", "PAGES", "set_fields", "uncounted"]

PAGE, PAGES = "\ufdd0", "\ufdd1"
"""Noncharacters that stand for the two numbers until a document is finished; no text has them."""
INSTRUCTIONS = {PAGE: "PAGE", PAGES: "NUMPAGES"}
MARKS = re.compile(f"([{PAGE}{PAGES}])")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def set_fields(root: _Element) -> None:
    """Put a field wherever a letter stands for one; changed in place.

    Parameters
    ----------
    root : lxml element
        Any part of a document that is filled in.
    """
    if not MARKS.search(letters_of(root)):
        return
    for text in list(root.iter(w("t"))):
        run = text.getparent()
        if run is None or not MARKS.search(text.text or ""):
            continue
        for made in _parts(run, text.text or ""):
            run.addprevious(made)
        parent = run.getparent()
        if parent is not None:
            parent.remove(run)


def uncounted(instruction: str) -> Iterator[_Element]:
    """Yield the runs of a field that shows nothing until somebody counts it."""
    from lxml import etree

    for kind in ("begin", "", "separate", "end"):
        run = etree.Element(w("r"))
        if kind:
            etree.SubElement(run, w("fldChar")).set(w("fldCharType"), kind)
        else:
            written = etree.SubElement(run, w("instrText"))
            written.set(SPACE, "preserve")
            written.text = f" {instruction} "
        yield run


def _counted(instruction: str, run: _Element) -> _Element:
    """Return a field that every program counts as it lays out the page."""
    from lxml import etree

    field = etree.Element(w("fldSimple"))
    field.set(w("instr"), f" {instruction} ")
    field.append(run)
    return field


def _parts(run: _Element, text: str) -> Iterator[_Element]:
    for piece in filter(None, MARKS.split(text)):
        if piece in INSTRUCTIONS:
            yield _counted(INSTRUCTIONS[piece], _run(run, "1"))
        else:
            yield _run(run, piece)


def _run(like: _Element, words: str) -> _Element:
    from lxml import etree

    made = etree.Element(w("r"))
    properties = like.find(w("rPr"))
    if properties is not None:
        made.append(deepcopy(properties))
    text = etree.SubElement(made, w("t"))
    text.text = words
    text.set(SPACE, "preserve")
    return made
