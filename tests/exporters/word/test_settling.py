from __future__ import annotations

from io import BytesIO

import pytest

from socialpoll.exporters.word import WordOptions, look_at, render
from socialpoll.exporters.word.loading import settled
from tests.exporters.made_report import edition
from tests.exporters.word.made_template import (
    body,
    paragraph,
    saved,
    template,
    with_language_marks,
    with_table,
)

docx = pytest.importorskip("docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LTR, RTL = "\u200e", "\u200f"
OWN = f"{W}pPr/{W}rPr/{W}lang"


def paragraphs(content: bytes, *languages: str):
    made = settled(look_at(content), languages)
    return list(docx.Document(BytesIO(made)).element.body.iter(f"{W}p"))


def language_of(paragraph) -> str | None:
    found = paragraph.find(OWN)
    return None if found is None else found.get(f"{W}val")


def words_of(paragraph) -> str:
    return "".join(text.text for text in paragraph.iter(f"{W}t"))


def filled(folder, content: bytes, *languages: str):
    path = folder / "house.docx"
    path.write_bytes(content)
    (document,) = render(edition(*languages), WordOptions(template=path, charts=False))
    return docx.Document(BytesIO(document.content))


def test_a_paragraph_has_the_language_of_what_it_shows():
    content = template("{{ title }}", "{{ other.title|upper }}", "Said by hand", "{{ language }}")

    for languages, second in ((("ar", "en"), "en-GB"), (("en", "ar"), "ar-EG")):
        found = [language_of(one) for one in paragraphs(content, *languages)]
        assert found == [None, second, None, None]


def test_a_line_of_a_table_has_a_language_of_its_own():
    start = "{%p for s in sections %}", "{%p for b in s.blocks %}", "{%p for t in b.tables %}"
    own = "{%p for line in t.captions %}", "{{ line.text }}", "{%p endfor %}"
    inline = ["{% for line in t.captions %}{{ line.text }}{% endfor %}"]

    content = template(*start, *own, *inline, *["{%p endfor %}"] * 3)

    found = [language_of(one) for one in paragraphs(content, "ar", "en")]
    assert [one for one in found if one] == ["{{ line.tag }}"]
    assert found[4] == "{{ line.tag }}"


def test_what_word_notes_of_a_keyboard_does_not_turn_a_paragraph():
    content = with_language_marks(template("{{ title }}", "{{ other.title }}", "By hand"), "en-US")

    found = [language_of(one) for one in paragraphs(content, "ar", "en")]

    assert found == [None, "en-GB", "en-US"]


@pytest.mark.parametrize(("language", "turned"), [("ar", True), ("en", False)])
def test_one_template_serves_each_language_whatever_the_keyboard_was(tmp_path, language, turned):
    rightward = "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:t>{{ title }}</w:t></w:r></w:p>"
    content = with_language_marks(body(rightward + paragraph("{{ title }}")), "en-US")

    document = filled(tmp_path, content, language)

    bidi = [one._p.find(f"{W}pPr/{W}bidi") is not None for one in document.paragraphs]
    assert bidi == [turned, turned]


def test_a_table_is_laid_out_from_the_side_of_the_language_in_its_first_cell(tmp_path):
    document = docx.Document(BytesIO(with_table(("{{ title }}", "{{ other.title }}"))))
    document.tables[0].table_direction = docx.enum.table.WD_TABLE_DIRECTION.RTL
    content = saved(document)

    mirrored = [
        filled(tmp_path, content, *languages).tables[0]._tbl.tblPr.find(f"{W}bidiVisual")
        for languages in (("ar", "en"), ("en", "ar"))
    ]

    assert [one is not None for one in mirrored] == [True, False]


def test_words_of_the_other_language_in_one_paragraph_are_kept_apart_by_marks():
    for languages, mark in ((("ar", "en"), LTR), (("en", "ar"), RTL)):
        (found,) = paragraphs(template("{{ title }} – {{ other.title }}!"), *languages)
        assert language_of(found) is None
        assert words_of(found) == f"{{{{ title }}}} – {mark}{{{{ other.title }}}}{mark}!"


def test_marks_find_a_tag_that_word_has_spread_over_several_runs():
    runs = ["{{ title }} {", "{ other", ".ti", "tle }", "} {{ title }}"]
    torn = "".join(f'<w:r><w:t xml:space="preserve">{one}</w:t></w:r>' for one in runs)

    (found, *_) = paragraphs(body(f"<w:p>{torn}</w:p>"), "ar", "en")

    assert words_of(found) == f"{{{{ title }}}} {LTR}{{{{ other.title }}}}{LTR} {{{{ title }}}}"
    assert [len(text.text) for text in found.iter(f"{W}t")] == [14, 7, 3, 5, 14]


def test_a_run_of_the_other_language_says_so_in_a_paragraph_of_both():
    document = docx.Document()
    both = document.add_paragraph("{{ title }}")
    both.add_run("{{ other.title }}")

    (found,) = paragraphs(saved(document), "ar", "en")

    spoken = [run.find(f"{W}rPr/{W}lang") for run in found.iter(f"{W}r")]
    assert spoken[0] is None
    assert spoken[1].get(f"{W}val") == "en-GB"
