"""The dictionary of a data file of SPSS, walked before a library in C trusts it.

ReadStat ends the whole process where a dictionary names variables that it does not have.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import IO, NamedTuple

from socialpoll.readers.statistical import damaged

__all__ = ["Dictionary", "dictionary_of"]

HEADER = 176
MARKS = (b"$FL2", b"$FL3")
LAYOUT, WEIGHT = 64, 76
VARIABLE, LABELS, LABELLED, DOCUMENT, EXTENSION, END = 2, 3, 4, 6, 7, 999
CONTINUED = -1
WORD = 8
"""Bytes of a number, and of a piece of words."""
LONGEST = 255
"""Bytes of words in one variable; longer ones have several."""
LONGEST_LABEL = 1_000
"""SPSS writes up to 256 bytes; ReadStat cuts what is longer than its room, and says nothing."""
LINE = 80
MOST_MISSING = 3


class Dictionary(NamedTuple):
    """What a file says of its variables.

    Attributes
    ----------
    short : tuple of (str or None)
        The short name in each record of a variable, None where it continues the last.
    weight : int
        The record of the variable that cases are weighted by, from 1; 0 where there is none.
    """

    short: tuple[str | None, ...]
    weight: int


def dictionary_of(file: Path) -> Dictionary:
    """Return the dictionary of a file, whose records hold together.

    Parameters
    ----------
    file : Path
        That can be opened.

    Raises
    ------
    ReaderError
        It is no file of SPSS, ends too soon, or its records contradict each other.
    """
    with file.open("rb") as content:
        header = content.read(HEADER)
        if len(header) < HEADER or header[:4] not in MARKS:
            raise damaged(file, "SPSS", "it does not begin as one")
        order = "<" if header[LAYOUT : LAYOUT + 4] in {b"\2\0\0\0", b"\3\0\0\0"} else ">"
        weight = int.from_bytes(
            header[WEIGHT : WEIGHT + 4], "little" if order == "<" else "big", signed=True
        )
        return Dictionary(tuple(_Walk(file, content, order).variables()), max(weight, 0))


class _Walk:
    """Goes through the records of a dictionary, from the end of the header."""

    def __init__(self, file: Path, content: IO[bytes], order: str) -> None:
        self.file = file
        self.content = content
        self.order = order
        self.size = file.stat().st_size

    def variables(self) -> list[str | None]:
        """Return the short name of every variable; None of a continuation."""
        short: list[str | None] = []
        pieces = 0
        while (kind := self.numbers(1)[0]) != END:
            if kind == VARIABLE:
                name, width = self.variable()
                self.hold((width == CONTINUED) == (pieces > 0), "words that end too soon")
                pieces = pieces - 1 if pieces else -(-width // WORD) - 1 if width else 0
                short.append(name)
            elif kind == LABELS:
                self.hold(pieces == 0, "words that end too soon")
                self.labels(short)
            elif kind == DOCUMENT:
                self.skip(LINE * self.count())
            elif kind == EXTENSION:
                _, size, several = self.numbers(3)
                self.hold(size >= 0 and several >= 0, "a record of less than nothing")
                self.skip(size * several)
            else:
                raise damaged(self.file, "SPSS", f"a record of an unknown kind, {kind}")
        self.hold(pieces == 0 and bool(short), "no variables, or words that end too soon")
        return short

    def variable(self) -> tuple[str | None, int]:
        width, labelled, missing, _, _ = self.numbers(5)
        name = self.bytes(WORD).decode("ascii", "replace").strip()
        self.hold(CONTINUED <= width <= LONGEST, f"words of {width} bytes")
        self.hold(labelled in {0, 1}, "a label that is neither there nor not")
        self.hold(abs(missing) <= MOST_MISSING, f"{missing} missing values")
        if labelled:
            length = self.count()
            self.hold(length <= LONGEST_LABEL, f"the label of a variable of {length} bytes")
            self.skip(-(-length // 4) * 4)
        self.skip(WORD * abs(missing))
        return (None if width == CONTINUED else name), width

    def labels(self, short: list[str | None]) -> None:
        """Pass over labels of values; the variables that have them must be there."""
        for _ in range(self.count()):
            self.skip(WORD)
            self.skip((self.bytes(1)[0] // WORD + 1) * WORD - 1)
        kind, several = self.numbers(2)
        self.hold(kind == LABELLED and several > 0, "labels of no variable")
        for place in self.places(several):
            there = 0 < place <= len(short) and short[place - 1] is not None
            self.hold(there, f"labels of the variable in place {place}, which is not there")

    def places(self, several: int) -> Iterator[int]:
        self.hold(several <= self.size, "more variables than bytes")
        yield from self.numbers(several)

    def count(self) -> int:
        (number,) = self.numbers(1)
        self.hold(number >= 0, "less than nothing")
        return number

    def numbers(self, several: int) -> tuple[int, ...]:
        record = Struct(f"{self.order}{several}i")
        found: tuple[int, ...] = record.unpack(self.bytes(record.size))
        return found

    def bytes(self, several: int) -> bytes:
        found = self.content.read(several)
        self.hold(len(found) == several, "it ends too soon")
        return found

    def skip(self, several: int) -> None:
        there = self.content.tell() + several <= self.size
        self.hold(there, "it ends too soon")
        self.content.seek(several, 1)

    def hold(self, sound: bool, found: str) -> None:  # noqa: FBT001 - what must hold comes first
        if not sound:
            raise damaged(self.file, "SPSS", found)
