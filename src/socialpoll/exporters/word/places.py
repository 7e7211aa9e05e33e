"""Where something stands in a Word file, in words that lead somebody there who opens it in Word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import w

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["BODY", "Map", "Place", "name_of_part", "own_text", "own_texts", "shortened"]

BODY = "word/document.xml"
NUMBERED = re.compile(r"word/(header|footer)(\d*)\.xml")
RELATIONS = re.compile(r"(.*?)_rels/(.*)\.rels")
NAMED = {
    BODY: "body",
    "word/footnotes.xml": "footnotes",
    "word/endnotes.xml": "endnotes",
    "word/comments.xml": "comments",
    "word/settings.xml": "settings",
    "word/styles.xml": "styles",
    "docProps/core.xml": "properties",
    "docProps/app.xml": "properties",
    "docProps/custom.xml": "properties",
}
SHOWN = 60
"""Letters of a paragraph that are told."""


def name_of_part(name: str) -> str:
    """Return what a part is called by those who see it in Word.

    Examples
    --------
    >>> name_of_part("word/document.xml"), name_of_part("word/header2.xml")
    ('body', 'header 2')
    >>> name_of_part("word/_rels/header2.xml.rels"), name_of_part("word/theme/theme1.xml")
    ('links of header 2', 'word/theme/theme1.xml')
    """
    links = RELATIONS.fullmatch(name)
    if links:
        return f"links of {name_of_part(links[1] + links[2])}" if links[2] else "links of the file"
    numbered = NUMBERED.fullmatch(name)
    if numbered:
        return f"{numbered[1]} {numbered[2]}".strip()
    return NAMED.get(name, name)


@dataclass(frozen=True)
class Place:
    """A place in a part.

    Parameters
    ----------
    part : str
        As it is called in Word.
    steps : tuple of (str, int)
        From the outside in, counted from 1: ``("table", 2), ("row", 1), ("cell", 3)``.
    text : str
        Of the paragraph, where there is one.
    """

    part: str
    steps: tuple[tuple[str, int], ...] = ()
    text: str = ""

    def __str__(self) -> str:
        """Write it: ``body, table 2, row 1, cell 3 ("{{ titel }}")``."""
        steps = ", ".join([self.part, *(f"{name} {number}" for name, number in self.steps)])
        return f'{steps} ("{self.text}")' if self.text else steps


class Map:
    """The places of a part.

    Paragraphs outside of tables are counted through, and so are the tables of a part; those inside
    a cell are counted in their cell.

    Parameters
    ----------
    part : str
        Its name in the package.
    root : lxml element
    """

    def __init__(self, part: str, root: _Element) -> None:
        self.part = name_of_part(part)
        self._numbers: dict[_Element, int] = {}
        self._places: dict[_Element, Place] = {}
        paragraphs = tables = 0
        for element in root.iter(w("p"), w("tbl")):
            if element.tag == w("tbl"):
                tables += 1
                self._numbers[element] = tables
            elif next(element.iterancestors(w("tbl")), None) is None:
                paragraphs += 1
                self._numbers[element] = paragraphs

    def place(self, element: _Element) -> Place:
        """Return the place of an element, by the paragraph or table that it stands in."""
        if element not in self._places:
            self._places[element] = self._found(element)
        return self._places[element]

    def _found(self, element: _Element) -> Place:
        steps: list[tuple[str, int]] = []
        text = ""
        for one in (element, *element.iterancestors()):
            if one.tag == w("tbl"):
                steps.append(("table", self._numbers.get(one, 1)))
                break
            for name, tag in (("row", "tr"), ("cell", "tc")):
                if one.tag == w(tag):
                    steps.append((name, _rank(one)))
            if one.tag == w("p"):
                text = text or shortened(own_text(one))
                if one in self._numbers:
                    steps.append(("paragraph", self._numbers[one]))
                elif _has_neighbours(one):
                    steps.append(("paragraph", _rank(one)))
        return Place(self.part, tuple(reversed(steps)), text)


def own_text(paragraph: _Element) -> str:
    """Return the words of a paragraph, without those of others inside it, as in a text box."""
    return "".join(text.text or "" for text in own_texts(paragraph))


def own_texts(paragraph: _Element) -> list[_Element]:
    """Return the elements that the words of a paragraph stand in, in their order."""
    texts = paragraph.iter(w("t"))
    return [text for text in texts if next(text.iterancestors(w("p")), None) is paragraph]


def _rank(element: _Element) -> int:
    return 1 + len([one for one in element.itersiblings(preceding=True) if one.tag == element.tag])


def _has_neighbours(paragraph: _Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and len(parent.findall(w("p"))) > 1


def shortened(text: str) -> str:
    """Return the beginning of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
