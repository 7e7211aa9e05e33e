"""What is done to a filled document: pages, table widths, direction, language and properties."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from socialpoll.exporters.word.charts import set_upright
from socialpoll.exporters.word.contents import fill_contents, heading_levels
from socialpoll.exporters.word.direction import set_direction
from socialpoll.exporters.word.fields import set_fields
from socialpoll.exporters.word.filling import Filled
from socialpoll.exporters.word.holding import hold_together
from socialpoll.exporters.word.languages import spoken
from socialpoll.exporters.word.ooxml import (
    child_of,
    ensure,
    local,
    parse,
    put,
    serialise,
    value,
    w,
)
from socialpoll.exporters.word.package import pack
from socialpoll.exporters.word.properties import core_properties
from socialpoll.exporters.word.styles import FONT
from socialpoll.exporters.word.tables import fit_tables
from socialpoll.exporters.word.turning import turn_pages
from socialpoll.report import Edition

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["finish"]

STYLES = "word/styles.xml"
PROPERTIES = "docProps/core.xml"
WRITTEN = re.compile(r"word/(header\d*|footer\d*|footnotes)\.xml")
COMPLEX = {"b": "bCs", "i": "iCs", "sz": "szCs"}
"""Word keeps bold, italic and size of complex scripts apart."""


def finish(filled: Filled, edition: Edition, *, font: str | None = None) -> bytes:
    """Finish a filled document.

    Parameters
    ----------
    filled : Filled
        Its document is changed in place.
    edition : Edition
    font : str, optional
        Of Arabic letters.

    Returns
    -------
    bytes
        The same bytes for the same document and edition.
    """
    parts = dict(filled.parts)
    latin, arabic = spoken(edition)
    levels: dict[str, int] = {}
    if STYLES in parts:
        styles = parse(parts[STYLES])
        levels = heading_levels(styles)
        font = font or _complex_font(styles)
        _match_complex_scripts(styles)
        _set_language(styles, latin, arabic)
        parts[STYLES] = serialise(styles)
    for name in sorted(parts):
        is_document = name == filled.name
        if is_document or WRITTEN.fullmatch(name):
            root = filled.document if is_document else parse(parts[name])
            _match_complex_scripts(root)
            set_fields(root)
            if is_document:
                turn_pages(root)
                fill_contents(root, levels)
                hold_together(root, levels)
                fit_tables(root)
            set_direction(root, edition.direction, language=arabic, font=font or FONT)
            set_upright(root)
            parts[name] = serialise(root)
    parts[PROPERTIES] = core_properties(edition)
    return pack(parts)


def _complex_font(styles: _Element) -> str:
    defaults = styles.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}/{w('rFonts')}")
    return value(defaults, "cs")


def _match_complex_scripts(root: _Element) -> None:
    for found in list(root.iter(*map(w, COMPLEX))):
        properties, other = found.getparent(), COMPLEX[local(found)]
        if properties is None or properties.tag != w("rPr"):
            continue
        if child_of(properties, other) is None:
            put(properties, other).attrib.update(found.attrib)


def _set_language(styles: _Element, latin: str, arabic: str) -> None:
    properties = styles
    for name in ("docDefaults", "rPrDefault", "rPr"):
        properties = ensure(properties, name)
    put(properties, "lang", val=latin, bidi=arabic)
