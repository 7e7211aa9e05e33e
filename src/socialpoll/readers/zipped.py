"""The zip file that a workbook is, held to bounds before anything in it is parsed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from socialpoll.errors import ReaderError

__all__ = ["opened", "unsound"]

MOST_MEMBERS = 5_000
MOST_UNPACKED = 512 * 1024**2
MOST_RATIO = 300
"""Of unpacked to packed; sheets of codes reach some tens."""
SMALL = 10 * 1024**2
"""Unpacked, that no ratio makes dangerous."""
AT_ONCE = 1 << 20
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises where a file is cut, garbled, or packed or encrypted in an unknown way."""


@contextmanager
def opened(file: Path) -> Iterator[ZipFile]:
    """Open the zip file of a workbook whose declared sizes are within bounds, and true.

    Parameters
    ----------
    file : Path
        That can be opened.

    Raises
    ------
    ReaderError
        It is no zip file, is damaged or encrypted, or would unpack to more than the bounds; also
        where it does so only while it is being read.
    """
    try:
        with ZipFile(file) as package:
            _require_bounds(file, package)
            _require_sound(package)
            yield package
    except DAMAGED as error:
        if _begins(file) == OLE:
            raise ReaderError(
                "the workbook is encrypted, or of the old kind",
                where=str(file),
                advice="save it as .xlsx without a password",
            ) from error
        raise unsound(file, str(error)) from error


def unsound(file: Path, found: str) -> ReaderError:
    """Return what is to be said of a file that is not what a workbook is."""
    return ReaderError(
        "the file is no workbook, or is damaged",
        where=str(file),
        found=found,
        advice="save it as .xlsx again",
    )


def _begins(file: Path) -> bytes:
    with file.open("rb") as content:
        return content.read(len(OLE))


def _require_bounds(file: Path, package: ZipFile) -> None:
    members = package.infolist()
    unpacked = sum(one.file_size for one in members)
    packed = sum(one.compress_size for one in members)
    ratio = unpacked / max(packed, 1)
    beyond = ""
    if len(members) > MOST_MEMBERS:
        beyond = f"{len(members):,} parts, of at most {MOST_MEMBERS:,}"
    elif unpacked > MOST_UNPACKED:
        beyond = f"{unpacked:,} bytes, of at most {MOST_UNPACKED:,}"
    elif ratio > MOST_RATIO and unpacked > SMALL:
        beyond = f"{ratio:.0f} times its size, of at most {MOST_RATIO}"
    if beyond:
        raise ReaderError(
            "the workbook unpacks to more than a workbook of answers would",
            where=str(file),
            found=beyond,
            advice="save the answers alone, as .xlsx or CSV",
        )


def _require_sound(package: ZipFile) -> None:
    """Read everything once: zipfile stops at the declared size and compares the check sum."""
    for one in package.infolist():
        with package.open(one) as member:
            while member.read(AT_ONCE):
                pass
