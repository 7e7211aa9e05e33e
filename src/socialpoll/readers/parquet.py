"""Answers in Parquet: columns keep their types, and categories are read as their words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from socialpoll.errors import ReaderError
from socialpoll.hooks import Source
from socialpoll.readers.bounds import require_file, require_table
from socialpoll.readers.headers import findings_on_names

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["read_parquet"]

MOST_UNPACKED = 2 * 1024**3


def read_parquet(path: str | Path) -> Source:
    """Read a table of answers from Parquet.

    Parameters
    ----------
    path : str or Path
        Of one file.

    Returns
    -------
    Source
        A frame, one row a case. Whole numbers stay whole where some are missing, categories are
        words, and lists or records are written as JSON, with a finding.

    Raises
    ------
    ReaderError
        The file is no Parquet, is damaged or too large, or holds no answers.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = require_file(path)
    try:
        with pq.ParquetFile(file) as opened:
            _require_bounds(file, opened.metadata)
            table = opened.read()
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise ReaderError(
            "the file is no Parquet, or is damaged",
            where=str(file),
            found=str(error).partition("\n")[0],
            advice="write it again",
        ) from error
    names = list(table.column_names)
    findings = [*findings_on_names(names), *_findings(table)]
    frame = _frame([column.combine_chunks() for column in table.columns])
    return Source(None, frame.set_axis(names, axis="columns"), tuple(findings))


def _require_bounds(file: Path, metadata: pa.parquet.FileMetaData) -> None:
    if not metadata.num_rows:
        raise ReaderError(
            "the file names columns but holds no answers",
            where=str(file),
            advice="save the answers again",
        )
    require_table(file, metadata.num_rows, metadata.num_columns)
    groups = range(metadata.num_row_groups)
    unpacked = sum(metadata.row_group(one).total_byte_size for one in groups)
    if unpacked > MOST_UNPACKED:
        raise ReaderError(
            "the file unpacks to more than a table of answers would",
            where=str(file),
            found=f"{unpacked:,} bytes",
            allowed=f"at most {MOST_UNPACKED:,}",
        )


def _findings(table: pa.Table) -> Iterator[str]:
    import pyarrow as pa

    nested = [repr(one.name) for one in table.schema if pa.types.is_nested(one.type)]
    if nested:
        yield f"columns of lists or records, written as JSON: {', '.join(nested)}"


def _frame(columns: list[pa.Array]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame({place: _series(one) for place, one in enumerate(columns)})


def _series(column: pa.Array) -> pd.Series:
    import pandas as pd
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind):
        return _series(column.cast(kind.value_type))
    if pa.types.is_nested(kind):
        return pd.Series([_as_json(one) for one in column.to_pylist()], dtype="object")
    if pa.types.is_decimal(kind):
        return pd.Series([None if one is None else str(one) for one in column.to_pylist()])
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pd.Series(column.to_pylist(), dtype="object")
    if pa.types.is_integer(kind) and column.null_count:
        return pd.Series(column.to_pylist(), dtype="Int64")
    series: pd.Series = column.to_pandas()
    return series


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)
