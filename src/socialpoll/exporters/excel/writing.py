"""Sheets as the bytes of a workbook: words as words, numbers as numbers, nothing calculated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from itertools import takewhile
from typing import TYPE_CHECKING

from socialpoll.errors import ExportError
from socialpoll.exporters.excel.logos import add_logo
from socialpoll.exporters.excel.looks import Looks
from socialpoll.exporters.excel.naming import LONGEST_CELL, letters_of
from socialpoll.exporters.excel.sheets import Entry, Field, Sheet
from socialpoll.exporters.excel.sizes import LINE, height_of, width_of
from socialpoll.report import Edition, Message, Value
from socialpoll.schema import say
from socialpoll.schema.legible import legible

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

__all__ = ["written"]

CREATED = dt.date(1980, 1, 1)
"""Of a workbook without a release date: the first date that its package can hold."""
ROWS, COLUMNS = 1_048_576, 16_384
A4 = 9
BENEATH = 2
"""Rows from the last one of a table to its logo."""
NO_GRID = 2
ACROSS, SMALL = 240, 60
"""Characters that a page is wide at the smallest print, and its per cent of the usual size."""
PAGE, PAGES = "&P", "&N"
MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
WORDS_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def written(sheets: Sequence[Sheet], edition: Edition) -> bytes:
    """Return sheets as a workbook.

    Parameters
    ----------
    sheets : sequence of Sheet
        Each with a name that no other has.
    edition : Edition
        Gives direction, house style and properties.

    Returns
    -------
    bytes
        The same for the same sheets and edition.

    Raises
    ------
    ExportError
        Words that are longer than a cell may be, more rows or columns than a sheet may have, or a
        logo that cannot be put into a workbook.
    """
    import xlsxwriter

    for sheet in sheets:
        _require_room(sheet)
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, **WORDS_ONLY})
    book.set_properties(_properties(edition))
    looks = Looks(book, edition)
    footer = _footer(edition)
    for sheet in sheets:
        made = book.add_worksheet(sheet.name)
        if edition.direction == "rtl":
            made.right_to_left()
        writer = _SheetWriter(sheet, made, looks)
        writer.write()
        writer.set_up(footer)
    book.close()
    return file.getvalue()


class _SheetWriter:
    """Writes one sheet: title and lines, then the table, whose header row stays in sight."""

    def __init__(self, sheet: Sheet, made: Worksheet, looks: Looks) -> None:
        self.sheet = sheet
        self.made = made
        self.looks = looks
        self.head = len(sheet.lines) + 1
        self.widths = [width_of(field) for field in sheet.fields]
        self.labels = len(list(takewhile(lambda one: one.kind == "label", sheet.fields)))

    def write(self) -> None:
        """Write everything."""
        self._entry(0, 0, Entry(self.sheet.title), self.looks.title())
        for row, line in enumerate(self.sheet.lines, start=1):
            self._entry(row, 0, Entry(line.words, link=line.link), self.looks.line())
        for column, field in enumerate(self.sheet.fields):
            self.made.set_column(column, column, self.widths[column])
            self._field(column, field)
        self._mark_up()
        self._set_heights()
        if self.sheet.logo is not None:
            rows = len(self.sheet.fields[0].entries) if self.sheet.fields else 0
            add_logo(self.made, self.sheet.logo, self.head + rows + BENEATH)
        self.made.freeze_panes(self.head + 1, self.labels)

    def set_up(self, footer: str) -> None:
        """Set the sheet up for print, on its side, headings on every page.

        It is as wide as the paper, unless too many columns would become too small to be read: then
        labels stand on every page too.
        """
        self.made.hide_gridlines(NO_GRID)
        self.made.set_landscape()
        self.made.set_paper(A4)
        self.made.repeat_rows(self.head)
        self.made.set_footer(footer)
        if sum(self.widths) <= ACROSS:
            self.made.fit_to_pages(1, 0)
        else:
            self.made.set_print_scale(SMALL)
            if self.labels:
                self.made.repeat_columns(0, self.labels - 1)

    def _field(self, column: int, field: Field) -> None:
        for place, entry in enumerate(field.entries):
            look = self.looks.cell(field.kind, entry.pattern, bold=place in self.sheet.totals)
            self._entry(self.head + 1 + place, column, entry, look)

    def _entry(self, row: int, column: int, entry: Entry, look: Format) -> None:
        if not isinstance(entry.content, str):
            self.made.write_number(row, column, entry.content, look)
            return
        # The schema of the format knows no blanks at the ends of words.
        words = entry.content.strip()
        if entry.link:
            target = entry.link.replace("'", "''")
            self.made.write_url(row, column, f"internal:'{target}'!A1", self.looks.link(), words)
        elif words:
            self.made.write_string(row, column, words, look)
        else:
            self.made.write_blank(row, column, None, look)

    def _set_heights(self) -> None:
        fields = self.sheet.fields
        headings = [one.heading for one in fields]
        self.made.set_row(self.head, height_of(headings, self.widths, bold=True))
        for place, entries in enumerate(zip(*(one.entries for one in fields), strict=True)):
            texts = [one.content if isinstance(one.content, str) else "" for one in entries]
            height = height_of(texts, self.widths, bold=place in self.sheet.totals)
            if height > LINE:
                self.made.set_row(self.head + 1 + place, height)

    def _mark_up(self) -> None:
        """Make a table of the cells; headings alone are no table."""
        fields = self.sheet.fields
        rows = len(fields[0].entries) if fields else 0
        headings = [
            {"header": one.heading, "header_format": self.looks.heading(one.kind)} for one in fields
        ]
        if rows:
            area = (self.head, 0, self.head + rows, len(fields) - 1)
            options = {"name": self.sheet.table, "style": None, "autofilter": self.sheet.filtered}
            self.made.add_table(*area, {**options, "columns": headings})
        else:
            for column, one in enumerate(headings):
                self.made.write_string(self.head, column, one["header"], one["header_format"])


def _footer(edition: Edition) -> str:
    # Between marks, a number does not swallow the blanks around it.
    mark = MARKS[edition.direction]
    values: dict[str, Value] = {"number": f"{mark}{PAGE}{mark}", "pages": f"{mark}{PAGES}{mark}"}
    return f"&C{legible(edition.text(Message('Page {number} of {pages}', values)))}"


def _properties(edition: Edition) -> dict[str, str | dt.datetime]:
    report, language = edition.report, edition.language
    released = report.life_cycle.release_date or CREATED
    return {
        "title": say(report.title, language),
        "subject": say(report.subtitle, language),
        "author": say(report.publisher.name, language),
        "created": dt.datetime.combine(released, dt.time()),
    }


def _require_room(sheet: Sheet) -> None:
    """Refuse what a sheet cannot hold."""
    where = f"sheet {sheet.name!r}"
    rows = max((len(one.entries) for one in sheet.fields), default=0) + len(sheet.lines) + 2
    if rows > ROWS or len(sheet.fields) > COLUMNS:
        raise ExportError(
            "there is more than a sheet of a workbook can hold",
            where=where,
            found=f"{rows} rows, {len(sheet.fields)} columns",
            allowed=f"{ROWS} rows, {COLUMNS} columns",
            advice="use the exporter 'csv' for all figures, and leave out the option 'data'",
        )
    for row, words in enumerate((sheet.title, *(one.words for one in sheet.lines)), start=1):
        _require_short(words, f"{where}, row {row}")
    for field in sheet.fields:
        for place, entry in enumerate(field.entries):
            if isinstance(entry.content, str):
                row = len(sheet.lines) + 3 + place
                _require_short(entry.content, f"{where}, row {row}, column {field.heading!r}")


def _require_short(words: str, where: str) -> None:
    # Most words are far too short to be counted exactly.
    if 2 * len(words) > LONGEST_CELL and letters_of(words) > LONGEST_CELL:
        raise ExportError(
            "the words are too long for a cell of a workbook",
            where=where,
            found=f"{letters_of(words)} characters",
            allowed=f"at most {LONGEST_CELL}",
            advice="shorten them; nothing was written",
        )
