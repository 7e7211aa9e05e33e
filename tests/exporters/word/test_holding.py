from __future__ import annotations

from socialpoll.exporters.word.holding import hold_together
from socialpoll.exporters.word.ooxml import W, parse, w


def held(*styles: str) -> list[bool]:
    """Return which paragraphs stay on the page of the next one; a table is written as "tbl"."""
    parts = (
        "<w:tbl/>" if one == "tbl" else f'<w:p><w:pPr><w:pStyle w:val="{one}"/></w:pPr></w:p>'
        for one in styles
    )
    root = parse(f'<w:body xmlns:w="{W}">{"".join(parts)}</w:body>'.encode())
    hold_together(root, {"Heading1", "Heading2"})
    return [one.find(f"{w('pPr')}/{w('keepNext')}") is not None for one in root.iter(w("p"))]


def test_a_heading_takes_its_question_and_sentence_to_the_page_of_what_follows():
    assert held("Heading2", "Note", "Normal", "Caption", "tbl") == [False, True, True, False]


def held_rows(count: int, properties: str = "") -> list[bool]:
    """Return which rows of two facing texts stay on the page of the next one."""
    style = f'<w:pStyle w:val="Normal"/>{properties}'
    cell = f"<w:tc><w:p><w:pPr>{style}</w:pPr></w:p></w:tc>"
    rows = f"<w:tr>{cell * 2}</w:tr>" * count
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr></w:p>'
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="Facing"/></w:tblPr>{rows}</w:tbl>'
    root = parse(f'<w:body xmlns:w="{W}">{heading}{table}</w:body>'.encode())
    hold_together(root, {"Heading2"})
    on = [[not one.attrib for one in row.iter(w("keepNext"))] for row in root.iter(w("tr"))]
    return [one == [True, True] for one in on]


def test_a_heading_takes_its_question_and_sentence_along_in_two_languages_too():
    assert held_rows(1) == [False]
    assert held_rows(2) == [True, False]
    assert held_rows(3) == [True, True, False]


def test_neither_the_first_nor_the_last_of_many_facing_texts_are_left_alone():
    assert held_rows(7) == [True, True, True, False, False, True, False]


def test_rows_that_a_template_let_go_are_held_all_the_same():
    switched_off = '<w:keepNext w:val="0"/>'

    assert held_rows(3, properties=switched_off) == [True, True, False]


def test_a_picture_beneath_a_heading_waits_only_if_its_template_says_so():
    assert held("Heading2", "Caption", "FigurePicture", "Caption", "FigurePicture", "Normal") == [
        False, True, False, True, False, False,
    ]  # fmt: skip


def test_only_the_first_of_many_sentences_are_held():
    assert held("Heading2", *["ListBullet"] * 6) == [False, True, True, True, False, False, False]


def test_a_section_of_a_few_texts_ends_where_the_next_heading_begins():
    assert held("Heading1", "Normal", "Normal", "Heading1", "Normal") == [
        False, True, False, False, False,
    ]  # fmt: skip


def test_the_notes_of_a_picture_stay_with_it():
    assert held("FigurePicture", "Note", "Note", "Note", "Normal") == [
        False, True, True, False, False,
    ]  # fmt: skip
