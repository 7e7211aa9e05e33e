"""A heat map: bands of the clock, or other categories, by group; the figure stands in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from socialpoll.drawing.classes import Classes
from socialpoll.drawing.rows import BODY, GAP, SMALL
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.sheet import WIDTH, Sheet
from socialpoll.report import Chart, Figure, Point

__all__ = ["Heat"]

PADDING = 0.1
WIDEST_LABEL = 0.3 * WIDTH
MORE = 0.02
"""Between two cells."""
BETWEEN = 0.14
"""Between parts of a map that is wider than the page, in inches."""


@dataclass(frozen=True)
class Part:
    """Columns that fit beside each other: their headings and the cells of each row."""

    headings: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Figure, ...], ...]
    head: float


class Heat:
    """A plot of cells, categories across and groups down; the other way where that fits better.

    Columns that do not fit the page stand below the others.

    Parameters
    ----------
    chart : Chart
        A series a category, the groups as points in one order.
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        edition = ruler.edition
        groups = chart.series[0].points if chart.series else ()
        table = [[_figure(one.points, group) for one in chart.series] for group in groups]
        across = [edition.text(one.label) for one in chart.series]
        down = [edition.text(point.label) for point in groups]
        self.bold = [point.role == "total" for point in groups]
        figures = [figure for row in table for figure in row]
        self.classes = Classes(figures, chart.unit, ruler)
        self.numbers = {figure: edition.number(figure) for figure in figures}
        widest = max((ruler.width(one, SMALL) for one in self.numbers.values()), default=0.0)
        least = widest + GAP
        if self._fitting(down, ruler, least) < len(across) and len(down) < len(across):
            across, down = down, across
            table = [list(column) for column in zip(*table, strict=True)]
            self.bold = [False] * len(down)
        self.labels = [ruler.wrap(one, BODY, WIDEST_LABEL) for one in down]
        self.room = self._room(self.labels, ruler)
        self.high = max((ruler.height(len(one), BODY) for one in self.labels), default=0) + PADDING
        self.columns = min(self._fitting(down, ruler, least), max(len(across), 1))
        self.cell = (self._whole() - self.room - GAP) / self.columns
        self.parts = list(self._parts(across, table, ruler))
        self.height = max(sum(map(self._height, self.parts)), self.classes.height)

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        self.classes.paint_bar(sheet, top)
        for part in self.parts:
            self._paint_part(sheet, part, top)
            top += self._height(part)

    def _fitting(self, down: Sequence[str], ruler: Ruler, least: float) -> int:
        """Return how many columns fit beside the labels of the rows."""
        room = self._room([ruler.wrap(one, BODY, WIDEST_LABEL) for one in down], ruler)
        return max(1, int((self._whole() - room - GAP) / least))

    def _whole(self) -> float:
        return WIDTH - self.classes.width - 2 * GAP

    def _room(self, labels: Sequence[Sequence[str]], ruler: Ruler) -> float:
        lines = [line for label in labels for line in label]
        return max((ruler.width(line, BODY, bold=True) for line in lines), default=0.0)

    def _parts(
        self, across: Sequence[str], table: Sequence[Sequence[Figure]], ruler: Ruler
    ) -> list[Part]:
        parts = []
        for start in range(0, len(across), self.columns):
            columns = slice(start, start + self.columns)
            room = self.cell - GAP / 2
            headings = tuple(ruler.wrap(one, SMALL, room) for one in across[columns])
            head = ruler.height(max(map(len, headings)), SMALL) + GAP / 2
            parts.append(Part(headings, tuple(tuple(row[columns]) for row in table), head))
        return parts

    def _height(self, part: Part) -> float:
        between = 0.0 if part is self.parts[-1] else BETWEEN
        return part.head + self.high * len(part.cells) + between

    def _paint_part(self, sheet: Sheet, part: Part, top: float) -> None:
        start = self.room + GAP
        for column, lines in enumerate(part.headings):
            above = part.head - GAP / 2 - sheet.ruler.height(len(lines), SMALL)
            place = start + column * self.cell + (self.cell - MORE) / 2, top + above
            sheet.lines(place, lines, size=SMALL, align="middle")
        for row, cells in enumerate(part.cells):
            high = top + part.head + row * self.high
            self._paint_label(sheet, row, high)
            for column, figure in enumerate(cells):
                left = start + column * self.cell
                corners = (left, high), (left + self.cell - MORE, high + self.high - MORE)
                self.classes.paint_cell(sheet, *corners, figure, self.numbers[figure])

    def _paint_label(self, sheet: Sheet, row: int, high: float) -> None:
        lines = self.labels[row]
        middle = high + (self.high - MORE - sheet.ruler.height(len(lines), BODY)) / 2
        sheet.lines((self.room, middle), lines, size=BODY, align="end", bold=self.bold[row])


def _figure(points: Sequence[Point], group: Point) -> Figure:
    """Return the figure of a group, which need not have one in every category."""
    found = (point.figure for point in points if point.label == group.label)
    return next(found, Figure(None, group.figure.unit))
