"""What stands on a drawn sheet, read from its figure: texts and where they are, boxes, lines."""

from __future__ import annotations

from typing import NamedTuple

from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from socialpoll.drawing.pictures import sheet_of
from socialpoll.drawing.sheet import PAGE
from socialpoll.report import Chart
from tests.exporters.made_report import edition

MARKS = "\u200e\u200f"


class Words(NamedTuple):
    """A line of text: what it says, and the box that it fills, in inches from the left bottom."""

    text: str
    left: float
    right: float
    low: float
    high: float


class Drawn:
    """A chart as it was drawn in a language."""

    def __init__(self, chart: Chart, language: str) -> None:
        self.sheet = sheet_of(chart, edition(language))
        self.figure = self.sheet.figure

    @property
    def words(self) -> list[Words]:
        renderer = self.figure.canvas.get_renderer()
        found = []
        for text in self.figure.texts:
            box = text.get_window_extent(renderer)
            found.append(
                Words(
                    plain(text.get_text()), *(one / 200 for one in (box.x0, box.x1, box.y0, box.y1))
                )
            )
        return found

    @property
    def said(self) -> list[str]:
        return [one.text for one in self.words]

    @property
    def boxes(self) -> list[Rectangle]:
        return [one for one in self.figure.artists if isinstance(one, Rectangle)]

    @property
    def lines(self) -> list[Line2D]:
        return [one for one in self.figure.artists if isinstance(one, Line2D)]

    @property
    def marks(self) -> list[Line2D]:
        return [one for one in self.lines if one.get_linestyle() == "None"]

    def place(self, text: str) -> Words:
        """Return where a text stands that is there once."""
        (found,) = (one for one in self.words if one.text == text)
        return found


def plain(text: str) -> str:
    return text.translate(dict.fromkeys(map(ord, MARKS)))


def overlaps(one: Words, other: Words) -> bool:
    apart = 0.01
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.high, other.high) - max(one.low, other.low)
    return across > apart and down > apart


def outside(one: Words, height: float) -> bool:
    return one.left < 0 or one.right > PAGE or one.low < 0 or one.high > height
