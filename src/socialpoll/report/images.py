"""Images from files: what they are and how large, told without a library for images."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from socialpoll.errors import ReportError
from socialpoll.schema import Text
from socialpoll.schema.border import settle

__all__ = ["JPEG", "LARGEST_FILE", "PNG", "WIDEST", "Image"]

PNG, JPEG = "image/png", "image/jpeg"
LARGEST_FILE = 5 * 2**20
MOST_PIXELS = 10_000
"""Along a side."""
WIDEST, HIGHEST = 16.0, 20.0
"""Centimetres that a page has for an image."""
DENSITY = 150 / 2.54
"""Pixels in a centimetre of an image that says nothing of its width."""
SIGNATURE = b"\x89PNG\r\n\x1a\n"
START, END = b"\xff\xd8", b"\xff\xd9"
FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of a JPEG that tell its size (ISO/IEC 10918-1, table B.1)."""
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers that nothing follows."""


class _Size(NamedTuple):
    """In pixels."""

    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Image:
    """An image with the sentence that replaces it for those who do not see it.

    Parameters
    ----------
    content : bytes
        A PNG or JPEG file of at most 5 MB, of at most 10,000 pixels a side.
    alt : mapping of str to str
        What it shows, in every language.
    caption : mapping of str to str, optional
        What stands beside it.
    width : float, optional
        In centimetres, from 1 to 16; what its pixels are good for in print where absent.

    Raises
    ------
    ReportError
        The file is damaged, too large or of another format; there is no sentence.
    """

    content: bytes
    alt: Text
    caption: Text = field(default_factory=dict)
    width: float | None = None

    def __post_init__(self) -> None:
        settle(self, texts=("alt", "caption"))
        _size_of(self.content)
        if not any(words.strip() for words in self.alt.values()):
            advice = "write what the image shows"
            raise ReportError("an image without its sentence", where="Image.alt", advice=advice)
        if self.width is not None and not 1 <= self.width <= WIDEST:
            raise ReportError(
                "an image that is too narrow or too wide for a page",
                where="Image.width",
                found=repr(self.width),
                allowed=f"from 1 to {WIDEST:g} centimetres",
            )

    @property
    def media_type(self) -> str:
        """``image/png`` or ``image/jpeg``."""
        return PNG if self.content.startswith(SIGNATURE) else JPEG

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height."""
        return _size_of(self.content)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height on a page, in centimetres."""
        pixels = _size_of(self.content)
        wide = self.width or min(pixels.width / DENSITY, WIDEST)
        high = wide * pixels.height / pixels.width
        shrunk = min(1.0, HIGHEST / high)
        return round(wide * shrunk, 3), round(high * shrunk, 3)


def _size_of(content: bytes) -> _Size:
    if len(content) > LARGEST_FILE:
        raise _refused("too large", f"{len(content):,} bytes", f"at most {LARGEST_FILE:,} bytes")
    if content.startswith(SIGNATURE):
        size = _size_of_png(content)
    elif content.startswith(START):
        size = _size_of_jpeg(content)
    else:
        raise _refused("of another format", _format_of(content), "PNG or JPEG")
    if not 0 < min(size) <= max(size) <= MOST_PIXELS:
        found = f"{size.width:,} by {size.height:,} pixels"
        raise _refused("too small or too large", found, f"1 to {MOST_PIXELS:,} pixels a side")
    return size


def _refused(what: str, found: str, allowed: str) -> ReportError:
    advice = "save it as PNG" if allowed == "PNG or JPEG" else "save it anew, smaller or undamaged"
    return ReportError(
        f"an image that is {what}",
        where="Image.content",
        found=found,
        allowed=allowed,
        advice=advice,
    )


def _format_of(content: bytes) -> str:
    beginning = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if beginning.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in content[:4096]:
        return "SVG"
    for mark, name in FORMATS.items():
        if content.startswith(mark):
            return name
    return f"a file that begins with {content[:8]!r}" if content else "an empty file"


FORMATS: Mapping[bytes, str] = {
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"RIFF": "WebP",
    b"%PDF": "PDF",
}


def _damaged() -> ReportError:
    return _refused("damaged", "a file that ends too early", "a whole PNG or JPEG file")


def _size_of_png(content: bytes) -> _Size:
    """Read the size, and hold every chunk to its checksum (ISO/IEC 15948, clause 5)."""
    chunks = dict(_chunks(content))
    header = chunks.get(b"IHDR", b"")
    if len(header) < len(SIGNATURE) or not {b"IDAT", b"IEND"} <= chunks.keys():
        raise _damaged()
    return _Size(int.from_bytes(header[:4]), int.from_bytes(header[4:8]))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(content):
        length = int.from_bytes(content[place : place + 4])
        kind = content[place + 4 : place + 8]
        data = content[place + 8 : place + 8 + length]
        checksum = content[place + 8 + length : place + 12 + length]
        if zlib.crc32(kind + data) != int.from_bytes(checksum) or len(checksum) < len(kind):
            raise _damaged()
        yield kind, data
        if kind == b"IEND":
            return
        place += 12 + length


def _size_of_jpeg(content: bytes) -> _Size:
    place = len(START)
    while content[place : place + 1] == b"\xff" and END in content[place:]:
        marker = content[place + 1 : place + 2]
        if marker == b"\xff" or (marker and marker[0] in ALONE):
            place += 1 if marker == b"\xff" else 2
            continue
        segment = content[place + 4 : place + 9]
        if marker and marker[0] in FRAMES and len(segment) == 5:  # noqa: PLR2004  # as many bytes
            return _Size(int.from_bytes(segment[3:5]), int.from_bytes(segment[1:3]))
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    raise _damaged()
