"""Small tables arrive where answers lie with what is missing in them."""

from __future__ import annotations

import datetime as dt

import narwhals as nw
import pyarrow as pa
from sqlframe.duckdb import DuckDBSession

from socialpoll.responses.scans.grouping import lazily
from socialpoll.responses.scans.sending import joined, sent


def test_values_that_are_missing_go_to_sqlframe_as_such():
    columns = {
        "word": ["a", None],
        "day": [None, dt.date(2026, 1, 2)],
        "share": [0.5, None],
        "whole": [None, 3],
    }
    table = nw.from_native(pa.table({**columns, "value": [1.0, 2.0]}), eager_only=True)
    rows = [tuple(one) for one in zip(*columns.values(), strict=True)] * 2
    answers = lazily(DuckDBSession().createDataFrame(rows, [*columns]))

    there = sent(table, answers).collect().to_arrow()
    found = joined(answers, table, list(columns), {}).select(nw.col("value").sum()).collect()

    assert there.to_pylist() == table.to_arrow().to_pylist()
    assert found.item() == 6.0
