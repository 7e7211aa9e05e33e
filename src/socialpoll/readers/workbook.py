"""Answers in a sheet of an Excel workbook, read as words as they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from socialpoll.errors import ReaderError
from socialpoll.hooks import Source
from socialpoll.readers.bounds import require_file
from socialpoll.readers.headers import findings_on_names
from socialpoll.readers.sheets import Marks, marks_of, parts_of_sheets, place
from socialpoll.readers.xlsform import is_xlsform, read_xlsform
from socialpoll.readers.zipped import opened

if TYPE_CHECKING:
    import pandas as pd
    from python_calamine import CalamineSheet, CalamineWorkbook

__all__ = ["read_workbook", "words_of"]

MEANT = ("responses", "data")
"""Names of the sheet that holds the answers, where there are several."""
SHOWN_AT_MOST = 5
EXACT = 2**53
Table = list[list[Any]]


class _Chosen(NamedTuple):
    """A sheet, and what there is to say about the others."""

    name: str
    findings: tuple[str, ...]


def read_workbook(path: str | Path) -> Source:
    """Read a table of answers from an Excel workbook; a questionnaire, where it is an XLSForm.

    Parameters
    ----------
    path : str or Path
        Of an ``.xlsx`` file. With the sheets of an XLSForm it is read as
        :func:`socialpoll.read_xlsform` reads it. Otherwise, of several sheets it is the one named
        ``responses`` or ``data``, else the first that is not hidden; its first row with content
        names the columns.

    Returns
    -------
    Source
        A frame of words, one row a case: ``1`` for a whole number, dates and times as ISO 8601
        writes them, a formula as the value that was saved with it, an error as its word
        (``#REF!``). Empty cells are missing; rows and columns without content are left out.

    Raises
    ------
    ReaderError
        The file is no workbook, is damaged, encrypted or too large, or holds no answers; or it is
        a form, and what reads forms is not installed.
    """
    import python_calamine

    file = require_file(path)
    if is_xlsform(file):
        return _form(file)
    try:
        with opened(file) as package, python_calamine.load_workbook(str(file)) as book:
            chosen = _chosen(book, file)
            marks = marks_of(package, parts_of_sheets(package, file)[chosen.name], file)
            sheet = book.get_sheet_by_name(chosen.name)
            table: Table = sheet.to_python(skip_empty_area=False)
            return _source(file, _with_errors(table, marks), [*chosen.findings, *_on(sheet, marks)])
    except (python_calamine.CalamineError, OSError) as error:
        raise ReaderError(
            "the workbook cannot be read",
            where=str(file),
            found=str(error),
            advice="save it as .xlsx again, without a password",
        ) from error


def _form(file: Path) -> Source:
    try:
        return read_xlsform(file)
    except ModuleNotFoundError as error:
        raise ReaderError(
            "the workbook is an XLSForm, and what reads forms is not installed",
            where=str(file),
            found=f"no module {error.name!r}",
            advice='pip install "socialpoll[xlsform]"',
        ) from error


def words_of(value: object) -> str | None:
    """Write the value of a cell in words; None where it is empty.

    Examples
    --------
    >>> [words_of(value) for value in (1.0, 2.5, True, "01", "")]
    ['1', '2.5', 'TRUE', '01', None]
    """
    match value:
        case str():
            return value or None
        case bool():
            return str(value).upper()
        case float() if value.is_integer() and abs(value) < EXACT:
            return str(int(value))
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return None if value is None else str(value)


def _chosen(book: CalamineWorkbook, file: Path) -> _Chosen:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [one for one in book.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
    shown = [one.name for one in sheets if one.visible == SheetVisibleEnum.Visible]
    hidden = [repr(one.name) for one in sheets if one.visible != SheetVisibleEnum.Visible]
    findings = [f"sheets that are hidden: {', '.join(hidden)}"] if hidden else []
    if not shown:
        raise ReaderError(
            "the workbook has no sheet that is not hidden",
            where=str(file),
            found=", ".join(hidden) or "no sheets",
            advice="show the sheet that holds the answers",
        )
    meant = [one for name in MEANT for one in shown if one.strip().casefold() == name]
    name = [*meant, *shown][0]
    if len(shown) > 1:
        others = ", ".join(repr(one) for one in shown if one != name)
        findings.append(f"the answers are read from the sheet {name!r}, not from {others}")
    return _Chosen(name, tuple(findings))


def _on(sheet: CalamineSheet, marks: Marks) -> Iterator[str]:
    """Yield a sentence on formulas, on errors and on merged cells."""
    if marks.formulas:
        yield (
            f"{marks.formulas} cell(s) hold formulas, first {marks.first_formula}: the values "
            "saved with them are read"
        )
    if marks.errors:
        told = [f"{word} in {place(*where)}" for where, word in marks.errors.items()]
        yield f"{len(told)} cell(s) hold errors: {_first(told)}"
    merged = [f"{place(*first)}:{place(*last)}" for first, last in sheet.merged_cell_ranges or ()]
    if merged:
        yield (
            f"{len(merged)} group(s) of merged cells, of which only the first cell has a value: "
            f"{_first(merged)}"
        )


def _first(told: Sequence[str]) -> str:
    more = len(told) - SHOWN_AT_MOST
    return ", ".join(told[:SHOWN_AT_MOST]) + (f" and {more} more" if more > 0 else "")


def _with_errors(table: Table, marks: Marks) -> Table:
    """Put the words of errors where the values are empty."""
    for (row, column), word in marks.errors.items():
        if row < len(table) and column < len(table[row]):
            table[row][column] = word
    return table


def _source(file: Path, table: Table, findings: list[str]) -> Source:
    rows = [number for number, row in enumerate(table) if any(map(_is_filled, row))]
    if len(rows) < 2:  # noqa: PLR2004 - names and one case
        what = "the sheet names columns but holds no answers" if rows else "the sheet is empty"
        raise ReaderError(what, where=str(file), advice="save the answers again")
    if rows[0]:
        findings.append(f"the columns are named in row {rows[0] + 1}; the rows above it are empty")
    between = rows[-1] - rows[0] + 1 - len(rows)
    if between:
        findings.append(f"{between} row(s) between the answers are empty and count as no cases")
    filled = [table[number] for number in rows]
    columns = [[words_of(value) for value in column] for column in zip(*filled, strict=True)]
    kept = [column for column in columns if any(one is not None for one in column)]
    header = [column[0] or "" for column in kept]
    frame = _frame(header, [column[1:] for column in kept])
    return Source(None, frame, (*findings, *findings_on_names(header)))


def _is_filled(value: object) -> bool:
    return value is not None and value != ""


def _frame(header: Sequence[str], columns: Sequence[Sequence[str | None]]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(dict(enumerate(columns)), dtype="object")
    return frame.set_axis(list(header), axis="columns")
