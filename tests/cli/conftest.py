from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from socialpoll.cli import main
from tests.plugins.installing import install
from tests.poll.polls import write_poll

__all__ = ["install"]


@pytest.fixture
def poll_file(tmp_path):
    return write_poll(tmp_path / "poll")


@pytest.fixture
def told():
    """Run a command in this process, and return what came of it."""

    def told(*arguments: object):
        return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False)

    return told


@pytest.fixture
def child():
    """Run a command as users do, in a process of its own."""

    def child(*arguments: object, **environment: str):
        return subprocess.run(
            [sys.executable, "-m", "socialpoll", *map(str, arguments)],
            check=False,
            capture_output=True,
            env=os.environ | environment,
        )

    return child
