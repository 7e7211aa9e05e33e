"""What can be read of documents, whatever their format, and whether they are what they say."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

from socialpoll.hooks import Document

__all__ = ["flaw_in_content", "live_parts", "words_in"]

SIGNATURES = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "application/pdf": b"%PDF-",
    "application/zip": b"PK",
    "application/vnd.openxmlformats": b"PK",
    "application/vnd.oasis.opendocument": b"PK",
    "application/epub+zip": b"PK",
}
"""How files of a kind begin."""
JSON, XML = re.compile(r"[/+]json\b"), re.compile(r"[/+]xml\b")
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
LIVE = {"script", "iframe", "object", "embed"}


def flaw_in_content(document: Document) -> str:
    """Say why the content of a document is not of its media type; nothing where it may be.

    Examples
    --------
    >>> flaw_in_content(Document("a.json", b"{", "application/json"))
    'it is no JSON'
    """
    kind, content = document.media_type, document.content
    for begin, signature in SIGNATURES.items():
        if kind.startswith(begin) and not content.startswith(signature):
            return f"it does not begin as {begin} does"
    if kind.startswith("text/") and _text(content) is None:
        return "it is no text in UTF-8"
    if JSON.search(kind) and not _is_json(content):
        return "it is no JSON"
    parts = [content] if XML.search(kind) else _xml_parts(content)
    return "" if all(map(_is_xml, parts)) else "it holds XML that is not well-formed"


def words_in(documents: Iterable[Document]) -> str:
    """Return all words that can be read: of texts, and of the parts of packages."""
    return "\n".join(
        ESCAPE.sub(lambda code: chr(int(code[1], 16)), html.unescape(text))
        for document in documents
        for content in _parts(document.content)
        if (text := _text(content)) is not None
    )


def live_parts(document: Document) -> list[str]:
    """Return what would run in a page: scripts, frames, handlers of events, links to code."""
    if document.media_type.partition(";")[0] not in {"text/html", "application/xhtml+xml"}:
        return []
    page = _Page()
    page.feed(document.content.decode("utf-8", "replace"))
    return page.live


class _Page(HTMLParser):
    """Gathers what would run."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        if tag in LIVE:
            self.live.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.live.append(f"{name}={value!r}")


def _parts(content: bytes) -> Iterator[bytes]:
    if not content.startswith(b"PK") or not zipfile.is_zipfile(io.BytesIO(content)):
        yield content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            yield from _parts(package.read(name))


def _xml_parts(content: bytes) -> list[bytes]:
    if not content.startswith(b"PK") or not zipfile.is_zipfile(io.BytesIO(content)):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [one for one in package.namelist() if one.endswith((".xml", ".rels"))]
        return [package.read(one) for one in names]


def _text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except ValueError:
        return False
    return True


def _is_xml(content: bytes) -> bool:
    try:
        # What is parsed is what the plugin under test has just made.
        ET.fromstring(content)  # noqa: S314 - no file of strangers
    except ET.ParseError:
        return False
    return True
