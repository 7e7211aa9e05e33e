from __future__ import annotations

import re
from io import BytesIO

import pytest

import socialpoll as sp
from socialpoll.exporters.word import WordOptions, built_in_template, check_accessibility, render
from socialpoll.exporters.word.package import unpack
from socialpoll.report import Edition
from tests.exporters.made_report import ALT_AR, edition, made_report
from tests.exporters.schemas import problems_by_schema
from tests.exporters.word.made_template import facing_template, template, with_language_marks
from tests.report.banner_polls import answers, questionnaire

docx = pytest.importorskip("docx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
ARABIC = re.compile("[\u0600-\u06ff]")
MARKS = str.maketrans("", "", "\u200e\u200f")
REPORT = made_report()
WAYS = {"ar": "rtl", "en": "ltr"}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """Return a template of two languages, as Word leaves it to somebody with English keys."""
    path = tmp_path_factory.mktemp("house") / "house.docx"
    path.write_bytes(with_language_marks(facing_template(), "en-US"))
    return path


def brief(house, *languages: str, report=REPORT, charts: bool = False) -> bytes:
    options = WordOptions(template=house, charts=charts)
    (document,) = render(edition(*languages, report=report), options)
    return document.content


@pytest.fixture(scope="module")
def briefs(house):
    return {
        ("ar", "en"): brief(house, "ar", "en", charts=True),
        ("en", "ar"): brief(house, "en", "ar"),
    }


@pytest.fixture(scope="module")
def opened(briefs):
    return {tags: docx.Document(BytesIO(content)) for tags, content in briefs.items()}


@pytest.fixture
def document(opened):
    return opened["ar", "en"]


def words_of(element) -> str:
    return "".join(one.text for one in element.iter(f"{W}t")).translate(MARKS)


def rows_of(table) -> list[list[str]]:
    return [[words_of(cell) for cell in row._tr.findall(f"{W}tc")] for row in table.rows]


def test_every_sentence_stands_beside_its_counterpart(document):
    pairs = [rows_of(table)[0] for table in document.tables if len(rows_of(table)) == 1]

    assert ["مقابلات هاتفية.", "Telephone interviews."] in pairs
    assert len([one for one in pairs if one[1].startswith("WhatsApp leads with 94.0%")]) == 4
    assert all(ARABIC.search(arabic) and not ARABIC.search(english) for arabic, english in pairs)


def test_titles_and_headings_are_in_both_languages(document):
    titles = [one.text for one in document.paragraphs if one.style.name == "Title"]
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]

    assert [one.translate(MARKS) for one in titles] == [REPORT.title["ar"], REPORT.title["en"]]
    assert headings[0].translate(MARKS) == "أبرز النتائج – Key findings"
    assert len(headings) == len(REPORT.sections)
    header = document.sections[0].header.paragraphs[0].text
    assert header.translate(MARKS) == f"{REPORT.title['ar']} · {REPORT.title['en']}"


def test_figures_are_printed_once_between_labels_of_both_languages(document):
    (table,) = [one for one in document.tables if ["ظفار"] in [row[:1] for row in rows_of(one)]]

    rows = {row[-1]: row for row in rows_of(table)}

    assert rows["Group"] == [
        "الفئة",
        "النسبةPer cent",
        "فترة الثقةConfidence interval",
        "القاعدةBase",
        "Group",
    ]
    assert rows["Dhofar"] == ["ظفار", "63.0%", "59.0–67.0", "100", "Dhofar"]
    assert rows["Al Wusta"] == ["الوسطى", "[c]", "[c]", "[c]", "Al Wusta"]


def test_pictures_have_their_sentences_in_both_languages(document):
    told = [one.get("descr") for one in document.element.body.iter(f"{{{WP}}}docPr")]

    assert told == [
        ALT_AR,
        "Bars: 94% of citizens use WhatsApp.",
        "نقاط: استخدام يوتيوب حسب الفئة. Dots: use of YouTube by group.",
        "أعمدة: نصف المستجيبين يوافقون. Stacked bars: half agree.",
    ]


@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar")])
def test_each_paragraph_runs_in_the_direction_of_its_words(opened, languages):
    first = languages[0] == "ar"
    for paragraph in opened[languages].element.body.iter(f"{W}p"):
        words = words_of(paragraph)
        turned = paragraph.find(f"{W}pPr/{W}bidi") is not None
        both = " – " in words and ARABIC.search(words)
        if re.search("[A-Za-z]{3}", words) or ARABIC.search(words):
            leads = bool(re.match(r"[^A-Za-z\u0600-\u06ff]*[\u0600-\u06ff]", words))
            assert turned == (first if both else leads), words


@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar")])
def test_tables_begin_at_the_side_of_their_first_language(opened, languages):
    mirrored = {
        one._tbl.tblPr.find(f"{W}bidiVisual") is not None for one in opened[languages].tables
    }

    assert mirrored == {languages[0] == "ar"}


@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar")])
def test_word_is_given_what_the_schema_of_its_format_allows(briefs, languages, tmp_path):
    path = tmp_path / "brief.docx"
    path.write_bytes(briefs[languages])

    assert problems_by_schema(path) == []


def test_no_tag_is_left_in_any_part(briefs):
    for content in briefs.values():
        parts = {name: one for name, one in unpack(content).items() if name.endswith(".xml")}
        assert [name for name, one in parts.items() if re.search(rb"\{\{|\{%", one)] == []


@pytest.mark.parametrize("languages", [("ar", "en"), ("en", "ar")])
def test_the_built_in_template_of_two_languages_can_be_taken_as_a_start(tmp_path, languages):
    path = sp.write_template(tmp_path / "both.docx", facing=True)
    (built_in,) = render(edition(*languages), WordOptions(charts=False))

    assert brief(path, *languages) == built_in.content
    assert check_accessibility(built_in_template(facing=True), template=True) == ()


def test_the_file_to_start_from_is_one_that_word_opens(tmp_path):
    assert problems_by_schema(sp.write_template(tmp_path / "both.docx", facing=True)) == []


def test_a_template_that_asks_serves_one_language_and_two(tmp_path):
    path = tmp_path / "house.docx"
    both = (
        "{%p if facing %}",
        "{{ other.title }} ({{ other.language }}, {{ other.direction }})",
        "{%p endif %}",
    )
    path.write_bytes(template("{{ title }} ({{ language }}, {{ direction }})", *both))
    arabic, english = (f"{REPORT.title[tag]} ({tag}, {way})" for tag, way in WAYS.items())

    texts = {
        languages: [one.text for one in docx.Document(BytesIO(brief(path, *languages))).paragraphs]
        for languages in (("ar",), ("en",), ("ar", "en"), ("en", "ar"))
    }

    assert {tags: [one.translate(MARKS) for one in several] for tags, several in texts.items()} == {
        ("ar",): [arabic],
        ("en",): [english],
        ("ar", "en"): [arabic, english],
        ("en", "ar"): [english, arabic],
    }


def test_tables_laid_out_for_two_languages_are_in_one_where_there_is_one(tmp_path):
    path = tmp_path / "house.docx"
    document = docx.Document(BytesIO(facing_template()))
    for place, guard in enumerate(["{%p if facing %}", "{%p endif %}"]):
        document.paragraphs[place].insert_paragraph_before(guard)
    document.save(path)

    made = docx.Document(BytesIO(brief(path, "en")))

    grids = [rows_of(one) for one in made.tables if len(one.rows) > 1]
    assert grids[0][:2] == [["Platform", "Per cent"], ["WhatsApp", "94.0%"]]


def test_charts_are_not_drawn_for_a_template_that_shows_none(tmp_path):
    def refuse(chart, edition, form):
        raise AssertionError(chart.name)

    path = tmp_path / "house.docx"
    path.write_bytes(template("{% for s in sections %}{{ s.title }} {% endfor %}"))
    undrawn = Edition(REPORT, ("en",), artist=refuse)

    (made,) = render(undrawn, WordOptions(template=path))

    assert "Key findings" in docx.Document(BytesIO(made.content)).paragraphs[0].text
    assert not [name for name in unpack(made.content) if name.startswith("word/media/")]


def test_published_figures_are_those_of_the_release(house):
    responses = sp.bind(answers(), questionnaire(), sp.SampleDesign(weight="weight"))
    release = sp.release(sp.estimate(responses, ["trust"], by=["sex", "area"]), sp.MinBase(30))
    report = sp.compose(release, title={"en": "Trust", "ar": "الثقة"}, publisher=REPORT.publisher)

    made = docx.Document(BytesIO(brief(house, "ar", "en", report=report)))

    shown = [cell for table in made.tables for row in rows_of(table) for cell in row]
    shares = release.figures.query("statistic == 'share'")["estimate"]
    assert shares.isna().any()
    assert shares.notna().sum() > 10
    assert [one for one in shares.dropna() if f"{100 * one:.1f}%" not in shown] == []
    assert "[c]" in shown
