"""What a record of a plugin must be before it is offered to anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any, cast, get_type_hints

from socialpoll.hooks import Exporter, Reader
from socialpoll.plugins.offers import Kind
from socialpoll.plugins.requirements import is_requirement

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["flaw_in", "title_of"]

NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
SUFFIX = re.compile(r"\.[a-z0-9]+(?:\.[a-z0-9]+)*")


def flaw_in(kind: Kind, record: object) -> str:
    """Say what is wrong with a record; nothing where it can be offered.

    Parameters
    ----------
    kind : {"exporter", "reader", "rule"}
        What the hook that returned it promises.
    record : object
        What it returned.

    Returns
    -------
    str
        A clause that continues "it is broken: ", or an empty string.
    """
    expected = {"exporter": Exporter, "reader": Reader}.get(kind)
    if expected is not None and not isinstance(record, expected):
        return f"the hook returned {_described(record)} where {expected.__name__} is expected"
    name = getattr(record, "name", None)
    if not isinstance(name, str) or not NAME.fullmatch(name):
        rule = "lower-case letters and digits, parted by '-' or '_'"
        return f"the name {name!r} is not plain ({rule})"
    if kind == "rule":
        return _rule(record)
    # What stands in the fields may be of other types than the record declares.
    values = {
        one.name: getattr(record, one.name) for one in fields(cast("DataclassInstance", record))
    }
    checks = (_title, _requires, _exporter if kind == "exporter" else _reader)
    return next((flaw for check in checks if (flaw := check(values))), "")


def _rule(record: object) -> str:
    from socialpoll.disclosure.rules import flaw_in_footnotes

    if not callable(record):
        return f"{_described(record)} cannot be called with a row"
    return flaw_in_footnotes(record)


def title_of(record: object) -> str:
    """Return one line about a record: its title, or the first line of its docstring."""
    title = getattr(record, "title", None)
    if isinstance(title, str):
        return title
    lines = (getattr(record, "__doc__", None) or "").strip().splitlines()
    return lines[0] if lines else ""


def _title(values: Mapping[str, Any]) -> str:
    title = values["title"]
    plain = isinstance(title, str) and title.strip() != "" and len(title.splitlines()) == 1
    return "" if plain else f"the title {title!r} is not one line of words"


def _requires(values: Mapping[str, Any]) -> str:
    requires = values["requires"]
    if not isinstance(requires, tuple):
        return f"'requires' is {_described(requires)}, not a tuple of requirements"
    wrong = [one for one in requires if not is_requirement(one)]
    return f"{wrong[0]!r} is not a requirement as pip writes them" if wrong else ""


def _exporter(values: Mapping[str, Any]) -> str:
    editions, media_type = values["editions"], values["media_type"]
    if editions not in ("each", "all"):
        return f"editions is {editions!r}; allowed are 'each' and 'all'"
    if values["facing"] not in ((False, True) if editions == "each" else (False,)):
        return f"facing is {values['facing']!r}; True is for editions 'each'"
    if not isinstance(media_type, str) or "/" not in media_type:
        return f"the media type {media_type!r} is none, such as 'text/csv'"
    flaw = _suffix(values["suffix"]) or _call("render", values["render"])
    if values["finish"] is not None:
        flaw = flaw or _call("finish", values["finish"])
    return flaw or _options(values["options"])


def _reader(values: Mapping[str, Any]) -> str:
    suffixes = values["suffixes"]
    if not isinstance(suffixes, tuple):
        return f"'suffixes' is {suffixes!r}, not a tuple of file endings"
    flaws = [flaw for one in suffixes if (flaw := _suffix(one))]
    return flaws[0] if flaws else _call("read", values["read"])


def _suffix(suffix: object) -> str:
    plain = isinstance(suffix, str) and SUFFIX.fullmatch(suffix)
    return "" if plain else f"{suffix!r} is not a file ending such as '.docx'"


def _call(name: str, function: object) -> str:
    return "" if callable(function) else f"{name!r} is {_described(function)}, not a function"


def _options(options: object) -> str:
    if options is None:
        return ""
    if not isinstance(options, type) or not is_dataclass(options):
        return f"'options' is {_described(options)}, not a dataclass"
    bare = [
        one.name
        for one in fields(options)
        if one.init and one.default is MISSING and one.default_factory is MISSING
    ]
    if bare:
        return f"the option {bare[0]!r} has no default"
    try:
        get_type_hints(options)
    except Exception as error:  # noqa: BLE001 - annotations may hold any code
        return f"the types of its options cannot be told: {error}"
    return ""


def _described(value: object) -> str:
    return f"an object of type {type(value).__name__!r}" if value is not None else "nothing"
