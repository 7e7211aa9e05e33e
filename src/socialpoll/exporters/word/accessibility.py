"""Whether those who do not see a document can read it: what a screen reader needs, checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import DocumentError, Problem
from socialpoll.exporters.word.links import links_of
from socialpoll.exporters.word.ooxml import parse, value, w
from socialpoll.exporters.word.opening import DOCUMENT, open_package, read_file
from socialpoll.exporters.word.places import BODY, Map, own_text, shortened
from socialpoll.exporters.word.styles import FACING
from socialpoll.exporters.word.tags import TAG

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["check_accessibility"]

PROPERTIES = "docProps/core.xml"
STYLES = "word/styles.xml"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VML = "{urn:schemas-microsoft-com:vml}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
OFF = ("0", "false", "off")
ADDRESSES = ("http://", "https://", "www.")
VAGUE = frozenset({"click here", "here", "link", "more", "read more", "اضغط هنا", "هنا", "المزيد"})
"""Words of a link that do not say where it leads."""
PROPERTY = {
    "title": "File > Info > Title: what the document is called",
    "language": "File > Info > Properties > Advanced > Language: such as ar or en",
}
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WRITTEN = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
OUTLINE = "Heading 1, Heading 2 and so on, from the styles of Word, without a gap"
NO_HEADINGS = Problem("the document has no headings", "body", "", "", OUTLINE)


def check_accessibility(
    document: str | Path | bytes, *, template: bool = False
) -> tuple[Problem, ...]:
    """Say what keeps a Word document from being read by those who do not see it.

    Title and language, headings in order, tables with a repeated header row and rows that are not
    torn apart, pictures with a sentence, links, those of fields too, with words that say
    where they lead.

    Parameters
    ----------
    document : str, Path or bytes
        Path of any Word file, or what is in it.
    template : bool
        Whether it is a template. Then title and language are not missed, which are written from
        the report, and of the order of headings, which shows when it is filled in, only that
        there is a level that nothing leads to.

    Returns
    -------
    tuple of Problem
        One a shortcoming, with its place in Word and what to do about it; empty where there is
        none. Whether a sentence fits its picture, only people can tell.

    Raises
    ------
    DocumentError
        Where there is no such file, or it is no Word file that can be read.

    References
    ----------
    W3C, Web Content Accessibility Guidelines 2.2 (2023), criteria 1.1.1, 1.3.1, 2.4.2, 2.4.4,
    2.4.6 and 3.1.1; EN 301 549 V3.2.1 (2021), clause 10.

    Examples
    --------
    >>> from io import BytesIO
    >>> import docx
    >>> document, file = docx.Document(), BytesIO()
    >>> document.core_properties.title = document.core_properties.language = "en"
    >>> _ = document.add_heading("Key findings", 2)
    >>> document.save(file)
    >>> for one in check_accessibility(file.getvalue()):
    ...     print(one.where, "-", one.what)
    body, paragraph 1 ("Key findings") - the first heading is of level 2
    """
    if isinstance(document, bytes):
        name, content = "the document", document
    else:
        name = Path(document).name
        content = read_file(document, DOCUMENT, DocumentError)
    parts, problems = open_package(content, DOCUMENT)
    if problems:
        raise DocumentError(name, problems)
    headings = _headings(parts)
    told = _gaps(headings) if template else (*_properties(parts), *_order(headings))
    return (*told, *_languages(parts), *_words(headings), *_things(parts))


@dataclass(frozen=True)
class Heading:
    """A heading of a document: its level from 1, its words, and where it stands."""

    level: int
    text: str
    where: str


def _properties(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    root = parse(parts[PROPERTIES]) if PROPERTIES in parts else None
    for name, advice in PROPERTY.items():
        if root is None or not (root.findtext(f"{DUBLIN_CORE}{name}") or "").strip():
            yield Problem(f"the document has no {name}", "properties", advice=advice)


def _languages(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    defaults = next(parse(parts[STYLES]).iter(w("docDefaults")), None) if STYLES in parts else None
    if defaults is None or next(defaults.iter(w("lang")), None) is None:
        advice = "Review > Language > Set Proofing Language, as the default"
        yield Problem("the styles name no language of the text", "styles", advice=advice)


def _headings(parts: Mapping[str, bytes]) -> list[Heading]:
    body = parse(parts[BODY])
    places = Map(BODY, body)
    levels = _levels(parts)
    found = []
    for paragraph in body.iter(w("p")):
        properties = paragraph.find(w("pPr"))
        if properties is None:
            continue
        own = value(properties.find(w("outlineLvl")))
        level = _level(own) or levels.get(value(properties.find(w("pStyle"))), 0)
        if level:
            text = shortened(own_text(paragraph))
            found.append(Heading(level, text, str(places.place(paragraph))))
    return found


def _levels(parts: Mapping[str, bytes]) -> dict[str, int]:
    """Return the level of every heading style, its own or that of the style that it builds on."""
    own: dict[str, int] = {}
    basis: dict[str, str] = {}
    for one in parse(parts[STYLES]).iter(w("style")) if STYLES in parts else ():
        name, written = value(one, "styleId"), one.find(f"{w('pPr')}/{w('outlineLvl')}")
        basis[name] = value(one.find(w("basedOn")))
        if written is not None:
            own[name] = _level(value(written))
    levels = {}
    for name in basis:
        style, passed = name, set[str]()
        while style in basis and style not in own and style not in passed:
            passed.add(style)
            style = basis[style]
        levels[name] = own.get(style, 0)
    return levels


def _level(written: str) -> int:
    """Return a level from 1 to 9; 0 for what is no heading."""
    return int(written) + 1 if written in set("012345678") else 0


def _order(headings: Sequence[Heading]) -> Iterator[Problem]:
    if not headings:
        yield NO_HEADINGS
        return
    first = headings[0]
    if first.level != 1:
        what = f"the first heading is of level {first.level}"
        yield Problem(what, first.where, first.text, "level 1", OUTLINE)
    for before, one in pairwise(headings):
        if one.level > before.level + 1:
            what = f"a heading of level {one.level} right under one of level {before.level}"
            allowed = f"level {before.level + 1} at most"
            yield Problem(what, one.where, one.text, allowed, OUTLINE)


def _gaps(headings: Sequence[Heading]) -> Iterator[Problem]:
    if not headings:
        yield NO_HEADINGS
    levels = {one.level for one in headings}
    for level in sorted(levels - {1}):
        if level - 1 not in levels:
            first = next(one for one in headings if one.level == level)
            what = f"headings of level {level}, and none of level {level - 1}"
            yield Problem(what, first.where, first.text, advice=OUTLINE)


def _words(headings: Sequence[Heading]) -> Iterator[Problem]:
    for one in headings:
        if not one.text:
            yield Problem("a heading without words", one.where, advice="write it, or take it out")


def _things(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Look at tables, pictures and links, wherever they stand."""
    for name in sorted(parts, key=lambda name: (name != BODY, name)):
        if WRITTEN.fullmatch(name):
            root = parse(parts[name])
            places = Map(name, root)
            if name == BODY:
                yield from _tables(root, places)
            yield from _pictures(root, places)
            yield from _links(root, places)


def _tables(body: _Element, places: Map) -> Iterator[Problem]:
    for table in body.iter(w("tbl")):
        rows = [row for row in table.findall(w("tr")) if not _leaves(row)]
        where = str(places.place(table))
        if rows and not _is_layout(table) and not _switched_on(rows[0], "tblHeader"):
            advice = "select the row; Layout > Repeat Header Rows"
            yield Problem("a table without a header row", where, advice=advice)
        torn = sum(not _switched_on(row, "cantSplit") for row in rows)
        if torn:
            what = "rows that may be torn over two pages"
            advice = "Layout > Properties > Row: do not allow rows to break across pages"
            yield Problem(what, where, f"{torn} of {len(rows)}", "none", advice)


def _is_layout(table: _Element) -> bool:
    """Say whether a table only puts two languages side by side: that is no table to those who hear.

    It has no headings to be read out (WCAG 2.2, failure F46), and is read row by row.
    """
    return value(table.find(f"{w('tblPr')}/{w('tblStyle')}")) == FACING


def _leaves(row: _Element) -> bool:
    """Say whether a row of a template is nothing but a tag."""
    text = "".join(map(own_text, row.iter(w("p")))).strip()
    return text.startswith("{%tr ") and TAG.fullmatch(text) is not None


def _pictures(root: _Element, places: Map) -> Iterator[Problem]:
    advice = "right-click > View Alt Text: say what it shows, or mark it as decorative"
    for picture in root.iter(f"{DRAWING}docPr"):
        told = picture.get("descr", "").strip() or _is_decorative(picture)
        if not told:
            name = picture.get("name", "")
            where = str(places.place(picture))
            yield Problem("a picture without a sentence", where, name, advice=advice)
    for data in root.iter(f"{VML}imagedata"):
        # What newer programs write beside it has its sentence itself.
        older = next(data.iterancestors(f"{COMPATIBILITY}Fallback"), None) is None
        shape = data.getparent()
        if older and (shape is None or not shape.get("alt", "").strip()):
            yield Problem("a picture without a sentence", str(places.place(data)), advice=advice)


def _is_decorative(picture: _Element) -> bool:
    return any(mark.get("val", "") not in ("", *OFF) for mark in picture.iter(DECORATIVE))


def _links(root: _Element, places: Map) -> Iterator[Problem]:
    advice = "right-click > Edit Hyperlink > Text to display: say where it leads"
    for link in links_of(root):
        text, where = link.text, str(places.place(link.element))
        if not text and not link.pictured:
            yield Problem("a link without words", where, advice=advice)
        elif text.lower().startswith(ADDRESSES):
            yield Problem(
                "a link that shows its address in place of words", where, text, "", advice
            )
        elif text.lower() in VAGUE:
            yield Problem("a link that does not say where it leads", where, text, "", advice)


def _switched_on(row: _Element, name: str) -> bool:
    found = row.find(f"{w('trPr')}/{w(name)}")
    return found is not None and value(found) not in OFF
