"""The parts of a questionnaire before anybody has checked what they say of one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from socialpoll.schema.constraints import AnyConstraint
from socialpoll.schema.derived import AnyDerived
from socialpoll.schema.instrument import Block, Split
from socialpoll.schema.methodology import Declaration
from socialpoll.schema.places import Path
from socialpoll.schema.questions import AnyQuestion, OneAnswer, one_by_one

__all__ = ["Draft"]

BEFORE_ALL = -1
"""Position of what is known before the first question is asked."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The parts that have the right shape.

    Attributes
    ----------
    title, languages, methodology
        As in the questionnaire; None for a title that could not be read.
    questions, derived, constraints, blocks, splits : mapping of int to parts
        By position in their section.
    broken : frozenset of str
        Names of questions and derived variables that could not be read, or not whole; what others
        say of their codes is not judged.
    """

    title: Mapping[str, str] | None
    languages: tuple[str, ...] = ()
    questions: Mapping[int, AnyQuestion] = field(default_factory=dict)
    derived: Mapping[int, AnyDerived] = field(default_factory=dict)
    constraints: Mapping[int, AnyConstraint] = field(default_factory=dict)
    blocks: Mapping[int, Block] = field(default_factory=dict)
    splits: Mapping[int, Split] = field(default_factory=dict)
    methodology: Declaration = field(default_factory=Declaration)
    broken: frozenset[str] = frozenset()

    def parts(self) -> dict[str, Any]:
        """Return the arguments of a Questionnaire."""
        return {
            "title": self.title,
            "languages": self.languages,
            "questions": tuple(self.questions.values()),
            "derived": tuple(self.derived.values()),
            "constraints": tuple(self.constraints.values()),
            "blocks": tuple(self.blocks.values()),
            "splits": tuple(self.splits.values()),
            "methodology": self.methodology,
        }

    def asked(self) -> Iterator[tuple[int, OneAnswer]]:
        """Yield every question with a column of answers, with its position; assignments first."""
        for split in self.splits.values():
            for assignment in split.assignments:
                yield BEFORE_ALL, assignment
        for position, question in self.questions.items():
            for one in one_by_one(question):
                yield position, one

    def variables(self) -> Iterator[tuple[Path, AnyQuestion | AnyDerived]]:
        """Yield every question, then every derived variable, with its path."""
        for position, question in self.questions.items():
            yield ("questions", position), question
        for position, derived in self.derived.items():
            yield ("derived", position), derived

    def named(self, name: str) -> tuple[int, OneAnswer] | None:
        """Return the question or item of a name, with its position; None where there is none."""
        found = ((place, one) for place, one in self.asked() if one.name == name)
        return next(found, None)
