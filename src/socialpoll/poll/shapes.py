"""Tables of a poll file read as declared classes, with mistakes in words that its writer knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from socialpoll.errors import Problem, nearest
from socialpoll.schema.shapes import EXPECTED, UNKNOWN_KEY, place_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Notebook"]

T = TypeVar("T")
Place = tuple[str | int, ...]
LONGEST = 60


@dataclass
class Notebook:
    """What is wrong with one file, collected so that all of it can be told at once.

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
        place = f"{self.file}, {where}" if where else self.file
        self.problems.append(Problem(what, place, found, allowed, advice))

    def table(self, kind: type[T], written: object, where: str) -> T | None:
        """Read a table as a declared class.

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
            None where a value is wrong. A table that has only unknown keys too many is read
            without them, so that they hide no mistake elsewhere; they are noted all the same.
        """
        if not isinstance(written, Mapping):
            self.note(where, "of the wrong kind", found=_shown(written), allowed="a table")
            return None
        try:
            return _read(kind, written)
        except ValidationError as error:
            details = error.errors(include_url=False)
        known = deepcopy(dict(written))
        for place, of_place in _by_place(details, written).items():
            self._note_shape(kind, place, of_place, where)
            if of_place[0]["type"] == UNKNOWN_KEY:
                _remove(known, place)
        only_unknown = all(one["type"] == UNKNOWN_KEY for one in details)
        return _read(kind, known) if only_unknown else None

    def _note_shape(
        self, kind: type, place: Place, details: Sequence[ErrorDetails], where: str
    ) -> None:
        here, detail, key = _joined(where, place), details[0], str(place[-1]) if place else ""
        if detail["type"] == UNKNOWN_KEY:
            allowed = nearest(key, _keys_at(kind, place[:-1]))
            advice = "correct or remove it"
            self.note(here, f"unknown key {key!r}", allowed=allowed, advice=advice)
        elif detail["type"] == "missing":
            self.note(here, f"the key {key!r} is missing")
        elif detail["type"] == "literal_error":
            allowed = str(detail.get("ctx", {}).get("expected", ""))
            self.note(here, "no such choice", found=_shown(detail["input"]), allowed=allowed)
        else:
            expected = dict.fromkeys(EXPECTED.get(one["type"], one["msg"]) for one in details)
            found = _shown(detail["input"])
            self.note(here, "of the wrong kind", found=found, allowed=" or ".join(expected))


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _read(kind: type[T], written: Mapping[str, object]) -> T:
    # Through JSON, where pydantic is strict about kinds of values and yet takes lists and dates.
    text = json.dumps(written, default=str)
    read: T = _adapter(kind).validate_json(text, strict=True)  # type: ignore[arg-type]  # a class
    return read


def _by_place(
    details: Sequence[ErrorDetails], written: Mapping[str, object]
) -> dict[Place, list[ErrorDetails]]:
    by_place: dict[Place, list[ErrorDetails]] = {}
    for one in details:
        by_place.setdefault(place_of(one, written), []).append(one)
    return by_place


def _remove(written: dict[str, Any], place: Place) -> None:
    inside: Any = written
    for key in place[:-1]:
        inside = inside[key]
    del inside[place[-1]]


def _joined(where: str, place: Place) -> str:
    words = where
    for one in place:
        words += f"[{one + 1}]" if isinstance(one, int) else f".{one}" if words else one
    return words


def _keys_at(kind: object, place: Place) -> list[str]:
    """Return the keys of the table that a place leads to."""
    owners = list(_tables_in(kind))
    for key in place:
        if isinstance(key, str):
            hints = [get_type_hints(one).get(key) for one in owners]
            owners = [table for one in hints for table in _tables_in(one)]
    return [one.name for owner in owners for one in fields(owner)]


def _tables_in(kind: object) -> Iterator[type]:
    """Yield the declared classes that a type is made of."""
    if isinstance(kind, type) and is_dataclass(kind):
        yield kind
    for one in get_args(kind):
        yield from _tables_in(one)


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
