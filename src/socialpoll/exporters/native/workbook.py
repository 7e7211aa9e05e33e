"""The workbook inside a chart: words and numbers, never a formula."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO

from socialpoll.exporters.native.parts import Column, Grid

__all__ = ["SHEET", "workbook_of"]

SHEET = "Sheet1"
"""As the references of python-pptx name it."""
NO_DATE = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""The same bytes on every run: a workbook would else remember when it was made."""
LABELS_WIDE = 32
"""Letters across, of the column of labels."""


def workbook_of(grid: Grid, *, mirrored: bool) -> bytes:
    """Return the sheet of a chart as a file of Excel.

    Parameters
    ----------
    grid : Grid
    mirrored : bool
        Whether the sheet begins at the right.
    """
    from xlsxwriter import Workbook

    file = BytesIO()
    # In memory, for temporary files would be written beside the document.
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": NO_DATE.replace(tzinfo=None)})
    sheet = book.add_worksheet(SHEET)
    if mirrored:
        sheet.right_to_left()
    sheet.set_column(0, 0, LABELS_WIDE)
    for row, label in enumerate(grid.labels, start=1):
        sheet.write_string(row, 0, label)
    for place, column in enumerate((*grid.columns, *grid.whiskers), start=1):
        form = book.add_format({"num_format": column.form})
        sheet.write_string(0, place, column.heading)
        for row, value in _shown(column):
            sheet.write_number(row, place, value, form)
    book.close()
    return file.getvalue()


def _shown(column: Column) -> Iterator[tuple[int, float]]:
    return ((row, one) for row, one in enumerate(column.values, start=1) if one is not None)
