from __future__ import annotations

import sys
from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import pytest
from pptx.chart.chart import Chart as ReadChart
from pptx.oxml import parse_xml

from socialpoll.drawing.bars import in_order
from socialpoll.errors import ReportError
from socialpoll.exporters.word import WordOptions, built_in_template, check_accessibility, render
from socialpoll.exporters.word.charts import SPACE
from socialpoll.exporters.word.ooxml import parse, w
from socialpoll.exporters.word.outward import problems_of_links
from socialpoll.exporters.word.package import unpack
from socialpoll.report import Edition
from tests.drawing.made_charts import tile_map
from tests.exporters.made_report import bars, dots, made_report, stacked
from tests.exporters.schemas import problems_by_schema
from tests.exporters.slides.made_decks import photograph

NATIVE = WordOptions(charts="native")
WORKBOOKS = "word/embeddings/Microsoft_Excel_Sheet{}.xlsx"


def brief(*languages: str, options: WordOptions = NATIVE, report=None) -> bytes:
    kept = report or replace(made_report(), sections=made_report().sections[2:4])
    (document,) = render(Edition(kept, languages, artist=photograph), options)
    return document.content


@pytest.fixture(scope="module")
def briefs():
    return {languages: brief(*languages) for languages in (("en",), ("ar",), ("ar", "en"))}


def places(content: bytes):
    return list(parse(unpack(content)["word/document.xml"]).iter(f"{{{SPACE}}}chart"))


def test_charts_of_a_brief_are_drawn_by_word_from_the_figures_of_the_release(briefs):
    parts = unpack(briefs["en",])
    chart = ReadChart(parse_xml(parts["word/charts/chart1.xml"]), None)
    (series,) = bars().series

    assert len(places(briefs["en",])) == 3
    assert list(chart.plots[0].series[0].values) == [one.figure.value for one in in_order(series)]
    assert [one for one in parts if one.startswith("word/media/")] == []


def test_each_chart_has_its_workbook_without_a_formula(briefs):
    parts = unpack(briefs["en",])
    for number in (1, 2, 3):
        links = parts[f"word/charts/_rels/chart{number}.xml.rels"].decode()
        book = openpyxl.load_workbook(BytesIO(parts[WORKBOOKS.format(number)]))
        kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
        assert f"Microsoft_Excel_Sheet{number}.xlsx" in links
        assert kinds <= {"s", "n"}


def test_a_chart_is_replaced_by_the_sentence_of_its_picture(briefs):
    edition = Edition(made_report(), ("ar",))
    inline = [one.getparent().getparent().getparent() for one in places(briefs["ar",])]
    told = [one.find(f"{{{one.nsmap['wp']}}}docPr").get("descr") for one in inline]

    assert told == [edition.text(one.alt) for one in (bars(), dots(), stacked())]


def test_a_brief_in_two_languages_has_a_chart_in_both_where_there_is_room(briefs):
    # Labels that are too long for both stand in a chart of each.
    assert len(places(briefs["ar", "en"])) == 4


def test_the_paragraph_of_a_chart_runs_to_the_right_in_every_language(briefs):
    for content in briefs.values():
        for place in places(content):
            paragraph = next(place.iterancestors(w("p")))
            assert paragraph.find(f"{w('pPr')}/{w('bidi')}").get(w("val")) == "0"


def test_briefs_with_charts_of_word_are_accessible_and_lead_nowhere(briefs):
    for content in briefs.values():
        assert check_accessibility(content) == ()
        assert list(problems_of_links(unpack(content))) == []
        docx.Document(BytesIO(content))


def test_word_is_given_what_the_schema_of_its_format_allows(briefs, tmp_path):
    for languages, content in briefs.items():
        (tmp_path / f"{'-'.join(languages)}.docx").write_bytes(content)

    assert problems_by_schema(*sorted(tmp_path.iterdir())) == []


def test_a_second_run_gives_the_same_bytes(briefs):
    assert brief("ar") == briefs["ar",]


def test_a_template_of_ones_own_has_them_too(tmp_path, briefs):
    mine = tmp_path / "mine.docx"
    mine.write_bytes(built_in_template())

    content = brief("en", options=WordOptions(charts="native", template=mine))

    assert len(places(content)) == len(places(briefs["en",]))


def test_a_kind_that_word_does_not_have_is_a_picture():
    section = replace(made_report().sections[2], blocks=(bars(), tile_map()))

    content = brief("en", report=replace(made_report(), sections=(section,)))

    assert len(places(content)) == 1
    assert len([one for one in unpack(content) if one.startswith("word/media/")]) == 1


def test_without_python_pptx_that_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "pptx", None)

    with pytest.raises(ReportError, match="take python-pptx, which is not installed") as caught:
        brief("en")

    assert (caught.value.found, caught.value.allowed) == ("'native'", "'picture', or False")
    assert "socialpoll[slides]" in caught.value.advice
