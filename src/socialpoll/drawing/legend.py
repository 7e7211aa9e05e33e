"""What the colours of a chart stand for, in the order of its scale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from socialpoll.drawing.colours import MUTED
from socialpoll.drawing.rows import GAP, SMALL
from socialpoll.drawing.ruler import Ruler
from socialpoll.drawing.sheet import WIDTH, Sheet

__all__ = ["Legend"]

SWATCH = 0.12
BESIDE_SWATCH = SWATCH + 0.05
BETWEEN = 0.18


@dataclass(frozen=True)
class Entry:
    """A swatch and its words; where it stands, in inches."""

    words: tuple[str, ...]
    colour: str
    across: float
    down: float


class Legend:
    """Entries side by side from the leading edge, on as many lines as they need.

    Parameters
    ----------
    entries : iterable of (str, str)
        Words and colour.
    ruler : Ruler
    """

    def __init__(self, entries: Iterable[tuple[str, str]], ruler: Ruler) -> None:
        self.entries: list[Entry] = []
        across, down, lowest = 0.0, 0.0, 0.0
        for words, colour in entries:
            lines = ruler.wrap(words, SMALL, WIDTH - BESIDE_SWATCH)
            width = BESIDE_SWATCH + max((ruler.width(line, SMALL) for line in lines), default=0.0)
            if across and across + width > WIDTH:
                across, down = 0.0, lowest
            self.entries.append(Entry(lines, colour, across, down))
            across += width + BETWEEN
            lowest = max(lowest, down + ruler.height(len(lines), SMALL))
        self.height = lowest + GAP if self.entries else 0.0

    def paint(self, sheet: Sheet, top: float) -> None:
        """Draw the entries on a sheet."""
        half_a_line = sheet.ruler.height(1, SMALL) / 2
        for entry in self.entries:
            start = entry.across
            high = top + entry.down + half_a_line - SWATCH / 2
            corners = (start, high), (start + SWATCH, high + SWATCH)
            sheet.rectangle(*corners, fill=entry.colour, edge=MUTED)
            sheet.lines((start + BESIDE_SWATCH, top + entry.down), entry.words, size=SMALL)
