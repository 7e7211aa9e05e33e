"""Rows of a form as a workbook: cells of words only, the same bytes on every run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO

from socialpoll.errors import ExportError
from socialpoll.forms.rows import Row
from socialpoll.forms.texts import LONGEST_CELL

__all__ = ["MEDIA_TYPE", "workbook_of"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_DATE = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the properties of a workbook know no time zone
WIDEST, NARROWEST = 60, 12
"""Characters of a column."""
FIRST = {
    "survey": ("type", "name", "label", "hint", "relevant", "constraint", "constraint_message"),
    "choices": ("list_name", "name", "label", "missing", "in_base", "score"),
}
"""The usual order of headings; others stand behind them."""


def workbook_of(sheets: Mapping[str, Sequence[Row]]) -> bytes:
    """Return sheets as a workbook.

    Parameters
    ----------
    sheets : mapping of str to sequence of Row
        Rows by the name of their sheet.

    Returns
    -------
    bytes
        No cell is a formula, a number or a link, whatever its words look like.

    Raises
    ------
    ExportError
        Words that are too long for a cell.
    """
    import xlsxwriter

    _require_short(sheets)
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": NO_DATE})
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(_headings(name, rows)):
            words = [row.get(heading, "") for row in rows]
            longest = max(map(len, (heading, *words)))
            sheet.set_column(column, column, min(WIDEST, max(NARROWEST, longest)), wrapped)
            sheet.write_string(0, column, heading, bold)
            for place, one in enumerate(words, start=1):
                if one:
                    sheet.write_string(place, column, one)
    book.close()
    return file.getvalue()


def _headings(sheet: str, rows: Sequence[Row]) -> list[str]:
    """Return all headings of rows, in the usual order, each language in the order of the form."""
    order = FIRST.get(sheet, ())
    found = list(dict.fromkeys(heading for row in rows for heading in row))

    def place(heading: str) -> int:
        bare = heading.partition("::")[0]
        return order.index(bare) if bare in order else len(order)

    return sorted(found, key=place)


def _require_short(sheets: Mapping[str, Sequence[Row]]) -> None:
    for sheet, rows in sheets.items():
        for place, row in enumerate(rows, start=2):
            for heading, words in row.items():
                if len(words) > LONGEST_CELL:
                    raise ExportError(
                        "the words are too long for a cell of a workbook",
                        where=f"sheet {sheet!r}, row {place}, column {heading!r}",
                        found=f"{len(words)} characters",
                        allowed=f"at most {LONGEST_CELL}",
                        advice="shorten them; nothing was written",
                    )
