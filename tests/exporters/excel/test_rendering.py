from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO

import openpyxl
import pytest

from socialpoll.errors import ExportError
from socialpoll.exporters import feed
from socialpoll.exporters.excel import ExcelOptions, render
from socialpoll.plugins import render as render_by_name
from socialpoll.report import Figure, HouseStyle, LifeCycle, Section, Table
from tests.exporters.made_report import (
    HIDDEN,
    LOW,
    banner_section,
    banner_table,
    by_option,
    edition,
    made_report,
    said,
)
from tests.exporters.schemas import problems_by_schema

REPORT = replace(made_report(), sections=(*made_report().sections, banner_section()))
FIRST = 6
"""The first row of a table beneath its heading."""


def workbook(content: bytes):
    return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def contents() -> dict[str, bytes]:
    made = {tag: list(render(edition(tag, report=REPORT))) for tag in ("en", "ar")}
    assert {tag: one.name for tag, (one,) in made.items()} == {
        "en": "workbook-en.xlsx",
        "ar": "workbook-ar.xlsx",
    }
    return {tag: one.content for tag, (one,) in made.items()}


@pytest.fixture(scope="module")
def books(contents):
    return {tag: workbook(content) for tag, content in contents.items()}


@pytest.fixture
def english(books):
    return books["en"]


def table_in(sheet) -> dict[str, list[object]]:
    """Return the columns of the one table of a sheet, as the sheet declares it."""
    (area,) = [one.ref for one in sheet.tables.values()]
    head, *rows = sheet[area]
    return {cell.value: [row[at].value for row in rows] for at, cell in enumerate(head)}


def test_the_sheets_are_those_that_official_statistics_have(english, books):
    assert english.sheetnames == [
        *("Cover", "Contents", "Notes", "Table 1", "Table 2", "Table 3", "Data")
    ]
    assert books["ar"].sheetnames[:4] == ["الغلاف", "المحتويات", "ملاحظات", "جدول 1"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_sheet_has_one_table_in_its_first_column_and_a_title_above(books, language):
    for sheet in books[language]:
        ((name, area),) = sheet.tables.items()
        rows = [one.row for one in sheet["A"] if one.value is None]
        assert area.startswith("A"), sheet.title
        assert sheet["A1"].value, sheet.title
        assert rows == [], f"{sheet.title}: rows that are empty"
        assert sheet.merged_cells.ranges == set()
        assert sheet.freeze_panes is not None
        assert name == sheet.tables[name].displayName
        columns = [one.name for one in sheet.tables[name].tableColumns]
        assert columns == list(table_in(sheet))


def test_figures_are_the_numbers_that_are_displayed_and_shorthand_takes_their_place(english):
    found = table_in(english["Table 2"])

    assert list(found) == [
        "Indicator",
        "Group",
        "Per cent",
        "Per cent: Marks",
        "Confidence interval: Lower limit",
        "Confidence interval: Upper limit",
        "Confidence interval: Marks",
        "Base",
    ]
    rows = dict(zip(found["Group"], zip(*list(found.values())[2:], strict=True), strict=True))
    assert rows["Muscat"] == (0.6, None, 0.56, 0.64, None, 60)
    assert rows["Musandam"] == (0.66, "[u]", 0.62, 0.7, "[u]", 140)
    assert rows["Al Wusta"] == ("[c]", None, "[c]", "[c]", None, "[c]")
    assert english["Table 2"].cell(FIRST + 1, 3).number_format == "0.0%"


def test_every_figure_reads_back_as_the_brief_displays_it(english):
    shown = edition("en")
    (table,) = [one for one in REPORT.sections[2].blocks if isinstance(one, Table)]
    for place, row in enumerate(table.rows):
        figure = row.cells[1]
        cell = english["Table 1"].cell(FIRST + place, 2)
        assert isinstance(figure, Figure)
        written = f"{cell.value:.1%}" if cell.data_type == "n" else cell.value
        assert written == shown.number(figure)


def test_letters_of_a_banner_stand_beside_the_figures_that_have_them(english):
    found = table_in(english["Table 3"])

    assert found["Sex: Women (B): Marks"][:2] == ["A B", "A B"]
    assert found["Age group: 18-29 (A): Marks"][:2] == ["[u]", "[u]"]
    assert found["Sex: Women (B)"][0] == 0.94
    assert found["Indicator"][-1] == "Hours a day"


def test_the_contents_lead_to_every_sheet_and_every_table_back(english):
    contents = english["Contents"]
    links = {one.value: one.hyperlink.location for one in contents["A"][2:]}
    back = english["Table 2"]

    assert links == {name: f"'{name}'!A1" for name in english.sheetnames[2:]}
    assert back["A3"].hyperlink.location == "'Notes'!A1"
    assert back["A4"].hyperlink.location == "'Contents'!A1"
    assert all(one.hyperlink.target is None for one in contents["A"][2:])


def test_notes_are_told_once_with_the_tables_they_are_about(english):
    found = table_in(english["Notes"])

    assert found["Note"] == [1, 2]
    assert found["Description"] == [
        "[c] suppressed; [u] low reliability.",
        "Letters: significantly higher.",
    ]
    assert found["Sheet"] == ["Table 2", "Table 3"]
    assert english["Table 2"]["A2"].value == found["Description"][0]
    assert english["Table 2"]["A3"].value == "Notes on this table: 1"
    assert english["Table 1"]["A3"].value == "Notes"


def test_the_cover_says_who_publishes_what_and_that_the_data_are_synthetic(english):
    cover = english["Cover"]

    assert [cover.cell(row, 1).value for row in (1, 2, 3)] == [
        'Social media & "us"',
        "Opinion poll, March 2019",
        "The data in this publication are synthetic and describe no real population.",
    ]
    found = table_in(cover)
    assert dict(zip(*found.values(), strict=True)) == {
        "Publisher": "Centre for Polls",
        "Release date": "1 April 2019",
        "Edition": "1",
        "Status": "final",
        "Next release": "1 April 2020",
        "Contact": "polls@example.org",
        "Website": "https://example.org",
        "Licence": "CC BY 4.0",
    }


def test_the_sheet_of_all_figures_is_the_feed_with_words(english):
    (document,) = feed.render(edition("en", report=REPORT), feed.CsvOptions(profile="excel"))
    rows = list(csv.DictReader(StringIO(document.content.decode("utf-8-sig"), newline="")))
    found = table_in(english["Data"])

    structure = ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert [*structure, *found] == list(rows[0])
    for name, cells in found.items():
        for cell, row in zip(cells, rows, strict=True):
            assert same(cell, row[name].removeprefix("'")), name
    hidden = found["DOMAIN"].index(HIDDEN)
    assert found["DOMAIN_EN"][hidden] == "Al Wusta"
    assert [found[name][hidden] for name in ("OBS_VALUE", "CI_LOWER", "N_ANSWERED")] == [None] * 3
    assert found["OBS_VALUE"][found["DOMAIN"].index(LOW)] == 0.66


def same(cell: object, text: str) -> bool:
    if isinstance(cell, int | float):
        return float(text) == cell
    return (cell or "") == text


def test_arabic_sheets_run_from_right_to_left(books):
    for sheet in books["ar"]:
        assert sheet.sheet_view.rightToLeft, sheet.title
        assert sheet["A1"].alignment.readingOrder == 2
    assert not any(sheet.sheet_view.rightToLeft for sheet in books["en"])


@pytest.mark.parametrize("language", ["en", "ar"])
def test_sheets_are_set_up_for_print(books, language):
    sheet = books[language]["Table 2" if language == "en" else "جدول 2"]

    assert sheet.page_setup.orientation == "landscape"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) in [(None, 0), (1, 0)]
    assert sheet.print_title_rows == "$5:$5"
    assert "&P" in sheet.oddFooter.center.text
    assert "&N" in sheet.oddFooter.center.text


def test_the_workbook_knows_its_title_author_and_release(books):
    known = books["ar"].properties

    assert known.title == 'وسائل التواصل الاجتماعي & "نحن"'
    assert known.creator == "مركز الاستطلاعات"
    assert str(known.created) == str(known.modified) == "2019-04-01 00:00:00"


def test_headings_have_the_colour_of_the_house():
    style = HouseStyle(primary="#5B2A86", arabic_font="Amiri")
    report = replace(REPORT, style=style, sections=(banner_section(by_option()),))
    (document,) = render(edition("ar", report=report), ExcelOptions(data=False))
    heading = workbook(document.content)["جدول 1"]["A5"]

    assert heading.fill.fgColor.rgb == "FF5B2A86"
    assert heading.font.name == "Amiri"


def test_numbers_are_arabic_indic_where_that_is_asked_for():
    report = replace(REPORT, sections=(banner_section(by_option()),))
    (document,) = render(edition("ar", report=report), ExcelOptions(data=False, digits="arab"))
    book = workbook(document.content)

    assert book.sheetnames[-1] == "جدول ١"
    assert book["جدول ١"]["B6"].number_format == "[$-2000401]0.0%"
    assert book["جدول ١"]["B6"].value == 0.94


def test_the_schema_of_the_format_allows_what_is_written(contents, tmp_path):
    paths = [tmp_path / f"{tag}.xlsx" for tag in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_bytes(content)

    assert problems_by_schema(*paths) == []


def test_the_same_edition_is_the_same_bytes(contents):
    (document,) = render(edition("en", report=REPORT))

    assert document.content == contents["en"]


def test_a_report_without_tables_figures_and_dates_is_a_workbook_still():
    life = LifeCycle(edition="", status="")
    report = replace(REPORT, sections=(), figures=(), life_cycle=life)
    (document,) = render(edition("en", report=report))
    book = workbook(document.content)

    assert book.sheetnames == ["Cover", "Contents", "Notes"]
    assert book.properties.created.year == 1980
    assert not book["Notes"].tables


def test_a_table_without_rows_keeps_its_headings():
    section = Section("text", said("A", "أ"), (replace(by_option(), rows=()),))
    (document,) = render(edition("en", report=replace(REPORT, sections=(section,))))
    sheet = workbook(document.content)["Table 1"]

    assert [one.value for one in sheet[5]] == ["Platform", "Per cent"]


def test_two_languages_in_one_workbook_are_refused():
    with pytest.raises(ExportError, match="does not put two languages into one document"):
        render_by_name(REPORT, "excel", languages="ar+en")


def test_a_text_that_no_cell_can_hold_is_told_with_its_place():
    words = "word " * 8000
    table = replace(by_option(), notes=(said(words, words),))
    report = replace(REPORT, sections=(banner_section(banner_table(1), table),))

    with pytest.raises(ExportError, match="too long for a cell") as caught:
        list(render(edition("en", report=report)))

    assert caught.value.where == "sheet 'Notes', row 8, column 'Description'"
    assert caught.value.found == "40000 characters"
    assert "32767" in caught.value.allowed
