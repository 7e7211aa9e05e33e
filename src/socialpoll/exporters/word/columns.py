"""How wide the columns of a table are, and how large its letters, judged by the texts alone."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby, pairwise, product
from math import ceil
from unicodedata import bidirectional, category

__all__ = ["USUAL_SIZE", "fit_columns", "fits", "lines_taken", "part_columns"]

USUAL_SIZE = 9.0
SIZES = (USUAL_SIZE, 8.0, 7.5)
"""Of the letters, in points; the first that does."""
PARTED = 8.0
"""Of the letters of a table that would need smaller ones if it were not parted."""
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
TEXTS_KEPT = 2**14
HEADINGS = frozenset({0})
LABELS = 0.2
"""The part of a table that its first column has at least, if it needs that much."""


def fit_columns(
    columns: Sequence[Sequence[str]],
    total: int,
    *,
    bold: Container[int] = HEADINGS,
    even: bool = False,
) -> tuple[float, list[int]]:
    """Share the width of a table among its columns.

    Parameters
    ----------
    columns : sequence of sequence of str
        The texts of each column, its heading first; a text may have lines.
    total : int
        In twentieths of a point.
    bold : container of int
        Rows in bold letters, the heading as 0.
    even : bool
        Whether all columns but the first are equally wide, where there is room.

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
        least = _least(columns, total, size, unbroken, bold)
        if sum(least) <= total:
            break
    wishes = [_wish(texts, size, bold) for texts in columns]
    if even and least[0] + max(least[1:], default=0) * len(least[1:]) <= total:
        least, wishes = ([one[0], *[max(one[1:])] * len(one[1:])] for one in (least, wishes))
    widths = _shares(least, wishes, total)
    widths[0] += total - sum(widths)
    return size, widths


def fits(columns: Sequence[Sequence[str]], total: int, *, bold: Container[int] = HEADINGS) -> bool:
    """Tell whether a table can be read on its page: letters are not small, no word is torn.

    Parameters
    ----------
    columns : sequence of sequence of str
        The texts of each column, its heading first.
    total : int
        In twentieths of a point.
    bold : container of int
        Rows in bold letters, the heading as 0.

    Examples
    --------
    >>> columns = [["Answer", "Yes"], *[["Very satisfied", "100.0%"]] * 6]
    >>> fits(columns, 9000), fits(columns, 5000)
    (True, False)
    """
    return sum(_least(columns, total, PARTED, UNBROKEN[-1], bold)) <= total


def part_columns(
    columns: Sequence[Sequence[str]],
    groups: Sequence[int],
    total: int,
    *,
    bold: Container[int] = HEADINGS,
    labels: int = 1,
) -> list[list[int]]:
    """Part columns into tables that can be read: each is as wide as the page, or less.

    Parameters
    ----------
    columns : sequence of sequence of str
        The texts of each column, its heading first.
    groups : sequence of int
        Number of the group of each column; columns of a group are neighbours.
    total : int
        In twentieths of a point.
    bold : container of int
        Rows in bold letters, the heading as 0.
    labels : int
        How often the first column stands in each part.

    Returns
    -------
    list of list of int
        Columns of each part; the first column is in all of them. Groups stay whole; only one that
        is wider than the page is parted itself.

    Examples
    --------
    >>> columns = [["Answer", "Yes"], *[["Very satisfied", "100.0%"]] * 6]
    >>> part_columns(columns, [0, 1, 1, 2, 2, 3, 3], total=5000)
    [[0, 1, 2], [0, 3, 4], [0, 5, 6]]
    """
    first, *least = _least(columns, total, PARTED, UNBROKEN[-1], bold)
    room = total - labels * first
    parts: list[list[int]] = []
    free = 0
    for piece in _pieces(least, groups[1:], room):
        wide = sum(least[place] for place in piece)
        if not parts or wide > free:
            parts.append([0])
            free = room
        parts[-1] += [place + 1 for place in piece]
        free -= wide
    return parts or [[0]]


def _pieces(least: Sequence[int], groups: Sequence[int], room: int) -> Iterator[Sequence[int]]:
    """Yield the columns that stay together: a group, or equal shares of one that is too wide."""
    for _, group in groupby(range(len(least)), key=lambda place: groups[place]):
        yield from _shared(list(group), least, room)


def _shared(places: Sequence[int], least: Sequence[int], room: int) -> list[Sequence[int]]:
    for many in range(1, len(places)):
        ends = [len(places) * number // many for number in range(many + 1)]
        shares = [places[start:end] for start, end in pairwise(ends)]
        if all(sum(least[place] for place in share) <= room for share in shares):
            return shares
    return [[place] for place in places]


def _least(
    columns: Sequence[Sequence[str]],
    total: int,
    size: float,
    unbroken: int,
    bold: Container[int],
) -> list[int]:
    """Return how wide each column is at least, with letters of a size."""
    least = [_widest(texts, size, unbroken, bold) for texts in columns]
    labels = min(_wish(columns[0], size, bold), round(LABELS * total))
    return [max(_widest(columns[0], size, 0, bold), labels), *least[1:]]


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


def lines_taken(rows: Sequence[Sequence[str]], widths: Sequence[int], size: float) -> int:
    """Return about how many lines the rows of a table take in all.

    Parameters
    ----------
    rows : sequence of sequence of str
        The text of each row in every column.
    widths : sequence of int
        Of the columns, in twentieths of a point.
    size : float
        Of the letters, in points.
    """
    return sum(
        max(
            sum(
                ceil(_length(line) * size / max(width - CELL_MARGINS, 1)) or 1
                for line in text.split("\n")
            )
            for text, width in zip(row, widths, strict=True)
        )
        for row in rows
    )


def _wish(texts: Sequence[str], size: float, bold: Container[int]) -> int:
    heading, *others = texts
    # A heading may take two lines, and in two languages has them already.
    lengths = [_length(heading) * _weight(0, bold) / 2] + [
        _length(line) * _weight(row, bold)
        for row, text in enumerate(others, start=1)
        for line in text.split("\n")
    ]
    return min(round(max(lengths) * size) + CELL_MARGINS, WIDEST_WISH)


def _widest(texts: Sequence[str], size: float, unbroken: int, bold: Container[int]) -> int:
    """Return how wide a column is that tears no word, and no text of so few letters."""
    lengths = (
        _longest_piece(line, unbroken if row else 0) * _weight(row, bold)
        for row, text in enumerate(texts)
        for line in text.split("\n")
    )
    return round(max(lengths) * size) + CELL_MARGINS


def _weight(row: int, bold: Container[int]) -> float:
    return BOLD if row in bold else PLAIN


def _longest_piece(text: str, unbroken: int) -> float:
    pieces = [text] if len(text) <= unbroken else text.split(" ")
    return max(_length(piece[:LONGEST_WORD]) for piece in pieces)


# The same labels, bases and shares come again and again in the tables of a report.
@lru_cache(maxsize=TEXTS_KEPT)
def _length(text: str) -> float:
    return sum(map(_letter, text))


@cache
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
