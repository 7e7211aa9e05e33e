"""How wide the columns of a table are, and how large its letters, judged by the texts alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from unicodedata import bidirectional, category

__all__ = ["USUAL_SIZE", "fit_columns"]

USUAL_SIZE = 9.0
SIZES = (USUAL_SIZE, 8.0, 7.5)
"""Of the letters, in points; the first that does."""
UNBROKEN = (20, 12)
"""Letters of a figure or interval that stays on one line, where there is room."""
CELL_MARGINS = 180
"""Left and right of a text, in twentieths of a point."""
NARROW, USUAL, ARABIC, WIDE, WIDEST = 5.7, 11.0, 10.0, 13.8, 17.6
"""About the widths of letters, in twentieths of a point for a size of 1 point."""
NARROW_LETTERS = frozenset(" .,:;'|!()[]{}/-ijlt")
WIDEST_LETTERS = frozenset("%mMW@")
PLAIN, BOLD = 1.15, 1.35
"""Room for fonts wider than Arial, where Arial is not at hand."""
LONGEST_WORD = 24
"""Letters; an address on the web is longer and has to be torn."""
WIDEST_WISH = 4600
"""A longer text is broken into lines."""
LABELS = 0.2
"""The part of a table that its first column has at least, if it needs that much."""


def fit_columns(columns: Sequence[Sequence[str]], total: int) -> tuple[float, list[int]]:
    """Share the width of a table among its columns.

    Parameters
    ----------
    columns : sequence of sequence of str
        The texts of each column, its heading first.
    total : int
        In twentieths of a point.

    Returns
    -------
    size : float
        Of the letters, in points.
    widths : list of int
        They add up to ``total``. No word is torn wherever that is possible, figures stay on one
        line, and what is left goes to the columns with the longest texts.

    Examples
    --------
    >>> fit_columns([["Yes", "No answer"], ["91.2%", "8.8%"]], total=3000)
    (9.0, [1731, 1269])
    """
    size = SIZES[-1]
    least: list[int] = []
    for unbroken, size in product((*UNBROKEN, 0), SIZES):
        least = [_widest(texts, size, unbroken) for texts in columns]
        labels = min(_wish(columns[0], size), round(LABELS * total))
        least[0] = max(_widest(columns[0], size, 0), labels)
        if sum(least) <= total:
            break
    widths = _shares(least, [_wish(texts, size) for texts in columns], total)
    widths[0] += total - sum(widths)
    return size, widths


def _shares(least: list[int], wished: list[int], total: int) -> list[int]:
    if sum(least) >= total:
        return [round(total * need / sum(least)) for need in least]
    wanting = [max(wish - need, 0) for wish, need in zip(wished, least, strict=True)]
    if sum(least) + sum(wanting) <= total:
        full = [need + want for need, want in zip(least, wanting, strict=True)]
        broken = [wish >= WIDEST_WISH for wish in wished]
        if any(broken):
            more = (total - sum(full)) / sum(broken)
            return [width + round(more * long) for width, long in zip(full, broken, strict=True)]
        return [round(total * width / sum(full)) for width in full]
    spare = (total - sum(least)) / sum(wanting)
    return [need + round(spare * want) for need, want in zip(least, wanting, strict=True)]


def _wish(texts: Sequence[str], size: float) -> int:
    heading, *others = texts
    # A heading may take two lines.
    longest = max([_length(heading) * BOLD / 2, *(_length(text) * PLAIN for text in others)])
    return min(round(longest * size) + CELL_MARGINS, WIDEST_WISH)


def _widest(texts: Sequence[str], size: float, unbroken: int) -> int:
    """Return how wide a column is that tears no word, and no text of so few letters."""
    heading, *others = texts
    longest = _longest_piece(heading, 0) * BOLD
    longest = max([longest, *(_longest_piece(text, unbroken) * PLAIN for text in others)])
    return round(longest * size) + CELL_MARGINS


def _longest_piece(text: str, unbroken: int) -> float:
    pieces = [text] if len(text) <= unbroken else text.split(" ")
    return max(_length(piece[:LONGEST_WORD]) for piece in pieces)


def _length(text: str) -> float:
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return NARROW
    if category(letter) in ("Cf", "Mn"):
        return 0.0
    if bidirectional(letter) == "AL":
        return ARABIC
    if letter in WIDEST_LETTERS:
        return WIDEST
    return WIDE if letter.isupper() else USUAL
