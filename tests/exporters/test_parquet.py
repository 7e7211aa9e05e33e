from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import replace

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from socialpoll.errors import ExportError
from socialpoll.exporters.parquet import METADATA, ParquetOptions, render
from tests.exporters.made_report import edition, figures, made_report


def table(*languages, report=None, **options) -> pa.Table:
    made = edition(*(languages or ("ar", "en")), report=report)
    (document,) = render(made, ParquetOptions(**options))
    assert document.name == "social-media-2019.parquet"
    return pq.read_table(io.BytesIO(document.content))


@pytest.fixture(scope="module")
def made():
    return table()


def test_columns_have_their_types(made):
    kinds = {
        "DOMAIN": pa.dictionary(pa.int32(), pa.string()),
        "OBS_STATUS": pa.dictionary(pa.int32(), pa.string()),
        "OBS_VALUE": pa.float64(),
        "N_ANSWERED": pa.int64(),
        "SYNTHETIC": pa.bool_(),
        "RELEASE_DATE": pa.date32(),
        "EMBARGO": pa.timestamp("us"),
    }

    assert {name: made.schema.field(name).type for name in kinds} == kinds
    assert made["RELEASE_DATE"][0].as_py() == dt.date(2019, 4, 1)


def test_pandas_reads_codes_as_categories(made):
    frame = made.to_pandas()

    assert isinstance(frame["DOMAIN"].dtype, pd.CategoricalDtype)
    assert frame.loc[frame["DOMAIN"] == "muscat", "DOMAIN_AR"].item() == "مسقط"


def test_an_embargo_with_an_offset_keeps_its_moment():
    moment = dt.datetime(2019, 4, 1, 9, tzinfo=dt.timezone(dt.timedelta(hours=4)))
    life = replace(made_report().life_cycle, embargo=moment)

    made = table(report=replace(made_report(), life_cycle=life))

    assert made.schema.field("EMBARGO").type == pa.timestamp("us", tz="UTC")
    assert made["EMBARGO"][0].as_py() == moment


def test_the_file_says_what_it_is(made):
    about = json.loads(made.schema.metadata[METADATA])

    assert about["version"] == 1
    assert about["title"]["en"] == 'Social media & "us"'
    assert about["languages"] == ["ar", "en"]
    assert about["licence"]["en"] == "CC BY 4.0"
    assert about["release_date"] == "2019-04-01"
    assert about["synthetic"] is True
    assert about["columns"]["OBS_VALUE"] == {"ar": "التقدير", "en": "Estimate"}


def test_hashes_of_answers_and_weights_go_with_the_figures():
    report = replace(made_report(), provenance={"answers": "ab", "weights": "cd"})

    about = json.loads(table(report=report).schema.metadata[METADATA])

    assert about["provenance"] == {"answers": "ab", "weights": "cd"}


def test_words_can_be_left_out():
    assert "DOMAIN_EN" not in table(words=False).column_names


def test_a_report_without_figures_has_the_same_columns(made):
    empty = table(report=replace(made_report(), figures=()))

    assert empty.num_rows == 0
    assert empty.column_names == made.column_names


def test_a_figure_that_does_not_fit_its_column_is_named():
    rows = ({**figures()[0], "n_answered": 12.5},)

    with pytest.raises(ExportError, match="does not fit its column") as caught:
        table(report=replace(made_report(), figures=rows))
    assert "'n_answered'" in caught.value.where


def test_an_unknown_compression_is_named_with_the_nearest():
    with pytest.raises(ExportError, match="did you mean 'zstd'"):
        table(compression="zst")
