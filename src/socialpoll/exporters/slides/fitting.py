"""How large letters may be for words to fit their place, judged by the words alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from socialpoll.exporters.native.words import shortened
from socialpoll.exporters.slides.pages import Box, Line
from socialpoll.exporters.word.columns import lines_taken

__all__ = ["fit_words", "height_of", "lines_in", "parts_that_fit", "pieces_of"]

TWIPS = 567
"""Twentieths of a point a centimetre."""
POINT = 2.54 / 72
LEADING = 1.2
WIDER = 1.15
"""Room for fonts wider than Arial, where Arial is not at hand."""
SLACK = 1.06
"""Room for what the last word of a line leaves empty, in texts of many lines."""
BOLD = 1.12
WRAPPED = 80
"""Letters of a text whose every line is told: in narrow places its words matter."""
BETWEEN = 0.5
"""Above a paragraph, in the size of its letters."""
SHARE = 0.9
"""Of the letters of a text that is cut, so that it fits the next time."""
SIZES = (22.0, 20.0, 18.0, 16.0, 14.0)
PARTED = 16.0
"""Points of the letters of lines; the last one where they are parted over several slides."""


def lines_in(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Return about how many lines words take in a width of centimetres."""
    wide = size * WIDER * (BOLD if bold else 1.0)
    room = round(width * TWIPS)
    return sum(
        _wrapped(one, room, wide) if len(one) <= WRAPPED else _taken(one, room, wide * SLACK)
        for one in text.split("\n") or [""]
    )


def _taken(text: str, room: int, size: float) -> int:
    return lines_taken([[text]], [room], size)


def _wrapped(text: str, room: int, size: float) -> int:
    """Return how many lines a short text takes, word by word."""
    lines, line = 0, ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and _taken(longer, room, size) > 1:
            lines += _taken(line, room, size)
            longer = word
        line = longer
    return lines + _taken(line, room, size)


def height_of(lines: int, size: float) -> float:
    """Return how high lines of words are, in centimetres."""
    return lines * size * LEADING * POINT


def fit_words(
    text: str, box: Box, sizes: Sequence[float], *, bold: bool = False
) -> tuple[str, float]:
    """Return words with the largest size in which they fit, shortened where they fit in none.

    Parameters
    ----------
    text : str
    box : Box
    sizes : sequence of float
        From the largest to the least, in points.
    bold : bool

    Returns
    -------
    text : str
        With an ellipsis where there is more than fits.
    size : float
    """
    size = sizes[-1]
    for size in sizes:
        if height_of(lines_in(text, box.width, size, bold=bold), size) <= box.height:
            return text, size
    kept = text
    while height_of(lines_in(kept, box.width, size, bold=bold), size) > box.height:
        kept = shortened(text, round(len(kept) * SHARE))
    return kept, size


def parts_that_fit(lines: Sequence[Line], box: Box) -> tuple[float, list[tuple[Line, ...]]]:
    """Part lines over as many slides as they need.

    Parameters
    ----------
    lines : sequence of Line
    box : Box

    Returns
    -------
    size : float
        Of the letters, in points.
    parts : list of tuple of Line
        One where they fit in letters of some size; a paragraph that is longer than a slide goes on
        in the next one.
    """
    for size in SIZES:
        if _height(lines, box, size) <= box.height:
            return size, [tuple(lines)]
    most = int(box.height / height_of(1, PARTED)) - 1
    parts: list[tuple[Line, ...]] = []
    for line in lines:
        for piece in pieces_of(line.text, box.width, PARTED, most):
            one = Line(piece, line.style)
            if parts and _height([*parts[-1], one], box, PARTED) <= box.height:
                parts[-1] = (*parts[-1], one)
            else:
                parts.append((one,))
    return PARTED, parts


def pieces_of(text: str, width: float, size: float, most: int) -> Iterator[str]:
    """Yield a text in pieces of so many lines at most, none of them cut inside a word."""
    if lines_in(text, width, size) <= most:
        yield text
        return
    piece = ""
    for word in _words(text, width, size):
        longer = f"{piece} {word}" if piece else word
        if lines_in(longer, width, size) > most:
            yield piece
            longer = word
        piece = longer
    yield piece


def _words(text: str, width: float, size: float) -> Iterator[str]:
    """Yield words; one that is longer than a line, as an address may be, in parts."""
    letters = max(int(width / POINT / size), 1)
    for word in text.split():
        yield from (word[start : start + letters] for start in range(0, len(word), letters))


def _height(lines: Sequence[Line], box: Box, size: float) -> float:
    taken = sum(lines_in(one.text, box.width - 1.0, size) for one in lines)
    return height_of(taken, size) + len(lines) * BETWEEN * size * POINT
