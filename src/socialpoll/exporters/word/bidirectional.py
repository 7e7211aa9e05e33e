"""In which direction letters are read: those of numbers, of neighbours, of brackets."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TO_THE_LEFT", "Direction", "directions", "stretches"]

Direction: TypeAlias = Literal["ltr", "rtl"]
STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl", "AN": "rtl"}
TO_THE_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Blocks of letters that run to the left: where none of these is, nothing does."""
TEXTS_KEPT = 2**14
CLOSING_OF = dict(zip("([{", ")]}", strict=True))


def directions(text: str, base: Direction) -> list[Direction]:
    """Return the direction of every letter of a paragraph.

    European numbers, with their signs and separators, are read to the right, but their neighbours
    see them as part of the words before them. What has no direction of its own takes that of its
    neighbours; brackets take that of what they hold and follow.

    Parameters
    ----------
    text : str
    base : {"ltr", "rtl"}
        Direction of the paragraph.

    Returns
    -------
    list of {"ltr", "rtl"}
        One a letter.

    References
    ----------
    Unicode Standard Annex 9, Unicode Bidirectional Algorithm, revision 50 (2024), rules W1 to N2,
    for one level of embedding.

    Examples
    --------
    >>> directions("a (ب)", "ltr")
    ['ltr', 'ltr', 'ltr', 'rtl', 'ltr']
    >>> directions("ب 5%", "rtl")
    ['rtl', 'rtl', 'ltr', 'ltr']
    """
    numbers, found = _letters(text, base)
    _brackets(text, found, base)
    _neutrals(found, base)
    if base == "rtl":
        return ["ltr" if place in numbers else one or base for place, one in enumerate(found)]
    return [one or base for one in found]


# The same labels, bases and shares come again and again in the tables of a report.
@lru_cache(maxsize=TEXTS_KEPT)
def stretches(text: str, base: Direction) -> tuple[tuple[Direction, str], ...]:
    """Part a paragraph into letters of one direction each.

    Parameters
    ----------
    text : str
    base : {"ltr", "rtl"}
        Direction of the paragraph.

    Returns
    -------
    tuple of (direction, str)
        In their order, so that the strings together are the text.

    Examples
    --------
    >>> stretches("by ب", "ltr")
    (('ltr', 'by '), ('rtl', 'ب'))
    """
    known = zip(directions(text, base), text, strict=True)
    groups = groupby(known, key=lambda one: one[0])
    return tuple((direction, "".join(letter for _, letter in group)) for direction, group in groups)


def _letters(text: str, base: Direction) -> tuple[set[int], list[Direction | None]]:
    """Return where numbers stand, and the directions that neighbours see, None for neutrals."""
    kinds = [bidirectional(letter) for letter in text]
    numbers: set[int] = set()
    found: list[Direction | None] = []
    strong = base
    for place, kind in enumerate(kinds):
        if kind in STRONG:
            found.append(STRONG[kind])
            strong = strong if kind == "AN" else STRONG[kind]
        elif kind == "NSM":
            found.append(found[-1] if found else None)
        elif kind == "EN" or _belongs_to_a_number(kinds, place):
            numbers.add(place)
            found.append(strong)
        else:
            found.append(None)
    return numbers, found


def _belongs_to_a_number(kinds: Sequence[str], place: int) -> bool:
    kind = kinds[place]
    before = kinds[place - 1] if place else ""
    after = kinds[place + 1] if place + 1 < len(kinds) else ""
    if kind in ("CS", "ES"):
        return before == after == "EN"
    return kind == "ET" and "EN" in (before, after)


def _brackets(text: str, found: list[Direction | None], base: Direction) -> None:
    for start, end in _pairs(text):
        inside = {one for one in found[start + 1 : end] if one}
        if not inside:
            continue
        before = next((one for one in reversed(found[:start]) if one), base)
        found[start] = found[end] = base if base in inside else before


def _pairs(text: str) -> list[tuple[int, int]]:
    """Return the places of brackets that belong together, in the order in which they open."""
    opened: list[int] = []
    pairs = []
    for place, letter in enumerate(text):
        if letter in CLOSING_OF:
            opened.append(place)
        elif opened and letter == CLOSING_OF[text[opened[-1]]]:
            pairs.append((opened.pop(), place))
    return sorted(pairs)


def _neutrals(found: list[Direction | None], base: Direction) -> None:
    place = 0
    for known, group in groupby(list(found), key=bool):
        length = len(list(group))
        if not known:
            before = found[place - 1] if place else base
            after = found[place + length] if place + length < len(found) else base
            found[place : place + length] = [before if before == after else base] * length
        place += length
