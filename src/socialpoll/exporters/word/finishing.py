"""What is done to a filled document: pages, table widths, direction, language and properties."""

from __future__ import annotations

import datetime as dt
import re
from copy import deepcopy
from typing import TYPE_CHECKING

from socialpoll.exporters.word.contents import fill_contents, heading_levels
from socialpoll.exporters.word.direction import set_direction
from socialpoll.exporters.word.fields import set_fields
from socialpoll.exporters.word.holding import hold_together
from socialpoll.exporters.word.ooxml import ensure, parse, put, serialise, value, w
from socialpoll.exporters.word.package import pack, unpack
from socialpoll.exporters.word.styles import FONT
from socialpoll.exporters.word.tables import fit_tables
from socialpoll.exporters.word.turning import turn_pages
from socialpoll.report import Edition
from socialpoll.report.language import direction_of
from socialpoll.schema import say

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["finish", "word_language"]

BODY = "word/document.xml"
STYLES = "word/styles.xml"
PROPERTIES = "docProps/core.xml"
WRITTEN = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
COMPLEX = {"b": "bCs", "i": "iCs", "sz": "szCs"}
"""Word keeps bold, italic and size of complex scripts apart."""
REGIONS = {"en": "en-GB"}
"""English without a region writes its dates as Britain does."""
NAMESPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def finish(content: bytes, edition: Edition, *, font: str | None = None) -> bytes:
    """Finish a filled document.

    Parameters
    ----------
    content : bytes
        The Word file as it was filled in.
    edition : Edition
    font : str, optional
        Of Arabic letters.

    Returns
    -------
    bytes
        The same bytes for the same document and edition.
    """
    parts = unpack(content)
    language = word_language(edition.language)
    arabic = language if edition.direction == "rtl" else _arabic(edition)
    levels: dict[str, int] = {}
    if STYLES in parts:
        styles = parse(parts[STYLES])
        levels = heading_levels(styles)
        font = font or _complex_font(styles)
        _match_complex_scripts(styles)
        _set_language(styles, language, arabic)
        parts[STYLES] = serialise(styles)
    for name in sorted(parts):
        if WRITTEN.fullmatch(name):
            root = parse(parts[name])
            _match_complex_scripts(root)
            set_fields(root)
            if name == BODY:
                turn_pages(root)
                fill_contents(root, levels)
                hold_together(root, levels)
                fit_tables(root)
            set_direction(root, edition.direction, language=arabic, font=font or FONT)
            parts[name] = serialise(root)
    parts[PROPERTIES] = _properties(edition)
    return pack(parts)


def word_language(tag: str) -> str:
    """Return a language with a region, as Word's proofing wants it.

    Parameters
    ----------
    tag : str
        ``"ar"`` or ``"ar-OM"``.

    Returns
    -------
    str
        The tag as it is, or with the region that is most likely.

    References
    ----------
    Unicode Technical Standard 35, part 1, "Likely Subtags".

    Examples
    --------
    >>> word_language("ar-OM"), word_language("en")
    ('ar-OM', 'en-GB')
    """
    from babel.core import get_global

    if tag in REGIONS:
        return REGIONS[tag]
    if "-" in tag or "_" in tag:
        return tag.replace("_", "-")
    likely = get_global("likely_subtags").get(tag, tag)
    return f"{tag}-{likely.split('_')[-1]}" if "_" in likely else tag


def _arabic(edition: Edition) -> str:
    """Return the language of words that run to the left in a document that does not."""
    others = (tag for tag in edition.report.languages if direction_of(tag) == "rtl")
    return word_language(next(others, "ar"))


def _complex_font(styles: _Element) -> str:
    defaults = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('rFonts')}")
    return value(defaults, "cs")


def _match_complex_scripts(root: _Element) -> None:
    for properties in list(root.iter(w("rPr"))):
        for name, other in COMPLEX.items():
            found = properties.find(w(name))
            if found is not None and properties.find(w(other)) is None:
                matched = put(properties, other)
                matched.attrib.update(deepcopy(dict(found.attrib)))


def _set_language(styles: _Element, language: str, arabic: str) -> None:
    properties = styles
    for name in ("docDefaults", "rPrDefault", "rPr"):
        properties = ensure(properties, name)
    spoken = language if language != arabic else REGIONS["en"]
    put(properties, "lang", val=spoken, bidi=arabic)


def _properties(edition: Edition) -> bytes:
    from lxml import etree

    report = edition.report
    root = etree.Element(f"{{{NAMESPACES['cp']}}}coreProperties", nsmap=NAMESPACES)
    written = {
        "dc:title": say(report.title, edition.language),
        "dc:subject": say(report.subtitle, edition.language),
        "dc:creator": say(report.publisher.name, edition.language),
        "dc:language": edition.language,
    }
    for name, text in written.items():
        if text:
            _property(root, name).text = text
    released = report.life_cycle.release_date
    if released is not None:
        for name in ("dcterms:created", "dcterms:modified"):
            date = _property(root, name)
            date.set(f"{{{NAMESPACES['xsi']}}}type", "dcterms:W3CDTF")
            date.text = f"{dt.datetime.combine(released, dt.time()).isoformat()}Z"
    return serialise(root)


def _property(root: _Element, name: str) -> _Element:
    from lxml import etree

    prefix, tag = name.split(":")
    return etree.SubElement(root, f"{{{NAMESPACES[prefix]}}}{tag}")
