"""Files are opened so that nothing is left beside them, however large they are."""

from __future__ import annotations

import gc
from pathlib import Path
from tempfile import gettempdir

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import BindingError
from socialpoll.responses.scans.sources import opened


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


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_numbers_in_csv_files_are_read_where_nothing_else_stands(tmp_path, engine):
    random = np.random.default_rng(3)
    numbers = [*(random.lognormal(0, 20, 500) * random.choice([-1, 1], 500)), 0.1, 1e-7, 2.5e30]
    words = [repr(float(one)) for one in numbers]
    frame = pd.DataFrame({"plain": words, "blank": words, "mixed": words, "w": words})
    frame.loc[3, ["blank", "mixed", "w"]] = ["  ", "1,5", "none"]
    frame["more"] = " 7 "
    frame.to_csv(tmp_path / "answers.csv", index=False)

    columns = ("plain", "blank", "mixed", "more", "absent")
    found = opened(tmp_path / "answers.csv", engine, "w", columns).collect().to_pandas()

    assert found["plain"].tolist() == numbers
    assert found["blank"].isna().to_numpy().nonzero()[0].tolist() == [3]
    assert found["mixed"].tolist() == frame["mixed"].tolist()
    assert found["more"].tolist() == [7.0] * len(frame)
    assert found["w"].drop(index=3).tolist() == [*numbers[:3], *numbers[4:]]
    assert np.isnan(found["w"][3])


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
def test_a_file_that_is_damaged_far_down_is_told_at_once(tmp_path, engine):
    rows = "1.5,a\n" * 30_000
    (tmp_path / "answers.csv").write_bytes(f"n,q\n{rows}".encode() + b"1,\xff\xfe\n2,b,c,d\n")

    with pytest.raises(BindingError, match="cannot be read"):
        opened(tmp_path / "answers.csv", engine, None, ["n"])
