"""Answers in delimited text, read as words: nothing is guessed from how they look."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import ReaderError
from socialpoll.hooks import Source

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_delimited"]

DELIMITERS = (",", ";", "\t")
SHOWN_AT_MOST = 5


def read_delimited(path: str | Path) -> Source:
    """Read a table of answers from CSV or TSV.

    Parameters
    ----------
    path : str or Path
        Of a file in UTF-8, with or without a byte order mark, whose first line names the columns.
        Columns are parted by the one of comma, semicolon and tab that gives most names there.

    Returns
    -------
    Source
        A frame of words, one row a case: ``01`` stays ``01``. Empty cells are missing; every other
        cell is as it stands in the file, ``NA`` and spaces too.

    Raises
    ------
    ReaderError
        The file cannot be opened, is not UTF-8, has no rows, or rows of another length than the
        first line.
    """
    file = Path(path)
    text = _text(file)
    lines = _rows(file, text, _delimiter(text))
    first = next(lines, None)
    if first is None:
        raise ReaderError("the file is empty", where=str(file), advice="save the answers again")
    _, header = first
    several = len(header) > 1
    # A blank line is an empty cell where there is but one column; elsewhere it is no row.
    rows = [(line, row or [""]) for line, row in lines if row or not several]
    if not rows:
        raise ReaderError(
            "the file names columns but holds no answers",
            where=str(file),
            advice="save the answers again",
        )
    _require_width(file, header, rows)
    return Source(None, _frame(header, [row for _, row in rows]), tuple(_findings(header)))


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise ReaderError(
            "the file cannot be opened", where=str(file), found=error.strerror or str(error)
        ) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ReaderError(
            "the file is not UTF-8",
            where=f"{file}, line {line}",
            found=f"byte 0x{content[error.start]:02x}",
            advice="save it as 'CSV UTF-8'",
        ) from error


def _delimiter(text: str) -> str:
    """Return the delimiter that parts the first line into most names."""

    def names(delimiter: str) -> int:
        try:
            return len(next(csv.reader(StringIO(text, newline=""), delimiter=delimiter), []))
        except csv.Error:
            return 0

    # Of equals max takes the first: a file of one column is read with commas.
    return max(DELIMITERS, key=names)


def _rows(file: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it ends on."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise ReaderError(
            f"the quotation marks of the file do not match: {error}",
            where=f"{file}, line {reader.line_num}",
            advice='put cells in quotes as a whole, and write "" for a quotation mark in them',
        ) from error


def _require_width(
    file: Path, header: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]
) -> None:
    ragged = [(line, len(row)) for line, row in rows if len(row) != len(header)]
    if not ragged:
        return
    shown = ", ".join(f"{count} in line {line}" for line, count in ragged[:SHOWN_AT_MOST])
    more = len(ragged) - SHOWN_AT_MOST
    raise ReaderError(
        "rows have more or fewer cells than there are columns",
        where=str(file),
        found=shown + (f", and {more} more lines" if more > 0 else ""),
        allowed=f"{len(header)} cells, as in the first line",
        advice="put cells that contain the delimiter in quotes",
    )


def _frame(header: Sequence[str], rows: Sequence[Sequence[str]]) -> pd.DataFrame:
    import pandas as pd

    cells = [[cell or None for cell in row] for row in rows]
    return pd.DataFrame(cells, columns=list(header), dtype="object")


def _findings(header: Sequence[str]) -> Iterator[str]:
    nameless = [str(place) for place, name in enumerate(header, start=1) if not name.strip()]
    if nameless:
        yield f"columns without a name: {', '.join(nameless)} (counted from 1)"
