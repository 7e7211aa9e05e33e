"""What combinations are given reaches the rows they were counted from, wherever these lie."""

from __future__ import annotations

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from socialpoll.errors import BindingError
from socialpoll.responses.scans.grouping import grouped_by, lazily
from socialpoll.responses.scans.sending import sent

NAMES = ("عمر", "a b", "uses", "moment", "share", "يوم")


@pytest.fixture(scope="module")
def frame():
    draw = np.random.default_rng(3)
    n = 400
    columns = {
        "عمر": pd.array(draw.choice([20, 30, None], n), dtype="Int64"),
        "a b": draw.choice(["x", "", None], n),
        "uses": pd.array(draw.choice([True, False, None], n), dtype="boolean"),
        "moment": draw.choice(pd.to_datetime(["2026-01-01", "2026-01-02", None]), n),
        "share": draw.choice([0.1, 0.25, np.nan], n),
        "يوم": draw.integers(0, 2, n),
        "weight": draw.choice([0.0, 1.5, 2.25], n),
    }  # fmt: skip
    return pd.DataFrame(columns)


@pytest.fixture(params=["polars", "duckdb", "pandas", "arrow"], scope="module")
def lying(request, frame, tmp_path_factory):
    path = tmp_path_factory.mktemp("records") / "answers.parquet"
    frame.to_parquet(path, index=False)
    return {
        "polars": lambda: pl.scan_parquet(path),
        "duckdb": lambda: duckdb.connect().read_parquet(str(path)),
        "pandas": lambda: pd.read_parquet(path),
        "arrow": lambda: pa.Table.from_pandas(frame),
    }[request.param]()


@pytest.mark.parametrize("names", [(), NAMES[:1], NAMES[3:5], NAMES])
def test_every_row_has_what_its_combination_is_given(lying, frame, names):
    grouped = grouped_by(lazily(lying), names, "weight")
    values = np.arange(2.0 * len(grouped.weight)).reshape(-1, 2)

    records = grouped.repeats.records
    scored = records.scored(values, ["first", "second"])

    assert scored.collect_schema().names() == [*frame.columns, "first", "second"]
    found = scored.select(nw.len().alias("n"), nw.col("first", "second").sum()).collect()
    n, first, second = found.rows()[0]
    assert n == len(frame)
    assert first == pytest.approx(grouped.weight @ values[:, 0], rel=1e-12)
    assert second == pytest.approx(grouped.weight @ values[:, 1], rel=1e-12)


def test_what_stands_in_place_of_a_column_tells_the_combination_of_a_row(lying):
    band = {"يوم": nw.lit(7)}
    grouped = grouped_by(lazily(lying), ["يوم"], "weight", merged=band)

    scored = grouped.repeats.records.scored(np.array([[5.0], [2.0]]), ["z"])

    days = scored.select("يوم").unique().collect().to_pandas()["يوم"]
    assert sorted(days) == [0, 1]
    total = scored.select(nw.col("z").sum()).collect().item()
    assert total == pytest.approx(2 * grouped.weight.sum())


def test_an_engine_that_takes_no_tables_is_named():
    ibis = nw.from_native(pd.DataFrame({"a": [1]}))

    class Elsewhere:
        implementation = nw.Implementation.MODIN

    with pytest.raises(BindingError, match="takes no tables") as raised:
        sent(ibis, Elsewhere())
    assert "modin" in str(raised.value)
