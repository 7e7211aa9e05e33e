"""The pages of errors, hooks, exporters, commands and compatibility say what the code says."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement

import socialpoll as sp
from socialpoll import errors, hooks
from socialpoll.cli import main
from socialpoll.disclosure import serial as release_file
from socialpoll.exporters import socialpoll_exporters
from socialpoll.exporters.word import CONTRACT_VERSION
from socialpoll.poll import json_schema, manifest
from socialpoll.report import serial as report_file
from tests.docstrings import sections_of
from tests.pages import DOCS, NAMES, names_under, page, tables_of

ERRORS = "reference/errors.md"
HOOKS = "reference/hooks.md"
EXPORTERS = "reference/exporters.md"
COMMANDS = "reference/command-line.md"
COLUMNS = "reference/columns.md"
COMPATIBILITY = "explanation/compatibility.md"
PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
PROJECT = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]

BUILT_IN = tuple(socialpoll_exporters())
CLASSES = {
    name: kind
    for name in errors.__all__
    if inspect.isclass(kind := getattr(errors, name)) and issubclass(kind, sp.SocialpollError)
}


def rows_of_errors() -> dict[str, list[str]]:
    (table,) = [one for one in tables_of(ERRORS) if one.section == "Every error"]
    return {row[0].strip("`"): row for row in table.rows}


def branch(kind: type, depth: int = 0) -> list[str]:
    """A class and those beneath it, each under the stage that it belongs to."""
    starred = issubclass(kind, errors.ProblemsError) and kind is not errors.ProblemsError
    beneath = [name for name, one in CLASSES.items() if one.__bases__[-1] is kind]
    return [
        "    " * depth + kind.__name__ + " *" * starred,
        *(line for name in sorted(beneath) for line in branch(CLASSES[name], depth + 1)),
    ]


def test_the_page_of_errors_draws_the_tree_as_it_is():
    assert "```text\n" + "\n".join(branch(sp.SocialpollError)) + "\n```" in page(ERRORS)


def test_the_page_of_errors_says_of_each_what_its_docstring_says():
    said = {name: row[1] for name, row in rows_of_errors().items()}

    assert said == {
        name: inspect.getdoc(kind).splitlines()[0].replace("``", "`")
        for name, kind in CLASSES.items()
    }


def test_what_the_page_of_errors_says_to_raise_one_tells_so_itself():
    silent = [
        f"{who}: {name}"
        for name, row in rows_of_errors().items()
        for who in NAMES.findall(row[2])
        if not who.startswith("socialpoll ") and name not in raised_by(who.removeprefix("sp."))
    ]

    assert silent == []


def raised_by(who: str) -> str:
    """What a docstring says under Raises."""
    thing = sp
    for part in who.split("."):
        thing = getattr(thing, part)
    _, _, raised = inspect.getdoc(thing).partition("Raises\n------\n")
    return raised


def test_the_page_of_errors_lists_the_parts_of_a_problem():
    assert names_under(ERRORS, "What an error says", "attribute") == [
        field.name for field in fields(errors.Problem)
    ]


def test_the_page_of_hooks_gives_every_hook_its_signature():
    specified = [one for name, one in vars(hooks).items() if name.startswith("socialpoll_")]

    assert names_under(HOOKS, "The hooks") == [
        f"{one.__name__}() -> {inspect.signature(one).return_annotation}" for one in specified
    ]


@pytest.mark.parametrize("record", [hooks.Exporter, hooks.Document, hooks.Reader, hooks.Source])
def test_the_page_of_hooks_lists_every_field_with_its_default(record):
    (table,) = [one for one in tables_of(HOOKS) if one.section == record.__name__]

    assert [(row[0], row[1]) for row in table.rows] == [
        (f"`{one.name}`", "" if one.default is MISSING else f"`{one.default!r}`")
        for one in fields(record)
    ]


def test_the_page_of_hooks_names_their_version():
    assert f"version {hooks.HOOKS_VERSION} of the contract" in page(HOOKS)


def test_the_page_of_exporters_has_a_section_for_each_in_the_order_of_the_listing():
    sections = re.findall(r"^## (\w+)$", page(EXPORTERS), re.MULTILINE)

    assert sections == [one.name for one in BUILT_IN]


@pytest.mark.parametrize("exporter", BUILT_IN, ids=lambda one: one.name)
def test_the_page_of_exporters_lists_every_option_with_its_default(exporter):
    makes, options = [one for one in tables_of(EXPORTERS) if one.section == exporter.name]

    assert f"`{exporter.media_type}`" in makes.rows[0]
    assert [(row[0], row[1]) for row in options.rows] == [
        (f"`{one.name}`", f"`{one.default!r}`") for one in fields(exporter.options)
    ]


@pytest.mark.parametrize("exporter", BUILT_IN, ids=lambda one: one.name)
def test_the_page_of_exporters_names_the_extra_that_brings_what_one_requires(exporter):
    makes, _ = [one for one in tables_of(EXPORTERS) if one.section == exporter.name]
    extra = makes.rows[0][3].strip("`")

    assert bool(extra) == bool(exporter.requires)
    assert set(exporter.requires) <= set(PROJECT["optional-dependencies"].get(extra, ()))


def test_the_page_of_the_command_line_tells_of_every_command_in_its_table():
    told = {
        re.sub(r"( [A-Z]+)+$", "", one).removeprefix("socialpoll ")
        for one in names_under(COMMANDS, "The command line")
    }

    assert told == set(commands_of(main))


def commands_of(group: click.Group) -> Iterator[str]:
    """Every command as it is typed, those of groups behind the name of the group."""
    for name, command in group.commands.items():
        if not isinstance(command, click.Group) or command.invoke_without_command:
            yield name
        if isinstance(command, click.Group):
            yield from (f"{name} {one}" for one in commands_of(command))


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_page_of_the_command_line_lists_the_options_of_a_command_no_more_and_no_less(name):
    command = main.commands[name]
    inner = command.commands.values() if isinstance(command, click.Group) else [command]
    flags = {
        flag
        for one in (command, *inner)
        for option in one.params
        for flag in (*option.opts, *option.secondary_opts)
        if flag.startswith("-")
    }
    told = {
        one.split()[0]
        for table in tables_of(COMMANDS)
        if table.section == name
        for one in table.names
    }

    assert told == flags


@pytest.mark.parametrize("file", json_schema.FILES)
def test_the_page_of_the_command_line_names_every_json_schema(file):
    assert f"`socialpoll schema {file}`" in page(COMMANDS)


def test_the_front_page_lists_every_optional_format():
    for_users = set(PROJECT["optional-dependencies"]) - {"all", "test", "lint", "docs"}

    assert set(names_under("index.md", "Install", "extra")) == for_users


def test_what_is_done_and_declared_in_python_is_told_of_on_a_page_beside_the_list_of_names():
    pages = [one for one in DOCS.rglob("*.md") if one.name != "api.md"]
    text = " ".join(one.read_text(encoding="utf-8") for one in pages)
    told = set(re.findall(r"\b(?:sp|socialpoll)\.(\w+)", text)) | set(NAMES.findall(text))

    assert [name for name in sp.__all__ if name not in told and not is_result(name)] == []


def is_result(name: str) -> bool:
    """Whether a class is made by a function of the library, and not by its users."""
    things = [getattr(sp, one) for one in sp.__all__]
    methods = [one for kind in things if inspect.isclass(kind) for one in vars(kind).values()]
    made = {
        one.__annotations__.get("return") for one in (*things, *methods) if inspect.isfunction(one)
    }
    return name in made or "Attributes" in sections_of(getattr(sp, name))


def test_the_page_of_the_house_names_every_room():
    rooms = {one.name for one in pkgutil.iter_modules(sp.__path__) if one.name != "__main__"}
    (floors,) = re.findall(r"```text\n(.*?)```", page("explanation/house.md"), re.DOTALL)

    assert set(re.findall(r"(?:^| {3,})(\w+) {2,}", floors, re.MULTILINE)) == rooms


def test_the_page_of_compatibility_gives_every_contract_its_version():
    (table,) = [one for one in tables_of(COMPATIBILITY) if one.head == "contract"]
    told = {re.search(r"\[(.*?)\]", row[0])[1]: int(row[1]) for row in table.rows}

    # The columns have their version in prose alone: a number in the code would be read by nobody.
    columns = int(re.search(r"version (\d+) of the column contract", page(COLUMNS))[1])
    assert told == {
        "columns of a figure": columns,
        "JSON of a report": report_file.VERSION,
        "file of a release": release_file.VERSION,
        "variables of a template": CONTRACT_VERSION,
        "hooks": hooks.HOOKS_VERSION,
        "manifest": manifest.FORMAT,
        "poll file": json_schema.VERSION,
    }


def test_the_page_of_compatibility_promises_the_versions_that_are_asked_for():
    told = {row[0]: row[1].split()[0] for row in supported()}

    lowest = {one.name: one.specifier for one in map(Requirement, PROJECT["dependencies"])}
    assert told["Python"].rstrip(",") == PROJECT["requires-python"].removeprefix(">=")
    assert {name: f">={told[name]}" for name in told if name != "Python"} == {
        name: str(lowest[name]) for name in told if name != "Python"
    }


def test_the_page_of_compatibility_names_every_python_that_is_supported():
    (versions,) = [row[1] for row in supported() if row[0] == "Python"]

    classified = re.findall(r"Python :: (3\.\d+)", " ".join(PROJECT["classifiers"]))
    assert versions.split(", ") == classified


def supported() -> list[list[str]]:
    (table,) = [one for one in tables_of(COMPATIBILITY) if one.section == "Python and libraries"]
    return table.rows


def test_every_section_of_the_python_page_lists_names_that_there_are():
    sections = re.findall(r"^::: (\S+)\n((?:    .*\n)+)", page("reference/api.md"), re.MULTILINE)
    listed = [
        (home, name)
        for home, options in sections
        for name in re.search(r"members: \[(.*)\]", options)[1].split(", ")
    ]

    assert len(listed) >= len(sp.__all__)
    assert [one for one in listed if not hasattr(importlib.import_module(one[0]), one[1])] == []
