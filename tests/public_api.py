"""The public surface as text: a line for each name, each field and each method.

``python -m tests.public_api`` writes it to ``public_api.txt`` beside this file, so that whoever
changes the surface sees it in the same change. What a class has from another class of the list
stands there alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from types import FunctionType

import socialpoll as sp
from socialpoll import errors, hooks

WRITTEN = Path(__file__).with_suffix(".txt")
RENEW = "python -m tests.public_api"


def surface() -> str:
    """Return the whole text."""
    return "\n".join(
        (
            "socialpoll",
            *_names(sp, sp.__all__),
            "",
            "socialpoll.errors",
            *_names(errors, errors.__all__),
            "",
            "socialpoll.hooks",
            *_names(hooks, (one for one in vars(hooks) if one.startswith("socialpoll_"))),
            "",
        )
    )


def _names(module: object, names: Iterable[str]) -> Iterator[str]:
    things = {name: getattr(module, name) for name in sorted(names)}
    for name, thing in things.items():
        if inspect.isclass(thing):
            listed = {one for one in things.values() if inspect.isclass(one)} - {thing}
            yield from (f"    {line}" for line in _class(name, thing, listed))
        elif inspect.isroutine(thing):
            yield f"    {name}{_signature(thing)}"
        else:
            yield f"    {name}: {type(thing).__name__}"


def _class(name: str, kind: type, listed: set[type]) -> Iterator[str]:
    bases = [base.__name__ for base in kind.__bases__ if base is not object]
    yield f"class {name}({', '.join(bases)})" if bases else f"class {name}"
    if is_dataclass(kind):
        yield from (f"    {_field(one)}" for one in fields(kind) if not one.name.startswith("_"))
    if "__init__" in vars(kind) and _is_written(kind.__init__):
        yield f"    __init__{_signature(kind.__init__)}"
    for member, had in sorted(_members(kind, listed).items()):
        if line := _member(member, had):
            yield f"    {line}"


def _is_written(constructor: FunctionType) -> bool:
    """Whether a constructor stands in a file, and was not made of the fields by dataclasses."""
    return constructor.__code__.co_filename != "<string>"


def _members(kind: type, listed: set[type]) -> dict[str, object]:
    """Return what it has of the project's own, less what a listed class gives it."""
    ours = [one for one in reversed(kind.__mro__) if one.__module__.startswith("socialpoll")]
    return {
        name: had
        for one in ours
        if one not in listed
        for name, had in vars(one).items()
        if _is_public(name)
    }


def _is_public(name: str) -> bool:
    return not name.startswith("_") or name in {"__call__", "__len__", "__iter__", "__getitem__"}


def _field(one: Field[object]) -> str:
    given = "keyword " if one.kw_only else ""
    made = "" if one.init else "made "
    default = f" = {one.default!r}" if one.default is not MISSING else ""
    factory = " = <factory>" if one.default_factory is not MISSING else ""
    return f"{made}{given}field {one.name}: {one.type}{default}{factory}"


def _member(name: str, had: object) -> str | None:
    if isinstance(had, property):
        return f"property {name}{_answer(had.fget)}"
    if isinstance(had, cached_property):
        return f"property {name}{_answer(had.func)}"
    if isinstance(had, classmethod):
        return f"classmethod {name}{_signature(had.__func__)}"
    if isinstance(had, staticmethod):
        return f"staticmethod {name}{_signature(had.__func__)}"
    return f"{name}{_signature(had)}" if inspect.isfunction(had) else None


def _answer(function: object) -> str:
    return f" -> {inspect.signature(function).return_annotation}"


def _signature(function: object) -> str:
    """Return a signature with its annotations as they are written, not in quotation marks."""
    signature = inspect.signature(function)
    shown: list[str] = []
    before = None
    for one in signature.parameters.values():
        if before is one.POSITIONAL_ONLY is not one.kind:
            shown.append("/")
        if one.kind is one.KEYWORD_ONLY and before not in {one.VAR_POSITIONAL, one.KEYWORD_ONLY}:
            shown.append("*")
        stars = {one.VAR_POSITIONAL: "*", one.VAR_KEYWORD: "**"}.get(one.kind, "")
        annotation = "" if one.annotation is one.empty else f": {one.annotation}"
        default = "" if one.default is one.empty else f" = {one.default!r}"
        shown.append(f"{stars}{one.name}{annotation}{default}")
        before = one.kind
    answer = signature.return_annotation
    returned = "" if answer is signature.empty else f" -> {answer}"
    return f"({', '.join(shown)}){returned}"


if __name__ == "__main__":
    WRITTEN.write_text(surface(), encoding="utf-8")
