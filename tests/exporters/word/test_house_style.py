from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

import socialpoll as sp
from socialpoll.exporters.word import WordOptions, built_in_template, check_accessibility, render
from socialpoll.exporters.word.package import unpack
from socialpoll.exporters.word.template import build
from socialpoll.report import Said, Section
from socialpoll.report.own_sections_writing import sections_at
from tests.exporters.made_report import edition, made_report
from tests.exporters.schemas import problems_by_schema
from tests.report.pictured import jpeg, png
from tests.report.test_own_sections import OWN

docx = pytest.importorskip("docx")
LOGO = sp.Image(content=png(300, 100), alt={"en": "The logo", "ar": "الشعار"})
PURPLE = sp.HouseStyle(
    primary="#5b2a86",
    accent="#B3541E",
    latin_font='Source "Sans" & 3',
    arabic_font="Amiri",
    logo=LOGO,
)


def styled_report(style: sp.HouseStyle = PURPLE) -> sp.Report:
    """Return a report with own sections after the others."""
    made = made_report()
    places = ("before findings", "after findings", "end")
    own = (one for place in places for one in sections_at(place, OWN))
    return replace(made, style=style, sections=(*made.sections, *own))


def brief(language: str, report: sp.Report) -> bytes:
    (document,) = render(edition(language, report=report), WordOptions(charts=False))
    return document.content


@pytest.fixture(scope="module")
def briefs():
    return {language: brief(language, styled_report()) for language in ("ar", "en")}


@pytest.fixture(scope="module")
def english(briefs):
    return docx.Document(BytesIO(briefs["en"]))


def texts_in(document, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style.name == style]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_brief_in_a_house_style_is_what_the_schema_of_its_format_allows(
    briefs, language, tmp_path
):
    path = tmp_path / "brief.docx"
    path.write_bytes(briefs[language])

    assert problems_by_schema(path) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_brief_in_a_house_style_is_accessible_and_the_same_bytes_twice(briefs, language):
    assert check_accessibility(briefs[language]) == ()
    assert brief(language, styled_report()) == briefs[language]


def test_no_colour_of_the_usual_style_is_left(briefs):
    usual = [part.decode() for part in unpack(built_in_template()).values()]
    ours = unpack(briefs["en"])
    texts = [ours[name].decode() for name in ours if name.endswith(".xml")]

    for colour in ("12436D", "28A197", "E7ECF0"):
        assert any(colour in one for one in usual), colour
        assert not any(colour in one for one in texts), colour
    assert "5B2A86" in ours["word/styles.xml"].decode()
    assert "B3541E" in ours["word/styles.xml"].decode()


def test_fonts_are_named_for_each_script(briefs):
    defaults = docx.Document(BytesIO(briefs["ar"])).styles.element.find(".//{*}rFonts")
    named = {name.rpartition("}")[2]: font for name, font in defaults.attrib.items()}

    assert named["ascii"] == named["hAnsi"] == 'Source "Sans" & 3'
    assert named["cs"] == "Amiri"
    assert 'w:cs="Amiri"' in unpack(briefs["ar"])["word/document.xml"].decode()


def test_the_logo_stands_first_with_its_sentence_and_no_larger_than_a_cover_has_room_for(english):
    logo = english.inline_shapes[0]

    assert english.paragraphs[0].style.name == "Cover Logo"
    assert logo._inline.docPr.get("descr") == "The logo"
    assert (logo.width.cm, logo.height.cm) == (
        pytest.approx(6.6, abs=0.01),
        pytest.approx(2.2, abs=0.01),
    )


def test_title_and_subtitle_form_one_band(english):
    title, subtitle = (english.styles[name].element for name in ("Title", "Subtitle"))

    def look(style):
        parts = (style.find(f".//{{*}}{name}") for name in ("pBdr", "shd", "ind"))
        return [
            None if one is None else docx.oxml.xmlchemy.serialize_for_reading(one) for one in parts
        ]

    assert look(title) == look(subtitle)
    assert look(title)[0] is not None


def test_the_template_of_a_house_style_differs_in_its_looks_only():
    plain, purple = unpack(build()), unpack(build(PURPLE))

    assert plain.keys() == purple.keys()
    assert {name for name in plain if plain[name] != purple[name]} == {
        "word/document.xml",
        "word/numbering.xml",
        "word/styles.xml",
    }


def test_ones_own_template_keeps_its_own_colours(tmp_path):
    path = tmp_path / "mine.docx"
    path.write_bytes(built_in_template())

    (document,) = render(
        edition("en", report=styled_report()), WordOptions(template=path, charts=False)
    )

    assert "12436D" in unpack(document.content)["word/styles.xml"].decode()


def test_recommendations_are_numbered_and_other_lists_are_not(english):
    assert texts_in(english, "List Number") == ["Teach.", "Ask again."]
    assert "One" in texts_in(english, "List Bullet")


def test_a_timeline_is_a_table_whose_head_is_repeated(english):
    table = english.tables[-1]

    assert [cell.text for cell in table.rows[0].cells] == [
        "Phase",
        "Start",
        "End",
        "Status",
        "Next step",
    ]
    assert [row.cells[3].text for row in table.rows[1:]] == ["Done", "Under way", "Planned"]


def test_pictures_have_their_captions_numbers_and_sentences(briefs, english):
    _, hall, phone = english.inline_shapes
    arabic = docx.Document(BytesIO(briefs["ar"])).inline_shapes[1]

    assert hall._inline.docPr.get("descr") == "A hall"
    assert arabic._inline.docPr.get("descr") == "قاعة"
    assert (phone.width.cm, phone.height.cm) == (pytest.approx(4), pytest.approx(2))
    assert "Figure 1. The hall." in texts_in(english, "Caption")
    images = [part for name, part in unpack(briefs["en"]).items() if "/media/" in name]
    assert {png(), jpeg()} < set(images)


def broken(document) -> list[str]:
    """Return the headings that begin a page."""
    return [
        one.text
        for one in document.paragraphs
        if one._p.pPr is not None and one._p.pPr.find("{*}pageBreakBefore") is not None
    ]


def test_a_few_key_findings_stand_beneath_the_contents_and_own_sections_share_a_page(english):
    assert broken(english) == ["Findings", "Methodology", "Foreword"]


def test_many_key_findings_have_a_page_of_their_own():
    report = made_report()
    headlines = report.sections[1]
    many = replace(headlines, blocks=headlines.blocks * 10)

    document = docx.Document(BytesIO(brief("en", replace(report, sections=(many,)))))

    assert headlines.role == "headlines"
    assert broken(document) == ["Key findings"]


def test_who_made_the_poll_is_told_on_the_page_where_the_questionnaire_ends():
    report = made_report()
    publisher, card = report.sections[0], report.sections[-1]
    questions = replace(card, role="instrument", title=Said({"en": "Questions"}))

    document = docx.Document(BytesIO(brief("en", replace(report, sections=(questions, publisher)))))

    assert publisher.role == "publisher"
    assert broken(document) == ["Questions"]


def test_whatever_follows_the_key_findings_begins_a_page():
    report = made_report()
    weather = Section("weather", report.sections[-1].title, report.sections[-1].blocks)
    document = docx.Document(
        BytesIO(brief("en", replace(report, sections=(report.sections[1], weather))))
    )

    (heading,) = (
        one for one in document.paragraphs if one.text == "A new role" and "Head" in one.style.name
    )
    assert heading._p.pPr.find("{*}pageBreakBefore") is not None
