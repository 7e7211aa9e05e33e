"""How wide columns and how high rows are: as what stands in them needs, within reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil
from unicodedata import bidirectional, category, east_asian_width

from socialpoll.exporters.excel.sheets import Entry, Field

__all__ = ["LINE", "height_of", "width_of"]

NARROWEST = 12
WIDEST = {"label": 40, "text": 75, "figure": 30, "mark": 20}
"""Characters of a column, by kind; longer words are folded."""
FOLDED = 3
"""Lines that a heading may take."""
AROUND = 3
"""Characters for the edges of a cell."""
DIGITS = 10
"""Characters that a number takes at most, with its signs."""
LINE, HIGHEST = 15.0, 409.0
"""Points of a line, and of a row at most."""
BOLD = 1.1
"""Width of bold letters beside that of others."""
LEFTWARDS, WIDE = 0.8, 2.0
"""Width of Arabic and Hebrew letters beside that of Latin ones, and of those of East Asia."""
TEXTS_KEPT = 2**14


def width_of(field: Field) -> int:
    """Return the width of a column in characters.

    Examples
    --------
    >>> width_of(Field("Sex", "label", (Entry("Males"), Entry("Everybody, of both sexes"))))
    27
    """
    words = max((int(BOLD * _across(one)) + 1 for one in field.heading.split()), default=0)
    folded = int(BOLD * _across(field.heading)) // FOLDED + 1
    longest = max(map(_length, field.entries), default=0)
    return min(max(words, folded, longest, NARROWEST - AROUND) + AROUND, WIDEST[field.kind])


def height_of(texts: Sequence[str], widths: Sequence[int], *, bold: bool = False) -> float:
    """Return the height of a row in points; programs do not all find it by themselves.

    Parameters
    ----------
    texts : sequence of str
    widths : sequence of int
        Characters of their columns.
    bold : bool

    Examples
    --------
    >>> height_of(["Males", "one two three"], [10, 10])
    30.0
    """
    pairs = zip(texts, widths, strict=True)
    lines = max((_lines(text, width, bold=bold) for text, width in pairs), default=1)
    return min(LINE * lines, HIGHEST)


def _lines(text: str, width: int, *, bold: bool) -> int:
    """Return how many lines words take that are folded between them."""
    room = max(int((width - 1) / (BOLD if bold else 1)), 1)
    if _across(text) <= room and "\n" not in text:
        return 1
    return sum(_folded(one, room) for one in text.split("\n"))


def _folded(line: str, room: int) -> int:
    lines, free = 1, float(room)
    for word in line.split():
        width = _across(word)
        if width > free and free < room:
            lines, free = lines + 1, room
        # What is longer than a line goes on in the next one.
        more = max(ceil(width) - 1, 0) // room
        lines += more
        free += more * room - width - 1
    return lines


def _length(entry: Entry) -> int:
    if isinstance(entry.content, str):
        return ceil(max(map(_across, entry.content.splitlines()), default=0))
    return DIGITS if entry.pattern.startswith("#") else NARROWEST - AROUND


@lru_cache(maxsize=TEXTS_KEPT)
def _across(text: str) -> float:
    """Return about how many Latin letters are as wide as a text."""
    return len(text) if text.isascii() else sum(map(_letter, text))


def _letter(letter: str) -> float:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if bidirectional(letter) in ("AL", "R"):
        return LEFTWARDS
    return WIDE if east_asian_width(letter) in ("W", "F") else 1.0
