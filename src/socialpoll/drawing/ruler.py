"""Measures words before anything is drawn, and breaks them into lines that fit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from socialpoll.report import Edition

if TYPE_CHECKING:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties

__all__ = ["DPI", "POINTS", "Ruler", "drawable"]

DPI = 200
POINTS = 72
LEADING = 1.35
"""Height of a line of text, in its size."""
BOX = "\u25a1"
TO_THE_RIGHT, TO_THE_LEFT = "\u200e", "\u200f"


def drawable(words: str) -> str:
    """Return words with a box in the place of each letter that the font lacks, such as an emoji."""
    if words.isascii() and words.isprintable():
        return words
    known = _letters()
    plain = " ".join(words.splitlines()).replace("\t", " ")
    return "".join(one if ord(one) in known else BOX for one in plain)


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import FontProperties, findfont
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(findfont(FontProperties())).get_charmap())


class Ruler:
    """Knows how wide words are, in inches, and which way they run.

    Parameters
    ----------
    edition : Edition
        Gives words, numbers, direction and, in its house style, the ``colour`` of marks.
    """

    def __init__(self, edition: Edition) -> None:
        from matplotlib.backends.backend_agg import RendererAgg

        self.edition = edition
        self.mirrored = edition.direction == "rtl"
        self.colour = edition.report.style.primary
        self._renderer: RendererAgg = RendererAgg(8, 8, DPI)  # type: ignore[no-untyped-call]
        self._fonts: dict[tuple[float, bool], FontProperties] = {}
        self._widths: dict[tuple[str, float, bool], float] = {}

    def directed(self, words: str) -> str:
        """Open a line with the mark of the edition's direction, whatever word comes first."""
        return (TO_THE_LEFT if self.mirrored else TO_THE_RIGHT) + drawable(words)

    def width(self, words: str, size: float, *, bold: bool = False) -> float:
        """Return the width of one line, in inches; ``size`` is in points."""
        key = (words, size, bold)
        if key not in self._widths:
            font = self._font(size, bold=bold)
            measure = self._renderer.get_text_width_height_descent
            width, *_ = measure(drawable(words), font, ismath=False)  # type: ignore[no-untyped-call]
            self._widths[key] = width / DPI
        return self._widths[key]

    def height(self, lines: int, size: float) -> float:
        """Return the height of lines of text, in inches."""
        return lines * size * LEADING / POINTS

    def wrap(self, words: str, size: float, room: float, *, bold: bool = False) -> tuple[str, ...]:
        """Break words into lines no wider than ``room`` inches; a word that is wider is broken."""
        lines: list[str] = []
        line = ""
        for word in words.split():
            longer = f"{line} {word}" if line else word
            if self.width(longer, size, bold=bold) <= room:
                line = longer
                continue
            if line:
                lines.append(line)
            *full, line = self._pieces(word, size, room, bold=bold)
            lines.extend(full)
        return (*lines, line) if line else tuple(lines)

    def _pieces(self, word: str, size: float, room: float, *, bold: bool) -> list[str]:
        pieces = [""]
        for letter in word:
            longer = pieces[-1] + letter
            if not pieces[-1] or self.width(longer, size, bold=bold) <= room:
                pieces[-1] = longer
            else:
                pieces.append(letter)
        return pieces

    def _font(self, size: float, *, bold: bool) -> FontProperties:
        from matplotlib.font_manager import FontProperties

        if (size, bold) not in self._fonts:
            weight = "bold" if bold else "normal"
            self._fonts[size, bold] = FontProperties(size=size, weight=weight)
        return self._fonts[size, bold]
