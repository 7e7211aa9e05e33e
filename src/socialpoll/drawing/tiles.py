"""A map of tiles: a square a place, where it roughly lies, with its name and its figure."""

from __future__ import annotations

from socialpoll.drawing.classes import Classes
from socialpoll.drawing.colours import MUTED, label_colour
from socialpoll.drawing.rows import BODY, GAP, SMALL, drawn_value
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.sheet import WIDTH, Sheet
from socialpoll.report import Chart, Point

__all__ = ["TileMap"]

WIDEST = 1.2
PADDING = 0.07
MORE = 0.04
"""Between two tiles."""


class TileMap:
    """A plot of tiles; west is left in every language, while the rest follows the script.

    Parameters
    ----------
    chart : Chart
        Points with a tile; others are not drawn.
    ruler : Ruler
    """

    def __init__(self, chart: Chart, ruler: Ruler) -> None:
        self.points = [
            (point, point.tile) for one in chart.series for point in one.points if point.tile
        ]
        figures = [point.figure for point, _ in self.points]
        self.classes = Classes(figures, chart.unit, ruler)
        self.overall = chart.reference
        if self.overall is not None and drawn_value(self.overall.figure) is None:
            self.overall = None
        self.head = ruler.height(1, SMALL) + GAP if self.overall is not None else 0.0
        columns = [column for _, (column, _) in self.points]
        rows = [row for _, (_, row) in self.points]
        self.west, self.north = min(columns, default=0), min(rows, default=0)
        several = max(columns, default=0) - self.west + 1
        whole = WIDTH - self.classes.width - 2 * GAP
        self.tile = min(WIDEST, whole / several)
        self.margin = (whole - self.tile * several) / 2
        text = ruler.edition.text
        self.names = [
            ruler.wrap(text(point.label), SMALL, self.tile - 2 * PADDING)
            for point, _ in self.points
        ]
        numbers = [ruler.edition.number(one) for one in figures]
        lines = max(map(len, self.names), default=1)
        self.high = ruler.height(lines, SMALL) + ruler.height(1, BODY) + 2 * PADDING
        widest = max((ruler.width(one, BODY, bold=True) for one in numbers), default=0.0)
        self.number_size = BODY * min(1.0, (self.tile - PADDING) / max(widest, PADDING))
        downwards = max(rows, default=0) - self.north + 1
        self.height = self.head + max(self.high * downwards, self.classes.height)

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the plot on a sheet."""
        if self.overall is not None:
            edition = sheet.ruler.edition
            label, number = edition.text(self.overall.label), edition.number(self.overall.figure)
            place = 0.0, top + sheet.ruler.height(1, SMALL) / 2
            sheet.words(place, f"{label} {number}", size=SMALL, colour=MUTED)
        self.classes.paint_bar(sheet, top + self.head)
        for (point, place), name in zip(self.points, self.names, strict=True):
            self._paint_tile(sheet, point, place, name, top + self.head)

    def _paint_tile(
        self,
        sheet: Sheet,
        point: Point,
        place: tuple[int, int],
        name: tuple[str, ...],
        top: float,
    ) -> None:
        ruler = sheet.ruler
        left, high = self._corner(place, mirrored=ruler.mirrored)
        high += top
        corners = (left, high), (left + self.tile - MORE, high + self.high - MORE)
        fill = self.classes.paint_ground(sheet, *corners, point.figure)
        colour = label_colour(fill)
        middle = left + (self.tile - MORE) / 2
        words = ruler.height(len(name), SMALL)
        above = high + (self.high - MORE - words - ruler.height(1, BODY)) / 2
        sheet.lines((middle, above), name, size=SMALL, align="middle", colour=colour)
        at = middle, above + words + ruler.height(1, BODY) / 2
        number = ruler.edition.number(point.figure)
        sheet.words(at, number, size=self.number_size, align="middle", colour=colour, bold=True)

    def _corner(self, place: tuple[int, int], *, mirrored: bool) -> tuple[float, float]:
        """Return the leading upper corner of a tile, of a sheet that may be mirrored."""
        column, row = place[0] - self.west, place[1] - self.north
        several = max(one for _, (one, _) in self.points) - self.west
        across = several - column if mirrored else column
        return self.margin + across * self.tile, row * self.high
