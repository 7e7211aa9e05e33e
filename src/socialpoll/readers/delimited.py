"""Answers in delimited text, read as words: nothing is guessed from how they look."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import ReaderError
from socialpoll.hooks import Source
from socialpoll.readers.bounds import require_file, require_table
from socialpoll.readers.delimiters import delimiter_of
from socialpoll.readers.encodings import encoding_of
from socialpoll.readers.headers import findings_on_names

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_delimited"]

SHOWN_AT_MOST = 5
LOOKED_AT = 1 << 18
ROWS_AT_ONCE = 5_000


def read_delimited(path: str | Path) -> Source:
    """Read a table of answers from CSV or TSV.

    Parameters
    ----------
    path : str or Path
        Of a text file whose first line names the columns. Its encoding is UTF-8, UTF-16,
        Windows-1256 or Windows-1252; its columns are parted by comma, semicolon, tab or ``|``.

    Returns
    -------
    Source
        A frame of words, one row a case: ``01`` stays ``01``. Empty cells are missing; every other
        cell is as it stands in the file, ``NA`` and spaces too. The findings tell what was assumed
        of encoding and delimiter.

    Raises
    ------
    ReaderError
        The file cannot be opened, is no text or too large, has no rows, or rows of another length
        than the first line.
    """
    file = require_file(path)
    content = file.read_bytes()
    encoding, on_encoding = encoding_of(content, file)
    start = _text(content, encoding).read(LOOKED_AT)
    delimiter, on_delimiter = delimiter_of(start)
    lines = _rows(file, _text(content, encoding), delimiter)
    first = next(lines, None)
    if first is None:
        raise ReaderError("the file is empty", where=str(file), advice="save the answers again")
    header = first[1]
    require_table(file, 0, len(header))
    frame = _frame(file, header, lines)
    return Source(None, frame, (*on_encoding, *on_delimiter, *findings_on_names(header)))


def _text(content: bytes, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(BytesIO(content), encoding=encoding, newline="")


def _rows(file: Path, text: TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it ends on."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield reader.line_num, row
    except csv.Error as error:
        raise ReaderError(
            f"the quotation marks of the file do not match: {error}",
            where=f"{file}, line {reader.line_num}",
            advice='put cells in quotes as a whole, and write "" for a quotation mark in them',
        ) from error


def _frame(
    file: Path, header: Sequence[str], lines: Iterator[tuple[int, list[str]]]
) -> pd.DataFrame:
    """Gather the columns, some thousand rows at a time; an answer given often is kept once."""
    import pandas as pd

    # A blank line is an empty cell where there is but one column; elsewhere it is no row.
    blank = [] if len(header) > 1 else [""]
    columns: list[list[str | None]] = [[] for _ in header]
    known: dict[str, str | None] = {"": None}
    ragged: list[tuple[int, int]] = []
    while rows := list(islice(lines, ROWS_AT_ONCE)):
        kept = [(line, row or blank) for line, row in rows if row or blank]
        ragged += [(line, len(row)) for line, row in kept if len(row) != len(header)]
        if ragged:
            continue
        for column, cells in zip(
            columns, zip(*(row for _, row in kept), strict=True), strict=False
        ):
            column.extend(map(known.setdefault, cells, cells))
        require_table(file, len(columns[0]), len(header))
    if ragged:
        raise _ragged(file, len(header), ragged)
    if not columns[0]:
        raise ReaderError(
            "the file names columns but holds no answers",
            where=str(file),
            advice="save the answers again",
        )
    frame = pd.DataFrame(dict(enumerate(columns)), dtype="object")
    return frame.set_axis(list(header), axis="columns")


def _ragged(file: Path, width: int, ragged: Sequence[tuple[int, int]]) -> ReaderError:
    shown = ", ".join(f"{count} in line {line}" for line, count in ragged[:SHOWN_AT_MOST])
    more = len(ragged) - SHOWN_AT_MOST
    return ReaderError(
        "rows have more or fewer cells than there are columns",
        where=str(file),
        found=shown + (f", and {more} more lines" if more > 0 else ""),
        allowed=f"{width} cells, as in the first line",
        advice="put cells that contain the delimiter in quotes",
    )
