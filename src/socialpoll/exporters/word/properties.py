"""The properties of a document: of the poll, and of no computer and no moment of writing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import serialise
from socialpoll.report import Edition
from socialpoll.schema import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lxml.etree import _Element

__all__ = ["core_properties"]

NAMESPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}


def core_properties(edition: Edition) -> bytes:
    """Return what a file says of itself: title, publisher, language, and when it was released.

    References
    ----------
    ISO/IEC 29500-2:2021, 8 (core properties).
    """
    from lxml import etree

    report = edition.report
    root = etree.Element(f"{{{NAMESPACES['cp']}}}coreProperties", nsmap=NAMESPACES)
    written = {
        "dc:title": _in_all(report.title, edition),
        "dc:subject": _in_all(report.subtitle, edition),
        "dc:creator": _in_all(report.publisher.name, edition),
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


def _in_all(words: Mapping[str, str], edition: Edition) -> str:
    return " · ".join(dict.fromkeys(say(words, tag) for tag in edition.languages))


def _property(root: _Element, name: str) -> _Element:
    from lxml import etree

    prefix, tag = name.split(":")
    return etree.SubElement(root, f"{{{NAMESPACES[prefix]}}}{tag}")
