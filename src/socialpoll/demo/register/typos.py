"""Slips in a name as those who type Arabic make them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.demo.register.supposed import TYPO_KINDS

__all__ = ["Slips", "slips_of"]

Floats: TypeAlias = npt.NDArray[np.float64]
Places: TypeAlias = npt.NDArray[np.int64]

HAMZAS = {"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ي"}
ROWS_OF_KEYS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
"""The letters of an Arabic keyboard, from left to right as they lie beside each other."""
PREFIXES = ("عبد", "أبو")
SUFFIX = "الدين"
ARTICLE = "ال"


def slips_of(word: str) -> Iterator[tuple[str, str]]:
    """Yield what a name may become by one slip, each with the kind of the slip.

    Parameters
    ----------
    word : str
        As it is rightly written.

    Examples
    --------
    >>> [slip for kind, slip in slips_of("منى") if kind == "alef_maqsura"]
    ['مني']
    """
    found: dict[str, str] = {}
    for kind, slip in _slips(word):
        if slip != word:
            found.setdefault(slip, kind)
    yield from ((kind, slip) for slip, kind in found.items())


def _slips(word: str) -> Iterator[tuple[str, str]]:
    yield from (("hamza", slip) for slip in _hamza(word))
    for ending, other, kind in (("ة", "ه", "teh_marbuta"), ("ى", "ي", "alef_maqsura")):
        if word.endswith((ending, other)):
            yield kind, word[:-1] + (other if word.endswith(ending) else ending)
    if word.startswith(ARTICLE):
        yield "article", word.removeprefix(ARTICLE)
        yield "article", f"{ARTICLE} {word.removeprefix(ARTICLE)}"
    yield from (("compound", slip) for slip in _apart(word))
    for at in range(1, len(word)):
        if " " not in word[at - 1 : at + 1]:
            yield "doubled", word[:at] + word[at:].replace(word[at], word[at] * 2, 1)
            yield "lost", word[:at] + word[at + 1 :]
    yield from (("neighbour", slip) for slip in _neighbours(word))


def _hamza(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        if letter in HAMZAS:
            yield word[:at] + HAMZAS[letter] + word[at + 1 :]
    if word[0] == "ا" and not word.startswith(ARTICLE):
        yield "أ" + word[1:]
    if word.endswith("ء"):
        yield word[:-1]


def _apart(word: str) -> Iterator[str]:
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) > len(prefix) + 1:
            yield f"{prefix} {word.removeprefix(prefix).lstrip()}"
    if word.endswith(SUFFIX):
        yield f"{word.removesuffix(SUFFIX).rstrip()} {SUFFIX}"
    if " " in word:
        yield word.replace(" ", "")


def _neighbours(word: str) -> Iterator[str]:
    beside: dict[str, list[str]] = {}
    for row in ROWS_OF_KEYS:
        for left, right in pairwise(row):
            beside.setdefault(left, []).append(right)
            beside.setdefault(right, []).append(left)
    for at, letter in enumerate(word):
        for other in beside.get(letter, ()):
            yield word[:at] + other + word[at + 1 :]


@dataclass(frozen=True, eq=False)
class Slips:
    """All slips of all names, tabulated once, so that a slip is a place in a list.

    Attributes
    ----------
    spellings : tuple of str
        The names, and behind them what they may become.
    until : float64 array
        Place of the name, plus the chance of its slips up to this one: rising throughout.
    names : int
        How many of the spellings are names.
    """

    spellings: tuple[str, ...]
    until: Floats
    names: int

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Tabulate the slips of names."""
        spellings = list(words)
        until: list[float] = []
        for place, word in enumerate(words):
            slips = list(slips_of(word))
            kinds = [kind for kind, _ in slips]
            chances = np.array([TYPO_KINDS[kind] / kinds.count(kind) for kind in kinds])
            cumulated = np.cumsum(chances / chances.sum())
            cumulated[-1] = 1.0
            until += (place + cumulated).tolist()
            spellings += [slip for _, slip in slips]
        return cls(tuple(spellings), np.array(until), len(words))

    def draw(self, names: Places, uniform: Floats) -> Places:
        """Return what names become by a slip.

        Parameters
        ----------
        names : int64 array (n,)
            Places of names.
        uniform : float64 array (n,)
            From 0 to before 1.

        Returns
        -------
        int64 array (n,)
            Places of spellings.
        """
        found = np.searchsorted(self.until, names + uniform, side="right")
        return self.names + found
