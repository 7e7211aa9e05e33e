"""The example plugin, installed as users install it: with pip, into an environment of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest

from socialpoll.starting import start_plugin
from tests.poll.polls import write_poll

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "socialpoll-markdown"


@pytest.fixture(scope="module")
def python(tmp_path_factory) -> Path:
    """Install the example into a new environment that sees socialpoll and what it needs."""
    folder = tmp_path_factory.mktemp("environment")
    context = venv.EnvBuilder(with_pip=True, symlinks=os.name != "nt")
    context.create(folder)
    python = Path(folder, "Scripts" if os.name == "nt" else "bin", "python")
    # A line that imports is run by the interpreter as it starts; it reads the .pth files of the
    # folder too, by which packages are installed that are still edited.
    ours = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    lines = "".join(f"import site; site.addsitedir({one!r})\n" for one in ours)
    purelib = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(purelib, "of_the_tests.pth").write_text(lines, encoding="utf-8")
    source = tmp_path_factory.mktemp("source") / EXAMPLE.name
    shutil.copytree(EXAMPLE, source, ignore=shutil.ignore_patterns("__pycache__"))
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    run(python, "-m", "pip", "install", "--quiet", *options, source)
    return python


def run(python: Path, *arguments: object, cwd: Path | None = None) -> str:
    process = subprocess.run(
        [python, *map(str, arguments)],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=os.environ | {"PYTHONUTF8": "1"},
    )
    shown = process.stdout.decode("utf-8")
    assert process.returncode == 0, shown
    return shown


def test_it_is_listed_with_its_distribution(python):
    listed = json.loads(run(python, "-m", "socialpoll", "plugins", "--json"))

    [markdown] = [one for one in listed if one["name"] == "markdown"]
    assert markdown == {
        "name": "markdown",
        "kind": "exporter",
        "title": "Key findings and tables in Markdown, one file a language",
        "distribution": "socialpoll-markdown",
        "version": "1.0.0",
        "state": "ok",
        "reason": "",
        "install": "",
    }


def test_it_exports_a_poll_by_its_name(python, tmp_path):
    file = write_poll(tmp_path / "poll")
    out = tmp_path / "out"

    run(python, "-m", "socialpoll", "export", file, "markdown", "-l", "ar", "-o", out)

    text = (out / "accounts-ar.md").read_text(encoding="utf-8")
    assert "# الحسابات في مارس" in text
    assert "| :--- |" in text


def test_python_exports_with_it_by_its_name(python, tmp_path):
    code = """
import sys
import socialpoll as sp

report = sp.Poll.load(sys.argv[1]).report()
[document] = sp.render(report, "markdown", languages="en", tables=False)
[path] = sp.export(report, "markdown", to=sys.argv[2], languages="en", tables=False)
assert path.read_bytes() == document.content
print(path.name)
"""
    file = write_poll(tmp_path / "poll")

    assert run(python, "-c", code, file, tmp_path / "out") == "accounts-en.md\n"


@pytest.mark.slow
def test_a_plugin_that_was_started_is_installed_as_it_stands(python, tmp_path):
    started = start_plugin("handout", folder=tmp_path / "new")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check"]
    run(python, "-m", "pip", "install", "--quiet", *options, started.folder)

    listed = json.loads(run(python, "-m", "socialpoll", "plugins", "--json"))
    shown = run(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=started.folder)

    assert ("handout", "ok") in {(one["name"], one["state"]) for one in listed}
    assert " passed" in shown
    assert "failed" not in shown
