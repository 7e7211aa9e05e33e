"""What is wrong with a poll file, collected so that all of it can be told at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from socialpoll.errors import Problem
from socialpoll.schema import read_as

__all__ = ["Notebook"]

T = TypeVar("T")


@dataclass
class Notebook:
    """What is wrong with one file.

    Attributes
    ----------
    file : str
        Name of the file, for messages.
    problems : list of Problem
        In the order in which they were found.
    """

    file: str
    problems: list[Problem] = field(default_factory=list)

    def note(
        self, where: str, what: str, *, found: str = "", allowed: str = "", advice: str = ""
    ) -> None:
        """Note one problem at a place in the file, such as ``"indicators[2].share"``."""
        self.take([Problem(what, where, found, allowed, advice)])

    def take(self, problems: Iterable[Problem]) -> None:
        """Note problems that know their places in the file, but not the file."""
        for one in problems:
            place = f"{self.file}, {one.where}" if one.where else self.file
            self.problems.append(replace(one, where=place))

    def knows(self, where: str) -> bool:
        """Say whether a problem is noted at a place, or at one within it."""
        place = f"{self.file}, {where}"
        return any(f"{one.where}.".startswith(f"{place}.") for one in self.problems)

    def table(self, kind: type[T], written: object, where: str) -> T | None:
        """Read a table as a declared class, and note its mistakes.

        Parameters
        ----------
        kind : type
            A dataclass that forbids unknown keys.
        written : plain values
            The table as tomllib returns it.
        where : str
            Of the table; empty for the top of the file.

        Returns
        -------
        object or None
            What is left without the mistakes; None where that is too little.
        """
        read, mistakes = read_as(kind, written)
        self.take(one.within(where) for one in mistakes)
        return read
