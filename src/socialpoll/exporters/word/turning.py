"""Pages that lie on their side for wide tables, and the room that a table has on its page."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from socialpoll.exporters.word.ooxml import ensure, put, style_of, styled, value, w
from socialpoll.exporters.word.styles import TEXT_WIDTH, TURNED, UPRIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["Rooms", "rooms_of", "tables_with_room", "turn_pages"]

LANDSCAPE = "landscape"


class Rooms(NamedTuple):
    """How wide tables are, in twentieths of a point.

    Attributes
    ----------
    usual : int
    wide : int
        In sections that stand on landscape pages, where the template has them.
    """

    usual: int = TEXT_WIDTH
    wide: int = TEXT_WIDTH


def rooms_of(body: _Element) -> Rooms:
    """Return the room that a template has for tables, by its last section.

    Parameters
    ----------
    body : lxml element
        The document of the template.
    """
    section = next(reversed(list(body.iter(w("sectPr")))), None)
    usual = _room(section)
    if section is None or not _is_upright(section):
        return Rooms(usual, usual)
    turns = any(_mark(one) == TURNED for one in body.iter(w("p")))
    return Rooms(usual, _room(_turned(section)) if turns else usual)


def turn_pages(root: _Element) -> None:
    """End a section wherever a paragraph of one of two styles says so; changed in place.

    A paragraph of style LandscapePages ends upright pages, one of style PortraitPages pages that
    lie on their side. Paper, margins, headers and footers are those of the section that they stand
    in. Where that is not of upright pages, the paragraphs leave.

    Parameters
    ----------
    root : lxml element
        A document that is filled in.
    """
    marks: list[_Element] = []
    turning = {one for _, one in styled(root, (TURNED, UPRIGHT))}
    if not turning:
        return
    for element in list(root.iter(w("sectPr"), w("p"))):
        if element.tag == w("p"):
            if element in turning:
                marks.append(element)
            continue
        for mark in marks:
            _end_section(mark, element)
        marks = []
    for mark in marks:
        _remove(mark)


def tables_with_room(root: _Element) -> Iterator[tuple[_Element, int]]:
    """Yield every table of a document, with the width that it has on its pages."""
    section: _Element | None = None
    for element in reversed(list(root.iter(w("sectPr"), w("tbl")))):
        if element.tag == w("sectPr"):
            section = element
        else:
            yield element, _room(section)


def _end_section(mark: _Element, section: _Element) -> None:
    if not _is_upright(section):
        _remove(mark)
        return
    ended = deepcopy(section) if _mark(mark) == TURNED else _turned(section)
    ensure(mark, "pPr").append(ended)
    # What is special about the first page of a section is so once.
    for special in section.findall(w("titlePg")):
        section.remove(special)


def _room(section: _Element | None) -> int:
    """Return the width between the margins of pages on their side; of others the usual one."""
    page = None if section is None else section.find(w("pgSz"))
    if section is None or page is None or _is_upright(section):
        return TEXT_WIDTH
    margins = section.find(w("pgMar"))
    beside = sum(int(value(margins, side) or 0) for side in ("left", "right", "gutter"))
    return int(value(page, "w")) - beside


def _is_upright(section: _Element) -> bool:
    page = section.find(w("pgSz"))
    return page is not None and int(value(page, "w") or 0) <= int(value(page, "h") or 0)


def _turned(section: _Element) -> _Element:
    made = deepcopy(section)
    page = put(made, "pgSz")
    width, height = value(page, "w"), value(page, "h")
    put(made, "pgSz", w=height, h=width, orient="landscape")
    return made


def _mark(paragraph: _Element) -> str:
    """Return the style of a paragraph that turns pages; empty for any other."""
    style = style_of(paragraph)
    return style if style in (TURNED, UPRIGHT) else ""


def _remove(mark: _Element) -> None:
    parent = mark.getparent()
    if parent is not None:
        parent.remove(mark)
