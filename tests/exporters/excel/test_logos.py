"""The logo of the publisher on the cover of a workbook, and on no other sheet."""

from __future__ import annotations

import struct
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from lxml import etree

from socialpoll.errors import ExportError
from socialpoll.exporters.excel import render
from socialpoll.exporters.word.package import unpack
from socialpoll.report import HouseStyle, Image
from tests.exporters.made_report import edition, made_report
from tests.exporters.schemas import problems_by_schema
from tests.report.pictured import chunk, jpeg, png

ALT = {"en": 'The <emblem> & "us"', "ar": "الشعار"}
CENTIMETRE = 360_000
"""English metric units."""


def content_of(language: str, logo: bytes | None) -> bytes:
    image = None if logo is None else Image(content=logo, alt=ALT)
    report = replace(made_report(), style=HouseStyle(logo=image))
    (document,) = render(edition(language, report=report))
    return document.content


def drawing(content: bytes) -> etree._Element:
    (part,) = [one for name, one in unpack(content).items() if name.startswith("xl/drawings/d")]
    return etree.fromstring(part)


def size(content: bytes) -> tuple[float, float]:
    """Return width and height of the one picture in centimetres."""
    (extent,) = drawing(content).findall(".//{*}ext[@cx]")
    return int(extent.get("cx")) / CENTIMETRE, int(extent.get("cy")) / CENTIMETRE


def dense(across: int, down: int) -> bytes:
    """Return a PNG that says how many pixels it has in a metre."""
    whole = png()
    start = whole.index(b"IDAT") - 4
    return whole[:start] + chunk(b"pHYs", struct.pack(">IIB", across, down, 1)) + whole[start:]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_logo_stands_beneath_the_facts_of_the_cover_with_its_sentence(language, tmp_path):
    content = content_of(language, png())
    cover, *others = openpyxl.load_workbook(BytesIO(content)).worksheets
    (picture,) = cover._images
    path = tmp_path / "workbook.xlsx"
    path.write_bytes(content)

    assert [one.title for one in others if one._images] == []
    assert picture._data() == png()
    assert picture.anchor._from.col == 0
    assert picture.anchor._from.row == cover.max_row + 1
    assert [one.get("descr") for one in drawing(content).iter("{*}cNvPr")] == [ALT[language]]
    assert problems_by_schema(path) == []


@pytest.mark.parametrize(
    ("logo", "expected"),
    [
        (png(), (4.4, 2.2)),
        (png(600, 60), (7.0, 0.7)),
        (png(6, 6), (2.2, 2.2)),
        (dense(11811, 11811), (4.4, 2.2)),
        (dense(2835, 5670), (4.4, 2.2)),
        (dense(0, 0), (4.4, 2.2)),
        (jpeg(), (4.4, 2.2)),
    ],
    ids=["usual", "wide", "small", "dense", "of-oblong-pixels", "of-no-density", "jpeg"],
)
def test_a_logo_fills_its_place_whatever_its_file_says_of_its_density(logo, expected):
    assert size(content_of("en", logo)) == pytest.approx(expected, abs=0.02)


def test_a_logo_is_the_same_bytes_each_time_and_a_workbook_without_one_draws_nothing():
    assert content_of("ar", png()) == content_of("ar", png())
    assert not [
        name for name in unpack(content_of("ar", None)) if "draw" in name or "media" in name
    ]


def test_a_jpeg_that_no_workbook_takes_is_refused_with_what_to_do():
    filled = jpeg().replace(b"\xff\xdb", b"\xff\xff\xdb", 1)

    with pytest.raises(ExportError, match="cannot be put into a workbook") as caught:
        content_of("en", filled)

    assert caught.value.where == "publication.style.logo"
    assert caught.value.advice == "save it anew, as PNG"
