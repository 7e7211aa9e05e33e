"""Columns of too many values are known by their first rows, and nothing else is refused."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from socialpoll.errors import CombinationsError
from socialpoll.responses.scans import glancing
from socialpoll.responses.scans.glancing import require_few
from socialpoll.responses.scans.grouping import lazily


@pytest.fixture
def frame(monkeypatch):
    monkeypatch.setattr(glancing, "GLANCE", 100)
    n = np.arange(1_000)
    return lazily(pl.LazyFrame({"own": n, "bands": n // 100, "late": np.maximum(n - 500, 0)}))


@pytest.mark.parametrize("most", [50, 200, 499])
def test_a_column_of_values_of_its_own_is_refused_by_what_the_first_rows_alone_have(frame, most):
    with pytest.raises(CombinationsError) as refused:
        require_few(frame, ["bands", "own"], most)

    rows = max(100, 2 * most)
    assert f"more than {most}; " in str(refused.value)
    assert f"in the first {rows:,} rows 'own' has {rows:,}, 'bands' has" in str(refused.value)


def test_what_may_be_few_is_not_refused(frame):
    require_few(frame, ["own"], 1_000)
    require_few(frame, ["bands"], 5)
    require_few(frame, ["late"], 50)
    require_few(frame, [], 1)
