from __future__ import annotations

import pytest

from tests.plugins.installing import install
from tests.poll.polls import write_poll

__all__ = ["install"]


@pytest.fixture
def poll_file(tmp_path):
    return write_poll(tmp_path / "poll")
