from __future__ import annotations

from dataclasses import replace

import pytest
from pptx.oxml.ns import qn

import socialpoll as sp
from socialpoll.drawing.bars import in_order
from socialpoll.errors import ExportError
from socialpoll.exporters.word.package import unpack
from socialpoll.report import Edition, Section
from tests.drawing.made_charts import tile_map
from tests.exporters.made_report import bars, by_governorate, made_report, said
from tests.exporters.schemas import problems_by_schema
from tests.exporters.slides.made_decks import (
    content_of,
    deck_report,
    notes,
    opened,
    photograph,
    shapes_with,
    slide_of,
    titles,
)

LANGUAGES = ("en", "ar")
YOUTUBE = "YouTube: seven in ten."


@pytest.fixture(scope="module")
def contents():
    return {language: content_of(language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def decks(contents):
    return {language: opened(content) for language, content in contents.items()}


def test_the_slides_are_those_of_a_talk_and_how_the_poll_was_made_comes_late(decks):
    assert titles(decks["en"]) == [
        'Social media & "us"',
        "Who we are",
        "Key findings",
        "Platforms",
        YOUTUBE,
        "Recommendations",
        "Next steps",
        "Pictures",
        "A new role",
        "Methodology",
        "About this publication",
    ]


def test_a_slide_is_sixteen_to_nine(decks):
    deck = decks["en"]

    assert deck.slide_width / deck.slide_height == pytest.approx(16 / 9, abs=1e-3)


def test_the_cover_tells_publisher_dates_embargo_and_that_data_are_made_up(decks):
    cover = "\n".join(one.text_frame.text for one in decks["en"].slides[0].placeholders)

    for told in ("Centre for Polls", "Opinion poll, March 2019", "1 April 2019", "Embargo: "):
        assert told in cover
    assert "are synthetic" in cover


def test_every_slide_has_its_title_first_and_is_numbered(decks):
    for deck in decks.values():
        for slide in list(deck.slides)[1:]:
            kinds = [one.element.xpath(".//p:ph/@type") for one in slide.placeholders]
            fields = slide._element.xpath(".//a:fld/@type")
            assert slide.shapes[0] == slide.shapes.title
            assert slide.shapes.title.text_frame.text
            assert (["ftr"] in kinds, fields) == (True, ["slidenum"])


def test_charts_tables_and_pictures_stand_in_placeholders_with_their_sentences(decks):
    for deck in decks.values():
        shown = [
            shape
            for slide in list(deck.slides)[1:]
            for shape in slide.shapes
            if shape.element.tag in (qn("p:graphicFrame"), qn("p:pic"))
        ]
        assert len(shown) == 4
        for shape in shown:
            assert shape.is_placeholder
            assert shape.element.xpath(".//p:cNvPr/@descr")[0]
        (logo,) = [one for one in deck.slides[0].shapes if one.element.tag == qn("p:pic")]
        assert logo.element.xpath(".//p:cNvPr/@descr")[0] in ("The emblem", "الشعار")


def test_no_two_shapes_of_a_slide_have_one_number(decks):
    for deck in decks.values():
        for slide in deck.slides:
            numbers = slide._element.xpath(".//p:cNvPr/@id")
            assert len(set(numbers)) == len(numbers)


def test_no_place_for_words_is_left_empty(decks):
    for deck in decks.values():
        empty = [
            shape.name
            for slide in deck.slides
            for shape in slide.placeholders
            if shape.has_text_frame and not shape.text_frame.text.strip()
        ]
        assert empty == []


def test_the_headline_of_a_finding_is_the_title_of_its_slide(decks):
    slide = slide_of(decks["en"], YOUTUBE)
    foot = slide.placeholders[13].text_frame.text

    assert foot.splitlines() == [
        "Use of YouTube",
        "Base: 1,204 respondents.",
        "[c] suppressed: too few respondents, or not reliable enough · [u] low reliability",
        "Source: Centre for Polls",
    ]


def test_a_chart_on_a_slide_holds_the_figures_of_the_release(decks):
    chart = next(shapes_with(decks["en"], "has_chart")).chart
    (series,) = bars().series

    assert list(chart.plots[0].series[0].values) == [one.figure.value for one in in_order(series)]
    assert chart.part.chart_workbook.xlsx_part.blob.startswith(b"PK")


def test_the_notes_hold_the_sentences_and_every_table_of_the_finding(decks):
    edition = Edition(made_report(), ("en",))
    lines = notes(slide_of(decks["en"], YOUTUBE)).splitlines()

    assert lines[:2] == ["YouTube", "The poll found that seven in ten."]
    assert "Group | Per cent | Confidence interval | Base" in lines
    for row in by_governorate().rows[2:]:
        label, share, interval, base = row.cells
        words = (edition.text(label), *map(edition.number, (share, interval, base)))
        assert " | ".join(words) in lines
    assert "Al Wusta | [c] | [c] | [c]" in lines


def test_recommendations_are_numbered(decks):
    body = slide_of(decks["en"], "Recommendations").placeholders[1].text_frame

    assert [one.text for one in body.paragraphs] == ["Step 1.", "Step 2.", "Step 3."]
    assert len(body._txBody.xpath(".//a:buAutoNum")) == 3


def test_a_timeline_is_a_table(decks):
    (shape,) = shapes_with(decks["en"], "has_table")
    cells = [[cell.text for cell in row.cells] for row in shape.table.rows]

    assert cells == [["Phase", "Status"], ["Fieldwork", "Done"]]


def test_the_last_slide_names_what_the_brief_has_beyond_it(decks):
    last = decks["en"].slides[len(decks["en"].slides) - 1]

    assert "In the brief: Tables" in last.placeholders[1].text_frame.text


def test_a_deck_in_arabic_runs_from_the_right_in_every_paragraph_and_table(decks):
    for slide in decks["ar"].slides:
        for paragraph in slide._element.iter(qn("a:p")):
            runs = list(paragraph.iter(qn("a:r")))
            if runs:
                properties = paragraph.find(qn("a:pPr"))
                assert properties.get("rtl") == "1"
                assert {one.find(qn("a:rPr")).get("lang") for one in runs} == {"ar-EG"}
                assert {one.find(f".//{qn('a:cs')}").get("typeface") for one in runs} == {"Amiri"}
    tables = list(shapes_with(decks["ar"], "has_table"))
    assert [one.table._tbl.tblPr.get("rtl") for one in tables] == ["1"]


def test_a_deck_in_english_runs_from_the_left(decks):
    turned = [
        one.get("rtl") for slide in decks["en"].slides for one in slide._element.iter(qn("a:pPr"))
    ]

    assert set(turned) == {"0"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_line_up_at_the_right_of_their_column_in_every_language(language):
    deck = opened(content_of(language, detail="tables"))
    (table,) = (
        one.table
        for one in shapes_with(deck, "has_table")
        if "70.1" in one.table.cell(1, 1).text_frame.text and len(one.table.columns) == 4
    )
    starts = "r" if language == "ar" else "l"
    for row in list(table.rows)[3:]:
        sides = [one.text_frame.paragraphs[0]._p.pPr.get("algn") for one in row.cells]
        assert sides == [starts, "r", "r", "r"]


def test_places_on_slides_are_mirrored(decks):
    sides = {
        tag: [one.left for one in deck.slide_layouts[1].placeholders if "number" in one.name]
        for tag, deck in decks.items()
    }
    width = decks["en"].slide_width

    assert sides["en"][0] > width / 2 > sides["ar"][0]


def test_colours_and_fonts_are_those_of_the_house(contents):
    theme = unpack(contents["en"])["ppt/theme/theme1.xml"].decode()
    layout = unpack(contents["en"])["ppt/slideLayouts/slideLayout1.xml"].decode()

    assert '<a:accent1><a:srgbClr val="5B2A86"/></a:accent1>' in theme
    assert '<a:accent2><a:srgbClr val="B3541E"/></a:accent2>' in theme
    assert ('latin typeface="Lato"' in theme, 'cs typeface="Amiri"' in theme) == (True, True)
    assert 'srgbClr val="5B2A86"' in layout


def test_the_layouts_are_ours_and_nothing_is_left_of_whose_they_were(contents):
    parts = unpack(contents["en"])

    assert [one.name for one in opened(contents["en"]).slide_layouts] == [
        "Cover",
        "Text",
        "Finding",
    ]
    assert [one for one in parts if "printerSettings" in one or "thumbnail" in one] == []
    assert b"Widescreen" in parts["docProps/app.xml"]


def test_the_file_tells_title_publisher_language_and_release(decks):
    properties = decks["ar"].core_properties

    assert properties.title == 'وسائل التواصل الاجتماعي & "نحن"'
    assert (properties.author, properties.language) == ("مركز الاستطلاعات", "ar")
    assert str(properties.created) == str(properties.modified) == "2019-04-01 00:00:00"


def test_a_second_run_gives_the_same_bytes(contents):
    assert content_of("ar") == contents["ar"]


def test_powerpoint_is_given_what_the_schema_of_its_format_allows(contents, tmp_path):
    for language, content in contents.items():
        (tmp_path / f"{language}.pptx").write_bytes(content)

    assert problems_by_schema(*sorted(tmp_path.iterdir())) == []


def test_charts_may_be_pictures_all_of_them():
    report = replace(deck_report(), sections=deck_report().sections[2:3])
    deck = opened(content_of("en", report, artist=photograph, charts="picture"))

    assert list(shapes_with(deck, "has_chart")) == []
    assert sum(one.element.tag == qn("p:pic") for one in deck.slides[1].shapes) == 1


def test_a_table_on_a_slide_holds_the_figures_of_the_release():
    report = replace(deck_report(), sections=deck_report().sections[3:4])
    edition = Edition(report, ("en",))
    shapes = shapes_with(opened(content_of("en", report, detail="tables")), "has_table")
    rows = [[cell.text for cell in row.cells] for shape in shapes for row in shape.table.rows]

    for label, *figures in (row.cells for row in by_governorate().rows[2:]):
        assert [edition.text(label), *map(edition.number, figures)] in rows
    assert ["Al Wusta", "[c]", "[c]", "[c]"] in rows


def test_more_detail_is_more_slides_and_leaves_less_to_the_brief():
    report = replace(deck_report(), sections=deck_report().sections[2:4])
    banner = replace(report, sections=deck_report().sections[8:9])

    shown = {
        detail: titles(opened(content_of("en", report, detail=detail)))[1:-1]
        for detail in ("findings", "charts", "tables")
    }

    assert shown["findings"] == ["Platforms", "YouTube"]
    assert shown["charts"] == [*shown["findings"], "Trust in what is posted"]
    assert shown["tables"][-1] == "Use of YouTube by governorate"
    assert len(shown["tables"]) == 5
    assert titles(opened(content_of("en", banner, detail="tables")))[1].startswith("Tables")


def test_two_languages_are_two_decks():
    with pytest.raises(ExportError, match="does not put two languages into one") as caught:
        sp.render(made_report(), "slides", languages="ar+en")

    assert (caught.value.allowed, caught.value.advice) == ("ar, en", "name them one by one")


def test_a_chart_that_nobody_can_draw_is_told():
    section = Section("indicator", said("Map", "خريطة"), (tile_map(),))
    report = replace(made_report(), sections=(section,))

    with pytest.raises(sp.SocialpollError, match="there is nobody to draw charts"):
        content_of("en", report)


def test_numbers_may_be_written_in_arabic_digits():
    report = replace(deck_report(), sections=deck_report().sections[2:3])
    slide = opened(content_of("ar", report, digits="arab")).slides[1]

    assert "٩٤٫٠٪" in notes(slide)
