"""Whether those who do not see a document can read it: what a screen reader needs, checked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from socialpoll.exporters.word.ooxml import local, parse, value, w
from socialpoll.exporters.word.package import unpack

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["check_accessible"]

DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
OFF = ("0", "false", "off")


def check_accessible(content: bytes) -> tuple[str, ...]:
    """Say what keeps a Word document from being accessible.

    Title and language, headings in order, tables with a repeated header row and rows that are not
    torn apart, pictures with a sentence, links with words.

    Parameters
    ----------
    content : bytes
        The Word file.

    Returns
    -------
    tuple of str
        A sentence a shortcoming; empty where there is none.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2 (2023), criteria 1.1.1, 1.3.1, 2.4.2, 2.4.4,
    2.4.6 and 3.1.1; EN 301 549 V3.2.1 (2021), clause 10.
    """
    parts = unpack(content)
    body = parse(parts["word/document.xml"])
    return (
        *_properties(parts),
        *_headings(body, _outline(parts)),
        *_tables(body),
        *_pictures(body),
        *_links(body),
    )


def _properties(parts: dict[str, bytes]) -> Iterator[str]:
    core = parts.get("docProps/core.xml")
    root = parse(core) if core else None
    for name in ("title", "language"):
        if root is None or not (root.findtext(f"{DUBLIN_CORE}{name}") or "").strip():
            yield f"the document has no {name} among its properties"
    styles = parts.get("word/styles.xml")
    defaults = next(parse(styles).iter(w("docDefaults")), None) if styles else None
    if defaults is None or next(defaults.iter(w("lang")), None) is None:
        yield "the styles name no language of the text"


def _outline(parts: dict[str, bytes]) -> dict[str, int]:
    """Return the level of every heading style, the first as 1."""
    if "word/styles.xml" not in parts:
        return {}
    levels: dict[str, int] = {}
    for style in parse(parts["word/styles.xml"]).iter(w("style")):
        level = value(style.find(f"{w('pPr')}/{w('outlineLvl')}"))
        if level:
            levels[value(style, "styleId")] = int(level) + 1
    return levels


def _headings(body: _Element, outline: dict[str, int]) -> Iterator[str]:
    found = []
    for paragraph in body.iter(w("p")):
        style = value(paragraph.find(f"{w('pPr')}/{w('pStyle')}"))
        if style in outline:
            found.append((outline[style], _text(paragraph)))
    if not found:
        yield "the document has no headings"
        return
    if found[0][0] != 1:
        yield f"the first heading, {found[0][1]!r}, is not of the first level"
    for (before, _), (level, text) in pairwise(found):
        if level > before + 1:
            yield f"heading {text!r} is of level {level} right under level {before}"
    for number, (_, text) in enumerate(found, 1):
        if not text.strip():
            yield f"heading {number} has no words"


def _tables(body: _Element) -> Iterator[str]:
    for number, table in enumerate(body.iter(w("tbl")), 1):
        rows = table.findall(w("tr"))
        if rows and not _switched_on(rows[0], "tblHeader"):
            yield f"table {number} has no header row that is repeated on each page"
        torn = sum(not _switched_on(row, "cantSplit") for row in rows)
        if torn:
            yield f"table {number} has {torn} rows that may be torn over two pages"


def _pictures(body: _Element) -> Iterator[str]:
    for number, picture in enumerate(body.iter(f"{DRAWING}docPr"), 1):
        if not picture.get("descr", "").strip():
            yield f"picture {number} has no sentence that replaces it"


def _links(body: _Element) -> Iterator[str]:
    for number, link in enumerate(body.iter(w("hyperlink")), 1):
        text = _text(link).strip()
        if not text:
            yield f"link {number} has no words"
        elif text.startswith(("http://", "https://")):
            yield f"link {number} shows its address, {text!r}, in place of words"


def _switched_on(row: _Element, name: str) -> bool:
    found = row.find(f"{w('trPr')}/{w(name)}")
    return found is not None and value(found) not in OFF


def _text(element: _Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local(one) == "t")
