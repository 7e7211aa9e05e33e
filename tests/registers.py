"""A synthetic register of some thousand people, written once for all tests that read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from socialpoll.demo.register.synthesise import synthesise_register

PEOPLE = 10_000


@pytest.fixture(scope="session")
def written_register(tmp_path_factory) -> Path:
    pytest.importorskip("pyarrow", reason="the extra 'register' is not installed")
    folder = tmp_path_factory.mktemp("register")
    synthesise_register(PEOPLE, to=folder)
    return folder
