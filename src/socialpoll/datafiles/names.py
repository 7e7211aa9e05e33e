"""Names of variables as a statistics package allows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

__all__ = ["Naming", "bytes_of", "cut", "names_in"]


def bytes_of(words: str) -> int:
    """Return how many bytes words are in UTF-8."""
    return len(words.encode())


def cut(words: str, most: int, size: Callable[[str], int]) -> str:
    """Return as much of words as fits, whole characters only.

    Examples
    --------
    >>> cut("نعم", 5, bytes_of), cut("نعم", 5, len)
    ('نع', 'نعم')
    """
    if size(words) <= most:
        return words
    kept = words[:most]
    while size(kept) > most:
        kept = kept[:-1]
    return kept


@dataclass(frozen=True)
class Naming:
    """How a package wants its variables to be called.

    Attributes
    ----------
    forbidden : pattern
        Signs that no name may hold.
    reserved : pattern
        Whole names that mean something else, whatever their case.
    longest : int
    size : callable
        What ``longest`` counts.
    cased : bool
        Whether names that differ by case only are two.
    """

    forbidden: re.Pattern[str]
    reserved: re.Pattern[str]
    longest: int
    size: Callable[[str], int]
    cased: bool

    def allowed(self, name: str) -> str:
        """Return a name that is allowed: the same, where it is."""
        plain = self.forbidden.sub("_", name)
        if not plain[:1].isalpha() or self.reserved.fullmatch(plain):
            plain = f"v{plain}"
        return cut(plain, self.longest, self.size)

    def key(self, name: str) -> str:
        """Return what names are told apart by."""
        return name if self.cased else name.casefold()


def names_in(naming: Naming, names: Iterable[str]) -> list[str]:
    """Return an allowed name for each of several; those that came later get a number.

    Examples
    --------
    >>> signs, words = re.compile("[^A-Za-z]"), re.compile("all")
    >>> plain = Naming(signs, words, longest=8, size=len, cased=False)
    >>> names_in(plain, ["age", "a b", "a.b", "all", "Age"])
    ['age', 'a_b', 'a_b_2', 'vall', 'Age_2']
    """
    several = list(names)
    taken = {naming.key(one) for one in several if naming.allowed(one) == one}
    kept: set[str] = set()
    found = []
    for name in several:
        plain = unlike = naming.allowed(name)
        number = 1
        while naming.key(unlike) in kept or (naming.key(unlike) in taken and unlike != name):
            number += 1
            end = f"_{number}"
            unlike = cut(plain, naming.longest - len(end), naming.size) + end
        kept.add(naming.key(unlike))
        found.append(unlike)
    return found
