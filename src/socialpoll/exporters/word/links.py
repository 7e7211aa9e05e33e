"""Links of a Word file with the words that they show, however the program writes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Link", "links_of"]

PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
LINK = "HYPERLINK"
"""ISO/IEC 29500-1:2016, 17.16.5.25: the field that is a link."""


@dataclass
class Link:
    """A link: an element of its own, or a field.

    Attributes
    ----------
    element : lxml element
        Where it begins.
    code : str
        What a field says that it is.
    words : str
        All that can be read of it.
    pictured : bool
        Whether it shows a picture that has a sentence.
    shown : bool
        Whether what comes next is shown; before that, a field says what it is.
    """

    element: _Element
    code: str = LINK
    words: str = ""
    pictured: bool = False
    shown: bool = True

    @property
    def text(self) -> str:
        """Return the words, parted by single blanks."""
        return " ".join(self.words.split())

    @property
    def leads(self) -> bool:
        """Tell whether it is a link, and no field of another kind."""
        return self.code.upper().split(maxsplit=1)[:1] == [LINK]

    def see(self, element: _Element) -> None:
        """Take in something that stands in it."""
        if element.tag == w("instrText"):
            self.code += "" if self.shown else element.text or ""
        elif self.shown and element.tag == w("t"):
            self.words += element.text or ""
        elif self.shown and element.tag == PICTURE:
            self.pictured = self.pictured or bool(element.get("descr", "").strip())


def links_of(root: _Element) -> Iterator[Link]:
    """Yield the links of a part: the elements first, then the fields as they end.

    Parameters
    ----------
    root : lxml element
        Any part of a document.
    """
    for element in root.iter(w("hyperlink"), w("fldSimple")):
        link = Link(element, value(element, "instr") or LINK)
        for one in element.iter(w("t"), PICTURE):
            link.see(one)
        if link.leads:
            yield link
    yield from (one for one in _fields(root) if one.leads)


def _fields(root: _Element) -> Iterator[Link]:
    """Yield the fields that have a beginning and an end; one may stand inside another."""
    opened: list[Link] = []
    for element in root.iter(w("fldChar"), w("instrText"), w("t"), PICTURE):
        kind = value(element, "fldCharType")
        if kind == "begin":
            opened.append(Link(element, code="", shown=False))
        elif kind == "separate" and opened:
            opened[-1].shown = True
        elif kind == "end" and opened:
            yield opened.pop()
        elif element.tag == w("instrText"):
            for one in opened[-1:]:
                one.see(element)
        else:
            for one in opened:
                one.see(element)
