"""The tags of a template, where they stand; those that are torn, too long or too many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from socialpoll.errors import Problem
from socialpoll.exporters.word.ooxml import local, w
from socialpoll.exporters.word.places import Map, own_text

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["OF_A_CELL", "TAG", "Tag", "TagFinder", "bare", "words_of"]

TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
OPENING = re.compile(r"\{[{%#]")
EDGE = re.compile(r"\{[{%#]|[}%#]\}")
CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
PREFIX = re.compile(r"(tr|tc|p|r)\s+")
OF_A_CELL = ("colspan", "cellbg")
"""Words of docxtpl before a variable, which becomes a property of the cell."""
TYPOGRAPHIC = str.maketrans("“”‘’", "\"\"''")
LONGEST = 500
"""Letters of a tag."""
MOST = 5_000
"""Tags of a part."""


@dataclass(frozen=True, eq=False)
class Tag:
    """A tag of a template.

    Parameters
    ----------
    written : str
        As it stands there.
    element : lxml element
        The paragraph that it stands in, or the element that has it in an attribute.
    """

    written: str
    element: _Element

    @property
    def in_attribute(self) -> bool:
        """Whether it stands in a property, such as the sentence of a picture."""
        return self.element.tag != w("p")

    @property
    def takes(self) -> str:
        """The element that leaves with it: ``p``, ``tc``, ``tr`` or ``r``; empty for none."""
        found = PREFIX.match(self.written[2:])
        return found[1] if found else ""

    @property
    def word(self) -> str:
        """The first word of a statement, such as ``for``; empty where it is none."""
        words = bare(self.written).split(maxsplit=1)
        return words[0] if words and self.written.startswith("{%") else ""

    @property
    def merges(self) -> bool:
        """Whether it takes the blanks and paragraphs beside it away."""
        return self.written[2:3] == "-" or self.written[-3:-2] == "-"


def words_of(written: str) -> str:
    """Return what stands between the braces of a tag, on one line."""
    return " ".join(written[2:-2].translate(TYPOGRAPHIC).strip("- \n\t").split())


def bare(written: str) -> str:
    """Return what a tag says to Jinja, without the letters that it has for docxtpl.

    Examples
    --------
    >>> bare("{%p for section  in sections %}"), bare("{% colspan column.span %}")
    ('for section in sections', 'column.span')
    """
    words = words_of(written)
    if PREFIX.match(written[2:]):
        words = PREFIX.sub("", words, count=1)
    for word in OF_A_CELL:
        words = words.removeprefix(f"{word} ")
    return words


class TagFinder:
    """Finds the tags of a part.

    Parameters
    ----------
    places : Map
        Of the part.
    root : lxml element

    Attributes
    ----------
    tags : list of Tag
        In the order of the part.
    problems : list of Problem
        Tags that are torn, stand where none is filled in, or are too many or too long.
    """

    def __init__(self, places: Map, root: _Element) -> None:
        self.places = places
        self.tags: list[Tag] = []
        self.problems: list[Problem] = []
        for element in root.iter():
            if isinstance(element.tag, str):
                self._look_at(element)
            if len(self.tags) > MOST:
                self.problems = [Problem("too many tags", places.part, "", f"{MOST:,}")]
                self.tags = []
                break

    def _look_at(self, element: _Element) -> None:
        # The code of a field is looked at for itself.
        if local(element) in ("fldSimple", "instrText"):
            return
        for text in element.attrib.values():
            self._read(str(text), element)
        if element.tag == w("p"):
            self._read(own_text(element), element)
        elif element.tag != w("t") and OPENING.search(element.text or ""):
            found = (element.text or "").strip()
            self._say("a tag where none is filled in", element, found, "write it in a paragraph")

    def _read(self, text: str, element: _Element) -> None:
        opened: re.Match[str] | None = None
        for edge in EDGE.finditer(text):
            if opened is None and edge[0] in CLOSING:
                opened = edge
            elif opened is not None and edge[0] == CLOSING[opened[0]]:
                self._keep(text[opened.start() : edge.end()], element)
                opened = None
            elif edge[0] in CLOSING or (opened is None and edge[0] != "#}"):
                opened = opened or edge
                break
        # What follows half a tag cannot be told from what is in it.
        if opened is not None:
            self._torn(text, opened, element)

    def _keep(self, written: str, element: _Element) -> None:
        if len(written) > LONGEST:
            self._say("a tag that is too long", element, f"{written[:40]}…", "say it shorter")
        self.tags.append(Tag(written, element))

    def _torn(self, text: str, edge: re.Match[str], element: _Element) -> None:
        found = text[edge.start() :][:40] if edge[0] in CLOSING else text[: edge.end()][-40:]
        advice = "a tag begins and ends in one paragraph: {{ title }}, {% if title %}"
        self._say("half a tag", element, found, advice)

    def _say(self, what: str, element: _Element, found: str, advice: str) -> None:
        self.problems.append(Problem(what, str(self.places.place(element)), found, advice=advice))
