"""The package around the parts of a document: the same parts are the same bytes, on every run."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["pack", "unpack"]

NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip file can write."""
UNIX = 3


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return parts as a zip file, sorted by name and without the time of day."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name in sorted(parts):
            entry = ZipInfo(name, NO_DATE)
            entry.compress_type = ZIP_DEFLATED
            # A zip file remembers the system it was made on, unless it is told one.
            entry.create_system = UNIX
            package.writestr(entry, parts[name])
    return file.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the parts of a zip file by name."""
    with ZipFile(BytesIO(content)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}
