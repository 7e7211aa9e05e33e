"""What is looked for is found in whatever it is packed, and chance is not taken for somebody."""

from __future__ import annotations

import io
import json
import pickle
import zipfile

import pandas as pd
import pytest

from tests.demo.register.sought import Sought, texts_of

pytest.importorskip("pyarrow", reason="the extra 'register' is not installed")

NAME = "فاطمة بنت عبدالله بن أحمد الحارثي"
RUNS = "<w:t>فاطمة بنت عبدالله</w:t></w:r><w:r><w:t> بن أحمد الحارثي</w:t>"
SOUGHT = Sought.of([pd.DataFrame({"name": [NAME], "identifier": ["12345678"]})])


def in_zip(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def in_parquet(text: str) -> bytes:
    file = io.BytesIO()
    pd.DataFrame({"told": [text]}).to_parquet(file, compression="gzip")
    return file.getvalue()


def found(text: str) -> set[str]:
    return SOUGHT.found_in([text])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", f"1,{NAME},yes".encode()),
        ("a.json", json.dumps({"by": NAME}).encode()),
        ("a.parquet", in_parquet(NAME)),
        ("a.docx", in_zip("document.xml", RUNS.encode())),
        ("a.xlsx", in_zip("inner.zip", in_zip("sheet.xml", NAME.encode()))),
        ("pickle", pickle.dumps([NAME])),
    ],
)
def test_a_name_is_found_in_a_file_of_every_kind(name, content):
    assert NAME in SOUGHT.found_in(texts_of(name, content))


@pytest.mark.parametrize(
    "text",
    [
        "فاطمه بنت عبد الله بن احمد الحارثى",
        "فاطمة,عبدالله,أحمد,الحارثي",
        "فَاطِمَة الحارثي",
        "فاطمة حارثي",
    ],
)
def test_a_name_is_found_however_it_is_written(text):
    assert found(text)


@pytest.mark.parametrize("text", ["12345678", "id_12345678;", "١٢٣٤٥٦٧٨"])
def test_an_identifier_is_found(text):
    assert found(text) == {"12345678"}


def test_any_number_of_a_record_is_found():
    assert found("(H00000123)") == {"H00000123"}


@pytest.mark.parametrize(
    "text", ["a" * 28 + "12345678" + "b" * 28, "0.12345678", "123456789", "فاطمة", "علي الحارثي"]
)
def test_what_is_there_by_chance_is_not_taken_for_somebody(text):
    assert found(text) == set()
