from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from socialpoll.errors import DocumentError
from socialpoll.exporters.word import (
    WordOptions,
    built_in_template,
    check_accessibility,
    check_template,
    render,
)
from socialpoll.exporters.word.package import pack, unpack
from tests.exporters.made_report import bars, edition
from tests.exporters.word.made_template import linked, saved, template

DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="x">'
    '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


@pytest.fixture
def document():
    made = docx.Document()
    made.core_properties.title = "Title"
    made.core_properties.language = "en"
    made.add_heading("First", 1)
    return made


def told(document) -> list[tuple[str, str]]:
    return [(one.where, one.what) for one in check_accessibility(saved(document))]


def test_a_document_with_nothing_wrong_has_no_shortcoming(document):
    assert told(document) == []


def test_a_path_is_as_good_as_what_is_in_the_file(document, tmp_path):
    document.add_heading("Third", 3)
    path = tmp_path / "brief.docx"
    path.write_bytes(saved(document))

    assert check_accessibility(path) == check_accessibility(str(path))
    assert check_accessibility(path) == check_accessibility(path.read_bytes()) != ()


def test_every_shortcoming_says_what_to_do_about_it(document):
    document.add_heading("Third", 3)
    document.add_heading("", 1)
    document.add_table(rows=3, cols=2)
    document.add_picture(BytesIO(edition("en").draw(bars()).content))

    assert all(one.advice for one in check_accessibility(saved(document)))


def test_title_and_language_are_missed():
    bare = docx.Document()
    bare.core_properties.title = ""
    bare.add_heading("First", 1)

    assert told(bare) == [
        ("properties", "the document has no title"),
        ("properties", "the document has no language"),
    ]


def test_a_language_of_the_text_is_missed():
    (brief,) = render(edition("en"), WordOptions(charts=False))
    parts = unpack(brief.content)
    start, end = parts["word/styles.xml"].split(b"<w:lang ", 1)
    parts["word/styles.xml"] = start + end.split(b"/>", 1)[1]

    (found,) = check_accessibility(pack(parts))

    assert (found.where, found.what) == ("styles", "the styles name no language of the text")


def test_headings_out_of_order_are_told_with_their_words(document):
    document.add_paragraph("words")
    document.add_heading("Third", 3)
    document.add_heading("", 2)

    assert told(document) == [
        (
            'body, paragraph 3 ("Third")',
            "a heading of level 3 right under one of level 1",
        ),
        ("body, paragraph 4", "a heading without words"),
    ]


def test_a_style_that_builds_on_a_heading_is_one(document):
    style = document.styles.add_style("Chapter", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Heading 3"]
    document.add_paragraph("Deep", "Chapter")

    assert told(document) == [
        ('body, paragraph 2 ("Deep")', "a heading of level 3 right under one of level 1")
    ]


def test_a_level_of_its_own_makes_a_paragraph_a_heading(document):
    paragraph = document.add_paragraph("Deep")
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "2")
    paragraph._p.get_or_add_pPr().append(level)

    assert told(document) == [
        ('body, paragraph 2 ("Deep")', "a heading of level 3 right under one of level 1")
    ]


@pytest.mark.parametrize(
    ("heading", "shortcoming"),
    [
        (None, ("body", "the document has no headings")),
        ("Second", ('body, paragraph 1 ("Second")', "the first heading is of level 2")),
    ],
)
def test_a_document_without_headings_or_with_a_low_first_one_says_so(heading, shortcoming):
    made = docx.Document()
    made.core_properties.title = made.core_properties.language = "en"
    if heading:
        made.add_heading(heading, 2)

    assert told(made) == [shortcoming]


def test_tables_without_header_rows_or_with_torn_rows_are_told(document):
    document.add_table(rows=1, cols=1)
    document.add_table(rows=3, cols=2)

    found = check_accessibility(saved(document))

    assert [(one.where, one.what, one.found) for one in found[2:]] == [
        ("body, table 2", "a table without a header row", ""),
        ("body, table 2", "rows that may be torn over two pages", "3 of 3"),
    ]


def test_pictures_without_a_sentence_are_told(document):
    document.add_picture(BytesIO(edition("en").draw(bars()).content))

    assert told(document) == [("body, paragraph 2", "a picture without a sentence")]


def test_a_picture_that_is_marked_as_decorative_needs_no_sentence(document):
    document.add_picture(BytesIO(edition("en").draw(bars()).content))
    (picture,) = document.element.body.iter(qn("wp:docPr"))
    picture.append(parse_xml(DECORATIVE))

    assert told(document) == []


def test_a_picture_in_a_header_needs_a_sentence_too(document):
    run = document.sections[0].header.paragraphs[0].add_run()
    run.add_picture(BytesIO(edition("en").draw(bars()).content))

    assert told(document) == [("header 1, paragraph 1", "a picture without a sentence")]


@pytest.mark.parametrize(
    ("alt", "found"), [("", ["a picture without a sentence"]), (' alt="Our mark"', [])]
)
def test_a_picture_of_older_programs_needs_a_sentence_too(document, alt, found):
    shape = (
        f'<w:pict {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<v:shape{alt}><v:imagedata/></v:shape></w:pict>"
    )
    document.add_paragraph().add_run()._r.append(parse_xml(shape))

    assert [what for _, what in told(document)] == found


LINKS = pytest.mark.parametrize(
    ("text", "shortcomings"),
    [
        ("", ["a link without words"]),
        ("https://example.org", ["a link that shows its address in place of words"]),
        ("www.example.org", ["a link that shows its address in place of words"]),
        ("Click here", ["a link that does not say where it leads"]),
        ("المزيد", ["a link that does not say where it leads"]),
        ("The questionnaire", []),
    ],
)


@LINKS
def test_links_need_words_that_say_where_they_lead(document, text, shortcomings):
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), "there")
    paragraph._p.append(link)
    link.append(run._r)

    assert [what for _, what in told(document)] == shortcomings


def add_field(document, code: str, *shown: str) -> None:
    """Add a field as Word writes it: its code, and after a mark what it shows, in several runs."""
    marks = {"begin": [], "code": [code], "separate": [], "shown": shown, "end": []}
    paragraph = document.add_paragraph()
    for kind, texts in marks.items():
        for text in texts:
            run = paragraph.add_run("" if kind == "code" else text)
            if kind == "code":
                run._r.append(OxmlElement("w:instrText"))
                run._r[-1].text = text
        if not texts and kind not in ("code", "shown"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            paragraph.add_run()._r.append(mark)


@LINKS
def test_links_that_are_fields_need_words_too(document, text, shortcomings):
    add_field(document, ' hyperlink "https://example.org/questionnaire" ', text[:4], text[4:])

    assert [what for _, what in told(document)] == shortcomings


def test_a_field_of_one_piece_is_a_link_too_and_a_field_of_another_kind_is_none(document):
    for code in (' HYPERLINK "https://example.org" ', " DATE "):
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), code)
        paragraph = document.add_paragraph()
        simple.append(paragraph.add_run("here")._r)
        paragraph._p.append(simple)
    add_field(document, " DATE ", "here")

    assert [what for _, what in told(document)] == ["a link that does not say where it leads"]


def test_a_document_that_is_looked_at_may_lead_to_elsewhere():
    whats = [one.what for one in check_accessibility(linked("image", "http://example.org/x"))]

    assert whats[-1] == "the document has no headings"


@pytest.mark.parametrize("content", [b"", b"no zip file", pack({"a.txt": b"a"})])
def test_what_is_no_word_document_is_an_error_and_no_shortcoming(content, tmp_path):
    path = tmp_path / "notes.txt"
    path.write_bytes(content)

    with pytest.raises(DocumentError, match=r"notes\.txt"):
        check_accessibility(path)


def test_a_document_that_is_not_there_is_named(tmp_path):
    with pytest.raises(DocumentError, match=r"nowhere\.docx"):
        check_accessibility(tmp_path / "nowhere.docx")


def test_the_built_in_template_has_no_shortcoming():
    assert check_accessibility(built_in_template(), template=True) == ()


def test_a_template_is_looked_at_without_its_title_and_the_rows_that_are_tags():
    made = docx.Document()
    made.add_heading("{{ title }}", 1)
    table = made.add_table(rows=3, cols=1)
    table.cell(0, 0).text = "{%tr for fact in facts %}"
    table.cell(1, 0).text = "{{ fact.text }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    content = saved(made)

    assert check_template(content) == ()
    assert [one.what for one in check_accessibility(content, template=True)] == [
        "a table without a header row",
        "rows that may be torn over two pages",
    ]


def test_a_level_of_headings_that_nothing_leads_to_is_told_of_a_template():
    made = docx.Document()
    for level in (3, 1):
        made.add_heading("{{ title }}", level)

    (found,) = check_accessibility(saved(made), template=True)

    assert found.what == "headings of level 3, and none of level 2"
    assert [one.what for one in check_accessibility(template("a"), template=True)] == [
        "the document has no headings"
    ]
