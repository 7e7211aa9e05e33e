"""Images made byte by byte, and what can be wrong with them."""

from __future__ import annotations

import struct
import zlib


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 60, height: int = 30, colour: tuple[int, int, int] = (18, 67, 109)) -> bytes:
    """Return an image of one colour."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = (b"\0" + bytes(colour) * width) * height
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(lines)),
            chunk(b"IEND", b""),
        )
    )


def jpeg(width: int = 60, height: int = 30) -> bytes:
    """Return an image of one colour, as Pillow writes it."""
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (width, height), (18, 67, 109)).save(file, "JPEG")
    return file.getvalue()
