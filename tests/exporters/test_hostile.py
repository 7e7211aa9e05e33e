"""Whatever stands in the texts of a poll, its documents are sound, and show it as words."""

from __future__ import annotations

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path
from typing import NamedTuple

import docx
import lxml.html
import openpyxl
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from pptx import Presentation

import socialpoll as sp
from socialpoll.exporters.feed import FORMULA
from socialpoll.exporters.word.ooxml import parse
from socialpoll.exporters.word.outward import codes_of, problems_of_links
from socialpoll.exporters.word.package import unpack
from socialpoll.schema.legible import legible
from tests.exporters.hostile import hostile_poll
from tests.exporters.schemas import problems_by_schema

LANGUAGES = ("ar", "en")
PNG = b"\x89PNG\r\n\x1a\n"
FIELD = re.compile(r'PAGE|NUMPAGES|TOC( \\[a-z]( "[\w-]+")?)*|PAGEREF _Toc\d+ \\h')
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Made(NamedTuple):
    """What was made of a hostile poll: its folder, the texts that were put in, its report."""

    folder: Path
    put: list[str]
    report: sp.Report

    def files(self, suffix: str) -> list[Path]:
        found = sorted(self.folder.glob(f"**/*{suffix}"))
        assert found, suffix
        return found


@pytest.fixture(scope="module", params=[0, 5, 11])
def made(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    poll, put = hostile_poll(folder / "poll", request.param)
    report, out = poll.report(), folder / "out"
    sp.export(report, "word", to=out, charts=False)
    sp.export(report, "slides", to=out)
    sp.export(report, "chart", to=out)
    sp.export(report, "excel", to=out)
    sp.export(report, "webpage", to=out / "page", charts=False)
    sp.export(report, "csv", to=out / "machine")
    sp.export(report, "csv", to=out / "excel", profile="excel")
    sp.write_codebook(poll.codebook(), to=out, formats=["word", "html"])
    sp.write_codebook(poll.codebook(), to=out / "excel", formats=["csv"])
    sp.write_findings(poll.findings(), out / "findings.html")
    sp.write_findings(poll.findings(), out / "excel" / "findings.csv")
    sp.write_tables(poll.tables().report, out / "tables.html")
    sp.write_xlsform(poll.questionnaire, out / "form.xlsx")
    return Made(out, put, report)


def flat(text: str) -> str:
    return " ".join(text.split())


def words_of_word(path: Path) -> str:
    document = docx.Document(path)
    paragraphs = document.element.body.iter(qn("w:p"))
    return flat("\n".join(Paragraph(one, document).text for one in paragraphs))


def page(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(path.read_bytes())


def test_every_text_is_shown_as_it_is_or_with_codes_that_are_seen(made):
    shown = [words_of_word(path) for path in made.files(".docx")]
    shown += [flat(page(path).text_content()) for path in made.files(".html")]

    lost = [text for text in made.put if not any(flat(legible(text)) in one for one in shown)]

    assert len(made.put) == 58
    assert lost == []


def test_no_document_holds_what_cannot_be_seen(made):
    parts = [
        content.decode()
        for path in (*made.files(".docx"), *made.files(".pptx"))
        for name, content in unpack(path.read_bytes()).items()
        if name.endswith((".xml", ".rels"))
    ]
    texts = [path.read_text("utf-8") for path in made.files(".html")]

    assert [one for one in (*parts, *texts) if UNSEEN.search(one)] == []


def test_no_word_document_leads_to_elsewhere_or_runs_anything(made):
    for path in made.files(".docx"):
        parts = unpack(path.read_bytes())
        links = b"".join(content for name, content in parts.items() if name.endswith(".rels"))
        assert list(problems_of_links(parts)) == [], path.name
        assert b"External" not in links


def test_the_fields_of_a_document_are_the_numbers_of_pages_and_the_contents(made):
    for path in made.files(".docx"):
        for name, content in unpack(path.read_bytes()).items():
            if name.startswith("word/") and name.endswith(".xml"):
                codes = {code.strip() for _, code in codes_of(parse(content))}
                assert [code for code in codes if not FIELD.fullmatch(code)] == [], path.name


def test_every_word_document_is_accessible(made):
    for path in made.files(".docx"):
        assert sp.check_accessibility(path) == (), path.name


def test_word_is_given_what_the_schema_of_its_format_allows(made):
    assert problems_by_schema(*made.files(".docx"), *made.files(".xlsx")) == []


def words_of_slides(path: Path) -> str:
    """Return what is on slides and in their notes; what goes on over several slides as one."""
    slides = list(Presentation(path).slides)
    bodies = [slide.placeholders[1] for slide in slides]
    noted = [one.notes_slide.notes_text_frame for one in slides if one.has_notes_slide]
    frames = [one.text_frame for one in bodies if one.has_text_frame]
    return flat(" ".join(frame.text for frame in (*frames, *noted)))


def test_every_sentence_is_on_the_slides_or_in_their_notes(made):
    report = made.report
    for path in made.files(".pptx"):
        edition = sp.Edition(report, (path.stem.removeprefix("slides-"),))
        shown = words_of_slides(path)
        said = [
            flat(legible(edition.text(one)))
            for section in report.sections
            if section.role not in ("banner", "instrument", "headlines", "methodology")
            for block in section.blocks
            if hasattr(block, "phrases")
            for one in block.phrases
        ]
        assert [one for one in said if one not in shown] == []


def test_powerpoint_is_given_what_the_schema_of_its_format_allows(made):
    assert problems_by_schema(*made.files(".pptx")) == []


def test_slides_lead_nowhere_and_their_workbooks_hold_words_and_no_formulas(made):
    for path in made.files(".pptx"):
        parts = unpack(path.read_bytes())
        links = b"".join(content for name, content in parts.items() if name.endswith(".rels"))
        books = [content for name, content in parts.items() if name.endswith(".xlsx")]
        cells = [
            cell
            for book in books
            for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows()
            for cell in row
        ]
        assert b"External" not in links
        assert books
        assert [one.value for one in cells if one.data_type == "f" or one.hyperlink] == []


def test_pages_run_nothing_and_load_nothing(made):
    for path in made.files(".html"):
        root = page(path)
        tags = {one.tag for one in root.iter() if isinstance(one.tag, str)}
        names = {name for one in root.iter() for name in one.attrib}
        links = [one.get("href") for one in root.iter("a")]
        assert tags.isdisjoint({"script", "iframe", "img", "link", "object", "embed", "form"})
        assert not any(name == "src" or name.startswith("on") for name in names)
        assert all(link.startswith("#") for link in links)


def test_no_text_of_a_table_for_spreadsheets_is_calculated(made):
    for path in sorted((made.folder / "excel").glob("*.csv")):
        rows = list(csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
        texts = [cell for row in rows for cell in row if not is_number(cell)]
        assert [one for one in texts if one.startswith(FORMULA)] == []
        assert {len(row) for row in rows} == {len(rows[0])}


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def test_the_feed_for_programs_keeps_every_letter_of_the_publication(made):
    (path,) = (made.folder / "machine").glob("*.csv")

    rows = csv.DictReader(StringIO(path.read_bytes().decode(), newline=""))

    contacts = {row["CONTACT"] for row in rows}
    assert len(contacts) == 1
    assert contacts < set(made.put)


def test_a_form_holds_words_and_no_formulas_or_links(made):
    book = openpyxl.load_workbook(made.folder / "form.xlsx")

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]

    assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
    assert any(cell.value and str(cell.value).startswith("=cmd|") for cell in cells)


def cells_of(path: Path) -> list:
    return [
        cell for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row
    ]


def test_a_workbook_holds_words_and_numbers_and_leads_to_its_own_sheets_only(made):
    for path in made.files("workbook-*.xlsx"):
        parts = unpack(path.read_bytes())
        sheets = b"".join(part for name, part in parts.items() if "/worksheets/" in name)
        cells = cells_of(path)
        assert {cell.data_type for cell in cells} <= {"s", "n"}, path.name
        assert not any(cell.hyperlink and cell.hyperlink.target for cell in cells)
        assert b"<f>" not in sheets
        assert b"External" not in sheets


def test_a_workbook_shows_every_text_that_a_table_of_the_brief_does_and_nothing_unseen(made):
    document = docx.Document(made.folder / "brief-en.docx")
    paragraphs = (
        one for cell in document.element.body.iter(qn("w:tc")) for one in cell.iter(qn("w:p"))
    )
    tables = flat("\n".join(Paragraph(one, document).text for one in paragraphs))
    cells = cells_of(made.folder / "workbook-en.xlsx")
    shown = flat("\n".join(cell.value for cell in cells if isinstance(cell.value, str)))

    ours = [flat(legible(text)) for text in made.put]
    told = [one for one in ours if one in tables]
    assert len(told) > 15
    assert [one for one in told if one not in shown] == []
    assert not UNSEEN.search(shown)


def test_no_word_changes_a_number(made):
    figures = [one for one in made.report.figures if one["flag"] != "suppressed"]
    estimates = [one["estimate"] for one in figures]
    feeds = [made.folder / one / f"{made.report.name}.csv" for one in ("machine", "excel")]
    data = openpyxl.load_workbook(made.folder / "workbook-en.xlsx")["Data"]
    (name,) = [one for one in data[5] if one.value == "OBS_VALUE"]
    (path,) = (made.folder / "page").glob("*.html")
    shown = {float(one) for one in page(path).xpath("//td//data/@value")}

    for feed in feeds:
        rows = csv.DictReader(StringIO(feed.read_bytes().decode("utf-8-sig"), newline=""))
        assert [float(row["OBS_VALUE"]) for row in rows if row["OBS_VALUE"]] == estimates
    column = [row[0].value for row in data.iter_rows(min_row=6, min_col=name.column)]
    assert [one for one in column if one is not None] == estimates
    assert shown & set(estimates)
    assert shown <= {one for row in figures for one in row.values() if isinstance(one, int | float)}


def test_charts_are_pictures_whatever_their_words(made):
    assert all(path.read_bytes().startswith(PNG) for path in made.files(".png"))
