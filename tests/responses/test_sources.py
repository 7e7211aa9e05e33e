"""Files are opened so that nothing is left beside them, however large they are."""

from __future__ import annotations

import gc
from pathlib import Path
from tempfile import gettempdir

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd

from socialpoll.responses.sources import opened


def test_what_does_not_fit_into_memory_is_put_aside_and_taken_away(tmp_path, monkeypatch):
    folder = Path(gettempdir())
    monkeypatch.chdir(tmp_path)
    pd.DataFrame({"n": np.arange(400_000.0)}).to_parquet("answers.parquet", index=False)
    before = {*folder.glob("socialpoll-*")}
    small = {"memory_limit": "20MB", "threads": 1}
    connect = duckdb.connect
    monkeypatch.setattr(duckdb, "connect", lambda *, config: connect(config={**config, **small}))
    frame = opened("answers.parquet", "duckdb", None)

    of_each = frame.group_by("n").agg(nw.len().alias("rows"), nw.col("n").var(ddof=0).alias("var"))

    assert of_each.select(nw.sum("rows", "var")).collect().row(0) == (400_000, 0.0)
    (aside,) = {*folder.glob("socialpoll-*")} - before
    assert aside.is_dir()
    assert [one.name for one in tmp_path.iterdir()] == ["answers.parquet"]

    del frame, of_each
    gc.collect()

    assert not aside.exists()
