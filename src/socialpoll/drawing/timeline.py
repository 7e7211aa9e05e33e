"""A timeline: phases as bars and milestones as marks, from the first day to the last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from socialpoll.drawing.colours import GRID, MUTED, PAPER
from socialpoll.drawing.rows import BODY, GAP, SMALL
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import AXIS, Scale
from socialpoll.drawing.sheet import WIDTH, Sheet
from socialpoll.report import Chart, Message, Span
from socialpoll.report.sampling import days_told
from socialpoll.report.timelines import PROGRESS

__all__ = ["Timeline", "first_days"]

WIDEST_LABEL = 0.42 * WIDTH
PADDING = 0.12
THICKNESS = 0.16
MARGIN = 0.04
"""Before the first and after the last day, as a part of the time between."""
MONTHS = 12
TICK = 1.1
"""What a date takes of the axis, in inches."""
STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)
"""Months between the days that the axis names."""


@dataclass(frozen=True)
class Row:
    """A phase with its lines: the name, then the days."""

    span: Span
    name: tuple[str, ...]
    days: tuple[str, ...]
    top: float
    height: float


class Timeline:
    """A plot of phases; what is done is filled, what is under way half filled, plans are hollow.

    Parameters
    ----------
    chart : Chart
        Of which the phases are drawn.
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        edition = ruler.edition
        self.words = {name: edition.text(word) for name, word in PROGRESS.items()}
        self.rows: list[Row] = []
        top = 0.0
        for span in chart.spans:
            days = days_told(span.start, span.end)
            name = ruler.wrap(edition.text(span.label), BODY, WIDEST_LABEL, bold=True)
            told = "" if days is None else edition.text(days)
            lines = ruler.wrap(told, SMALL, WIDEST_LABEL)
            high = ruler.height(len(name), BODY) + ruler.height(len(lines), SMALL) + PADDING
            self.rows.append(Row(span, name, lines, top, high))
            top += high
        self.height = top + AXIS
        self.room = max((self._width(row, ruler) for row in self.rows), default=0.0)
        status = max((ruler.width(word, SMALL) for word in self.words.values()), default=0.0)
        start = self.room + 2 * GAP
        self.scale, self.ticks = _axis(chart.spans, start, WIDTH - start - status - 2 * GAP)

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        bottom = top + self.height - AXIS
        for day in self.ticks:
            across = self.scale.place(day.toordinal())
            sheet.line((across, top), (across, bottom), colour=GRID, width=0.6, behind=True)
            words = sheet.ruler.edition.text(Message("{date}", {"date": day}))
            place = across, bottom + AXIS / 2
            sheet.words(place, words, size=SMALL, align="middle", colour=MUTED)
        for row in self.rows:
            self._paint_row(sheet, row, top)

    def _width(self, row: Row, ruler: Ruler) -> float:
        names = [ruler.width(line, BODY, bold=True) for line in row.name]
        return max([*names, *(ruler.width(line, SMALL) for line in row.days)], default=0.0)

    def _paint_row(self, sheet: Sheet, row: Row, top: float) -> None:
        ruler = sheet.ruler
        high = top + row.top + PADDING / 2
        sheet.lines((0.0, high), row.name, size=BODY, bold=True)
        below = high + ruler.height(len(row.name), BODY)
        sheet.lines((0.0, below), row.days, size=SMALL, colour=MUTED)
        middle = top + row.top + row.height / 2
        self._paint_span(sheet, row.span, middle)
        words = self.words[row.span.status]
        sheet.words((WIDTH, middle), words, size=SMALL, align="end", colour=MUTED)

    def _paint_span(self, sheet: Sheet, span: Span, middle: float) -> None:
        done = span.status == "done"
        start = self.scale.place(span.start.toordinal())
        if span.end is None:
            fill = sheet.colour if done else PAPER
            sheet.mark((start, middle), shape="D", fill=fill, edge=sheet.colour)
            return
        end = self.scale.place(span.end.toordinal() + 1)
        low, high = middle - THICKNESS / 2, middle + THICKNESS / 2
        fill = sheet.colour if done else PAPER
        sheet.rectangle((start, low), (end, high), fill=fill, edge=sheet.colour, width=1.2)
        if span.status == "under way":
            sheet.rectangle((start, middle), (end, high), fill=sheet.colour, edge=sheet.colour)


def first_days(first: dt.date, last: dt.date, most: int) -> tuple[dt.date, ...]:
    """Return first days of months between two days, as evenly as months are, at most so many.

    Examples
    --------
    >>> [str(day) for day in first_days(dt.date(2019, 3, 3), dt.date(2019, 9, 30), 3)]
    ['2019-05-01', '2019-07-01', '2019-09-01']
    """
    months = range(first.year * MONTHS + first.month - 1, last.year * MONTHS + last.month)
    days = [dt.date(month // MONTHS, month % MONTHS + 1, 1) for month in months]
    for step in STEPS:
        numbered = zip(months, days, strict=True)
        found = tuple(day for month, day in numbered if month % step == 0 and first <= day <= last)
        if len(found) <= most:
            return found
    return ()


def _axis(spans: Sequence[Span], start: float, length: float) -> tuple[Scale, tuple[dt.date, ...]]:
    """Return where days stand across the sheet, and which of them are named."""
    days = [day for one in spans for day in (one.start, one.end) if day is not None]
    if not days:
        return Scale(0.0, 1.0, 1.0, start, length), ()
    first, last = min(days), max(days)
    margin = max(1.0, (last - first).days * MARGIN)
    low, high = first.toordinal() - margin, last.toordinal() + 1 + margin
    return Scale(low, high, 1.0, start, length), first_days(first, last, int(length / TICK))
