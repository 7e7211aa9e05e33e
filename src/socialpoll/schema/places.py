"""Where something stands in a questionnaire, in words that lead there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from socialpoll.errors import Problem

if TYPE_CHECKING:
    from socialpoll.schema.shapes import Mistake

__all__ = ["Notes", "Path", "joined", "place"]

Path: TypeAlias = tuple[str | int, ...]
"""Keys and positions, top first: ``("questions", 2, "options", 0, "code")``."""

SECTIONS = (
    "title",
    "languages",
    "questions",
    "derived",
    "constraints",
    "blocks",
    "splits",
    "methodology",
)


def place(path: Path, name: str = "") -> str:
    """Write a path, with the name of its question; positions are counted from 1.

    Examples
    --------
    >>> place(("questions", 2, "options", 1, "code"), "platforms")
    'questions[3] "platforms", options[2].code'
    """
    head, tail = path[:2], path[2:]
    if not isinstance(head[-1], int):
        return joined(path)
    named = f'{joined(head)} "{name}"' if name else joined(head)
    return f"{named}, {joined(tail)}" if tail else named


def joined(path: Path, *, after: str = "") -> str:
    """Write a path, after the words that lead to where it begins; positions are counted from 1.

    Examples
    --------
    >>> joined(("margins", 0, "of"), after="weighting.steps[2]")
    'weighting.steps[2].margins[1].of'
    """
    words = after
    for one in path:
        if isinstance(one, int):
            words += f"[{one + 1}]"
        else:
            words += f".{one}" if words else one
    return words


@dataclass
class Notes:
    """What is wrong with a questionnaire: collected in any order, told in that of the file."""

    names: dict[Path, str] = field(default_factory=dict)
    found: list[tuple[Path, Problem]] = field(default_factory=list)

    def add(
        self, path: Path, what: str, *, found: str = "", allowed: str = "", advice: str = ""
    ) -> None:
        """Note one problem."""
        self._note(path, Problem(what, "", found, allowed, advice))

    def take(self, path: Path, mistakes: Iterable[Mistake]) -> None:
        """Note the mistakes of shape of the part that a path leads to."""
        for one in mistakes:
            self._note((*path, *one.place), one.problem)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the sections, the questions and the notes."""

        def order(note: tuple[Path, Problem]) -> tuple[int, int]:
            section, *rest = note[0] or ("",)
            place_of_section = SECTIONS.index(section) if section in SECTIONS else -1
            return place_of_section, rest[0] if rest and isinstance(rest[0], int) else -1

        return tuple(problem for _, problem in sorted(self.found, key=order))

    def _note(self, path: Path, problem: Problem) -> None:
        where = place(path, self.names.get(path[:2], ""))
        self.found.append((path, replace(problem, where=where)))
