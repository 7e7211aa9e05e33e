"""Names of WordprocessingML, and the order in which Word wants the children of its properties."""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml.etree import _Element

__all__ = [
    "W",
    "child_of",
    "ensure",
    "letters_of",
    "local",
    "parse",
    "put",
    "serialise",
    "style_of",
    "styled",
    "value",
    "w",
]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr"
    " shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE"
    " autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents"
    " suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle"
    " rPr sectPr pPrChange"
)
RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof"
    " snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd"
    " fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
)
TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc"
    " tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    " tblPrChange"
)
CELL = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign"
    " hideMark headers cellIns cellDel cellMerge tcPrChange"
)
SECTION = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders"
    " lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter"
    " docGrid printerSettings sectPrChange"
)
ORDER = {
    "pPr": PARAGRAPH.split(),
    "rPr": RUN.split(),
    "tblPr": TABLE.split(),
    "tcPr": CELL.split(),
    "sectPr": SECTION.split(),
}
"""ISO/IEC 29500-1:2016, Annex A: Word refuses what stands elsewhere."""


@cache
def w(name: str) -> str:
    """Return the name of a WordprocessingML element or attribute as lxml writes it."""
    return f"{{{W}}}{name}"


def local(element: _Element) -> str:
    """Return the name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: _Element | None, attribute: str = "val") -> str:
    """Return a WordprocessingML attribute, empty where element or attribute is not there."""
    return "" if element is None else element.get(w(attribute), "")


def child_of(parent: _Element, name: str) -> _Element | None:
    """Return the first child of a name, None where there is none."""
    # A path takes several times as long, and what is looked for stands near the start.
    tag = w(name)
    for child in parent:
        if child.tag == tag:
            return child
    return None


def style_of(paragraph: _Element) -> str:
    """Return the style of a paragraph, empty where it has none of its own."""
    properties = child_of(paragraph, "pPr")
    return "" if properties is None else value(child_of(properties, "pStyle"))


def styled(root: _Element, styles: Container[str]) -> Iterator[tuple[str, _Element]]:
    """Yield the paragraphs of some styles, each after its style, in the order of the document.

    Parameters
    ----------
    root : lxml element
        May be changed between two paragraphs.
    styles : container of str
    """
    # From the marks to the paragraphs: those of other styles are many, and are not looked at.
    named = w("val")
    marks = [mark for mark in root.iter(w("pStyle")) if mark.get(named) in styles]
    for mark in marks:
        properties = mark.getparent()
        paragraph = None if properties is None else properties.getparent()
        if paragraph is not None and paragraph.tag == w("p"):
            yield value(mark), paragraph


def ensure(parent: _Element, name: str) -> _Element:
    """Return the child that holds the properties of its parent, made at its start if need be."""
    found = child_of(parent, name)
    if found is None:
        found = parent.makeelement(w(name))
        parent.insert(0, found)
    return found


def put(properties: _Element, name: str, **attributes: str) -> _Element:
    """Set a property with its attributes, in the place that the schema gives it."""
    tag, later = w(name), _later(str(properties.tag), name)
    place = None
    for at, child in enumerate(properties):
        found = child.tag
        if found == tag:
            break
        if place is None and found in later:
            place = at
    else:
        child = copy(_empty(name))
        properties.insert(len(properties) if place is None else place, child)
    for attribute, text in attributes.items():
        child.set(w(attribute), text)
    return child


@cache
def _later(properties: str, name: str) -> frozenset[str]:
    order = ORDER[properties.removeprefix(w(""))]
    return frozenset(map(w, order[order.index(name) + 1 :]))


@cache
def _empty(name: str) -> _Element:
    """Return an element to be copied, which takes a fraction of what making one does."""
    from lxml import etree

    return etree.Element(w(name), nsmap={"w": W})


def letters_of(root: _Element) -> str:
    """Return all letters of a part, one after the other, whatever they stand in."""
    # One step of the parser itself: to go from element to element takes several times as long.
    return str(root.xpath("string()"))


def parse(content: bytes) -> _Element:
    """Read a part of a package; nothing outside it is fetched or expanded.

    Names of namespaces that are declared again within their own reach are declared once.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, ns_clean=True
    )
    return etree.fromstring(content, parser)


def serialise(root: _Element) -> bytes:
    """Write a part of a package."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
