"""The options of an exporter, from what a user chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from socialpoll.errors import OptionsError, PluginError, Problem, nearest
from socialpoll.hooks import Exporter

__all__ = ["file_options", "options_of"]

LONGEST = 60


def options_of(exporter: Exporter, chosen: Mapping[str, Any]) -> object:
    """Make the options that an exporter is called with.

    Parameters
    ----------
    exporter : Exporter
    chosen : mapping of str to value
        By name; words are read as the option's kind of value, so ``"3"`` is a number where the
        option is one.

    Returns
    -------
    object
        An instance of the exporter's options dataclass; None where it takes no options.

    Raises
    ------
    OptionsError
        Options that the exporter does not have, and values that do not fit; all of them.
    PluginError
        The exporter declares its options in a way that nobody can read.
    """
    kind = exporter.options
    known = [] if kind is None else [one.name for one in fields(kind) if one.init]
    problems = [
        Problem(
            f"there is no option {name!r}",
            _where(exporter, name),
            allowed=nearest(name, known) or "no options at all",
        )
        for name in chosen
        if name not in known
    ]
    made: object = None
    if kind is not None:
        wanted = {name: value for name, value in chosen.items() if name in known}
        try:
            made = _adapter(exporter, kind).validate_python(wanted)
        except ValidationError as error:
            problems += _unfit(exporter, error)
    if problems:
        raise OptionsError(f"the options of exporter {exporter.name!r}", problems)
    return made


def file_options(exporter: Exporter, options: Mapping[str, Any]) -> list[str]:
    """Return the options whose words name a file: their declared type has a Path in it."""
    hints = get_type_hints(exporter.options) if exporter.options is not None else {}
    words = [name for name, value in options.items() if isinstance(value, str)]
    return [name for name in words if _has_path(hints.get(name))]


def _has_path(kind: object) -> bool:
    return kind is Path or any(_has_path(one) for one in get_args(kind))


def _adapter(exporter: Exporter, kind: type) -> TypeAdapter[Any]:
    try:
        return TypeAdapter(kind)
    except Exception as error:
        raise PluginError(
            f"the options of exporter {exporter.name!r} cannot be read: {error}",
            where=f"exporter {exporter.name!r}",
            advice="tell the makers of the exporter",
        ) from error


def _unfit(exporter: Exporter, error: ValidationError) -> list[Problem]:
    """Return one problem an option; an option of several kinds has a complaint from each."""
    complaints: dict[str, list[str]] = {}
    found: dict[str, object] = {}
    for one in error.errors(include_url=False, include_context=False):
        name = str(one["loc"][0]) if one["loc"] else ""
        words = one["msg"].removeprefix("Value error, ")
        complaints.setdefault(name, []).append(words[:1].lower() + words[1:])
        found.setdefault(name, one["input"])
    return [
        Problem(
            "a value that does not fit",
            _where(exporter, name),
            _shown(found[name]) if name else "",
            " or ".join(dict.fromkeys(words)),
        )
        for name, words in complaints.items()
    ]


def _where(exporter: Exporter, name: str) -> str:
    owner = f"exporter {exporter.name!r}"
    return f"{owner}, option {name!r}" if name else owner


def _shown(value: object) -> str:
    words = repr(value)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
