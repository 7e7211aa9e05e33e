from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import replace
from io import BytesIO

import pytest

from socialpoll.errors import ReportError
from socialpoll.exporters.word import WordOptions, check_accessibility, render
from socialpoll.exporters.word.package import unpack
from socialpoll.report import Edition, Picture, Section, Text
from tests.exporters.made_report import (
    ALT_AR,
    AWKWARD,
    AWKWARD_AR,
    FORMULA,
    LONG,
    LONG_AR,
    banner_section,
    banner_table,
    edition,
    made_report,
    said,
    sections,
)
from tests.exporters.schemas import problems_by_schema

docx = pytest.importorskip("docx")
LANGUAGES = ["ar", "en"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TAG = re.compile(r"\{\{|\}\}|\{%|%\}")


def brief(language: str, **changes) -> bytes:
    options = changes.pop("options", None)
    report = replace(made_report(), **changes)
    (document,) = render(edition(language, report=report), options)
    return document.content


@pytest.fixture(scope="module")
def briefs():
    return {language: brief(language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def opened(briefs):
    return {language: docx.Document(BytesIO(content)) for language, content in briefs.items()}


@pytest.fixture(scope="module")
def tabulated():
    """Return briefs with tables of grouped columns, between other sections."""
    own = sections()
    tables = banner_section(banner_table(), banner_table(1))
    return {
        language: brief(
            language, sections=(*own[:2], tables, *own[2:]), options=WordOptions(charts=False)
        )
        for language in LANGUAGES
    }


def words_of(document) -> list[str]:
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [one.text for one in (*document.paragraphs, *cells)]


def styled(document, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


def test_a_brief_is_named_after_its_language():
    (document,) = render(edition("ar"), WordOptions(charts=False))

    assert document.name == "brief-ar.docx"
    assert document.media_type.endswith("wordprocessingml.document")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_edition_is_the_same_bytes(briefs, language):
    again = hashlib.sha256(brief(language)).hexdigest()

    assert hashlib.sha256(briefs[language]).hexdigest() == again


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_tag_of_the_template_is_left_in_any_part(briefs, language):
    texts = {
        name: content.decode()
        for name, content in unpack(briefs[language]).items()
        if name.endswith((".xml", ".rels"))
    }

    assert [name for name, text in texts.items() if TAG.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sort", ["usual", "with tables"])
def test_word_is_given_what_the_schema_of_its_format_allows(
    briefs, tabulated, language, sort, tmp_path
):
    path = tmp_path / "brief.docx"
    path.write_bytes((briefs if sort == "usual" else tabulated)[language])

    assert problems_by_schema(path) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_brief_is_accessible(briefs, language):
    assert check_accessibility(briefs[language]) == ()


@pytest.mark.parametrize(
    ("language", "awkward", "long"), [("en", AWKWARD, LONG), ("ar", AWKWARD_AR, LONG_AR)]
)
def test_labels_keep_every_special_character(opened, language, awkward, long):
    words = words_of(opened[language])

    assert {awkward, long, FORMULA} <= set(words)
    assert any(awkward in one for one in styled(opened[language], "Caption"))


def test_the_order_of_a_brief_is_cover_findings_chapters_and_what_is_said_of_the_publication(
    opened,
):
    headings = [
        (one.style.name, one.text)
        for one in opened["en"].paragraphs
        if one.style.name.startswith("Heading")
    ]

    assert headings == [
        ("Heading 1", "Key findings"),
        ("Heading 1", "Findings"),
        ("Heading 2", "Platforms"),
        ("Heading 2", "YouTube"),
        ("Heading 1", "Methodology"),
        ("Heading 1", "A new role"),
        ("Heading 1", "Who we are"),
        ("Heading 1", "About this publication"),
    ]
    assert opened["en"].paragraphs[0].text == "Centre for Polls"


def test_texts_stand_in_the_styles_of_word(opened):
    document = opened["en"]

    assert styled(document, "Title") == ['Social media & "us"']
    assert styled(document, "Subtitle") == ["Opinion poll, March 2019"]
    assert len(styled(document, "List Bullet")) == 3
    assert styled(document, "Source") == ["Source: the poll."]
    assert styled(document, "Lead") == ["We."]


def test_tables_and_figures_are_numbered_each_in_their_own_row(opened):
    captions = styled(opened["en"], "Caption")

    assert captions == [
        "Figure 1. Platforms used by citizens aged 18 and over",
        f"Table 1. Platforms: {AWKWARD}",
        "Figure 2. Use of YouTube",
        "Table 2. Use of YouTube by governorate",
        "Figure 3. Trust in what is posted",
    ]


def test_tables_show_every_row_and_cell_with_its_status(opened):
    table = opened["en"].tables[1]
    rows = [[cell.text for cell in row.cells] for row in table.rows]

    assert len(rows) == 14
    assert rows[0] == ["Group", "Per cent", "Confidence interval", "Base"]
    assert rows[1][:2] == ["All respondents", "70.1%"]
    assert set(rows[2]) == {"Governorate"}
    assert rows[5][1] == "66.0% [u]"
    assert rows[13] == ["Al Wusta", "[c]", "[c]", "[c]"]


def test_the_header_row_is_repeated_and_no_row_is_torn(opened):
    for table in opened["en"].tables:
        first, *others = [row._tr.trPr for row in table.rows]
        assert first.find(f"{W}tblHeader") is not None
        assert all(one.find(f"{W}tblHeader") is None for one in others)
        assert all(one.find(f"{W}cantSplit") is not None for one in (first, *others))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_is_as_wide_as_the_text(opened, language):
    section = opened[language].sections[0]
    room = section.page_width - section.left_margin - section.right_margin

    for table in opened[language].tables:
        grid = [int(column.get(f"{W}w")) * 635 for column in table._tbl.tblGrid]
        assert sum(grid) == pytest.approx(room, rel=0.001)


def test_pictures_have_their_sentence_in_the_language_of_the_brief(opened):
    found = [shape._inline.docPr.get("descr") for shape in opened["ar"].inline_shapes]

    assert len(found) == 3
    assert found[0] == ALT_AR


def test_pictures_are_no_wider_than_the_text(opened):
    section = opened["en"].sections[0]
    room = section.page_width - section.left_margin - section.right_margin

    assert all(0 < shape.width <= room for shape in opened["en"].inline_shapes)


def test_charts_can_be_left_out_and_their_tables_stay(briefs):
    plain = docx.Document(BytesIO(brief("en", options=WordOptions(charts=False))))

    assert len(plain.inline_shapes) == 0
    assert len(plain.tables) == 2
    assert not any(caption.startswith("Figure") for caption in styled(plain, "Caption"))


def test_charts_that_nobody_can_draw_are_not_dropped_in_silence():
    with pytest.raises(ReportError):
        list(render(Edition(made_report(), ("en",))))


def test_a_picture_of_the_report_is_shown_as_it_is(opened):
    image = opened["en"].part.related_parts
    content = next(part.blob for part in image.values() if part.content_type == "image/png")
    logo = Picture("logo", content, "image/png", 'The logo & "seal"', 40.0, 20.0)
    section = Section("publisher", said("Us", "نحن"), (logo,))

    document = docx.Document(BytesIO(brief("en", sections=(section,))))

    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == 'The logo & "seal"'
    assert shape.width == 2 * shape.height


def test_properties_name_title_language_publisher_and_the_day_of_release(opened):
    properties = opened["ar"].core_properties

    assert properties.title == 'وسائل التواصل الاجتماعي & "نحن"'
    assert properties.author == "مركز الاستطلاعات"
    assert properties.language == "ar"
    released = dt.datetime(2019, 4, 1, tzinfo=dt.UTC)
    assert {properties.created, properties.modified} == {released}


def test_a_brief_without_a_release_date_has_no_dates():
    undated = replace(made_report().life_cycle, release_date=None)

    content = brief("en", life_cycle=undated, options=WordOptions(charts=False))

    assert b"created" not in unpack(content)["docProps/core.xml"]


def test_made_up_data_are_marked_on_the_cover_and_on_every_page(opened):
    section = opened["en"].sections[0]
    heads = [section.header, section.first_page_header]

    assert len(styled(opened["en"], "Notice")) == 1
    for head in heads:
        assert any("synthetic" in one.text.lower() for one in head.paragraphs)


def test_real_data_are_not_marked():
    document = docx.Document(
        BytesIO(brief("en", synthetic=False, options=WordOptions(charts=False)))
    )

    assert styled(document, "Notice") == []
    assert "synthetic" not in " ".join(words_of(document)).lower()


def test_the_running_head_names_title_and_publisher_and_the_foot_the_page(opened):
    section = opened["en"].sections[0]

    assert section.header.paragraphs[0].text == 'Social media & "us" · Centre for Polls'
    assert _said(section.footer) == "Page 1 of 1"
    assert _said(opened["ar"].sections[0].footer) == "صفحة 1 من 1"
    assert _fields(section.footer._element) == ["PAGE", "NUMPAGES"]
    assert section.first_page_footer.paragraphs[0].text == ""


def _said(foot) -> str:
    """Return the words of a header or footer, those of its fields too."""
    return "".join(text.text for text in foot._element.iter(f"{W}t"))


def _fields(element) -> list[str]:
    return [one.get(f"{W}instr").strip() for one in element.iter(f"{W}fldSimple")]


def test_contact_and_publisher_are_printed_where_no_section_introduces_them():
    kept = tuple(one for one in made_report().sections if one.role == "methodology")

    facts = styled(docx.Document(BytesIO(brief("en", sections=kept))), "Fact")

    assert {"Publisher: Centre for Polls", "Contact: polls@example.org"} < set(facts)


def test_what_is_known_of_the_life_of_the_publication_is_printed(opened):
    facts = styled(opened["en"], "Fact")

    assert any("1 April 2019" in fact for fact in facts)
    assert any("1 April 2020" in fact for fact in facts)
    assert not any("polls@example.org" in fact for fact in facts)
    assert any("CC BY 4.0" in fact for fact in facts)


def test_letters_that_xml_cannot_hold_are_written_as_their_codes():
    text = Text((said("a\x00b\x0bc\td\ne \x1f{{ title }} {% x %}", ""),))

    document = docx.Document(BytesIO(brief("en", sections=(Section("x", said("y", ""), (text,)),))))

    assert "a\\x00b\\x0bc\td\ne \\x1f{{ title }} {% x %}" in words_of(document)


def test_digits_can_be_chosen():
    options = WordOptions(charts=False, digits="arab")

    words = " ".join(words_of(docx.Document(BytesIO(brief("ar", options=options)))))

    assert "٧٠٫١" in words
    assert "70.1" not in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_groups_are_accessible_and_leave_no_tag(tabulated, language):
    assert check_accessibility(tabulated[language]) == ()
    assert not TAG.search(unpack(tabulated[language])["word/document.xml"].decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_groups_stand_on_pages_on_their_side_and_the_rest_upright(tabulated, language):
    sections = docx.Document(BytesIO(tabulated[language])).sections

    upright = [one.page_width < one.page_height for one in sections]

    assert upright == [True, False, True]
    assert {(one.left_margin, one.top_margin) for one in sections} == {
        (sections[0].left_margin, sections[0].top_margin)
    }
    heads = {one.header.paragraphs[0].text for one in sections}
    assert len(heads) == 1
    assert [one.different_first_page_header_footer for one in sections] == [True, False, False]
    assert all(" PAGE " in one.footer._element.xml for one in sections)


def test_both_rows_of_a_head_are_repeated_and_the_words_of_a_group_span_its_columns(tabulated):
    table = docx.Document(BytesIO(tabulated["en"])).tables[0]
    first, second, third = (row._tr for row in table.rows[:3])

    assert [one.trPr.find(f"{W}tblHeader") is not None for one in (first, second, third)] == [
        True,
        True,
        False,
    ]
    assert [(cell.text, cell.grid_span) for cell in map(_cell_of(table), first.tc_lst)] == [
        ("Answer", 1),
        ("Total", 1),
        ("Sex", 2),
        ("Age group", 3),
        ("Education level", 3),
    ]
    assert [cell.text for cell in table.rows[1].cells][:4] == [
        "Answer",
        "Total",
        "Men (A)",
        "Women (B)",
    ]


def _cell_of(table):
    from docx.table import _Cell

    return lambda element: _Cell(element, table)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_wider_than_its_page_is_parted_and_each_part_is_as_wide_as_the_page(
    tabulated, language
):
    document = docx.Document(BytesIO(tabulated[language]))
    section = document.sections[1]
    room = section.page_width - section.left_margin - section.right_margin
    captions = styled(document, "Caption")

    parts = sum("Platforms by everything (part" in one for one in captions)
    arabic = sum("المنصات حسب الجميع (الجزء" in one for one in captions)

    assert parts + arabic == len({one for one in captions if "(part" in one or "(الجزء" in one}) > 1
    for table in document.tables[: parts + arabic + 1]:
        grid = [int(column.get(f"{W}w")) * 635 for column in table._tbl.tblGrid]
        assert sum(grid) == pytest.approx(room, rel=0.001)


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_set_beside_their_figure_in_a_style_of_their_own(tabulated, language):
    table = docx.Document(BytesIO(tabulated[language])).tables[0]
    runs = table.rows[2].cells[3].paragraphs[0].runs

    letters = [one for one in runs if one.style.name == "Significance Letters"]
    others = [one for one in runs if one not in letters]

    assert "".join(one.text for one in letters).strip("\u200f ") == "A B"
    assert "".join(one.text for one in others).strip("\u200e").startswith("94.0")
    latin = next(one for one in letters if "A" in one.text)
    assert latin._r.find(f"{W}rPr/{W}rtl") is None


def test_letters_in_arabic_are_parted_from_their_figure_by_a_run_that_runs_to_the_left(tabulated):
    table = docx.Document(BytesIO(tabulated["ar"])).tables[0]
    runs = table.rows[2].cells[3].paragraphs[0].runs

    kinds = [one._r.find(f"{W}rPr/{W}rtl") is not None for one in runs]

    assert kinds == [False, True, False]
    assert runs[1].text == "\u200f "


def test_a_template_that_does_not_know_of_groups_still_shows_every_figure_with_its_letters(
    tmp_path,
):
    own = docx.Document()
    own.add_paragraph("{%p for section in sections %}")
    own.add_paragraph("{%p for block in section.blocks %}")
    own.add_paragraph("{% for column in block.columns %}{{ column.heading }};{% endfor %}")
    own.add_paragraph(
        "{% for row in block.rows %}{% for cell in row.cells %}{{ cell.text }};"
        "{% endfor %}{% endfor %}"
    )
    own.add_paragraph("{%p endfor %}")
    own.add_paragraph("{%p endfor %}")
    path = tmp_path / "house.docx"
    own.save(path)

    content = brief(
        "en", sections=(banner_section(),), options=WordOptions(template=str(path), charts=False)
    )
    text = " ".join(one.text for one in docx.Document(BytesIO(content)).paragraphs)

    assert "Women (B);" in text
    assert "94.0% A B;" in text
    assert len(docx.Document(BytesIO(content)).sections) == 1
