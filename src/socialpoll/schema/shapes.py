"""Plain values read as declared kinds, with mistakes in words and places that their writer knows.

Whatever a person writes for this library is read here: every table of a questionnaire, of a
weighting recipe and of a poll file. What may stand at a place is found from the declared kind, by
way of its JSON Schema.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import TypeAdapter, ValidationError

from socialpoll.errors import Problem, nearest
from socialpoll.schema.places import Path, joined

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["Mistake", "kind_of", "read_as", "shown", "without"]

T = TypeVar("T")
Schema: TypeAlias = dict[str, Any]
LONGEST = 60
UNKNOWN_KEY = "unexpected_keyword_argument"
WORDS = "words in quotes"
TEXT = "words, or a table of words by language"
TABLE = "a table in { }"
LIST = "a list in [ ]"
DATE = "a date, as in 2019-03-31"
MOMENT = "a date and a time, as in 2019-03-31T09:00:00"
EXPECTED = {
    "string_type": WORDS,
    "string_too_short": f"{WORDS}, at least one character",
    "int_type": "a whole number",
    "float_type": "a number",
    "finite_number": "a number that is finite",
    "bool_type": "true or false",
    "tuple_type": LIST,
    "list_type": LIST,
    "too_short": "at least one value",
    "mapping_type": TABLE,
    "dict_type": TABLE,
    "dataclass_type": TABLE,
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
}
"""What may stand where pydantic complains, by the type of its complaint."""


@dataclass(frozen=True)
class Mistake:
    """One mistake of shape in a part of a file.

    Parameters
    ----------
    place : Path
        The keys that lead to it, from the part.
    problem : Problem
        In words; the part does not know where it stands, so ``where`` is empty.
    unknown_key : bool
        Nothing is wrong but a key too many: without it, the part can be read.
    """

    place: Path
    problem: Problem
    unknown_key: bool = False

    def within(self, where: str) -> Problem:
        """Return the problem with its place, given that of the part."""
        return replace(self.problem, where=joined(self.place, after=where))


def read_as(
    kind: type[T], written: object, *, plain: bool = True
) -> tuple[T | None, tuple[Mistake, ...]]:
    """Read what was written as a declared kind.

    Parameters
    ----------
    kind : type
        A dataclass that forbids unknown keys, or another kind that pydantic can read.
    written : object
        Tables, lists and values, as tomllib returns them.
    plain : bool
        Read strictly: nothing but what a TOML file can say, each kind of value as itself. Where
        False, values of Python's own in fields of any kind stay what they are.

    Returns
    -------
    read : object or None
        What is left without the mistakes, so that they hide no mistake elsewhere; None where that
        is too little.
    mistakes : tuple of Mistake
        One a place, in the order of the fields.
    """
    try:
        return _read(kind, written, plain=plain), ()
    except ValidationError as error:
        found = tuple(_mistakes(kind, written, error.errors(include_url=False)))
    if all(one.unknown_key for one in found):
        read, more = read_as(kind, without(written, [one.place for one in found]), plain=plain)
        return read, (*found, *more)
    return _left(kind, written, found, plain=plain), found


def _left(kind: type[T], written: object, found: Sequence[Mistake], *, plain: bool) -> T | None:
    """Read what is left without the wrong values, or without the whole keys that hold them."""
    places = [one.place for one in found]
    keys = [one.place if one.unknown_key else one.place[:1] for one in found]
    for left_out in (places, keys):
        try:
            return _read(kind, without(written, left_out), plain=plain)
        except ValidationError:
            continue
    return None


def kind_of(written: object, key: str, kinds: Mapping[str, T]) -> T | Mistake:
    """Return the kind that a table says it is of.

    Parameters
    ----------
    written : object
        The table, if it is one.
    key : str
        That names the kind, such as ``"step"``.
    kinds : mapping of str to kind
        All that there are.
    """
    if not isinstance(written, Mapping):
        return Mistake((), Problem("of the wrong kind", "", shown(written), TABLE))
    name = written.get(key)
    if name is None:
        return Mistake((key,), Problem(f"the key {key!r} is missing", allowed=nearest("", kinds)))
    if not isinstance(name, str) or name not in kinds:
        allowed = nearest(name, kinds)
        return Mistake((key,), Problem(f"no such {key}", "", shown(name), allowed))
    return kinds[name]


def without(written: object, places: Collection[Path]) -> Any:  # noqa: ANN401  # as it was written
    """Return a copy of what was written without the keys at some places.

    Examples
    --------
    >>> without({"of": "sex", "rows": [{"a": 1, "b": 2}]}, [("rows", 0, "b")])
    {'of': 'sex', 'rows': [{'a': 1}]}
    """
    if isinstance(written, Mapping):
        kept = {key: value for key, value in written.items() if (key,) not in places}
        return {key: without(value, _after(key, places)) for key, value in kept.items()}
    if isinstance(written, list | tuple):
        return [without(value, _after(key, places)) for key, value in enumerate(written)]
    return written


def shown(value: object) -> str:
    """Write a value as messages show it, cut where it is long."""
    words = repr(value)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"


@cache
def _adapter(kind: type[Any]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _read(kind: type[T], written: object, *, plain: bool) -> T:
    adapter: TypeAdapter[T] = _adapter(kind)  # type: ignore[arg-type]  # a class can be hashed
    if not plain:
        return adapter.validate_python(written)
    # Through JSON, where pydantic is strict about kinds of values and yet takes lists and dates.
    return adapter.validate_json(json.dumps(written, default=str), strict=True)


def _after(key: object, places: Collection[Path]) -> list[Path]:
    return [place[1:] for place in places if place[:1] == (key,)]


def _mistakes(kind: type, written: object, details: Sequence[ErrorDetails]) -> Iterator[Mistake]:
    by_place: dict[Path, list[ErrorDetails]] = {}
    for one in details:
        if not (one["type"] == "too_short" and _is_wrong_inside(one, details)):
            by_place.setdefault(_place_of(one, written), []).append(one)
    for place, of_place in by_place.items():
        yield _mistake(kind, place, of_place)


def _is_wrong_inside(detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """Tell whether a list is too short only because what it holds is wrong."""
    place = detail["loc"]
    return any(one["loc"] != place == one["loc"][: len(place)] for one in details)


def _place_of(detail: ErrorDetails, written: object) -> Path:
    """Return the keys that lead to a mistake, without pydantic's names for members of unions."""
    inside: Any = written
    place: list[str | int] = []
    for key in detail["loc"]:
        in_table = isinstance(inside, Mapping) and key in inside
        in_list = isinstance(inside, list | tuple) and isinstance(key, int) and key < len(inside)
        if in_table or in_list:
            place.append(key)
            inside = inside[key]
    if detail["type"] == "missing":
        place.append(detail["loc"][-1])
    return tuple(place)


def _mistake(kind: type, place: Path, details: Sequence[ErrorDetails]) -> Mistake:
    detail, key = details[0], place[-1] if place else ""
    if detail["type"] == UNKNOWN_KEY:
        allowed = nearest(key, _keys_at(kind, place[:-1]))
        advice = "correct or remove it"
        problem = Problem(f"unknown key {key!r}", allowed=allowed, advice=advice)
        return Mistake(place, problem, unknown_key=bool(place))
    if detail["type"] == "missing":
        what = "a value is missing" if isinstance(key, int) else f"the key {key!r} is missing"
        return Mistake(place, Problem(what))
    found = shown(detail["input"])
    if detail["type"] == "literal_error":
        allowed = str(detail.get("ctx", {}).get("expected", ""))
        return Mistake(place, Problem("no such choice", "", found, allowed))
    expected = dict.fromkeys(_expected(one, kind, place) for one in details)
    return Mistake(place, Problem("of the wrong kind", "", found, " or ".join(expected)))


def _expected(detail: ErrorDetails, kind: type, place: Path) -> str:
    words = EXPECTED.get(detail["type"], detail["msg"].removeprefix("Input should be "))
    if detail["type"] in {"mapping_type", "dict_type"}:
        forms = {form.get("type") for form in _forms_at(kind, place)}
        return TEXT if {"string", "object"} <= forms else words
    return words


def _keys_at(kind: type, place: Path) -> list[str]:
    """Return the keys of the table that a place leads to."""
    keys = [key for form in _forms_at(kind, place) for key in form.get("properties", {})]
    return list(dict.fromkeys(keys))


def _forms_at(kind: type, place: Path) -> list[Schema]:
    """Return all that may stand at a place, as JSON Schema describes it."""
    whole = _adapter(kind).json_schema()
    named = whole.get("$defs", {})
    forms = list(_alternatives(whole, named))
    for key in place:
        inner = [one for form in forms for one in _inside(form, key)]
        forms = [form for one in inner for form in _alternatives(one, named)]
    return forms


def _alternatives(form: Schema, named: Mapping[str, Schema]) -> Iterator[Schema]:
    if "$ref" in form:
        yield from _alternatives(named[form["$ref"].rpartition("/")[2]], named)
        return
    several = [*form.get("anyOf", ()), *form.get("oneOf", ())]
    for one in several:
        yield from _alternatives(one, named)
    if not several:
        yield form


def _inside(form: Schema, key: str | int) -> list[Schema]:
    if isinstance(key, int):
        found = [*form.get("prefixItems", ()), form.get("items")]
    else:
        found = [form.get("properties", {}).get(key, form.get("additionalProperties"))]
    return [one for one in found if isinstance(one, dict)]
