from __future__ import annotations

import dataclasses
import subprocess
import sys
import tomllib
from pathlib import Path

import pluggy
import pytest

from socialpoll import exporters, hooks


@pytest.fixture(scope="module")
def records():
    return {record.name: record for record in exporters.socialpoll_exporters()}


def test_the_built_in_exporters_come_through_the_hook_that_others_use():
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    manager.register(exporters)

    (found,) = manager.hook.socialpoll_exporters()

    assert [record.name for record in found] == [
        "word",
        "slides",
        "excel",
        "webpage",
        "csv",
        "chart",
        "json",
        "sdmx",
        "parquet",
    ]


def test_options_are_frozen_and_have_defaults(records):
    for record in records.values():
        chosen = record.options()
        field = dataclasses.fields(chosen)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(chosen, field, None)


def test_a_brief_is_made_for_each_language_and_a_feed_once(records):
    assert (records["word"].editions, records["csv"].editions) == ("each", "all")


def test_what_an_exporter_requires_is_what_an_extra_installs(records):
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"]
    installed = set().union(*(extras[name] for name in extras if name not in ("all", "test")))

    for record in records.values():
        assert set(record.requires) <= installed, record.name


def test_registering_loads_nothing_heavy():
    code = (
        "import sys, socialpoll.exporters; socialpoll.exporters.socialpoll_exporters();"
        "heavy = {'docx', 'docxtpl', 'jinja2', 'lxml', 'matplotlib', 'pandas', 'pptx', 'pyarrow',"
        " 'xlsxwriter'}; print(*heavy & set(sys.modules))"
    )

    process = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

    assert process.stdout.split() == []
