"""The same answers in memory, and where they lie elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
from sqlframe.duckdb import DuckDBSession

if TYPE_CHECKING:
    import pandas as pd

TYPES = ["BIGINT", "DOUBLE", "VARCHAR"]
"""What DuckDB may take the columns of a CSV file for; its truth values and times are words here."""
ENGINES = ("pandas", "polars", "polars csv", "duckdb", "duckdb csv", "spark by duckdb")
"""The last is asked as Spark is, and answers by way of SQL."""


@contextmanager
def laid(frame: pd.DataFrame, folder: Path) -> Iterator[dict[str, Any]]:
    """Lend a frame as every engine has it, from a Parquet and from a CSV file."""
    parquet, csv = folder / "answers.parquet", folder / "answers.csv"
    frame.to_parquet(parquet, index=False)
    frame.to_csv(csv, index=False)
    with duckdb.connect() as database:
        yield {
            "pandas": frame,
            "polars": pl.scan_parquet(parquet),
            "polars csv": pl.scan_csv(csv),
            "duckdb": database.read_parquet(str(parquet)),
            "duckdb csv": database.read_csv(str(csv), auto_type_candidates=TYPES),
            "spark by duckdb": DuckDBSession().read.parquet(str(parquet)),
        }
