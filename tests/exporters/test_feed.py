from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import numpy as np
import pandas as pd
import pytest

from socialpoll.errors import ExportError
from socialpoll.exporters.feed import CsvOptions, render
from tests.exporters.made_report import FORMULA, HIDDEN, edition, figures, made_report

NAMES = {"estimate": "OBS_VALUE", "se": "STD_ERR", "ci_low": "CI_LOWER", "unit": "UNIT_MEASURE"}


def feed(profile: str = "machine", report=None) -> bytes:
    (document,) = render(edition("ar", "en", report=report), CsvOptions(profile=profile))
    return document.content


def read(content: bytes) -> pd.DataFrame:
    # A code may be spelled like a missing value, so only empty cells are missing.
    return pd.read_csv(BytesIO(content), keep_default_na=False, na_values=[""])


def test_one_file_is_named_after_the_report():
    (document,) = render(edition("ar", "en"))

    assert (document.name, document.media_type) == ("social-media-2019.csv", "text/csv")


def test_the_feed_read_back_by_pandas_equals_the_figures():
    found = read(feed())
    expected = pd.DataFrame(figures())

    assert len(found) == len(expected)
    for name in expected.columns:
        column = found[NAMES.get(name, name.upper())]
        if expected[name].dtype == float:
            np.testing.assert_array_equal(column.astype(float), expected[name])
        else:
            wanted = [value or "" for value in expected[name].where(expected[name].notna(), "")]
            assert list(column.astype(object).where(column.notna(), "")) == wanted


def test_the_columns_are_those_of_sdmx_csv():
    first, second, *_ = csv.reader(StringIO(feed().decode()))

    assert first[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert second[:3] == ["dataflow", "SOCIALPOLL:FIGURES(1.0.0)", "I"]
    assert first[3:13] == [
        "WAVE",
        "INDICATOR",
        "QUESTION",
        "ITEM",
        "CATEGORY",
        "STATISTIC",
        "UNIT_MEASURE",
        "BREAKDOWN",
        "DOMAIN",
        "OBS_VALUE",
    ]
    assert {"STD_ERR", "CI_LOWER", "CI_UPPER", "OBS_STATUS", "CONF_STATUS"} < set(first)


def test_a_suppressed_row_has_keys_and_status_only_even_where_a_report_forgot_to_empty_it():
    leaking = tuple(
        {**one, "estimate": 0.5, "n_answered": 3} if one["domain"] == HIDDEN else one
        for one in figures()
    )

    found = read(feed(report=replace(made_report(), figures=leaking)))
    row = found[found["DOMAIN"] == HIDDEN].iloc[0].dropna()

    assert row["FLAG"] == "suppressed"
    assert row["CONF_STATUS"] == "C"
    assert {"OBS_VALUE", "STD_ERR", "CI_LOWER", "N_ANSWERED", "BASE"}.isdisjoint(row.index)


def test_every_row_says_that_the_data_are_synthetic_and_when_they_were_released():
    found = read(feed())

    assert found["SYNTHETIC"].all()
    assert set(found["RELEASE_DATE"]) == {"2019-04-01"}
    assert set(found["EDITION"]) == {1}


def test_the_machine_profile_leaves_every_text_as_it_is():
    content = feed()

    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert FORMULA in set(read(content)["ITEM"])


def test_the_excel_profile_disarms_texts_and_leaves_numbers_alone():
    content = feed("excel")
    found = pd.read_csv(BytesIO(content), keep_default_na=False, na_values=[""])

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n") == len(figures()) + 1
    assert f"'{FORMULA}" in set(found["ITEM"])
    assert "'+صيغة" in set(found["ITEM_AR"])
    assert found["OBS_VALUE"].min() == -1.5


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_of_the_excel_profile_starts_like_a_formula(start):
    tricky = replace(made_report(), figures=({**figures()[0], "item": f"{start}1"},))

    rows = csv.DictReader(StringIO(feed("excel", tricky).decode("utf-8-sig"), newline=""))

    assert next(rows)["ITEM"] == f"'{start}1"


def test_the_excel_profile_has_words_beside_the_codes_in_every_language():
    found = pd.read_csv(BytesIO(feed("excel")))

    muscat = found[found["DOMAIN"] == "muscat"].iloc[0]
    assert (muscat["DOMAIN_EN"], muscat["DOMAIN_AR"]) == ("Muscat", "مسقط")
    assert (muscat["ITEM_EN"], muscat["ITEM_AR"]) == ("YouTube", "يوتيوب")
    crossed = found[found["BREAKDOWN"] == "sex|age"].iloc[0]
    assert crossed["DOMAIN_EN"] == "Men, 18-29"


def test_a_report_without_figures_gives_the_headings_alone():
    (line,) = feed(report=replace(made_report(), figures=())).decode().splitlines()

    assert line.startswith("STRUCTURE,")
    assert line.endswith(",LICENCE")


def test_a_column_that_nobody_knows_is_kept():
    rows = tuple({**one, "Extra": 7} for one in figures())

    assert set(read(feed(report=replace(made_report(), figures=rows)))["EXTRA"].dropna()) == {7}


def test_the_same_report_is_the_same_bytes():
    assert feed() == feed()


def test_an_unknown_profile_is_named_with_the_nearest_known():
    with pytest.raises(ExportError, match="did you mean 'excel'"):
        feed("exel")
