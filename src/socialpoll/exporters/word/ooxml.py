"""Names of WordprocessingML, and the order in which Word wants the children of its properties."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = [
    "W",
    "ensure",
    "local",
    "parse",
    "put",
    "serialise",
    "style_of",
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


def w(name: str) -> str:
    """Return the name of a WordprocessingML element or attribute as lxml writes it."""
    return f"{{{W}}}{name}"


def local(element: _Element) -> str:
    """Return the name of an element without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: _Element | None, attribute: str = "val") -> str:
    """Return a WordprocessingML attribute, empty where element or attribute is not there."""
    return "" if element is None else element.get(w(attribute), "")


def style_of(paragraph: _Element) -> str:
    """Return the style of a paragraph, empty where it has none of its own."""
    return value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))


def ensure(parent: _Element, name: str) -> _Element:
    """Return the child that holds the properties of its parent, made at its start if need be."""
    from lxml import etree

    found = parent.find(w(name))
    if found is None:
        found = etree.Element(w(name))
        parent.insert(0, found)
    return found


def put(properties: _Element, name: str, **attributes: str) -> _Element:
    """Set a property with its attributes, in the place that the schema gives it."""
    from lxml import etree

    child = properties.find(w(name))
    if child is None:
        child = etree.Element(w(name))
        later = _later(local(properties), name)
        place = next((at for at, one in enumerate(properties) if local(one) in later), None)
        properties.insert(len(properties) if place is None else place, child)
    for attribute, text in attributes.items():
        child.set(w(attribute), text)
    return child


@cache
def _later(properties: str, name: str) -> frozenset[str]:
    order = ORDER[properties]
    return frozenset(order[order.index(name) + 1 :])


def parse(content: bytes) -> _Element:
    """Read a part of a package; nothing outside it is fetched or expanded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(content, parser)


def serialise(root: _Element) -> bytes:
    """Write a part of a package."""
    from lxml import etree

    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
