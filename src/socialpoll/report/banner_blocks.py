"""A banner as a block of a report, in no language yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from socialpoll.report.blocks import Cell, Column, Message, Row, Table, Value

if TYPE_CHECKING:
    from socialpoll.report.banner_layout import Layout
    from socialpoll.report.banner_rows import BannerRow
    from socialpoll.report.heads import Head

__all__ = ["block_of"]


def block_of(layout: Layout) -> Table:
    """Return a banner as a table.

    Columns of one breakdown (of one domain, where there are waves) have its words as their group;
    headings become rows of role ``group``, bases rows of role ``total``. Where there are intervals,
    a column of them stands beside each column of figures.
    """
    columns = [Column("answer", Message("Answer"), "label")]
    for head in layout.heads:
        columns.extend(_columns(head, lettered=layout.lettered, intervals=layout.intervals))
    width = len(columns) - 1
    rows = tuple(_row(row, width, intervals=layout.intervals) for row in layout.rows)
    return Table(layout.title, tuple(columns), rows, layout.notes)


def _columns(head: Head, *, lettered: bool, intervals: bool) -> Iterator[Column]:
    group, heading = head.group, head.label
    if head.period is not None:
        values: dict[str, Value] = {"of": group or head.label, "what": head.label}
        group = head.label if group is None else Message("{of}: {what}", values)
        heading = head.period
    if lettered and head.letter:
        heading = Message("{heading} ({letter})", {"heading": heading, "letter": head.letter})
    yield Column(head.name, heading, "figure", group)
    if intervals:
        yield Column(f"{head.name}.interval", Message("Confidence interval"), "interval", group)


def _row(row: BannerRow, width: int, *, intervals: bool) -> Row:
    if row.role in ("question", "part"):
        label = row.label
        if row.base is not None:
            label = Message("{title} (base: {who})", {"title": label, "who": row.base})
        return Row((label, *[None] * width), "group")
    cells: list[Cell] = list(row.figures)
    if intervals:
        beside = row.intervals or (None,) * len(cells)
        cells = [cell for pair in zip(row.figures, beside, strict=True) for cell in pair]
    return Row((row.label, *cells), "body" if row.role == "figure" else "total")
