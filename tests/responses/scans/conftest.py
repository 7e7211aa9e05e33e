"""The bundled poll, and its answers as they lie in a file."""

from __future__ import annotations

import pandas as pd
import pytest

from socialpoll.demo import FOLDER, POLL_FILE
from socialpoll.poll import Poll


@pytest.fixture(scope="module")
def poll():
    return Poll.load(POLL_FILE)


@pytest.fixture(scope="module")
def answers():
    return pd.read_csv(FOLDER / "responses.csv")
