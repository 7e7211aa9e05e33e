"""The same answers in memory, and where they lie elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
from sqlframe.duckdb import DuckDBSession

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import SparkSession

TYPES = ["BIGINT", "DOUBLE", "VARCHAR"]
"""What DuckDB may take the columns of a CSV file for; its truth values and times are words here."""
ENGINES = ("pandas", "polars", "polars csv", "duckdb", "duckdb csv", "spark by duckdb")
"""The last is asked as Spark is, and answers by way of SQL."""


@contextmanager
def local_spark() -> Iterator[SparkSession]:
    """Lend a session of Spark on this machine, in which no program of Python can be run.

    It is one for many small questions: nothing is made ready for rows that never come.
    """
    from pyspark.sql import SparkSession

    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    options = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.session.timeZone": "Asia/Muscat",
        "spark.pyspark.python": "no-python",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    session = SparkSession.builder.master("local[1]").config(map=options).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    try:
        yield session
    finally:
        session.stop()


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
