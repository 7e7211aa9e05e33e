"""The table of contents: its entries lead to the headings of the document that is finished.

Each entry ends with a field for the page of its heading. Whoever lays out pages fills these in:
LibreOffice when it opens the document, Word when it prints it or shows how it will be printed. A
field of contents around them would be shown by LibreOffice as it was written, and Word can only
be told to count at once by asking its reader first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from socialpoll.exporters.word.fields import uncounted
from socialpoll.exporters.word.ooxml import ensure, put, styled, value, w
from socialpoll.exporters.word.styles import CONTENTS, ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element

__all__ = ["fill_contents", "heading_levels"]


BETWEEN_LANGUAGES = " · "


def heading_levels(styles: _Element) -> dict[str, int]:
    """Return the level of every heading style, the first as 0.

    Parameters
    ----------
    styles : lxml element
        The styles part.
    """
    found = (
        (value(one, "styleId"), value(one.find(f"{w('pPr')}/{w('outlineLvl')}")))
        for one in styles.iter(w("style"))
    )
    return {style: int(level) for style, level in found if level}


def fill_contents(body: _Element, levels: Mapping[str, int]) -> None:
    """Put entries where a paragraph of the style Contents stands; changed in place.

    Parameters
    ----------
    body : lxml element
        A document that is filled in.
    levels : mapping of str to int
        As :func:`heading_levels` returns them; deeper ones than there are entries stay out.
    """
    places = [place for _, place in styled(body, {CONTENTS})]
    if not places:
        return
    headings = [(levels[style], one) for style, one in styled(body, levels)]
    listed = list(_listed(headings))
    for place in places:
        for name, level, words in listed:
            place.addprevious(_entry(name, level, words))
        parent = place.getparent()
        if parent is not None:
            parent.remove(place)


def _listed(headings: Sequence[tuple[int, _Element]]) -> Iterator[tuple[str, int, str]]:
    """Yield bookmark, level and words of every heading, which is given its bookmark."""
    listed = [(level, heading) for level, heading in headings if level < len(ENTRIES)]
    for number, (level, heading) in enumerate(listed, start=1):
        words = "".join(_words(one) for one in heading.iter(w("t"), w("br")))
        name = f"_Toc{number:06}"
        _set_bookmark(heading, number, name)
        yield name, level, words


def _words(element: _Element) -> str:
    """Return a text of a heading; its lines are parted by a point where one is in two languages."""
    if element.tag == w("t"):
        return element.text or ""
    run = element.getparent()
    own = None if run is None else run.find(f"{w('rPr')}/{w('lang')}")
    return " " if own is None else BETWEEN_LANGUAGES


def _set_bookmark(heading: _Element, number: int, name: str) -> None:
    from lxml import etree

    start, end = (etree.Element(w(f"bookmark{one}")) for one in ("Start", "End"))
    start.set(w("id"), str(number))
    start.set(w("name"), name)
    end.set(w("id"), str(number))
    ensure(heading, "pPr").addnext(start)
    heading.append(end)


def _entry(name: str, level: int, words: str) -> _Element:
    from lxml import etree

    entry = etree.Element(w("p"))
    put(ensure(entry, "pPr"), "pStyle", val=ENTRIES[level])
    link = etree.SubElement(entry, w("hyperlink"))
    link.set(w("anchor"), name)
    link.set(w("history"), "1")
    run = etree.SubElement(link, w("r"))
    etree.SubElement(run, w("t")).text = words
    etree.SubElement(etree.SubElement(link, w("r")), w("tab"))
    link.extend(uncounted(f"PAGEREF {name} \\h"))
    return entry
