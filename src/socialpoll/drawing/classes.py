"""Classes of a number, each with its shade, and the bar that tells which is which."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.drawing.colours import MUTED, PAPER, label_colour, shades
from socialpoll.drawing.rows import GAP, SMALL, drawn_value
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.scale import Scale, round_limits, tick_figure
from socialpoll.drawing.sheet import WIDTH, Place, Sheet
from socialpoll.report import Figure, Unit
from socialpoll.report.marks import LOW_RELIABILITY

__all__ = ["Classes"]

BAR = 0.14
STEP = 0.3
"""Height of one class in the bar, in inches."""


class Classes:
    """Classes of equal width that hold all figures shown, at round values.

    Parameters
    ----------
    figures : iterable of Figure
    unit : Unit
    ruler : Ruler
    """

    def __init__(self, figures: Iterable[Figure], unit: Unit, ruler: Ruler) -> None:
        self.unit = unit
        values = [value for one in figures if (value := drawn_value(one)) is not None]
        low, high, step = round_limits(min(values, default=0.0), max(values, default=1.0), unit)
        self.scale = Scale(low, high, step, 0.0, 1.0)
        self.shades = shades(max(1, round((high - low) / step)))
        edition = ruler.edition
        self.limits = [edition.number(tick_figure(one, step, unit)) for one in self.scale.ticks()]
        widest = max((ruler.width(one, SMALL) for one in self.limits), default=0.0)
        self.width = BAR + GAP / 2 + widest
        """Of the bar and the values beside it, in inches."""
        self.height = STEP * len(self.shades) + ruler.height(1, SMALL)

    def shade(self, value: float) -> str:
        """Return the colour of a value; a value between two classes is in the upper one."""
        place = int(self.scale.place(value) * len(self.shades) + 1e-9)
        return self.shades[min(max(place, 0), len(self.shades) - 1)]

    def paint_cell(
        self, sheet: Sheet, corner: Place, opposite: Place, figure: Figure, words: str
    ) -> None:
        """Fill a cell with the shade of its figure, and write it in words at its middle.

        What is of low reliability has a dashed outline, what is not shown no shade.
        """
        fill = self.paint_ground(sheet, corner, opposite, figure)
        middle = (corner[0] + opposite[0]) / 2, (corner[1] + opposite[1]) / 2
        sheet.words(middle, words, size=SMALL, align="middle", colour=label_colour(fill))

    def paint_ground(self, sheet: Sheet, corner: Place, opposite: Place, figure: Figure) -> str:
        """Fill a cell without words, and return its colour."""
        value = drawn_value(figure)
        weak = figure.status == LOW_RELIABILITY
        fill = PAPER if value is None else self.shade(value)
        edge = MUTED if value is None or weak else PAPER
        dashes = (3.0, 2.0) if weak else None
        sheet.rectangle(corner, opposite, fill=fill, edge=edge, width=1.0, dashes=dashes)
        return fill

    def paint_bar(self, sheet: Sheet, top: float) -> None:
        """Draw the bar at the trailing edge of a sheet, the most at its top."""
        start = WIDTH - self.width
        top += sheet.ruler.height(1, SMALL) / 2
        foot = top + STEP * len(self.shades)
        for number, colour in enumerate(self.shades):
            low, high = foot - number * STEP, foot - (number + 1) * STEP
            sheet.rectangle((start, low), (start + BAR, high), fill=colour, edge=PAPER, width=0.6)
        for number, words in enumerate(self.limits):
            place = start + BAR + GAP / 2, foot - number * STEP
            sheet.words(place, words, size=SMALL, colour=MUTED)
