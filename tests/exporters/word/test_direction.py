from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from socialpoll.exporters.word import WordOptions, render
from socialpoll.exporters.word.direction import set_direction
from socialpoll.exporters.word.ooxml import ORDER, W, local, parse, value, w
from socialpoll.exporters.word.package import unpack
from tests.exporters.made_report import edition

LEFT_TO_RIGHT, RIGHT_TO_LEFT = "ltr", "rtl"
letters = st.text(st.sampled_from(list("abc ابت 123٤٥.,%()[]-\u200e\u200f\u064b")), max_size=30)


@pytest.fixture(scope="module")
def parts():
    (document,) = render(edition("ar"), WordOptions())
    return {
        name: parse(content)
        for name, content in unpack(document.content).items()
        if name.startswith("word/") and name.endswith(".xml")
    }


@pytest.fixture(scope="module")
def written(parts):
    return {
        name: root
        for name, root in parts.items()
        if "document" in name or "header" in name or "footer" in name
    }


@given(letters, st.sampled_from([LEFT_TO_RIGHT, RIGHT_TO_LEFT]))
def test_splitting_runs_loses_no_letter_and_mixes_no_directions(text, base):
    run = '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{}</w:t><w:br/></w:r>'
    root = parse(f'<w:body xmlns:w="{W}"><w:p>{run.format(text) * 2}</w:p></w:body>'.encode())

    set_direction(root, base, language="ar-OM", font="Arial")

    assert "".join(one.text or "" for one in root.iter(w("t"))) == text * 2
    assert len(list(root.iter(w("br")))) == 2
    for found in root.iter(w("r")):
        shown = "".join(one.text or "" for one in found.findall(w("t")))
        turned = found.find(f"{w('rPr')}/{w('rtl')}") is not None
        assert found.find(f"{w('rPr')}/{w('b')}") is not None
        assert not (set("abc") & set(shown) and turned)
        assert not (set("ابت") & set(shown) and not turned)


def test_every_paragraph_table_and_section_of_an_arabic_brief_runs_to_the_left(written):
    paragraphs = [one for root in written.values() for one in root.iter(w("p"))]
    tables = [one for root in written.values() for one in root.iter(w("tbl"))]
    sections = [one for root in written.values() for one in root.iter(w("sectPr"))]

    assert all(one.find(f"{w('pPr')}/{w('bidi')}") is not None for one in paragraphs)
    assert all(one.find(f"{w('tblPr')}/{w('bidiVisual')}") is not None for one in tables)
    assert all(one.find(w("bidi")) is not None for one in sections)
    assert min(len(paragraphs), len(tables), len(sections)) > 0


def test_arabic_letters_stand_in_runs_that_say_so_with_their_language_and_font(written):
    turned = [
        run
        for root in written.values()
        for run in root.iter(w("r"))
        if any("\u0600" <= letter <= "\u06ff" for one in run.findall(w("t")) for letter in one.text)
    ]

    assert len(turned) > 50
    for run in turned:
        properties = run.find(w("rPr"))
        assert properties.find(w("rtl")) is not None
        assert value(properties.find(w("lang")), "bidi") == "ar-EG"
        assert value(properties.find(w("rFonts")), "cs") == "Arial"


def test_no_run_mixes_arabic_and_latin_letters(written):
    for root in written.values():
        for run in root.iter(w("r")):
            text = "".join(one.text or "" for one in run.findall(w("t")))
            arabic = any("\u0620" <= letter <= "\u064a" for letter in text)
            assert not (arabic and any(letter.isascii() and letter.isalpha() for letter in text))


def test_bold_and_size_are_said_for_arabic_letters_too(parts):
    pairs = {"b": "bCs", "i": "iCs", "sz": "szCs"}
    for root in parts.values():
        for properties in root.iter(w("rPr")):
            names = {local(child) for child in properties}
            assert all(other in names for one, other in pairs.items() if one in names)


def test_properties_stand_in_the_order_of_the_schema(parts):
    for root in parts.values():
        for element in root.iter():
            order = ORDER.get(local(element))
            if order:
                places = [order.index(local(child)) for child in element]
                assert places == sorted(places)


def test_an_english_brief_runs_to_the_right_but_turns_arabic_words():
    (document,) = render(edition("en"), WordOptions(charts=False))
    body = parse(unpack(document.content)["word/document.xml"])

    assert next(body.iter(w("bidi")), None) is None
    assert next(body.iter(w("bidiVisual")), None) is None

    root = parse(
        f'<w:body xmlns:w="{W}"><w:p><w:r><w:t>by مركز</w:t></w:r></w:p></w:body>'.encode()
    )
    set_direction(root, LEFT_TO_RIGHT, language="ar-OM", font="Arial")
    assert [value(one, "bidi") for one in root.iter(w("lang"))] == ["ar-OM"]


def test_a_font_of_the_theme_gives_way_to_the_font_of_arabic_letters():
    root = parse(
        f'<w:body xmlns:w="{W}"><w:p><w:r><w:rPr><w:rFonts w:cstheme="minorBidi"/></w:rPr>'
        "<w:t>مركز</w:t></w:r></w:p></w:body>".encode()
    )

    set_direction(root, RIGHT_TO_LEFT, language="ar", font="Sakkal Majalla")

    (fonts,) = root.iter(w("rFonts"))
    assert dict(fonts.attrib) == {w("cs"): "Sakkal Majalla"}


def test_a_font_can_be_chosen():
    (document,) = render(edition("ar"), WordOptions(charts=False, arabic_font="Sakkal Majalla"))

    body = parse(unpack(document.content)["word/document.xml"])

    assert {value(one, "cs") for one in body.iter(w("rFonts"))} == {"Sakkal Majalla"}


def test_fields_and_pictures_survive(written):
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline"
    fields = [one for root in written.values() for one in root.iter(w("fldSimple"))]

    assert len(list(written["word/document.xml"].iter(drawing))) == 3
    assert [value(one, "instr").strip() for one in fields] == ["PAGE", "NUMPAGES"]
    assert all("".join(one.itertext()) == "1" for one in fields)
