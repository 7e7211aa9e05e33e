"""Reading a questionnaire file: shape, then references, with all mistakes told at once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, TypeAlias

from socialpoll.errors import Problem, QuestionnaireError, nearest
from socialpoll.schema.checking import check
from socialpoll.schema.constraints import Choices, Order, Sum
from socialpoll.schema.derived import Bands, Boxes, Grouping, Nets
from socialpoll.schema.drafting import Draft
from socialpoll.schema.files import tables_in, tables_of
from socialpoll.schema.instrument import Block, Split
from socialpoll.schema.methodology import Declaration
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.plain import plain
from socialpoll.schema.questions import (
    Date,
    Duration,
    FreeText,
    Grid,
    Multiple,
    Number,
    Scale,
    Single,
    TimeOfDay,
)
from socialpoll.schema.shapes import Mistake, kind_of, read_as
from socialpoll.schema.texts import Text

if TYPE_CHECKING:
    from socialpoll.schema.questionnaire import Questionnaire

__all__ = ["parts_of_file", "parts_of_text", "problems_of"]

Written: TypeAlias = Any
"""A part as it stands in the file, or what has been made of it."""
SECTIONS: dict[str, Any] = {
    "title": Text,
    "languages": tuple[str, ...],
    "questions": {
        "single": Single,
        "scale": Scale,
        "multiple": Multiple,
        "number": Number,
        "duration": Duration,
        "time_of_day": TimeOfDay,
        "text": FreeText,
        "date": Date,
        "grid": Grid,
    },
    "derived": {"bands": Bands, "grouping": Grouping, "nets": Nets, "boxes": Boxes},
    "constraints": {"sum": Sum, "order": Order, "choices": Choices},
    "blocks": Block,
    "splits": Split,
    "methodology": Declaration,
}
"""What each section is read as: one part, or several that say of which kind they are."""


def parts_of_file(path: str | FilePath) -> dict[str, Any]:
    """Read the fields of a questionnaire from a file.

    Parameters
    ----------
    path : str or Path
        Of a TOML file in UTF-8.

    Returns
    -------
    dict
        The arguments of a Questionnaire.

    Raises
    ------
    QuestionnaireError
        Where the file cannot be read, is no TOML, or has any mistake; with all of them.
    """
    file = FilePath(path)
    written = tables_of(file)
    if isinstance(written, Problem) and not written.where:
        raise QuestionnaireError(str(path), [replace(written, where=str(path))])
    return _parts(written, file.name)


def parts_of_text(text: str, where: str) -> dict[str, Any]:
    """Read the fields of a questionnaire from TOML text; ``where`` names it in messages."""
    return _parts(tables_in(text), where)


def _parts(written: dict[str, Any] | Problem, where: str) -> dict[str, Any]:
    draft, problems = (None, (written,)) if isinstance(written, Problem) else _read(written)
    if draft is None or problems:
        located = [replace(one, where=f"{where}, {one.where}") for one in problems]
        raise QuestionnaireError(where, located)
    return draft.parts()


def problems_of(questionnaire: Questionnaire) -> tuple[Problem, ...]:
    """Return everything that is wrong with a questionnaire that was made in Python."""
    return _read(plain(questionnaire))[1]


def _read(written: dict[str, Any]) -> tuple[Draft, tuple[Problem, ...]]:
    """Read plain values: their shape, then what they say of one another."""
    reading = _Reading(json.loads(json.dumps(written, default=str)))
    draft = reading.draft()
    check(draft, reading.notes)
    return draft, reading.notes.problems()


@dataclass
class _Reading:
    """The parts of one file, read one by one so that a broken one hides no mistake of another."""

    written: dict[str, Any]
    notes: Notes = field(default_factory=Notes)
    broken: set[str] = field(default_factory=set)

    def draft(self) -> Draft:
        """Read all parts that can be read."""
        for key in self.written:
            if key not in SECTIONS:
                known = nearest(key, SECTIONS)
                what = f"unknown key {key!r}"
                self.notes.add((key,), what, allowed=known, advice="correct or remove it")
        for key in ("title", "questions"):
            if key not in self.written:
                self.notes.add((key,), f"the key {key!r} is missing")
        return Draft(
            title=self.section("title"),
            languages=self.section("languages") or (),
            questions=self.several("questions"),
            derived=self.several("derived"),
            constraints=self.several("constraints"),
            blocks=self.several("blocks"),
            splits=self.several("splits"),
            methodology=self.section("methodology") or Declaration(),
            broken=frozenset(self.broken),
        )

    def section(self, key: str) -> Written:
        """Read a section that is one part; None where it is not there, or broken."""
        return self.part(key, self.written[key], (key,)) if key in self.written else None

    def several(self, key: str) -> dict[int, Any]:
        """Read a section of several parts, by position."""
        parts = self.written.get(key, [])
        if not isinstance(parts, list):
            self.notes.add((key,), "of the wrong kind", allowed=f"tables headed [[{key}]]")
            return {}
        read = {}
        for position, written in enumerate(parts):
            name = written.get("name") if isinstance(written, dict) else None
            if isinstance(name, str):
                self.notes.names[key, position] = name
            part = self.part(key, written, (key, position))
            if part is not None:
                read[position] = part
        return read

    def part(self, section: str, written: Written, path: Path) -> Written:
        """Read one part; the rest of a broken one is read too, for it may hold more mistakes."""
        kind = SECTIONS[section]
        if isinstance(kind, dict):
            kind = kind_of(written, "kind", kind)
        if isinstance(kind, Mistake):
            self.notes.take(path, [kind])
            self.broken.add(self.notes.names.get(path, ""))
            return None
        part, mistakes = read_as(kind, written)
        self.notes.take(path, mistakes)
        if not all(one.unknown_key for one in mistakes):
            self.broken.add(self.notes.names.get(path, ""))
        return part
