"""Drawn charts inside a page: one set of letters for all, and no name that comes twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["Outlines"]

LEFT_OUT = ("defs", "metadata", "script", "style", "title")
"""The sentence of a chart is said once, by the page; its style sheet is that of the page."""
PLACES = ("d", "x", "y", "width", "height", "points")
TOO_FINE = re.compile(r"-?\d+\.\d{3,}")
TRANSLATED = re.compile(r"translate\([^)]*\)")
REFERENCE = re.compile(r"url\(#([^)]*)\)")
TAG = re.compile(r"<\w+")
LINK = "href"


class Outlines:
    """Letters and marks that several charts of a page share, each kept once.

    Names in a drawn chart are its own, and those of another chart on the same page are the same:
    what they name is moved out of the charts and named anew.
    """

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def inside(self, content: bytes, sentence: str) -> str:
        """Return a drawn chart as it stands inside a page.

        Parameters
        ----------
        content : bytes
            An SVG file that an artist of the house drew, letters as outlines.
        sentence : str
            What is read out in its place.
        """
        from xml.etree.ElementTree import fromstring

        root = fromstring(content)  # noqa: S314  # drawn by this program, not read from outside
        names: dict[str, str] = {}
        shared = (shape for one in root.iter() if _tag(one) == "defs" for shape in one)
        for shape in shared:
            own = shape.get("id")
            if own is not None:
                written = "".join(_written(shape, {}))
                names[own] = self._names.setdefault(written, f"o{len(self._names)}")
        drawn = "".join(part for child in root for part in _written(child, names))
        view = escape(root.get("viewBox", ""))
        return f'<svg viewBox="{view}" role="img" aria-label="{escape(sentence)}">{drawn}</svg>'

    def lines(self) -> Iterator[str]:
        """Yield what is shared, for the page; nothing where nothing is."""
        if not self._names:
            return
        yield '<svg class="unseen" aria-hidden="true" width="0" height="0">\n<defs>'
        for shape, name in self._names.items():
            yield TAG.sub(rf'\g<0> id="{name}"', shape, count=1)
        yield "</defs>\n</svg>"


def _written(element: Element, names: Mapping[str, str]) -> Iterator[str]:
    """Yield an element as HTML has it, without what names it and finer places than can be seen."""
    tag = _tag(element)
    if tag in LEFT_OUT:
        return
    attributes = "".join(_attributes(element, names))
    inner = "".join(part for child in element for part in _written(child, names))
    if tag == "g" and not attributes:
        yield inner
    elif inner:
        yield f"<{tag}{attributes}>{inner}</{tag}>"
    else:
        yield f"<{tag}{attributes}/>"


def _attributes(element: Element, names: Mapping[str, str]) -> Iterator[str]:
    for name, value in element.items():
        local = name.rpartition("}")[2]
        kept = " ".join(value.split())
        if local == LINK:
            own = kept.removeprefix("#")
            kept = f"#{names.get(own, own)}"
        elif local == "id":
            continue
        elif local in PLACES:
            kept = TOO_FINE.sub(_rounded, kept)
        elif local == "transform":
            kept = TRANSLATED.sub(lambda one: TOO_FINE.sub(_rounded, one[0]), kept)
        kept = REFERENCE.sub(lambda one: f"url(#{names.get(one[1], one[1])})", kept)
        yield f' {local}="{escape(kept)}"'


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
