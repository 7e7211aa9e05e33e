"""Mistakes of shape, found by pydantic, in words and places known to who writes a questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from socialpoll.errors import nearest
from socialpoll.schema.codes import ClockBand, Code, Missing
from socialpoll.schema.derived import Band, Bands, Group, Grouping
from socialpoll.schema.methodology import Declaration
from socialpoll.schema.questions import Duration, Multiple, Number, Scale, Single, TimeOfDay
from socialpoll.schema.routing import CONDITION_KEYS

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from socialpoll.schema.places import Notes, Path

__all__ = ["EXPECTED", "KINDS", "UNKNOWN_KEY", "note_shape", "place_of"]

UNKNOWN_KEY = "unexpected_keyword_argument"
LONGEST = 60
KINDS: dict[str, type] = {
    "single": Single,
    "scale": Scale,
    "multiple": Multiple,
    "number": Number,
    "duration": Duration,
    "time_of_day": TimeOfDay,
    "bands": Bands,
    "grouping": Grouping,
}
INSIDE: dict[str, type] = {
    "options": Code,
    "missing": Missing,
    "groups": Group,
    "methodology": Declaration,
}
EXPECTED = {
    "string_type": "words in quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number that is finite",
    "bool_type": "true or false",
    "tuple_type": "a list in [ ]",
    "mapping_type": "words, or a table of words by language",
    "dict_type": "words, or a table of words by language",
    "dataclass_type": "a table in { }",
    "too_short": "at least one value",
    "date_type": "a date, as in 2019-03-31",
    "date_parsing": "a date, as in 2019-03-31",
    "date_from_datetime_parsing": "a date, as in 2019-03-31",
    "date_from_datetime_inexact": "a date, as in 2019-03-31",
    "condition": "a table with one of the keys is, from, to, answered, all, any, not",
    "model_attributes_type": "a table in { }",
}


def note_shape(notes: Notes, path: Path, written: object, error: ValidationError) -> None:
    """Note every mistake that pydantic found in one part of a questionnaire.

    Parameters
    ----------
    notes : Notes
        Takes the problems.
    path : Path
        Of the part in the questionnaire.
    written : plain values
        The part as it was written.
    error : ValidationError
        Of the part.
    """
    by_place: dict[Path, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False, include_context=True):
        if detail["type"] == "too_short" and detail["input"]:
            continue  # it is empty only because all that it holds is wrong, which is told apart
        by_place.setdefault(place_of(detail, written), []).append(detail)
    for place, details in by_place.items():
        _note(notes, (*path, *place), written, details)


def place_of(detail: ErrorDetails, written: object) -> Path:
    """Return the keys that lead to a mistake, without pydantic's names for members of unions."""
    inside: Any = written
    place: list[str | int] = []
    for key in detail["loc"]:
        in_table = isinstance(inside, Mapping) and key in inside
        if in_table or (isinstance(inside, list) and isinstance(key, int)):
            place.append(key)
            inside = inside[key]
    if detail["type"] == "missing":
        place.append(detail["loc"][-1])
    elif detail["type"] in {"union_tag_not_found", "union_tag_invalid"}:
        place.append("kind")
    return tuple(place)


def _note(notes: Notes, path: Path, written: object, details: Sequence[ErrorDetails]) -> None:
    detail = details[0]
    key, kind = str(path[-1]), detail["type"]
    if kind == UNKNOWN_KEY:
        known = nearest(key, _known_keys(path, written))
        notes.add(path, f"unknown key {key!r}", allowed=known, advice="correct or remove it")
    elif kind in {"missing", "union_tag_not_found"}:
        allowed = nearest("", _kinds(path)) if key == "kind" else ""
        notes.add(path, f"the key {key!r} is missing", allowed=allowed)
    elif kind == "union_tag_invalid":
        found = detail.get("ctx", {}).get("tag", "")
        notes.add(path, "unknown kind", found=repr(found), allowed=nearest(found, _kinds(path)))
    elif kind == "literal_error":
        expected = str(detail.get("ctx", {}).get("expected", ""))
        notes.add(path, "no such choice", found=_shown(detail["input"]), allowed=expected)
    else:
        words = [_expected(one["type"], one["msg"], key) for one in details]
        expected = " or ".join(dict.fromkeys(words))
        notes.add(path, "of the wrong kind", found=_shown(detail["input"]), allowed=expected)


def _expected(kind: str, message: str, key: str) -> str:
    if kind == "dict_type" and key.isdigit():
        return EXPECTED["dataclass_type"]
    return EXPECTED.get(kind, message)


def _kinds(path: Path) -> Iterable[str]:
    derived = {"bands", "grouping"}
    return [kind for kind in KINDS if (kind in derived) == (path[0] == "derived")]


def _known_keys(path: Path, written: object) -> Iterable[str]:
    """Return the keys of the table that a path ends in."""
    keys = [key for key in path[:-1] if isinstance(key, str)]
    if "asked_if" in keys:
        return CONDITION_KEYS
    last = keys[-1]
    if last == "bands":
        owner: type | None = Band if keys[0] == "derived" else ClockBand
    elif len(keys) == 1 and keys[0] in {"questions", "derived"}:
        owner = KINDS.get(str(written.get("kind"))) if isinstance(written, Mapping) else None
    else:
        owner = INSIDE.get(last)
    return [] if owner is None else [field.name for field in fields(owner)]


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
