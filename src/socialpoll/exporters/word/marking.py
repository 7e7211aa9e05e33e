"""Paragraphs and runs that are in a language of their own, as their template marked them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import child_of, ensure, put, value, w
from socialpoll.report.language import direction_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["own_language", "settle_language"]


def own_language(paragraph: _Element | None) -> str:
    """Return the language of the mark of a paragraph, empty where it is that of the document.

    Parameters
    ----------
    paragraph : lxml element, optional
    """
    found = paragraph
    for name in ("pPr", "rPr", "lang"):
        found = None if found is None else child_of(found, name)
    return value(found)


def settle_language(paragraph: _Element, language: str) -> None:
    """Give a paragraph of its own language that language where Word looks for it.

    Word keeps a language for each direction: of a mark that runs to the left it reads none that is
    meant for the other one.

    Parameters
    ----------
    paragraph : lxml element
        Its runs split by direction; changed in place.
    language : str
        With its region.
    """
    to_the_left = direction_of(language) == "rtl"
    properties = [ensure(ensure(paragraph, "pPr"), "rPr")]
    properties += [ensure(run, "rPr") for run in paragraph.iter(w("r"))]
    for one in properties:
        spoken = put(one, "lang")
        if to_the_left:
            spoken.attrib.pop(w("val"), None)
            spoken.set(w("bidi"), language)
        elif child_of(one, "rtl") is None:
            spoken.set(w("val"), language)
