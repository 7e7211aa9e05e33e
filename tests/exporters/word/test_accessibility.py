from __future__ import annotations

from io import BytesIO

import pytest

from socialpoll.exporters.word import WordOptions, check_accessible, render
from socialpoll.exporters.word.package import pack, unpack
from tests.exporters.made_report import bars, edition

docx = pytest.importorskip("docx")
oxml = pytest.importorskip("docx.oxml")
ns = pytest.importorskip("docx.oxml.ns")


def saved(document) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture
def document():
    made = docx.Document()
    made.core_properties.title = "Title"
    made.core_properties.language = "en"
    made.add_heading("First", 1)
    return made


def test_a_document_with_nothing_wrong_has_no_shortcoming(document):
    assert check_accessible(saved(document)) == ()


def test_title_and_language_are_missed():
    bare = docx.Document()
    bare.core_properties.title = ""
    bare.add_heading("First", 1)

    found = check_accessible(saved(bare))

    assert found == (
        "the document has no title among its properties",
        "the document has no language among its properties",
    )


def test_a_language_of_the_text_is_missed():
    (brief,) = render(edition("en"), WordOptions(charts=False))
    parts = unpack(brief.content)
    start, end = parts["word/styles.xml"].split(b"<w:lang ", 1)
    parts["word/styles.xml"] = start + end.split(b"/>", 1)[1]

    assert check_accessible(pack(parts)) == ("the styles name no language of the text",)


def test_headings_out_of_order_are_named(document):
    document.add_heading("Third", 3)
    document.add_heading("", 2)

    assert check_accessible(saved(document)) == (
        "heading 'Third' is of level 3 right under level 1",
        "heading 3 has no words",
    )


def test_a_document_without_headings_or_with_a_low_first_one_says_so():
    for heading, shortcoming in (
        (None, "the document has no headings"),
        ("Second", "the first heading, 'Second', is not of the first level"),
    ):
        made = docx.Document()
        made.core_properties.title = made.core_properties.language = "en"
        if heading:
            made.add_heading(heading, 2)
        assert check_accessible(saved(made)) == (shortcoming,)


def test_tables_without_header_rows_or_with_torn_rows_are_counted(document):
    document.add_table(rows=3, cols=2)

    assert check_accessible(saved(document)) == (
        "table 1 has no header row that is repeated on each page",
        "table 1 has 3 rows that may be torn over two pages",
    )


def test_pictures_without_a_sentence_are_counted(document):
    picture = edition("en").draw(bars())
    document.add_picture(BytesIO(picture.content))

    assert check_accessible(saved(document)) == ("picture 1 has no sentence that replaces it",)


@pytest.mark.parametrize(
    ("text", "shortcoming"),
    [
        ("", ("link 1 has no words",)),
        (
            "https://example.org",
            ("link 1 shows its address, 'https://example.org', in place of words",),
        ),
        ("The questionnaire", ()),
    ],
)
def test_links_need_words(document, text, shortcoming):
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    link = oxml.OxmlElement("w:hyperlink")
    link.set(ns.qn("w:anchor"), "there")
    paragraph._p.append(link)
    link.append(run._r)

    assert check_accessible(saved(document)) == shortcoming
