from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from socialpoll.errors import ReaderError
from socialpoll.readers.parquet import read_parquet


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers.parquet"


def test_columns_keep_their_types_and_categories_are_words(file):
    categories = pa.array(["f", None, "m"]).dictionary_encode()
    table = pa.table({"n": [2**60 + 1, None, 3], "x": [1.5, None, 2.0], "s": categories})
    pq.write_table(table, file)

    frame = read_parquet(file).frame

    assert frame["n"].tolist() == [2**60 + 1, pd.NA, 3]
    assert frame["x"].dtype == "float64"
    assert frame["s"].tolist() == ["f", None, "m"]


def test_lists_are_written_as_json_and_that_is_told(file):
    pq.write_table(pa.table({"a": [["x", "y"], None]}), file)

    source = read_parquet(file)

    assert source.frame["a"].tolist() == ['["x", "y"]', None]
    assert source.findings == ("columns of lists or records, written as JSON: 'a'",)


def test_a_damaged_file_is_refused(file):
    pq.write_table(pa.table({"a": list(range(1000))}), file)
    content = file.read_bytes()
    for damaged in (b"PAR1", b"a,b\n1,2\n", content[:-10], content[:100] + content[-100:]):
        file.write_bytes(damaged)
        with pytest.raises(ReaderError, match="no Parquet, or is damaged"):
            read_parquet(file)


def test_a_file_of_no_rows_and_one_of_too_many_columns_are_refused(file):
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), file)
    with pytest.raises(ReaderError, match="holds no answers"):
        read_parquet(file)

    pq.write_table(pa.table({f"c{n}": [1] for n in range(10_001)}), file)
    with pytest.raises(ReaderError, match="too many columns"):
        read_parquet(file)
