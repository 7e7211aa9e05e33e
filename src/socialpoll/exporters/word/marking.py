"""Paragraphs and runs that are in a language of their own, as their template marked them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import child_of, put, value, w
from socialpoll.report.language import direction_of

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["own_languages", "settle_language"]

OF_A_MARK = [w("rPr"), w("pPr"), w("p")]
"""What the language of the mark of a paragraph stands in; that of words stands in their run."""


def own_languages(root: _Element) -> dict[_Element, str]:
    """Return the paragraphs whose mark has a language that is not just that of the document.

    Parameters
    ----------
    root : lxml element
        Any part of a document.

    Returns
    -------
    dict of lxml element to str
        Each paragraph with its language.
    """
    found: dict[_Element, str] = {}
    for language in root.iter(w("lang")):
        around = list(islice(language.iterancestors(), len(OF_A_MARK)))
        if [one.tag for one in around] == OF_A_MARK and value(language):
            found[around[-1]] = value(language)
    return found


def settle_language(properties: _Element, language: str) -> None:
    """Give a run, or the mark of a paragraph, its own language where Word looks for it.

    Word keeps a language for each direction: of a mark that runs to the left it reads none that is
    meant for the other one.

    Parameters
    ----------
    properties : lxml element
        Of a run of one direction, or of the mark; changed in place.
    language : str
        With its region.
    """
    spoken = put(properties, "lang")
    if direction_of(language) == "rtl":
        spoken.attrib.pop(w("val"), None)
        spoken.set(w("bidi"), language)
    elif child_of(properties, "rtl") is None:
        spoken.set(w("val"), language)
