from __future__ import annotations

import doctest
import importlib
import inspect
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import FunctionType

import pytest

import socialpoll as sp
from tests.docstrings import entries_of, parameters_of, raised_in, sections_of

PUBLIC = {name: getattr(sp, name) for name in sp.__all__}
FUNCTIONS = {name: thing for name, thing in PUBLIC.items() if inspect.isfunction(thing)}
CLASSES = {name: thing for name, thing in PUBLIC.items() if inspect.isclass(thing)}
ALL_FIELDS = {
    name: [one.name for one in fields(kind)] if is_dataclass(kind) else []
    for name, kind in CLASSES.items()
}
MAKING = {"__init__", "__post_init__"}
SOURCE = Path(__file__).parent.parent / "src"
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def modules_with_examples() -> list[str]:
    paths = (path for path in sorted(SOURCE.rglob("*.py")) if path.name != "__main__.py")
    shown = (path for path in paths if ">>> " in path.read_text(encoding="utf-8"))
    dotted = (".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in shown)
    return [name.removesuffix(".__init__") for name in dotted]


@pytest.mark.parametrize("name", modules_with_examples())
def test_the_examples_in_docstrings_do_what_they_show(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    module = importlib.import_module(name)

    outcome = doctest.testmod(module, optionflags=OPTIONS)

    assert outcome.failed == 0


def test_the_docstring_of_a_function_describes_each_of_its_arguments_and_no_other():
    described = {
        name: sorted(entries_of(sections_of(function).get("Parameters", "")))
        for name, function in FUNCTIONS.items()
    }

    assert described == {name: sorted(parameters_of(one)) for name, one in FUNCTIONS.items()}


def test_the_docstring_of_a_function_shows_it_in_use_or_says_what_else_to_look_at():
    for_readers = {"Examples", "See Also"}

    assert [
        name for name, one in FUNCTIONS.items() if not for_readers & sections_of(one).keys()
    ] == []


def test_the_docstring_of_a_class_describes_every_field():
    untold = {
        f"{name}.{field.name}"
        for name, kind in CLASSES.items()
        for field in (fields(kind) if is_dataclass(kind) else ())
        # The name of its kind in a file is the same for all of its objects.
        if field.repr and field.name != "kind" and not field.name.startswith("_")
        if field.name not in told_of(kind)
    }

    assert untold == set()


def test_the_docstring_of_a_class_describes_nothing_that_it_has_not():
    assert [
        f"{name}.{told}"
        for name, kind in CLASSES.items()
        for told in told_of(kind)
        if not (hasattr(kind, told) or told in parameters_of(kind) or told in ALL_FIELDS[name])
    ] == []


def told_of(kind: type) -> set[str]:
    """What a class and those it is made of describe."""
    return {
        entry
        for one in kind.__mro__
        for heading in ("Parameters", "Attributes")
        for entry in entries_of(sections_of(one).get(heading, ""))
    }


def test_a_docstring_tells_the_errors_that_its_own_lines_raise():
    places = [(function, function) for function in FUNCTIONS.values()]
    for kind in CLASSES.values():
        functions = (getattr(one, "__func__", one) for one in vars(kind).values())
        places += [
            (kind if one.__name__ in MAKING else one, one)
            for one in functions
            if inspect.isfunction(one) and is_looked_at(one)
        ]

    assert [
        f"{function.__qualname__}: {error}"
        for place, function in places
        for error in raised_in(function)
        if error not in (place.__doc__ or "")
    ] == []


def is_looked_at(function: FunctionType) -> bool:
    written = not function.__code__.co_filename.startswith("<")
    return written and (function.__name__ in MAKING or not function.__name__.startswith("_"))
