"""The sheet of all figures: the rows of the CSV feed, with words beside the codes."""

from __future__ import annotations

import math

from socialpoll.exporters.excel.cells import EMPTY
from socialpoll.exporters.excel.naming import headings_of
from socialpoll.exporters.excel.sheets import Entry, Field
from socialpoll.exporters.observations import labels_of, rows_of
from socialpoll.report import Edition, Scalar
from socialpoll.schema.legible import legible

__all__ = ["observed"]


def observed(edition: Edition) -> tuple[Field, ...]:
    """Return every figure of a report as a row, as in the CSV feed.

    Parameters
    ----------
    edition : Edition
        Its leading language is that of the words.

    Returns
    -------
    tuple of Field
        In the order of the feed, without its three columns for the structure of SDMX; none where
        the report has no figures. What is empty there is empty here.
    """
    report, language = edition.report, edition.language
    rows: list[dict[str, Scalar]] = [
        {**row, **labels_of(edition, figure, language)}
        for figure, row in zip(report.figures, rows_of(report), strict=True)
    ]
    names = list(rows[0]) if rows else []
    headings = headings_of([legible(one) for one in names])
    return tuple(
        Field(heading, "text", tuple(_entry(row[name]) for row in rows))
        for heading, name in zip(headings, names, strict=True)
    )


def _entry(value: Scalar) -> Entry:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return EMPTY
    if isinstance(value, bool):
        return Entry("true" if value else "false")
    if isinstance(value, str):
        return Entry(legible(value))
    return Entry(float(value))
