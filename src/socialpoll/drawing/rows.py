"""The rows of a chart: a label that may take several lines, and what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.sheet import WIDTH, Align, Sheet
from socialpoll.report import Chart, Figure, Phrase, Point
from socialpoll.report.marks import SUPPRESSED

__all__ = ["BODY", "GAP", "SMALL", "Row", "drawn_value", "label_room", "lay", "write_labels"]

BODY = 9.0
SMALL = 8.0
GAP = 0.08
"""Between a label and what it labels, in inches."""
WIDEST_LABEL = 0.38 * WIDTH
MANY = 14
"""Rows of a chart that is set more closely, so that it takes less of its page."""
LEAST_HEIGHT, LEAST_OF_MANY = 0.27, 0.205
PADDING, PADDING_OF_MANY = 0.09, 0.03
SPACE_ABOVE_HEADING = 0.06


@dataclass(frozen=True)
class Row:
    """A row of a chart, in inches from the top of its plot; a heading has no point."""

    label: tuple[str, ...]
    point: Point | None
    top: float
    height: float
    bold: bool = False

    @property
    def middle(self) -> float:
        """The height at which its mark stands."""
        return self.top + self.height / 2

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height


def drawn_value(figure: Figure) -> float | None:
    """Return the value that is drawn of a figure; None where it is suppressed or not there."""
    return None if figure.status == SUPPRESSED else figure.value


def label_room(chart: Chart, ruler: Ruler) -> float:
    """Return how wide the column of labels is."""
    points = [point for series in chart.series for point in series.points]
    widths = [
        ruler.width(ruler.edition.text(point.label), BODY, bold=point.role == "total")
        for point in points
    ]
    return min(max(widths, default=0.0) + 0.02, WIDEST_LABEL)


def lay(
    parts: Iterable[tuple[Phrase, Point | None]], ruler: Ruler, room: float, top: float = 0.0
) -> tuple[Row, ...]:
    """Lay labels under each other; a heading has the whole width, a label ``room`` inches."""
    given = list(parts)
    close = len(given) > MANY
    padding = PADDING_OF_MANY if close else PADDING
    least = LEAST_OF_MANY if close else LEAST_HEIGHT
    rows: list[Row] = []
    for phrase, point in given:
        heading = point is None
        bold = point is None or point.role == "total"
        label = ruler.wrap(ruler.edition.text(phrase), BODY, WIDTH if heading else room, bold=bold)
        if heading and not label:
            continue
        above = SPACE_ABOVE_HEADING if heading and rows else 0.0
        high = max(ruler.height(len(label), BODY) + padding, least)
        rows.append(Row(label, point, top + above, high, bold))
        top += above + high
    return tuple(rows)


def write_labels(sheet: Sheet, rows: Iterable[Row], top: float, room: float) -> None:
    """Write headings from the leading edge and labels up to their marks."""
    for row in rows:
        high = sheet.ruler.height(len(row.label), BODY)
        heading = row.point is None
        place = 0.0 if heading else room, top + row.middle - high / 2
        align: Align = "start" if heading else "end"
        sheet.lines(place, row.label, size=BODY, bold=row.bold, align=align)
