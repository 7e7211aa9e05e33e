"""The JSON Schema of a report, made from the classes that a report is made of."""

from __future__ import annotations

import datetime as dt
from dataclasses import MISSING, fields
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from socialpoll.report.fitting import Hint, fields_of, members_of, origin_of
from socialpoll.report.serial import KIND, PARTS, VERSION

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["report_json_schema"]

Schema: TypeAlias = dict[str, Any]
PLAIN: dict[type, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    NoneType: "null",
}
DAY = r"\d{4}-\d\d-\d\d"
VALUES: dict[str, tuple[str, Schema]] = {
    "date": ("value", {"pattern": f"^{DAY}$", "format": "date"}),
    "datetime": (
        "value",
        {"pattern": rf"^{DAY}T\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d(:\d\d(\.\d+)?)?)?$"},
    ),
    "bytes": (
        "base64",
        {"pattern": r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"},
    ),
}
"""What JSON has no kind for: the key that holds it, and how it is written."""


def report_json_schema() -> Schema:
    """Return the JSON Schema of what :func:`report_to_json` writes.

    It tells shapes: which fields a part has, and what may stand in each. What the words of a part
    must say (that a colour can be read, that an image is one) only :func:`report_from_json` knows.

    Returns
    -------
    dict
        With a definition for each class of the report.

    References
    ----------
    JSON Schema: A Media Type for Describing JSON Documents, draft 2020-12 (2022).

    Examples
    --------
    >>> schema = report_json_schema()
    >>> schema["$id"], schema["$defs"]["Said"]["required"]
    ('urn:socialpoll:schema:report:1', ['$type', 'words'])
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:socialpoll:schema:report:{VERSION}",
        "title": "socialpoll report",
        "description": "A report in all its languages: sections, released figures and their words.",
        "type": "object",
        "properties": {"version": {"const": VERSION}, "report": _reference("Report")},
        "required": ["version", "report"],
        "$defs": {
            **{name: _of_class(part) for name, part in PARTS.items()},
            **{
                name: _tagged(name, {key: form | {"type": "string"}}, [key])
                for name, (key, form) in VALUES.items()
            },
        },
    }


def _of_class(part: type[DataclassInstance]) -> Schema:
    hints = fields_of(part)
    needed = [one.name for one in fields(part) if one.default is MISSING is one.default_factory]
    return _tagged(part.__name__, {name: _of_hint(hint) for name, hint in hints.items()}, needed)


def _tagged(name: str, properties: Schema, required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": {KIND: {"const": name}, **properties},
        "required": [KIND, *required],
        "additionalProperties": False,
    }


def _of_hint(hint: Hint) -> Schema:
    members = members_of(hint)
    if len(members) > 1:
        return _of_union(members)
    if origin_of(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if origin_of(hint) is tuple:
        return _of_tuple(get_args(hint))
    if origin_of(hint) is not None:
        # A key that starts with $ is written with a second one, so this one is no key.
        _, one = get_args(hint)
        return {
            "type": "object",
            "properties": {KIND: False},
            "additionalProperties": _of_hint(one),
        }
    return {"type": PLAIN[hint]} if hint in PLAIN else _of_value(hint)


def _of_union(members: tuple[Hint, ...]) -> Schema:
    forms = [_of_hint(one) for one in members if one not in PLAIN]
    other = [form for one in forms for form in one.get("anyOf", [one])]
    plain = [PLAIN[one] for one in members if one in PLAIN]
    if not other:
        return {"type": plain}
    return {"anyOf": [*other, *({"type": one} for one in plain)]}


def _of_tuple(inside: tuple[Hint, ...]) -> Schema:
    if inside[-1] is Ellipsis:
        return {"type": "array", "items": _of_hint(inside[0])}
    several = [_of_hint(one) for one in inside]
    return {"type": "array", "prefixItems": several, "items": False, "minItems": len(several)}


def _of_value(kind: type) -> Schema:
    if kind is dt.date:
        # Of Python, a moment is a day too.
        return {"anyOf": [_reference("date"), _reference("datetime")]}
    return _reference({dt.datetime: "datetime", bytes: "bytes"}.get(kind, kind.__name__))


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
