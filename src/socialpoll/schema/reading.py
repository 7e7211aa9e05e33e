"""Reading a questionnaire file: shape, then references, with all mistakes told at once."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import Discriminator, TypeAdapter, ValidationError

from socialpoll.errors import Problem, QuestionnaireError, nearest
from socialpoll.schema.checking import check
from socialpoll.schema.derived import AnyDerived
from socialpoll.schema.drafting import Draft
from socialpoll.schema.methodology import Declaration
from socialpoll.schema.places import Notes, Path
from socialpoll.schema.plain import plain
from socialpoll.schema.questions import AnyQuestion
from socialpoll.schema.shapes import UNKNOWN_KEY, note_shape, place_of
from socialpoll.schema.texts import Text

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from socialpoll.schema.questionnaire import Questionnaire

__all__ = ["parts_of_file", "parts_of_text", "problems_of"]

Written: TypeAlias = Any
"""A part as it stands in the file, or what has been made of it."""
SECTIONS = ("title", "languages", "questions", "derived", "methodology")
_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


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
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        problem = Problem("the file cannot be read", str(path), error.strerror or str(error))
        raise QuestionnaireError(str(path), [problem]) from error
    except UnicodeDecodeError as error:
        problem = Problem("the file is not UTF-8", str(path), advice="save it as UTF-8")
        raise QuestionnaireError(str(path), [problem]) from error
    return parts_of_text(text, file.name)


def parts_of_text(text: str, where: str) -> dict[str, Any]:
    """Read the fields of a questionnaire from TOML text; ``where`` names it in messages."""
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise QuestionnaireError(where, [_syntax_problem(str(error), where)]) from error
    # Through JSON, where pydantic is strict about kinds of values and yet takes lists and dates.
    draft, problems = _read(written)
    if problems:
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


def _syntax_problem(message: str, where: str) -> Problem:
    position = _POSITION.search(message)
    what = f"this is not valid TOML: {_POSITION.sub('', message)}"
    if position is None or position[1] is None:
        return Problem(what, f"{where}, at its end")
    return Problem(what, f"{where}, line {position[1]}, column {position[2]}")


@cache
def _adapter(section: str) -> TypeAdapter[Any]:
    """Return what reads one part of a section."""
    kinds: dict[str, Any] = {
        "title": Text,
        "languages": tuple[str, ...],
        "questions": Annotated[AnyQuestion, Discriminator("kind")],
        "derived": Annotated[AnyDerived, Discriminator("kind")],
        "methodology": Declaration,
    }
    return TypeAdapter(kinds[section])


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
        adapter = _adapter(section)
        try:
            return adapter.validate_json(json.dumps(written), strict=True)
        except ValidationError as error:
            note_shape(self.notes, path, written, error)
            details = error.errors(include_url=False)
            rest = _without(written, [_offending(one, written) for one in details])
        if any(one["type"] != UNKNOWN_KEY for one in details):
            self.broken.add(self.notes.names.get(path, ""))
        try:
            return adapter.validate_json(json.dumps(rest), strict=True)
        except ValidationError:
            return None


def _offending(detail: ErrorDetails, written: Written) -> Path:
    """Return what to leave out because of a mistake: an unknown key, else the whole of a key."""
    place = place_of(detail, written)
    return place if detail["type"] == UNKNOWN_KEY else place[:1]


def _without(written: Written, places: list[Path]) -> Written:
    """Return a copy of plain values without the keys at the given places."""
    copy = json.loads(json.dumps(written))
    for place in places:
        inside = copy
        for key in place[:-1]:
            inside = inside.get(key, {}) if isinstance(inside, dict) else inside[key]
        if place and isinstance(inside, dict):
            inside.pop(place[-1], None)
    return copy
