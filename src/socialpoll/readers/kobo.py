"""Submissions to a form, as Kobo and ODK export them, read as words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import ReaderError
from socialpoll.hooks import Source
from socialpoll.readers.damage import open_cells, require_workbook
from socialpoll.readers.delimited import read_delimited

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read_kobo"]

WORKBOOKS = (".xlsx", ".xlsm")
MOST_UNPACKED = 1_000_000_000
"""Bytes of a workbook once it is unpacked."""


def read_kobo(path: str | Path) -> Source:
    """Read an export of submissions.

    Parameters
    ----------
    path : str or Path
        Of a CSV or XLSX file, exported with the names of questions and choices ("XML values and
        headers"), not with their labels.

    Returns
    -------
    Source
        A frame of words with the columns of the export: ``group/question``, ``_uuid`` and so on.
        :func:`socialpoll.submissions` gives them the columns of a questionnaire.

    Raises
    ------
    ReaderError
        The file cannot be opened, is no table, or has no rows.
    """
    file = Path(path)
    if not file.name.lower().endswith(WORKBOOKS):
        return read_delimited(file)
    names, rows = _rows(file)
    if not rows:
        raise ReaderError(
            "the file names columns but holds no answers",
            where=str(file),
            advice="export the submissions again",
        )
    findings: tuple[str, ...] = ()
    if len(names) > 1:
        others = ", ".join(map(repr, names[1:]))
        findings = (f"sheets with answers to repeats are left out: {others}",)
    return Source(None, _frame(rows), findings)


def _rows(file: Path) -> tuple[list[str], list[list[str | None]]]:
    """Return the names of all sheets, and the rows of the first as words, headings in front."""
    require_workbook(file, most=MOST_UNPACKED)
    with open_cells(file) as book:
        sheet = book.worksheets[0]
        rows = [[_words(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    filled = [row for row in rows if any(cell is not None for cell in row)]
    return book.sheetnames, filled if len(filled) > 1 else []


def _words(cell: object) -> str | None:
    """Return a cell as a CSV export would write it."""
    match cell:
        case None | "":
            return None
        case bool():
            return "1" if cell else "0"
        case float() if cell.is_integer():
            return str(int(cell))
        case dt.datetime() | dt.date() | dt.time():
            return cell.isoformat()
    return str(cell)


def _frame(rows: list[list[str | None]]) -> pd.DataFrame:
    import pandas as pd

    header = [name or "" for name in rows[0]]
    while header and not header[-1]:
        header.pop()
    cells = [row[: len(header)] for row in rows[1:]]
    return pd.DataFrame(cells, columns=header, dtype="object")
