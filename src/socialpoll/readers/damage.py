"""Workbooks as files that may be damaged, or too large once they are unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import ReaderError

if TYPE_CHECKING:
    from openpyxl import Workbook

__all__ = ["DAMAGE", "damaged", "open_cells", "require_workbook"]

DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    # Of XML that is none, of packages that are encrypted or of another version, and of parts that
    # are not what they should be.
    SyntaxError,
    RuntimeError,
    NotImplementedError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
)
"""What libraries raise for a workbook that is damaged."""
WORKBOOK = "xl/workbook.xml"


def require_workbook(file: Path, *, most: int) -> None:
    """Raise where a file is no workbook, or one of more bytes than may be unpacked.

    Parameters
    ----------
    file : Path
    most : int
        Bytes of all parts together.

    Raises
    ------
    ReaderError
    """
    try:
        with zipfile.ZipFile(file) as package:
            unpacked = sum(entry.file_size for entry in package.infolist())
            if WORKBOOK not in package.namelist():
                raise damaged(file, KeyError(WORKBOOK))
    except DAMAGE as error:
        raise damaged(file, error) from error
    except OSError as error:
        raise ReaderError(
            "the file cannot be opened", where=str(file), found=error.strerror or str(error)
        ) from error
    if unpacked > most:
        raise ReaderError(
            "the file is too large once it is unpacked",
            where=str(file),
            found=f"{unpacked} bytes",
            allowed=f"at most {most}",
        )


@contextmanager
def open_cells(file: Path) -> Iterator[Workbook]:
    """Open a workbook to read its cells as they are shown; ReaderError where it is damaged.

    The file is opened here, because openpyxl leaves open what it cannot read.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with file.open("rb") as opened:
            book = load_workbook(opened, read_only=True, data_only=True)
            try:
                yield book
            finally:
                book.close()
    except (InvalidFileException, *DAMAGE) as error:
        raise damaged(file, error) from error


def damaged(file: Path, error: Exception) -> ReaderError:
    """Return what is to be said of a workbook that cannot be read."""
    return ReaderError(
        "the file is no workbook that can be read",
        where=str(file),
        found=f"{type(error).__name__}: {error}",
        allowed="a workbook as .xlsx",
        advice="open it and save it again as .xlsx, without a password",
    )
