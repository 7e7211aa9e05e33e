from __future__ import annotations

import pytest

from socialpoll.exporters.word import check_template
from socialpoll.exporters.word.package import pack, unpack
from tests.exporters.word.made_template import body, field, linked, template, with_part

ELSEWHERE = "http://example.org/x"


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("image", "something that is fetched from elsewhere"),
        ("header", "something that is fetched from elsewhere"),
        ("attachedTemplate", "a template that it hangs on"),
        ("oleObject", "an embedded object"),
        ("package", "an embedded file"),
        ("control", "a control that runs a program"),
        ("aFChunk", "a document of another kind inside"),
        ("subDocument", "a document inside"),
        ("frame", "a page of the web inside"),
        ("mailMergeSource", "a source of letters"),
    ],
)
def test_what_is_fetched_when_the_document_is_opened_is_refused_with_its_address(kind, what):
    (problem,) = check_template(linked(kind, ELSEWHERE))

    assert problem.what.startswith(what)
    assert (problem.where, problem.found) == ("links of body", ELSEWHERE)


def test_an_object_inside_the_file_is_refused_too():
    parts = unpack(linked("oleObject", "embeddings/object.bin", "Internal"))

    (problem,) = check_template(pack(parts | {"word/embeddings/object.bin": b"x"}))

    assert problem.what.startswith("an embedded object")


@pytest.mark.parametrize("target", [ELSEWHERE, "https://example.org", "mailto:polls@example.org"])
def test_a_link_to_click_on_may_lead_to_the_web(target):
    assert check_template(linked("hyperlink", target)) == ()


@pytest.mark.parametrize("target", ["file:///c:/x", "javascript:alert(1)", "\\\\host\\share", "x"])
def test_a_link_to_click_on_may_lead_nowhere_else(target):
    (problem,) = check_template(linked("hyperlink", target))

    assert problem.found == target
    assert "https://" in problem.allowed


def test_macros_are_refused():
    (problem,) = check_template(with_part("word/vbaProject.bin", b"x"))

    assert "macros" in problem.what


@pytest.mark.parametrize("code", ["PAGE", ' TOC \\o "1-2" ', "=1+1", "STYLEREF Heading1"])
def test_a_field_of_the_document_itself_is_allowed(code):
    assert check_template(field(code)) == ()


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        (['INCLUDEPICTURE "http://x/a.png" \\d'], 'INCLUDEPICTURE "http://x/a.png" \\d'),
        (["DDE", 'AUTO c:\\x "y"'], 'DDEAUTO c:\\x "y"'),
        (["includetext x"], "includetext x"),
        (["LINK Excel.Sheet x"], "LINK Excel.Sheet x"),
        ([""], ""),
    ],
)
def test_a_field_that_looks_elsewhere_is_refused_however_it_is_cut(pieces, code):
    (problem,) = check_template(field(*pieces))

    assert problem.what == "a field that may look beyond the document"
    assert problem.found == code
    assert problem.where.startswith("body, paragraph 1")


def test_a_field_in_short_is_read_as_well():
    (problem,) = check_template(body('<w:p><w:fldSimple w:instr="INCLUDETEXT x"/></w:p>'))

    assert problem.found == "INCLUDETEXT x"


def test_no_text_of_a_poll_gets_into_the_code_of_a_field():
    (problem,) = check_template(field('HYPERLINK "{{ publisher.website }}"'))

    assert problem.what == "a tag in the code of a field"


def test_the_table_that_a_chart_is_drawn_from_may_lie_in_the_file():
    name = "word/charts/_rels/chart1.xml.rels"
    links = unpack(linked("package", "../embeddings/a.xlsx", "Internal"))[
        "word/_rels/document.xml.rels"
    ]
    parts = unpack(template("a")) | {name: links, "word/charts/chart1.xml": b"<c/>"}

    assert check_template(pack(parts)) == ()
