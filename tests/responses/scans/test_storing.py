"""Parquet files take their place whole or not at all, and never that of the answers."""

from __future__ import annotations

import errno
import os

import duckdb
import pandas as pd
import polars as pl
import pytest

from socialpoll.errors import ExportError
from socialpoll.responses.scans.grouping import lazily
from socialpoll.responses.scans.storing import require_apart, store, store_frame


def find_nothing(_):
    return


def refuse(_):
    raise ExportError("not whole")


def fill_the_disk(_):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def frame():
    return lazily(pl.LazyFrame({"a": [1, 2]}))


def test_a_file_is_checked_beside_its_place_and_then_takes_it(frame, tmp_path):
    path, seen = tmp_path / "folder" / "weights.parquet", []
    store_frame(path, lazily(pd.DataFrame({"a": [0]})), find_nothing)

    store_frame(path, frame, seen.append)

    assert seen != [str(path)]
    assert pl.read_parquet(path)["a"].to_list() == [1, 2]
    assert [one.name for one in path.parent.iterdir()] == ["weights.parquet"]


def broken_ways():
    words = pl.LazyFrame({"a": ["x"]}).select(pl.col("a").cast(pl.Int64))
    broken = duckdb.sql("SELECT error('no more') AS a FROM range(2)")
    return {
        "polars": lambda path: store_frame(path, lazily(words), find_nothing),
        "duckdb": lambda path: store_frame(path, lazily(broken), find_nothing),
        "disk": lambda path: store(path, fill_the_disk, (), find_nothing),
        "check": lambda path: store_frame(path, lazily(pl.LazyFrame({"a": [1]})), refuse),
    }


@pytest.mark.parametrize("way", ["polars", "duckdb", "disk", "check"])
def test_what_fails_leaves_everything_as_it_was(tmp_path, way):
    path = tmp_path / "weights.parquet"
    path.write_bytes(b"as it was")

    with pytest.raises(ExportError) as raised:
        broken_ways()[way](path)

    assert path.read_bytes() == b"as it was"
    assert [one.name for one in tmp_path.iterdir()] == ["weights.parquet"]
    if way != "check":
        assert raised.value.where == str(path)
        assert raised.value.found
        assert "nothing was written" in raised.value.advice


def test_another_ending_is_refused(frame, tmp_path):
    with pytest.raises(ExportError, match="another ending") as raised:
        store_frame(tmp_path / "weights.csv", frame, find_nothing)
    assert raised.value.allowed == "'.parquet'"


@pytest.mark.parametrize(
    ("source", "path"),
    [
        ("answers.parquet", "answers.parquet"),
        ("answers.parquet", "other/../answers.parquet"),
        ("year=*/part-?.parquet", "year=2026/part-3.parquet"),
        ("**/*.parquet", "weights.parquet"),
        ("**/*.parquet", "a/b/weights.parquet"),
        (".", "weights/made.parquet"),
    ],
)
def test_nothing_is_written_over_answers_or_among_them(tmp_path, source, path):
    (tmp_path / "other").mkdir()
    (tmp_path / "answers.parquet").touch()

    with pytest.raises(ExportError, match="the answers themselves lie there"):
        require_apart(tmp_path / path, str(tmp_path / source))


def test_beside_answers_there_is_room(tmp_path):
    (tmp_path / "answers.parquet").touch()
    (tmp_path / "weights.parquet").touch()
    for source in ("answers.parquet", "answers*.parquet", "gone.parquet"):
        require_apart(tmp_path / "weights.parquet", str(tmp_path / source))


def test_nothing_is_replaced_where_it_is_not_known_in_which_files_the_answers_lie(tmp_path):
    require_apart(tmp_path / "weights.parquet", None)
    (tmp_path / "weights.parquet").touch()

    with pytest.raises(ExportError, match="the answers may lie in it"):
        require_apart(tmp_path / "weights.parquet", None)
