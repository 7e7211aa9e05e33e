"""The section of a plan in every document, each opened by a reader of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from io import BytesIO

import docx
import lxml.html
import openpyxl
import pytest

from socialpoll.exporters import excel, webpage, word
from socialpoll.exporters.word.accessibility import check_accessibility
from socialpoll.exporters.word.package import unpack
from socialpoll.report import Edition, Report
from tests.report.outreach.made import whole

PLAN = {"en": "Communication plan", "ar": "خطة التواصل"}
GROUPS = {"en": {"Where", "When and with what"}, "ar": {"أين", "متى وبماذا"}}
SENTENCE = {
    "en": "the potential reach of WhatsApp, YouTube and Instagram together is 97.0%",
    "ar": "نسبة الوصول المحتملة عبر واتساب ويوتيوب وإنستغرام معاً تبلغ 97.0 بالمائة",
}


@cache
def shown() -> Report:
    """Return the report with the key findings and the section of the plan alone."""
    kept = [one for one in whole().sections if one.role in ("headlines", "indicator", "outreach")]
    return replace(whole(), sections=tuple(kept), figures=())


@cache
def brief(*languages: str) -> bytes:
    (document,) = word.render(Edition(shown(), languages), word.WordOptions(charts=False))
    return document.content


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_brief_has_the_plan_in_two_tables_where_then_when(language):
    document = docx.Document(BytesIO(brief(language)))
    captions = [one.text for one in document.paragraphs if PLAN[language] in one.text]
    heads = [{cell.text for cell in table.rows[0].cells} for table in document.tables]

    assert len(captions) == 2
    assert [one for one in heads if GROUPS[language] & one] == [
        {"en": {"Group", "Where"}, "ar": {"الفئة", "أين"}}[language],
        {"en": {"Group", "When and with what"}, "ar": {"الفئة", "متى وبماذا"}}[language],
    ]
    assert any(SENTENCE[language] in one.text for one in document.paragraphs)


def test_the_plan_begins_a_page_of_a_brief():
    document = docx.Document(BytesIO(brief("en")))
    (heading,) = (
        one
        for one in document.paragraphs
        if one.text == "How to reach citizens" and one.style.name == "Heading 1"
    )

    assert heading._p.pPr.find("{*}pageBreakBefore") is not None


def test_a_brief_with_a_plan_is_accessible_in_one_language_and_in_two():
    for languages in (("en",), ("ar", "en")):
        assert check_accessibility(brief(*languages)) == ()
    assert "خطة التواصل" in unpack(brief("ar", "en"))["word/document.xml"].decode()


def test_a_workbook_has_the_plan_as_one_table_with_a_column_for_each_breakdown():
    (document,) = excel.render(Edition(shown(), ("en",)))
    book = openpyxl.load_workbook(BytesIO(document.content))
    sheet = next(one for one in book.worksheets if PLAN["en"] in str(one["A1"].value))
    (table,) = sheet.tables.values()
    rows = [[cell.value for cell in row] for row in sheet[table.ref]]

    assert table.name == "outreach_1"
    assert "Where: Potential reach" in rows[0]
    assert [row[1] for row in rows[1:]] == [
        "Overall",
        "Males",
        "Females",
        "Muscat",
        "Dhofar",
        "Musandam",
        "Wusta",
    ]
    reach = rows[0].index("Where: Potential reach")
    assert [row[reach] for row in rows[1:]] == [0.97, 0.98, 0.96, 0.975, 0.93, "[x]", "[c]"]


def test_a_page_shows_the_plan_unfolded_under_its_two_headings():
    options = webpage.WebpageOptions(charts=False)
    (document,) = webpage.render(Edition(shown(), ("ar", "en")), options)
    page = lxml.html.fromstring(document.content.decode())
    arabic, english = page.xpath("//section[@class='role-outreach']")

    assert english.xpath("./h2")[0].text_content() == "How to reach citizens"
    first = english.xpath(".//table")[0]
    assert first.xpath("./caption")[0].text_content() == PLAN["en"]
    groups = [one.text_content() for one in first.xpath(".//th[@class='group']")]
    assert groups == ["Where", "When and with what"]
    assert not english.xpath(".//details[@class='tables']")
    assert SENTENCE["ar"] in arabic.text_content()
