"""The bundled poll and its release, made once for all that look at what is written of it."""

from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.demo import POLL_FILE
from socialpoll.poll.stages import composed


@pytest.fixture(scope="session")
def poll() -> sp.Poll:
    return sp.Poll.load(POLL_FILE)


@pytest.fixture(scope="session")
def release(poll: sp.Poll) -> sp.Release:
    return poll.release()


@pytest.fixture(scope="session")
def report(poll: sp.Poll, release: sp.Release) -> sp.Report:
    return composed(poll, release)
