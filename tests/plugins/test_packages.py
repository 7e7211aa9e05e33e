"""The example plugins, and those that are started by name, pass their own tests as installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from socialpoll.starting import start_plugin
from tests.plugins.packages import outcomes

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
COPIED = sorted(one.name for one in EXAMPLES.glob("socialpoll-*"))
STARTED = {"my-words": "exporter", "my-files": "reader", "my-limits": "rule"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Return a folder with copies of the examples and with a plugin of each kind."""
    folder = tmp_path_factory.mktemp("packages")
    for part in ("quick", "drawn"):
        (folder / part).mkdir()
    for name in COPIED:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(EXAMPLES / name, folder / name, ignore=ignored)
    for name, kind in STARTED.items():
        start_plugin(name, kind, folder=folder / f"socialpoll-{name}")
    return folder


@pytest.fixture(scope="module")
def told(folder) -> dict[str, list[str]]:
    # Cards are drawn a hundred times for all promises; that is left to the slow test below.
    which = "not (test_cards and promise)"
    return outcomes(sorted(folder.glob("socialpoll-*")), folder / "quick", which)


@pytest.mark.parametrize("name", [*COPIED, *(f"socialpoll-{one}" for one in STARTED)])
def test_a_plugin_passes_its_own_tests(told, name):
    assert [one for one in told[name] if one] == []
    assert len(told[name]) >= 5


@pytest.mark.slow
def test_cards_keep_every_promise(folder):
    told = outcomes([folder / "socialpoll-cards"], folder / "drawn")

    assert [one for one in told["socialpoll-cards"] if one] == []
    assert len(told["socialpoll-cards"]) > 20


def test_a_plugin_that_was_started_is_clean_and_formatted(folder):
    ruff = shutil.which("ruff")
    if ruff is None:
        pytest.skip("ruff is of the extra 'lint'")
    packages = [folder / f"socialpoll-{name}" for name in STARTED]
    for command in (["check"], ["format", "--check"]):
        process = subprocess.run(
            [ruff, *command, "--no-cache", *packages], check=False, capture_output=True, text=True
        )
        assert process.returncode == 0, process.stdout
