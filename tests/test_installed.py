"""What is tested is what is installed, and what is installed is all of the source."""

from __future__ import annotations

import os
import tomllib
from importlib.metadata import distribution, files
from pathlib import Path

import pytest

import socialpoll

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "socialpoll"
INSTALLED = Path(socialpoll.__file__).parent

# By hand one works on the source itself; what goes in is tested as the wheel that users get.
of_the_wheel = pytest.mark.skipif(
    "CI" not in os.environ, reason="the source itself may be what is installed"
)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_installed_package_is_the_source_byte_for_byte():
    installed, source = contents(INSTALLED), contents(SOURCE)

    assert sorted(installed) == sorted(source)
    assert [name for name in source if installed[name] != source[name]] == []


@pytest.mark.parametrize(
    "name",
    [
        "py.typed",
        "demo/questionnaire.toml",
        "demo/targets/governorate.csv",
        "exporters/word/brief.docx",
        "report/locale/ar/LC_MESSAGES/socialpoll.mo",
        "report/locale/en/LC_MESSAGES/socialpoll.mo",
        "starting/plugins/exporter/module.py.txt",
        "starting/templates/minimal/poll.toml",
        "testing/sample.png",
        "testing/sample.toml",
    ],
)
def test_what_is_no_python_is_installed_too(name):
    assert (INSTALLED / name).is_file()


@of_the_wheel
def test_the_tests_import_the_installed_package_and_not_the_source():
    assert not INSTALLED.is_relative_to(ROOT / "src")


@of_the_wheel
def test_the_wheel_puts_nothing_beside_its_own_folder_but_the_command():
    record = distribution("socialpoll")
    own = {"socialpoll", f"socialpoll-{socialpoll.__version__}.dist-info"}

    others = {path.as_posix() for path in files("socialpoll") if path.parts[0] not in own}

    assert {Path(one).stem for one in others} <= {"socialpoll"}
    assert [one.value for one in record.entry_points if one.group == "console_scripts"] == [
        "socialpoll.cli:main"
    ]


@of_the_wheel
def test_the_wheel_has_the_extras_and_the_licence_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    record = distribution("socialpoll")

    assert set(record.metadata.get_all("Provides-Extra")) == set(project["optional-dependencies"])
    assert [path.name for path in record.files if "licenses" in path.parts] == ["LICENSE"]
